// autarky: reads and prints calendar quarters and dates.
// SPDX-License-Identifier: Apache-2.0
#include "core/calendar.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace autarky {
namespace {

std::optional<int> integer(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<int> year_of(std::string_view text) {
    const auto year = text.size() == 4 ? integer(text) : std::nullopt;
    return year && *year >= 1900 && *year <= 2200 ? year : std::nullopt;
}

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

} // namespace

std::string Quarter::text() const { return fmt::format("{}Q{}", index / 4, index % 4 + 1); }

std::optional<Quarter> parse_quarter(std::string_view text) {
    if (text.size() != 6 || text[4] != 'Q' || text[5] < '1' || text[5] > '4') return std::nullopt;
    const auto year = year_of(text.substr(0, 4));
    if (!year) return std::nullopt;
    return Quarter{4 * *year + (text[5] - '1')};
}

std::optional<double> parse_date(std::string_view text) {
    if (const auto quarter = parse_quarter(text)) return quarter->start();
    const auto year = year_of(text.substr(0, 4));
    if (!year) return std::nullopt;
    if (text.size() == 4) return *year;
    if ((text.size() != 7 && text.size() != 10) || text[4] != '-') return std::nullopt;
    const auto month = integer(text.substr(5, 2));
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    std::array<int, 12> days{31, leap(*year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int day_of_year = 0;
    for (std::size_t m = 0; m + 1 < static_cast<std::size_t>(*month); ++m)
        day_of_year += days[m];
    if (text.size() == 10) {
        const auto day = text[7] == '-' ? integer(text.substr(8, 2)) : std::nullopt;
        if (!day || *day < 1 || *day > days[static_cast<std::size_t>(*month - 1)]) return std::nullopt;
        day_of_year += *day - 1;
    }
    return *year + static_cast<double>(day_of_year) / (leap(*year) ? 366.0 : 365.0);
}

Quarter quarter_of(double decimal_year) { return {static_cast<int>(std::floor(decimal_year * 4.0))}; }

} // namespace autarky
