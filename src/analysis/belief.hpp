// autarky: the verdict in weighted futures.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/update.hpp"
#include "engine/sampling.hpp"

namespace autarky::analysis {

/// The verdict of futures with these values (USD) and weights, which add to 1; `numbers` and `sampling` as standard_error_of()
/// takes them.
Belief belief_of(const std::vector<double>& value, const std::vector<double>& weights,
                 const std::vector<std::size_t>& numbers, engine::Sampling sampling);

} // namespace autarky::analysis
