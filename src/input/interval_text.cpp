// autarky: reads an interval that somebody stated.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>

#include "input/quantity_amounts.hpp"
#include "input/unit_hint.hpp"

namespace autarky::scenario {
namespace {

const Amount& last_amount(const ParsedText& parsed) { return parsed.expression.arguments.back().amount; }

void need_interval(const ParsedText& parsed) {
    const auto& e = parsed.expression;
    if (e.name != "constant" && e.name != "to")
        throw TextError{"E0206", fmt::format("'{}' is no stated value", e.name), "write '75 %' or '60 to 75 USD/chip'",
                        e.at, e.length};
}

std::optional<IntervalText> as_dates(std::string_view text, const Prices& prices) {
    Expected date;
    date.unit = "date";
    date.is_date = true;
    try {
        const auto parsed = take_apart(text, date, prices);
        need_interval(parsed);
        if (parsed.trailing) return std::nullopt;
        return IntervalText{parsed.expression.arguments[0].amount.number, last_amount(parsed).number, units::time,
                            "date", 1.0};
    } catch (const TextError&) {
        return std::nullopt;
    }
}

IntervalText as_quantity(std::string_view text, const Expected* expected, const Prices& prices) {
    const Expected any;
    const auto parsed = take_apart(text, expected != nullptr ? *expected : any, prices);
    need_interval(parsed);
    const Amount& first = parsed.expression.arguments[0].amount;
    const Amount& last = last_amount(parsed);
    const Amount* unit = parsed.trailing ? &*parsed.trailing : last.unit ? &last : nullptr;
    IntervalText out;
    if (unit != nullptr) {
        out.dim = unit->unit->unit.dim;
        out.unit = unit->unit->text;
        out.unit_factor = unit->unit->unit.factor;
    }
    if (first.unit && first.unit->unit.dim != out.dim)
        throw TextError{"E0204",
                        fmt::format("'{}' and '{}' are of different kinds", first.unit->text, out.unit),
                        {},
                        first.unit_at,
                        first.unit_length};
    if (expected != nullptr && out.dim != expected->dim) {
        if (unit == nullptr)
            throw TextError{"E0202", fmt::format("'{}' has no unit", text),
                            "write " +
                                plausible_readings(text.substr(last.at, last.length), last.number, expected->unit),
                            last.at, last.length};
        throw TextError{"E0204",
                        fmt::format("'{}' does not fit {}", out.unit,
                                    expected->dim == dimensionless ? "a plain number"
                                                                   : fmt::format("a quantity in {}", expected->unit)),
                        fmt::format("expected a unit such as '{}'", expected->unit), unit->unit_at, unit->unit_length};
    }
    out.low = in_base_units(first.number, first.unit ? first.unit->unit.factor : out.unit_factor);
    out.high = in_base_units(last.number, out.unit_factor);
    return out;
}

} // namespace

std::variant<IntervalText, TextError> read_interval(std::string_view text, const Expected* expected,
                                                    const Prices& prices) {
    try {
        if (expected == nullptr || expected->dim == units::time)
            if (const auto dates = as_dates(text, prices)) return *dates;
        auto interval = as_quantity(text, expected, prices);
        if (interval.low > interval.high)
            return TextError{"E0206", fmt::format("'{}' does not rise", text), "the lower value comes first", 0,
                             text.size()};
        return interval;
    } catch (const TextError& error) {
        return error;
    }
}

} // namespace autarky::scenario
