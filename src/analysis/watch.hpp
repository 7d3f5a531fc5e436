// autarky: what the next reading of an indicator is worth before going on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/reported.hpp"
#include "analysis/update.hpp"

namespace autarky::analysis {

/// Quarter of the run in which a reading of this date is known; nothing before the run begins. The last one is its end.
std::optional<std::size_t> quarter_of_run(const ScenarioModel& model, double date);

/// Why a reading cannot be valued; empty: it can.
std::string unreadable(const ScenarioModel& model, const Observation& reading, const Subject& about);

/// Values one reading (expected value of sample information: Raiffa and Schlaifer 1961). `truth` is what it is about in each
/// future (base units), `value` the value of making to the end and `so_far` that up to the reading (USD), `weights` those of the
/// futures. The choice now is between making and buying; with the reading one makes until then and goes on, or stops and buys
/// from then on. Stock and wafers on their way at a stop are taken as lost, contracts that run on as not paid.
WatchedReading watched_reading(const Observation& reading, const std::string& why, const std::vector<double>& truth,
                               const std::vector<double>& value, const std::vector<double>& so_far,
                               const std::vector<double>& weights);

} // namespace autarky::analysis
