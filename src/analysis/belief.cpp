// autarky: the verdict in weighted futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/belief.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/evidence.hpp"

namespace autarky::analysis {

std::vector<std::size_t> order_of(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    return order;
}

Belief belief_of(const std::vector<double>& value, const std::vector<double>& weights) {
    Belief out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        out.p_make += value[i] > 0.0 ? weights[i] : 0.0;
        out.mean_usd += weights[i] * value[i];
    }
    double p = 0.0, mean = 0.0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        p += std::pow(weights[i] * ((value[i] > 0.0 ? 1.0 : 0.0) - out.p_make), 2);
        mean += std::pow(weights[i] * (value[i] - out.mean_usd), 2);
    }
    out.p_error = std::sqrt(p);
    out.mean_error_usd = std::sqrt(mean);
    const auto order = order_of(value);
    out.p5_usd = weighted_quantile(value, order, weights, 0.05);
    out.p50_usd = weighted_quantile(value, order, weights, 0.50);
    out.p95_usd = weighted_quantile(value, order, weights, 0.95);
    return out;
}

} // namespace autarky::analysis
