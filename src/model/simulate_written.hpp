// autarky: the simulation in the reading "Written".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/written_real.hpp"
#include "model/results.hpp"
#include "scenario/scenario.hpp"

namespace autarky::model {

/// One sample, with `values` one a row of inputs in base units. Its steps are in the record of this thread, which begins anew.
Trajectory<Written> simulate_written(const Scenario<Uncertain>& scenario, const std::vector<double>& values);

} // namespace autarky::model
