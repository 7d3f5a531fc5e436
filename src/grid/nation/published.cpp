// autarky: published studies of what electrification costs distribution grids, beside ours.
// SPDX-License-Identifier: Apache-2.0
#include "grid/nation/published.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace autarky::grid {
namespace {

std::string judged(double ours_low, double ours_high, double low, double high, const char* why) {
    const std::string verdict = ours_high < low ? "below" : ours_low > high ? "above" : "overlaps";
    return *why ? fmt::format("{} ({})", verdict, why) : verdict;
}

/// Added cost (low, high) with this many cars, on a line between the rows around it; nothing beyond the last row.
std::optional<std::pair<double, double>> added_cost_with(const NationResult& result, double cars) {
    for (std::size_t i = 1; i < result.rows.size(); ++i) {
        const NationRow &a = result.rows[i - 1], &b = result.rows[i];
        if (cars < a.cars || cars > b.cars) continue;
        const double part = (cars - a.cars) / (b.cars - a.cars);
        const auto added = [&](std::size_t band) {
            return a.cost_usd[band] + part * (b.cost_usd[band] - a.cost_usd[band]) - result.rows.front().cost_usd[band];
        };
        return std::pair(added(0), added(2));
    }
    return std::nullopt;
}

} // namespace

std::vector<Comparison> compared_with_studies(const NationResult& result, const NationStudy& study) {
    std::vector<Comparison> out;
    if (result.rows.size() < 2 || study.region != "us") return out;
    const NationRow& none = result.rows.front();
    const NationRow& full = result.rows.back();
    const double low = full.cost_usd[0] - none.cost_usd[0], high = full.cost_usd[2] - none.cost_usd[2];
    const double homes = result.homes;
    const auto add = [&](const char* quantity, const char* unit, double ours_low, double ours_high, double p_low,
                         double p_high, const char* source, const char* why) {
        out.push_back({quantity, unit, ours_low, ours_high, p_low, p_high, source,
                       judged(ours_low, ours_high, p_low, p_high, why)});
    };
    constexpr double essay_devices = 100e6;
    if (const auto cost = added_cost_with(result, essay_devices))
        add("100 million devices, all of them cars here", "GUSD", cost->first / 1e9, cost->second / 1e9, 50.0, 100.0,
            "the essay", study.managed_share > 0.0 ? "with the managed share given" : "nobody managed");
    add("service transformers, cost a household", "USD", low / homes, high / homes, 2600.0, 5800.0,
        "Priyadarshan et al., arXiv 2410.04540 v2", "theirs has heating and feeders too");
    const double added_kw = full.added_kw_a_car * full.cars;
    add("cost a kW of added local peak", "USD/kW", low / added_kw, high / added_kw, 240.0, 1330.0,
        "PNAS 2317599121 (feeders, 240 to 800); arXiv 2410.04540 v2 (588 to 1,330)",
        "ours is the last transformer alone");
    // California has 13.5 of 140 million residential customers (EIA-861).
    constexpr double california = 13.5 / 140.0;
    add("California's part of our cost", "GUSD", california * low / 1e9, california * high / 1e9, 16.0, 50.0,
        "Cal Advocates 2023-2025 (16 to 38), Kevala 2023 (up to 50)",
        "theirs has substations and feeders, by 2035-2040");
    add("capacity to add over installed", "%", 100.0 * (full.added_kva_share - none.added_kva_share),
        100.0 * full.added_kva_share, 160.0, 260.0, "NREL TP-6A40-87653",
        "theirs to 2050, of 2021 stock, all uses and replacements");
    add("street transformers", "million", result.units / 1e6, result.units / 1e6, 60.0, 80.0, "NREL TP-6A40-87653",
        "theirs has commercial and industrial units");
    return out;
}

std::vector<EssayCheck> essay_arithmetic() {
    constexpr double devices = 100e6, watts = 300.0;
    constexpr double gw = devices * watts / 1e9, twh = gw * 8.76;
    constexpr double portugal_gw = 22.19, portugal_twh = 45.637, us_twh = 3860.0;
    constexpr double reactor_gw = 1.0, palo_verde_gw = 31.55 / 8.76 / 3.0, epr_gw = 1.6;
    constexpr double usd_low = 50e9, usd_high = 100e9;
    return {
        {"100 million devices of 300 W draw 30 GW",
         fmt::format("{:.1f} GW, {:.1f} TWh a year, {:.1f} % of US end use", gw, twh, 100.0 * twh / us_twh), "holds"},
        {"as much as Portugal's generating capacity",
         fmt::format("{:.2f} times its {:.1f} GW (ENTSO-E, January 2026); {:.1f} times its production of 2024",
                     gw / portugal_gw, portugal_gw, twh / portugal_twh),
         "order right, number off"},
        {"or 30 large reactors",
         fmt::format("{:.0f} of {:.1f} GW, {:.0f} of Palo Verde's, {:.0f} EPR", gw / reactor_gw, reactor_gw,
                     gw / palo_verde_gw, gw / epr_gw),
         "holds"},
        {"USD 50 to 100 billion of grid upgrades",
         fmt::format("USD {:.0f} to {:.0f} a device; at 240 to 1,330 USD/kW that is {:.2f} to {:.1f} kW of added local "
                     "peak each",
                     usd_low / devices, usd_high / devices, usd_low / devices / 1330.0, usd_high / devices / 240.0),
         "depends on where the devices are and when they charge"},
        {"which stands in no plan",
         "USD 51 billion is one year of US distribution investment (EIA, 2023); NREL, Kevala and California's "
         "regulator plan for it",
         "false"},
    };
}

} // namespace autarky::grid
