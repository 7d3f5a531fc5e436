// autarky: the cheapest way to make an overloaded street fit again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "grid/hosting/hosting.hpp"
#include "grid/street/street_catalogue.hpp"

namespace autarky::grid {

/// What is done with the transformer itself. Of these at most one.
enum class Works { none, larger_unit, two_sizes_larger, parallel_unit, new_station };
std::string_view name_of(Works works);

/// A set of measures, and what it does.
struct Remedy {
    Works works = Works::none;
    bool managed = false;       ///< all cars follow the street's lowest limit
    bool spread_timers = false; ///< timers start within four hours instead of a quarter
    bool storage = false;       ///< a battery at the unit takes what is above the rating limit
    double rating_kva = 0.0;    ///< after the works, of all units together
    double storage_kwh = 0.0, storage_kw = 0.0;
    double capex_usd = 0.0, yearly_usd = 0.0;
    double annualised_usd = 0.0; ///< capex as equal yearly payments over its life, plus yearly cost
    bool clears = false;
    std::string first_violation; ///< what it leaves: "rating", "heat", "ageing", or empty

    [[nodiscard]] std::string text() const;
};

/// All sets that were looked at, cheapest first, up to and including the one that was chosen.
struct Mitigation {
    bool needed = false; ///< the street breaks a limit as it is
    std::vector<Remedy> trail;
    const Remedy* chosen = nullptr; ///< into trail; null: nothing clears it

    Mitigation() = default;
    Mitigation(const Mitigation&) = delete;
    Mitigation& operator=(const Mitigation&) = delete;
    Mitigation(Mitigation&&) = default;
    Mitigation& operator=(Mitigation&&) = default;
};

/// Cheapest set of measures that clears the limits in all of eight placements of `behind`.
/// `price_factor` scales units and stations. Timers: share of cars that start at their hour today.
/// Lines and voltage are a feeder's matter: see feeder_remedy.hpp; a street's limits are its transformer's.
Mitigation cheapest_remedy(const StreetCatalogue& catalogue, const UnitType& type, const Behind& behind,
                           const HostingLimits& limits, double timer_share, double price_factor, std::uint64_t seed);

} // namespace autarky::grid
