// autarky: in which share of a scenario's futures, and when, the street grid binds before chips do.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "engine/result.hpp"

namespace autarky::analysis {

/// Shares of the futures, and quantiles over them, at the end of one quarter.
struct GridQuarter {
    std::string quarter;
    double grid_binds = 0.0,
           chips_bind = 0.0; ///< shares of futures, as `binding.*`: takes the most, and a notable share
    double felt = 0.0;       ///< share of futures in which more than `felt_share` of devices wait
    double waiting_median = 0.0, waiting_p95 = 0.0; ///< of all devices, those that wait for a transformer
    double queue_median = 0.0, queue_p95 = 0.0;     ///< devices that charge below wish or may not be sold
    double fleet_median = 0.0;                      ///< devices in service
    double units_median = 0.0;                      ///< transformers that wait for an exchange
    double years_median = 0.0, years_p95 = 0.0;     ///< until those are exchanged
    double cost_median = 0.0;                       ///< MUSD, of all units overloaded so far: being ready on time
    double shadow_price_median = 0.0;               ///< USD a transformer
};

struct GridFutures {
    std::vector<GridQuarter> quarters;
    double grid_ever = 0.0, chips_ever = 0.0; ///< shares of futures in which they bind in some quarter
    double felt_ever = 0.0;                   ///< in which more than `felt_share` of all devices wait in some quarter
    double felt_before_chips = 0.0;           ///< in which that happens before chips ever bind
    double first_felt_p05 = 0.0, first_felt_p50 = 0.0, first_felt_p95 = 0.0; ///< decimal year of its first quarter
    double first_chips_p50 = 0.0;                                            ///< NaN when in none
    std::uint64_t samples = 0, failed = 0; ///< run, fewer than asked for after a stop; of these failed
};
inline constexpr double felt_share = 0.01;

/// Runs the scenario. Deterministic for any number of threads; after a stop it is the run of the futures that were finished.
/// `progress`: called now and then, by one thread at a time. Without a finished future there are no quarters.
GridFutures grid_futures(const Loaded& loaded, std::uint64_t samples, std::uint64_t seed, unsigned threads,
                         const std::function<void(std::uint64_t done, std::uint64_t of)>& progress = {},
                         const std::stop_token& stop = {});

} // namespace autarky::analysis
