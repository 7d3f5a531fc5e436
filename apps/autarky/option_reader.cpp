// autarky: reads the values of options that are numbers with units.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/option_reader.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <variant>

#include "core/units.hpp"
#include "engine/quantile.hpp"
#include "input/prices.hpp"
#include "input/quantity_text.hpp"

namespace autarky::cli {

std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

void OptionReader::error(std::string code, std::string message, std::string hint) {
    diagnostics_.error({}, std::move(code), std::move(message), std::move(hint));
}

std::optional<Distribution> OptionReader::distribution(const std::string& name, const std::string& text,
                                                       std::string_view unit) {
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
        error(trouble->code, fmt::format("{}: {}", name, trouble->message), trouble->hint);
        return std::nullopt;
    }
    return std::get<scenario::QuantityText>(read).distribution;
}

std::optional<double> OptionReader::number(const std::string& name, const std::optional<std::string>& text,
                                           std::string_view unit) {
    if (!text) return std::nullopt;
    const auto read = distribution(name, *text, unit);
    if (!read) return std::nullopt;
    return engine::Quantile(*read).median() / parse_unit(unit).unit.factor;
}

void OptionReader::number(const std::string& name, const std::optional<std::string>& text, std::string_view unit,
                          double& to) {
    if (const auto value = number(name, text, unit)) to = *value;
}

void OptionReader::whole(const std::string& name, const std::optional<std::string>& text, int& to) {
    const auto value = number(name, text, "1");
    if (!value) return;
    if (std::floor(*value) != *value || std::abs(*value) > 1e6)
        error("E0205", fmt::format("{} is {:g}, but must be a whole number", name, *value));
    else
        to = static_cast<int>(*value);
}

bool OptionReader::size(const std::string& name, const std::string& text, double& width, double& height) {
    const auto sides = parts_of(text, 'x');
    if (sides.size() != 2) {
        error("E0201", fmt::format("{}: '{}' is no size", name, text), "write it as 26x33, in mm");
        return false;
    }
    const auto w = number(name, sides[0], "mm");
    const auto h = number(name, sides[1], "mm");
    if (w) width = *w;
    if (h) height = *h;
    return w && h;
}

} // namespace autarky::cli
