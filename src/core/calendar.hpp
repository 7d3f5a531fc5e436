// autarky: calendar quarters and dates as decimal years.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace autarky {

/// A calendar quarter, counted from year 0.
struct Quarter {
    int index = 0; ///< 4 * year + (0..3)

    friend constexpr auto operator<=>(const Quarter&, const Quarter&) = default;
    friend constexpr Quarter operator+(Quarter q, int quarters) { return {q.index + quarters}; }
    friend constexpr int operator-(Quarter a, Quarter b) { return a.index - b.index; }

    /// Decimal year at which the quarter begins.
    [[nodiscard]] constexpr double start() const { return static_cast<double>(index) / 4.0; }
    /// Decimal year of its middle.
    [[nodiscard]] constexpr double middle() const { return start() + 0.125; }
    /// "2028Q2"
    [[nodiscard]] std::string text() const;
};

/// "2028Q2"; nothing if it is no quarter.
std::optional<Quarter> parse_quarter(std::string_view text);
/// Decimal year of "2026", "2026Q2" (its beginning), "2026-04" or "2026-04-15"; nothing if it is no date.
std::optional<double> parse_date(std::string_view text);
/// The quarter that holds a decimal year.
Quarter quarter_of(double decimal_year);

/// A point in time, in decimal years; may be uncertain.
template <class R> struct Date {
    R year{};
};

} // namespace autarky
