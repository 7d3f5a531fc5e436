// autarky: the one table of unit names, and the one parser that reads unit expressions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/dim.hpp"

namespace autarky {

/// A unit: its dimension and how many base units it holds.
struct Unit {
    Dim dim{};
    double factor = 1.0;
};

/// A row of the unit table.
struct NamedUnit {
    std::string_view name;
    Dim dim;
    double factor;
    std::string_view meaning;
};

namespace units {
inline constexpr double hours_per_year = 8760.0;
inline constexpr double joule_per_kwh = 3.6e6;
/// 1 W in J/year, the base unit of power.
inline constexpr double watt = hours_per_year * 3600.0;
/// 1 operation a second in operations a year.
inline constexpr double per_second = hours_per_year * 3600.0;

inline constexpr Dim money{.money = 1}, time{.time = 1}, length{.length = 1}, energy{.energy = 1},
    power{.time = -1, .energy = 1}, operation{.operation = 1}, rate{.time = -1, .operation = 1}, data{.data = 1},
    wafer{.wafer = 1}, die{.die = 1}, chip{.chip = 1}, unit{.unit = 1}, worker{.worker = 1},
    performance{.time = -1, .operation = 1, .data = 1}, frequency{.time = -1};
} // namespace units

/// Every unit name that Autarky reads or prints. `%` and `1` are dimensionless.
inline constexpr std::array unit_table{
    NamedUnit{"1", {}, 1.0, "a plain number"},
    NamedUnit{"x", {}, 1.0, "a multiple"},
    NamedUnit{"%", {}, 0.01, "percent"},
    NamedUnit{"ppm", {}, 1e-6, "parts per million"},
    NamedUnit{"USD", units::money, 1.0, "US dollar, real, of the scenario's price year"},
    NamedUnit{"kUSD", units::money, 1e3, "thousand USD"},
    NamedUnit{"MUSD", units::money, 1e6, "million USD"},
    NamedUnit{"BUSD", units::money, 1e9, "billion (10^9) USD"},
    NamedUnit{"year", units::time, 1.0, "year of 8760 h"},
    NamedUnit{"quarter", units::time, 0.25, "quarter of a year"},
    NamedUnit{"month", units::time, 1.0 / 12.0, "twelfth of a year"},
    NamedUnit{"week", units::time, 7.0 / 365.0, "seven days"},
    NamedUnit{"day", units::time, 1.0 / 365.0, "24 h"},
    NamedUnit{"h", units::time, 1.0 / units::hours_per_year, "hour"},
    NamedUnit{"min", units::time, 1.0 / (units::hours_per_year * 60.0), "minute"},
    NamedUnit{"s", units::time, 1.0 / (units::hours_per_year * 3600.0), "second"},
    NamedUnit{"ms", units::time, 1e-3 / (units::hours_per_year * 3600.0), "millisecond"},
    NamedUnit{"us", units::time, 1e-6 / (units::hours_per_year * 3600.0), "microsecond"},
    NamedUnit{"Hz", units::frequency, units::per_second, "once a second"},
    NamedUnit{"MHz", units::frequency, 1e6 * units::per_second, "10^6 times a second"},
    NamedUnit{"GHz", units::frequency, 1e9 * units::per_second, "10^9 times a second"},
    NamedUnit{"m", units::length, 1e3, "metre"},
    NamedUnit{"cm", units::length, 10.0, "centimetre"},
    NamedUnit{"mm", units::length, 1.0, "millimetre"},
    NamedUnit{"um", units::length, 1e-3, "micrometre"},
    NamedUnit{"in", units::length, 25.4, "inch of 25.4 mm"},
    NamedUnit{"inch", units::length, 25.4, "inch"},
    NamedUnit{"mil", units::length, 0.0254, "thousandth of an inch"},
    NamedUnit{"J", units::energy, 1.0, "joule"},
    NamedUnit{"pJ", units::energy, 1e-12, "picojoule"},
    NamedUnit{"Wh", units::energy, 3.6e3, "watt-hour"},
    NamedUnit{"kWh", units::energy, units::joule_per_kwh, "kilowatt-hour"},
    NamedUnit{"MWh", units::energy, 3.6e9, "megawatt-hour"},
    NamedUnit{"GWh", units::energy, 3.6e12, "gigawatt-hour"},
    NamedUnit{"TWh", units::energy, 3.6e15, "terawatt-hour"},
    NamedUnit{"W", units::power, units::watt, "watt"},
    NamedUnit{"kW", units::power, 1e3 * units::watt, "kilowatt"},
    NamedUnit{"MW", units::power, 1e6 * units::watt, "megawatt"},
    NamedUnit{"GW", units::power, 1e9 * units::watt, "gigawatt"},
    NamedUnit{"VA", units::power, units::watt, "volt-ampere"},
    NamedUnit{"kVA", units::power, 1e3 * units::watt, "kilovolt-ampere"},
    NamedUnit{"MVA", units::power, 1e6 * units::watt, "megavolt-ampere"},
    NamedUnit{"OP", units::operation, 1.0, "operation"},
    NamedUnit{"TOPS", units::rate, 1e12 * units::per_second, "10^12 dense operations a second"},
    NamedUnit{"TPP", units::performance, 1e12 * units::per_second,
              "total processing performance: TOPS times bit length (15 CFR 774 Supp. 1, 3A090)"},
    NamedUnit{"bit", units::data, 1.0, "bit"},
    NamedUnit{"B", units::data, 8.0, "byte"},
    NamedUnit{"kB", units::data, 8e3, "kilobyte"},
    NamedUnit{"MB", units::data, 8e6, "megabyte"},
    NamedUnit{"GB", units::data, 8e9, "gigabyte"},
    NamedUnit{"TB", units::data, 8e12, "terabyte"},
    NamedUnit{"KiB", units::data, 8.0 * 1024.0, "1024 bytes"},
    NamedUnit{"MiB", units::data, 8.0 * 1024.0 * 1024.0, "1024 KiB"},
    NamedUnit{"GiB", units::data, 8.0 * 1024.0 * 1024.0 * 1024.0, "1024 MiB"},
    NamedUnit{"wafer", units::wafer, 1.0, "processed wafer (start or finished)"},
    NamedUnit{"wafers", units::wafer, 1.0, "wafer"},
    NamedUnit{"kwafer", units::wafer, 1e3, "thousand wafers"},
    NamedUnit{"die", units::die, 1.0, "die on a wafer"},
    NamedUnit{"dies", units::die, 1.0, "die"},
    NamedUnit{"chip", units::chip, 1.0, "packaged, tested part"},
    NamedUnit{"chips", units::chip, 1.0, "chip"},
    NamedUnit{"Mchip", units::chip, 1e6, "million chips"},
    NamedUnit{"unit", units::unit, 1.0, "vehicle, robot, home or transformer"},
    NamedUnit{"units", units::unit, 1.0, "unit"},
    NamedUnit{"kunit", units::unit, 1e3, "thousand units"},
    NamedUnit{"Munit", units::unit, 1e6, "million units"},
    NamedUnit{"vehicle", units::unit, 1.0, "vehicle"},
    NamedUnit{"Mvehicle", units::unit, 1e6, "million vehicles"},
    NamedUnit{"robot", units::unit, 1.0, "robot"},
    NamedUnit{"Mrobot", units::unit, 1e6, "million robots"},
    NamedUnit{"home", units::unit, 1.0, "home"},
    NamedUnit{"Mhome", units::unit, 1e6, "million homes"},
    NamedUnit{"transformer", units::unit, 1.0, "distribution transformer"},
    NamedUnit{"worker", units::worker, 1.0, "full-time worker"},
    NamedUnit{"Mworker", units::worker, 1e6, "million workers"},
};

/// Index of a unit's row, or the size of the table. With sanitizers, gcc 12 takes no comparison of an address with null
/// for constant, so that compile-time parsing needs the index.
constexpr std::size_t unit_row(std::string_view name) {
    for (std::size_t i = 0; i < unit_table.size(); ++i)
        if (unit_table[i].name == name) return i;
    return unit_table.size();
}

/// Row of a unit name, or null.
constexpr const NamedUnit* find_unit(std::string_view name) {
    const std::size_t row = unit_row(name);
    return row < unit_table.size() ? &unit_table[row] : nullptr;
}

/// What `parse_unit` found: a unit, or where and what the trouble is.
struct UnitParse {
    Unit unit{};
    bool ok = true;
    std::size_t position = 0;   ///< byte offset of the culprit
    std::string_view culprit{}; ///< the name that is unknown, or the unexpected text
};

namespace detail {
constexpr bool is_unit_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr double integer_power(double base, int exponent) {
    double result = 1.0;
    for (int i = 0; i < (exponent < 0 ? -exponent : exponent); ++i)
        result *= base;
    return exponent < 0 ? 1.0 / result : result;
}

struct UnitTerm {
    std::string_view name;
    std::size_t end = 0;  ///< offset behind the name
    std::size_t next = 0; ///< offset behind the exponent
    int exponent = 1;
    bool ok = true;
};

/// One `name`, `name^2` or `name^-1`; a lone `1` is a name too.
constexpr UnitTerm next_unit_term(std::string_view text, std::size_t start) {
    UnitTerm term;
    std::size_t i = start;
    if (i < text.size() && text[i] == '1')
        ++i;
    else
        while (i < text.size() && is_unit_letter(text[i]))
            ++i;
    // A currency may carry its price year: USD2023. The year is read by the quantity reader, not here.
    term.name = text.substr(start, i - start);
    term.end = i;
    if (i < text.size() && text[i] == '^') {
        ++i;
        const bool negative = i < text.size() && text[i] == '-';
        if (negative) ++i;
        int value = 0;
        const std::size_t digits = i;
        while (i < text.size() && is_digit(text[i]) && value < 100)
            value = value * 10 + (text[i++] - '0');
        term.ok = i > digits && value < 10;
        term.exponent = negative ? -value : value;
    }
    term.next = i;
    return term;
}
} // namespace detail

/// Reads `term { ("*" | "/") term }`, term = name ["^" integer]; the empty text is the plain number.
/// Errors: an unknown name or a stray character, with its offset.
constexpr UnitParse parse_unit(std::string_view text) {
    UnitParse result;
    if (text.empty()) return result;
    std::size_t i = 0;
    int sign = 1;
    for (;;) {
        while (i < text.size() && text[i] == ' ')
            ++i;
        const auto term = detail::next_unit_term(text, i);
        const std::size_t row = unit_row(term.name);
        if (row == unit_table.size() || !term.ok)
            return {{}, false, i, term.name.empty() ? text.substr(std::min(i, text.size()), 1) : term.name};
        result.unit.dim = result.unit.dim + unit_table[row].dim * (sign * term.exponent);
        result.unit.factor *= detail::integer_power(unit_table[row].factor, sign * term.exponent);
        i = term.next;
        while (i < text.size() && text[i] == ' ')
            ++i;
        if (i == text.size()) return result;
        if (text[i] != '*' && text[i] != '/') return {{}, false, i, text.substr(i, 1)};
        sign = text[i] == '*' ? 1 : -1;
        ++i;
    }
}

/// A string that can be a template argument.
template <std::size_t N> struct FixedString {
    std::array<char, N> characters{};
    // NOLINTNEXTLINE(*-explicit-*): a literal converts without ceremony
    constexpr FixedString(const char (&text)[N]) { std::copy_n(text, N, characters.begin()); }
    [[nodiscard]] constexpr std::string_view view() const { return {characters.data(), N - 1}; }
};

/// A unit known at compile time, written `"USD/wafer"_u`; its dimension is part of the type.
template <FixedString S> struct UnitLiteral {
    static constexpr UnitParse parsed = parse_unit(S.view());
    static_assert(parsed.ok, "unknown unit in a unit literal: see unit_table in core/units.hpp");
    static constexpr Dim dim = parsed.unit.dim;
    static constexpr double factor = parsed.unit.factor;
    static constexpr std::string_view text = S.view();
};

template <FixedString S> constexpr UnitLiteral<S> operator""_u() { return {}; }

} // namespace autarky
