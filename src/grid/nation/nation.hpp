// autarky: from the street to the country: shares, counts and cost by penetration.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/watched.hpp"
#include "grid/street/street_catalogue.hpp"

namespace autarky::grid {

struct NationStudy {
    std::string region;
    std::vector<double> penetrations{0.0, 0.1, 0.3, 0.5, 1.0}; ///< share of places for a car that have the device
    int units = 10000;                                         ///< sampled transformers
    double clustering = 0.1;                                   ///< intraclass correlation of devices within a street
    double managed_share = 0.0, timer_share = 0.0;
    double robots_a_home = 0.0; ///< at full penetration; fewer in proportion
    std::uint64_t seed = 1;
    int threads = 2;
};

/// Sums over the sample at one penetration, scaled to the country.
struct NationRow {
    double penetration = 0.0;
    double cars = 0.0, robots = 0.0;                          ///< in the country
    double over_rating = 0.0, over_125 = 0.0, over_150 = 0.0; ///< shares of units by highest load
    double over_limit = 0.0;                                  ///< above the limit of their owner
    double hot_120 = 0.0, hot_140 = 0.0;                      ///< hot spot above, C
    double ageing_fast = 0.0;                                 ///< ages faster than normal
    double mean_ageing = 0.0;                                 ///< years of life a year, each unit at most 20
    double needs = 0.0;                                       ///< share that breaks limit, heat or ageing
    double share_error = 0.0;                                 ///< standard error of `needs`
    double needs_units = 0.0;                                 ///< of the country
    double peak_kw_a_unit = 0.0;                              ///< mean local peak
    double added_kw_a_car = 0.0;                              ///< mean growth of the local peak over devices
    double average_kw_a_car = 0.0;
    double system_kw_a_car = 0.0;         ///< growth of the joint peak of all streets over devices
    double added_kva_share = 0.0;         ///< capacity to add over installed capacity
    double cost_usd[3] = {0.0, 0.0, 0.0}; ///< low, middle, high price of the works
};

struct NationResult {
    double homes = 0.0, units = 0.0, installed_kva = 0.0, homes_a_unit = 0.0;
    int sampled = 0; ///< transformers that were aged: all that were asked for, after a stop fewer, maybe none
    std::vector<NationRow> rows;
};

/// Ages every sampled unit for a year at 15 minutes at each penetration. The sample, its homes and its luck are the same
/// at all penetrations. Deterministic for any number of threads. After a stop the figures are those of the transformers that
/// were aged, which are spread over the whole sample; without any there are no rows.
NationResult study_nation(const StreetCatalogue& catalogue, const NationStudy& study, const Watched& watched = {});

/// One sampled transformer: its type, homes, present load, places for cars.
struct SampledUnit {
    std::size_t type = 0; ///< index into units_of(region)
    double homes = 1.0, base_scale = 1.0;
    int places = 1;
    double luck = 0.5; ///< quantile of its number of devices
};
/// The i-th unit of a region's sample; strata of the utilisation keep the sample even.
SampledUnit sampled_unit(const std::vector<UnitType>& types, const StreetRegion& region, std::uint64_t seed,
                         std::size_t i, std::size_t n);

} // namespace autarky::grid
