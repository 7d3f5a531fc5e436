// autarky: the verdict in weighted futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/belief.hpp"

#include "analysis/estimate.hpp"
#include "analysis/weighted_quantile.hpp"

namespace autarky::analysis {

Belief belief_of(const std::vector<double>& value, const std::vector<double>& weights,
                 const std::vector<std::size_t>& numbers, engine::Sampling sampling) {
    Belief out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        out.p_make += value[i] > 0.0 ? weights[i] : 0.0;
        out.mean_usd += weights[i] * value[i];
    }
    std::vector<double> of_p, of_mean;
    for (std::size_t i = 0; i < value.size(); ++i) {
        of_p.push_back(weights[i] * ((value[i] > 0.0 ? 1.0 : 0.0) - out.p_make));
        of_mean.push_back(weights[i] * (value[i] - out.mean_usd));
    }
    out.p_error = standard_error_of(of_p, numbers, sampling);
    out.mean_error_usd = standard_error_of(of_mean, numbers, sampling);
    const auto at = weighted_quantiles(value, weights, {0.05, 0.50, 0.95});
    out.p5_usd = at[0];
    out.p50_usd = at[1];
    out.p95_usd = at[2];
    return out;
}

} // namespace autarky::analysis
