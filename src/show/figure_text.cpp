// autarky: writes numbers and picks units for people.
// SPDX-License-Identifier: Apache-2.0
#include "show/figure_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include "core/calendar.hpp"
#include "core/units.hpp"
#include "show/base_unit.hpp"

namespace autarky::show {
namespace {

/// Commas between the thousands of a number in decimal notation.
std::string grouped(std::string text) {
    const std::size_t first = text.find_first_of("0123456789");
    std::size_t at = std::min(text.find('.'), text.size());
    while (at > first + 3) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

struct Ladder {
    Dim dim;
    std::span<const std::string_view> units; ///< smallest first, names of the unit table
};

constexpr std::array<std::string_view, 4> money_units{"USD", "kUSD", "MUSD", "BUSD"};
constexpr std::array<std::string_view, 5> time_units{"s", "h", "day", "month", "year"};
constexpr std::array<std::string_view, 4> power_units{"W", "kW", "MW", "GW"};
constexpr std::array<std::string_view, 6> energy_units{"J", "Wh", "kWh", "MWh", "GWh", "TWh"};
constexpr std::array<std::string_view, 4> data_units{"B", "MB", "GB", "TB"};
constexpr std::array<std::string_view, 1> rate_units{"TOPS"};
constexpr std::array<std::string_view, 1> performance_units{"TPP"};
constexpr std::array<std::string_view, 2> chip_units{"chip", "Mchip"};
constexpr std::array<std::string_view, 2> unit_units{"unit", "Munit"};
constexpr std::array<std::string_view, 2> wafer_units{"wafer", "kwafer"};
constexpr std::array<std::string_view, 2> worker_units{"worker", "Mworker"};
constexpr std::array ladders{Ladder{units::money, money_units},
                             Ladder{units::time, time_units},
                             Ladder{units::power, power_units},
                             Ladder{units::energy, energy_units},
                             Ladder{units::data, data_units},
                             Ladder{units::rate, rate_units},
                             Ladder{units::performance, performance_units},
                             Ladder{units::chip, chip_units},
                             Ladder{units::unit, unit_units},
                             Ladder{units::wafer, wafer_units},
                             Ladder{units::worker, worker_units}};

/// Units of composed dimensions, each written as one says it.
constexpr std::array<std::string_view, 22> composed_units{
    "USD/die",   "USD/wafer",  "USD/chip",  "USD/unit", "USD/year",    "USD/GB",    "USD/kWh",   "USD/worker/year",
    "die/wafer", "chip/wafer", "1/cm^2",    "mm^2",     "wafer/month", "chip/year", "unit/year", "%/year",
    "die/chip",  "GB/chip",    "chip/unit", "TPP/mm^2", "worker/unit", "GB/s"};

double factor_of(std::string_view name) { return parse_unit(name).unit.factor; }

/// The largest unit of a ladder that leaves at least 1, else the smallest one.
DisplayUnit on_ladder(std::span<const std::string_view> names, double base_value) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (std::fabs(base_value) >= factor_of(names[i])) best = i;
    return {std::string(names[best]), factor_of(names[best])};
}

} // namespace

bool looks_like_a_date(double years) { return years > 1990.0 && years < 2101.0; }

std::string fixed(double value, int decimals) {
    if (!std::isfinite(value)) return "-";
    auto text = fmt::format("{:.{}f}", value, decimals);
    if (text.find_first_of("123456789") == std::string::npos && text.front() == '-') text.erase(0, 1);
    return grouped(std::move(text));
}

std::string figure(double value, int significant) {
    if (!std::isfinite(value)) return "-";
    if (value == 0.0) return "0";
    const double size = std::fabs(value);
    constexpr double smallest_plain = 1e-4, largest_plain = 1e15;
    if (size < smallest_plain || size >= largest_plain) return fmt::format("{:.{}g}", value, significant);
    const int decimals = significant - 1 - static_cast<int>(std::floor(std::log10(size)));
    auto text = fixed(value, std::max(decimals, 0));
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return text;
}

std::string signed_figure(double value, int significant) {
    return (value > 0.0 ? "+" : "") + figure(value, significant);
}

std::string share_text(double share) {
    if (!std::isfinite(share)) return "-";
    constexpr double least = 0.001, near_end = 0.02;
    if (share > 1.0 - least && share < 1.0) return "over 99.9 %";
    if (share < least && share > 0.0) return "under 0.1 %";
    const bool is_near_end = (share > 1.0 - near_end && share < 1.0) || (share < near_end && share > 0.0);
    return fmt::format("{:.{}f} %", share * 100.0, is_near_end ? 1 : 0);
}

std::string money(double usd, int significant) {
    const auto unit = on_ladder(money_units, usd);
    return figure(usd / unit.factor, significant) + " " + unit.name;
}

std::string signed_money(double usd, int significant) { return (usd > 0.0 ? "+" : "") + money(usd, significant); }

DisplayUnit display_unit(const Dim& dim, double base_value) {
    if (dim == dimensionless) return {};
    for (const auto& ladder : ladders)
        if (ladder.dim == dim) return on_ladder(ladder.units, base_value);
    for (const auto name : composed_units) {
        const auto parsed = parse_unit(name);
        if (parsed.unit.dim == dim) return {std::string(name), parsed.unit.factor};
    }
    const auto name = base_unit(dim);
    return {name, factor_of(name)};
}

std::string date_text(double decimal_year) {
    if (!std::isfinite(decimal_year)) return "-";
    return looks_like_a_date(decimal_year) ? fmt::format("{:.2f} ({})", decimal_year, quarter_of(decimal_year).text())
                                           : figure(decimal_year, 4);
}

std::string quantity_text(double base_value, const Dim& dim, int significant) {
    if ((dim == dimensionless || dim == units::time) && looks_like_a_date(base_value)) return date_text(base_value);
    const auto unit = display_unit(dim, base_value);
    const auto number = figure(base_value / unit.factor, significant);
    return unit.name.empty() ? number : number + " " + unit.name;
}

} // namespace autarky::show
