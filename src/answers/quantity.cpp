// autarky: reads numbers with units for fields of questions.
// SPDX-License-Identifier: Apache-2.0
#include "answers/quantity.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <variant>

#include "core/units.hpp"
#include "engine/quantile.hpp"
#include "input/prices.hpp"
#include "input/quantity_text.hpp"

namespace autarky::answers {

std::vector<std::string> parts_of(std::string_view text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

std::optional<Distribution> distribution_from(const std::string& text, std::string_view field, std::string_view unit,
                                              Diagnostics& findings) {
    const Unit of = parse_unit(unit).unit;
    const scenario::Expected expected{of.dim, unit, Range::any, false};
    const scenario::Prices prices;
    const std::string with_unit = unit.empty() || unit == "1" ? text : text + " " + std::string(unit);
    auto read = scenario::read_quantity(with_unit, expected, prices, {});
    if (std::holds_alternative<scenario::TextError>(read)) {
        auto as_typed = scenario::read_quantity(text, expected, prices, {});
        const auto* trouble = std::get_if<scenario::TextError>(&as_typed);
        const bool has_unit = trouble == nullptr || trouble->code != "E0202";
        if (has_unit) read = std::move(as_typed);
    }
    if (const auto* trouble = std::get_if<scenario::TextError>(&read)) {
        findings.error_in(field, trouble->code, trouble->message, trouble->hint);
        return std::nullopt;
    }
    return std::get<scenario::QuantityText>(read).distribution;
}

std::optional<double> number_from(const std::string& text, std::string_view field, std::string_view unit,
                                  Diagnostics& findings) {
    const auto read = distribution_from(text, field, unit, findings);
    if (!read) return std::nullopt;
    return engine::Quantile(*read).median() / parse_unit(unit).unit.factor;
}

std::optional<int> whole_from(const std::string& text, std::string_view field, Diagnostics& findings) {
    const auto value = number_from(text, field, "1", findings);
    if (!value) return std::nullopt;
    constexpr double largest = 1e6;
    if (std::floor(*value) == *value && std::abs(*value) <= largest) return static_cast<int>(*value);
    findings.error_in(field, "E0205", fmt::format("{:g} is no whole number of at most {:g}", *value, largest));
    return std::nullopt;
}

namespace {

/// Where the unit of a side begins; its size where it has none.
std::size_t unit_at(const std::string& side) {
    const auto last = side.find_last_of("0123456789.");
    const auto begin = last == std::string::npos ? std::string::npos : side.find_first_not_of(' ', last + 1);
    return begin == std::string::npos ? side.size() : begin;
}

/// "26 X 33", "26*33" and the sign of multiplication as "26x33".
std::string with_plain_sign(std::string text) {
    constexpr std::string_view sign = "\xC3\x97";
    if (const auto at = text.find(sign); at != std::string::npos) text.replace(at, sign.size(), "x");
    for (char& c : text)
        if (c == 'X' || c == '*') c = 'x';
    return text;
}

} // namespace

std::optional<Sides> sides_from(const std::string& text, std::string_view field, Diagnostics& findings) {
    auto sides = parts_of(with_plain_sign(text), 'x');
    const auto is_blank = [](const std::string& side) { return side.find_first_not_of(' ') == std::string::npos; };
    if (sides.size() != 2 || is_blank(sides[0]) || is_blank(sides[1])) {
        findings.error_in(field, "E0201", fmt::format("'{}' is no size", text), "write it as 26x33, in mm");
        return std::nullopt;
    }
    const bool first_has_unit = unit_at(sides[0]) < sides[0].size(), second_has = unit_at(sides[1]) < sides[1].size();
    if (first_has_unit && !second_has) {
        findings.error_in(field, "E0202", fmt::format("the second side of '{}' has no unit", text),
                          "write the unit at the end, where it holds for both, or on both");
        return std::nullopt;
    }
    if (second_has && !first_has_unit) sides[0] += " " + sides[1].substr(unit_at(sides[1])); // "1x1 cm"
    const auto width = number_from(sides[0], field, "mm", findings);
    if (!width) return std::nullopt; // the second side would mostly have the same mistake
    const auto height = number_from(sides[1], field, "mm", findings);
    if (!height) return std::nullopt;
    return Sides{*width, *height};
}

} // namespace autarky::answers
