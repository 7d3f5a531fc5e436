// autarky: reads the values of options.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/program.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace autarky::cli {
namespace {

/// The text without the underscores that part its digits, and without a leading plus.
std::string plain_digits(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool parts_digits = text[i] == '_' && i > 0 && i + 1 < text.size() && text[i - 1] != '_';
        if (!parts_digits && !(text[i] == '+' && i == 0)) out += text[i];
    }
    return out;
}

template <class Integer> std::string read_integer(const std::string& text, Integer& value) {
    constexpr double exact = 9007199254740992.0; // 2^53: a double holds every whole number up to here
    const auto digits = plain_digits(text);
    const char* end = digits.data() + digits.size();
    const auto whole = std::from_chars(digits.data(), end, value);
    if (whole.ec == std::errc{} && whole.ptr == end) return {};
    double number = 0.0;
    const auto parsed = std::from_chars(digits.data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end || std::floor(number) != number)
        return fmt::format("'{}' is not a whole number", text);
    if (number < 0.0 && !std::numeric_limits<Integer>::is_signed) return fmt::format("'{}' is negative", text);
    if (std::fabs(number) > std::min(exact, static_cast<double>(std::numeric_limits<Integer>::max())))
        return fmt::format("'{}' is too large", text);
    value = static_cast<Integer>(number);
    return {};
}

} // namespace

template <> std::string read_value(const std::string& text, std::string& value) {
    value = text;
    return {};
}
template <> std::string read_value(const std::string& text, double& value) {
    const auto digits = plain_digits(text);
    const char* end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, value);
    if (parsed.ec != std::errc{} || parsed.ptr != end || !std::isfinite(value))
        return fmt::format("'{}' is not a number", text);
    return {};
}
template <> std::string read_value(const std::string& text, int& value) { return read_integer(text, value); }
template <> std::string read_value(const std::string& text, unsigned& value) { return read_integer(text, value); }
template <> std::string read_value(const std::string& text, std::uint64_t& value) { return read_integer(text, value); }

std::string Parameter::long_name() const {
    const auto dashes = names.find("--");
    return dashes == std::string::npos ? names : names.substr(dashes, names.find(',', dashes) - dashes);
}

} // namespace autarky::cli
