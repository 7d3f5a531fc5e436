// autarky: what the next reading of an indicator is worth before going on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "analysis/reported.hpp"
#include "analysis/update.hpp"

namespace autarky::analysis {

/// Quarter of the run that holds a date, held to the run's first and last.
std::size_t quarter_of_run(const ScenarioModel& model, double date);

/// Values one reading (expected value of sample information: Raiffa and Schlaifer 1961). `truth` is what it is about in each
/// future, `value` the value of making to the end, `so_far` the value up to the reading, `weights` those of the futures. The
/// choice now is between making and buying; with the reading one makes until then and goes on, or stops and buys from then on.
WatchedReading watched_reading(const Observation& reading, const Subject& about, const std::vector<double>& truth,
                               const std::vector<double>& value, const std::vector<double>& so_far,
                               const std::vector<double>& weights);

} // namespace autarky::analysis
