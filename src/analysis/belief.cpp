// autarky: the verdict in weighted futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/belief.hpp"

#include <cmath>

#include "analysis/weighted_quantile.hpp"

namespace autarky::analysis {

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
    const auto at = weighted_quantiles(value, weights, {0.05, 0.50, 0.95});
    out.p5_usd = at[0];
    out.p50_usd = at[1];
    out.p95_usd = at[2];
    return out;
}

} // namespace autarky::analysis
