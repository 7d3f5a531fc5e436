// autarky: values beyond what the field has ever seen: nearly always a slip of a unit or of a power of ten.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/units.hpp"
#include "scenario/sense_parts.hpp"

namespace autarky::scenario {
namespace {

constexpr double none = -1e308;

constexpr std::string_view smallest_die =
    "the smallest computer on a die had 0.3 mm a side (University of Michigan, 2018)";
constexpr std::string_view hottest = "a whole-wafer chip in its system takes 23 kW (Cerebras CS-3, 2024)";
constexpr std::string_view fastest = "a whole-wafer chip has 125,000 sparse TOPS of 16 bit (Cerebras WSE-3, 2024)";
constexpr std::string_view largest_memory = "accelerators carry 288 GB beside a die (AMD MI355X, 2025)";
constexpr std::string_view fastest_memory = "stacked DRAM gives an accelerator 8,000 GB/s (AMD MI355X, 2025)";
constexpr std::string_view most_cars = "all makers together build about 93 million vehicles a year (OICA, 2023)";
constexpr std::string_view best_use = "a large language model trained at 57.8 % of its hardware's peak (PaLM, 2022)";
constexpr std::string_view most_copies = "the Space Shuttle carried five computers, one of them in reserve (NASA)";

constexpr std::array table{
    FieldBound{"economy", "discount_rate", "%/year", 0.0, 50.0,
               "costs of capital of whole sectors lie below 15 % a year (Damodaran, 2025)"},
    FieldBound{"economy", "terminal_growth", "%/year", none, 10.0,
               "world output grew by about 3 % a year since 1990 (World Bank)"},
    FieldBound{"economy", "memory_price", "USD/GB", 0.1, 1000.0,
               "DRAM fell below 1,000 USD a GB about the year 2000 and was never below 1 (McCallum's record)"},
    FieldBound{"process", "wafer_price", "USD/wafer", 300.0, 100'000.0,
               "45,000 USD is the dearest wafer reported (press on TSMC's A16, 2025)"},
    FieldBound{"process", "mask_set", "MUSD", none, 300.0,
               "a set for 2 nm costs 30 to 75 MUSD (estimates, 2022 to 2025)"},
    FieldBound{"process", "defect_density_start", "1/cm^2", none, 10.0,
               "a troubled start of a modern process has about 1 defect a cm^2 (foundries' own curves)"},
    FieldBound{"site", "capacity", "wafer/month", none, 1'000'000.0,
               "all sites of the largest foundry together make about 1.4 million 12-inch wafers a month (TSMC, 2024)"},
    FieldBound{"contract", "minimum", "wafer/month", none, 1'000'000.0,
               "all sites of the largest foundry together make about 1.4 million 12-inch wafers a month (TSMC, 2024)"},
    FieldBound{"chip", "width", "mm", 0.3, 1e308, smallest_die},
    FieldBound{"chip", "height", "mm", 0.3, 1e308, smallest_die},
    FieldBound{"chip", "power", "kW", none, 30.0, hottest},
    FieldBound{"chip", "throughput", "TOPS", none, 1e6, fastest},
    FieldBound{"chip", "memory", "GB", none, 10'000.0, largest_memory},
    FieldBound{"chip", "memory_bandwidth", "GB/s", none, 100'000.0, fastest_memory},
    FieldBound{"chip", "design_cost", "MUSD", none, 20'000.0,
               "the dearest generation was put at 10,000 MUSD by its maker (Nvidia on Blackwell, 2024)"},
    FieldBound{"merchant", "power", "kW", none, 30.0, hottest},
    FieldBound{"merchant", "throughput", "TOPS", none, 1e6, fastest},
    FieldBound{"merchant", "memory", "GB", none, 10'000.0, largest_memory},
    FieldBound{"merchant", "memory_bandwidth", "GB/s", none, 100'000.0, fastest_memory},
    FieldBound{"merchant", "list_price", "USD/chip", 0.1, 1e7,
               "a whole-wafer chip in its system sells for 2 to 3 million USD (press on Cerebras, 2023)"},
    FieldBound{"vehicle", "volume", "Mvehicle/year", none, 1000.0, most_cars},
    FieldBound{"vehicle", "part_limit", "Mvehicle/year", none, 1000.0, most_cars},
    FieldBound{"vehicle", "utilisation", "%", none, 95.0, best_use},
    FieldBound{"vehicle", "redundancy", "1", none, 5.0, most_copies},
    FieldBound{"robot", "part_limit", "Mrobot/year", none, 1000.0,
               "541,000 industrial robots were installed in 2023 (International Federation of Robotics)"},
    FieldBound{"robot", "utilisation", "%", none, 95.0, best_use},
    FieldBound{"robot", "redundancy", "1", none, 5.0, most_copies},
    FieldBound{"outlet", "utilisation", "%", none, 95.0, best_use},
    FieldBound{"outlet", "redundancy", "1", none, 5.0, most_copies},
    FieldBound{"region", "wage", "USD/worker/year", 100.0, 1e6,
               "no country's average wage exceeds about 100,000 USD a year (OECD, 2024)"},
    FieldBound{"region", "workforce", "Mworker", none, 4000.0, "the world has about 3,600 million workers (ILO, 2024)"},
    FieldBound{"region", "working_hours", "h", none, 5000.0,
               "a year has 8,760 hours; the longest national mean is below 2,800 (ILO)"},
    FieldBound{"region", "energy_price", "USD/kWh", none, 5.0,
               "households pay 0.4 USD a kWh where it is dearest (International Energy Agency, 2023)"},
};

/// Whether a number stands at `key` of a row of the table, or of the section: not in a table inside a row.
bool is_of(const Input& input, const FieldBound& bound) {
    auto path = std::string_view(input.path);
    if (path.ends_with(']')) path = path.substr(0, path.rfind('['));
    if (path.size() <= bound.table.size() + bound.key.size()) return false;
    const auto between = path.substr(bound.table.size(), path.size() - bound.table.size() - bound.key.size());
    return path.starts_with(bound.table) && path.ends_with(bound.key) && between.front() == '.' &&
           between.back() == '.' && std::ranges::count(between, '.') <= 2;
}

/// The path without the date of a knot: a series is told once.
std::string key_of(const Input& input) {
    const bool is_knot = input.path.ends_with(']');
    return is_knot ? input.path.substr(0, input.path.rfind('[')) : input.path;
}

void check_value(const Sense& sense, const Input& input, const FieldBound& bound) {
    const double value = central_value(input.distribution) / parse_unit(bound.unit).unit.factor;
    constexpr double rounding = 1e-9;
    const bool is_low = value < bound.low * (1.0 - rounding) && bound.low > none;
    if (!is_low && value <= bound.high * (1.0 + rounding)) return;
    const auto in_unit = [&](double x) {
        return bound.unit == "1" ? fmt::format("{:.6g}", x) : fmt::format("{:.6g} {}", x, bound.unit);
    };
    sense.warning(input.origin, "W0429",
                  fmt::format("{}: {} is {} {}, beyond what the field has seen", key_of(input), in_unit(value),
                              is_low ? "below" : "above", in_unit(is_low ? bound.low : bound.high)),
                  fmt::format("{}; is the unit right?", bound.seen));
}

} // namespace

std::span<const FieldBound> field_bounds() { return table; }

void check_bounds(const Sense& sense) {
    std::set<std::string> told;
    for (const auto& input : sense.inputs.rows) {
        if (input.is_default || input.is_computed) continue;
        for (const auto& bound : table) {
            if (!is_of(input, bound) || told.contains(key_of(input))) continue;
            const auto before = sense.diagnostics.items().size();
            check_value(sense, input, bound);
            if (sense.diagnostics.items().size() > before) told.insert(key_of(input));
        }
    }
}

} // namespace autarky::scenario
