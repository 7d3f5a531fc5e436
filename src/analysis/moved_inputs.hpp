// autarky: which inputs the reports moved.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/samples.hpp"
#include "analysis/update.hpp"

namespace autarky::analysis {

/// Inputs whose mean moved most, in standard deviations over the futures before; a series by the knot that moved most.
/// `effective`: futures behind the second moments; what chance moves the mean of so many is left out.
std::vector<MovedInput> moved_inputs(const ScenarioModel& model, const InputMoments& first, const InputMoments& second,
                                     double effective);

} // namespace autarky::analysis
