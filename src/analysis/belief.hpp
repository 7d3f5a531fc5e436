// autarky: the verdict in weighted futures.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "analysis/update.hpp"

namespace autarky::analysis {

/// Places of values from the smallest on; equal ones stay in their order.
std::vector<std::size_t> order_of(const std::vector<double>& values);

/// The verdict of futures with these values (USD) and weights, which add to 1.
Belief belief_of(const std::vector<double>& value, const std::vector<double>& weights);

} // namespace autarky::analysis
