// autarky: the verdict in weighted futures.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/update.hpp"

namespace autarky::analysis {

/// The verdict of futures with these values (USD) and weights, which add to 1.
Belief belief_of(const std::vector<double>& value, const std::vector<double>& weights);

} // namespace autarky::analysis
