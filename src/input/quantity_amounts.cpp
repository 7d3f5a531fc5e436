// autarky: amounts in base units.
// SPDX-License-Identifier: Apache-2.0
#include "input/quantity_amounts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "input/unit_hint.hpp"

namespace autarky::scenario {

double in_base_units(double number, double factor) {
    const double inverse = std::round(1.0 / factor);
    const bool divides = factor < 1.0 && 1.0 / inverse == factor;
    return divides ? number / inverse : number * factor;
}

void Amounts::fail(const Amount& amount, const char* code, std::string message, std::string hint) {
    throw TextError{code, std::move(message), std::move(hint), amount.at, amount.length};
}
void Amounts::fail(const Expression& e, const char* code, std::string message, std::string hint) {
    throw TextError{code, std::move(message), std::move(hint), e.at, e.length};
}

void Amounts::check_unit(const Amount& amount) const {
    if (amount.unit->unit.dim == expected_.dim && !expected_.is_date) return;
    const auto wanted = expected_.is_date                ? std::string("a date")
                        : expected_.dim == dimensionless ? std::string("a plain number")
                                                         : fmt::format("a quantity in {}", expected_.unit);
    throw TextError{"E0204", fmt::format("'{}' does not fit {}", amount.unit->text, wanted),
                    expected_.is_date ? std::string{} : fmt::format("expected a unit such as '{}'", expected_.unit),
                    amount.unit_at, amount.unit_length};
}

double Amounts::value(const Amount& amount, const Amount* beside) const {
    if (amount.is_date) return amount.number;
    if (expected_.is_date) return duration(amount);
    const Amount* unit = amount.unit ? &amount : beside != nullptr && beside->unit ? beside : trailing_;
    if (unit == nullptr) {
        if (expected_.dim == dimensionless) return amount.number;
        fail(amount, "E0202", fmt::format("'{}' has no unit", written(amount)),
             "write " + plausible_readings(written(amount), amount.number, expected_.unit));
    }
    if (amount.unit && trailing_ != nullptr)
        throw TextError{"E0201", fmt::format("'{}' follows amounts that have units already", trailing_->unit->text),
                        "write the unit once, at the end", trailing_->unit_at, trailing_->unit_length};
    check_unit(*unit);
    const double base = in_base_units(amount.number, unit->unit->unit.factor);
    if (!std::isfinite(base)) fail(amount, "E0201", fmt::format("'{}' is too large", written(amount)));
    return base;
}

double Amounts::duration(const Amount& amount) const {
    const Amount* unit = amount.unit ? &amount : trailing_;
    if (unit == nullptr || unit->unit->unit.dim != units::time)
        fail(amount, "E0204", fmt::format("'{}' is no duration", written(amount)),
             "the spread of a date is a time, such as 3 month");
    return in_base_units(amount.number, unit->unit->unit.factor);
}

double Amounts::plain(const Amount& amount) const {
    if (!amount.unit) return amount.number;
    if (amount.unit->unit.dim != dimensionless)
        throw TextError{"E0204", fmt::format("'{}' does not fit a plain number", amount.unit->text),
                        "write the number alone", amount.unit_at, amount.unit_length};
    return in_base_units(amount.number, amount.unit->unit.factor);
}

double Amounts::checked(const Amount& amount, const Amount* beside) const {
    const double x = value(amount, beside);
    if (const auto why = outside(expected_.range, x); !why.empty())
        fail(amount, "E0205", fmt::format("'{}' {}", written(amount), why));
    return x;
}

double Amounts::spread(const Amount& amount) const {
    const double s = value(amount);
    if (!(s > 0.0))
        fail(amount, "E0206", fmt::format("the standard deviation '{}' must be above zero", written(amount)));
    return s;
}

} // namespace autarky::scenario
