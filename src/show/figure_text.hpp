// autarky: numbers as people read them: sensible digits, thousands apart, a unit that fits the size.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/dim.hpp"

namespace autarky::show {

/// Fixed decimals with commas between thousands: "-12,345.6". What is not finite is "-".
std::string fixed(double value, int decimals);
/// So many significant digits, whole numbers in full, no zeros for show: "12,346", "0.0123", "3.4e-07".
std::string figure(double value, int significant = 3);
/// The same with a sign in front of a positive value.
std::string signed_figure(double value, int significant = 3);
/// "93 %"; near the ends "99.7 %", "0.3 %", "under 0.1 %".
std::string share_text(double share);
/// "1.23 BUSD" from USD, "0 USD".
std::string money(double usd, int significant = 3);
/// The same with a sign in front of a positive amount: "+1.23 BUSD".
std::string signed_money(double usd, int significant = 3);

/// A unit of a dimension and how many base units it holds.
struct DisplayUnit {
    std::string name; ///< empty for a plain number
    double factor = 1.0;
};
/// A unit in which a value of this dimension reads well: "MUSD", "USD/chip", "1/cm^2", "kW", "%/year".
DisplayUnit display_unit(const Dim& dim, double base_value);
/// "212 USD/die", "0.093 1/cm^2", "2027.4 (2027Q2)" for dates, from base units.
std::string quantity_text(double base_value, const Dim& dim, int significant = 4);
/// Whether a number of years is a date of our times and no duration.
bool looks_like_a_date(double years);
/// "2027.4 (2027Q2)" from a decimal year.
std::string date_text(double decimal_year);

} // namespace autarky::show
