// autarky: quantiles of weighted futures.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace autarky::analysis {

/// Places of values from the smallest on; equal ones stay in their order.
std::vector<std::size_t> order_of(const std::vector<double>& values);

/// Weighted quantile: the smallest value at which the weights of it and of all below reach `p`. `order` sorts the values.
double weighted_quantile(const std::vector<double>& values, const std::vector<std::size_t>& order,
                         const std::vector<double>& weights, double p);

/// The same at each share `p`, ascending, of the weight of the futures in which the value exists (is finite), by selection: in a
/// time that grows as their number, where sorting grows faster. Empty when they weigh nothing.
std::vector<double> weighted_quantiles(const std::vector<double>& values, const std::vector<double>& weights,
                                       const std::vector<double>& p);

} // namespace autarky::analysis
