// autarky: a value from the middle of a distribution and the range around it, for work that is done once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <utility>

#include "core/normal_quantiles.hpp"
#include "core/real.hpp"
#include "input/inputs.hpp"
#include "input/metalog_bounds.hpp"

namespace autarky::scenario {

inline double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

/// The median where it has a closed form, else a value near it.
inline double central_value(const Distribution& d) {
    const auto& p = d.parameters;
    if (p.empty()) return 0.0;
    double value = p[0];
    switch (d.family) {
    case Family::constant:
    case Family::normal: break;
    case Family::lognormal: value = exp(p[0]); break;
    case Family::logit_normal: value = logistic(p[0]); break;
    case Family::uniform: value = 0.5 * (p[0] + p[1]); break;
    case Family::loguniform: value = sqrt(p[0] * p[1]); break;
    case Family::triangular: value = (p[0] + p[1] + p[2]) / 3.0; break;
    case Family::pert: value = (p[0] + 4.0 * p[1] + p[2]) / 6.0; break;
    case Family::beta: value = p[2] + (p[3] - p[2]) * p[0] / (p[0] + p[1]); break;
    case Family::metalog: value = p[1]; break;
    case Family::bounded_metalog: value = MetalogBounds{p[3], p[4]}.bounded(p[1]); break;
    case Family::empirical: value = p[p.size() / 2]; break;
    case Family::discrete: {
        double below = 0.0;
        for (std::size_t i = 0; i < p.size() && below < 0.5; ++i) {
            value = p[i];
            below += d.probabilities[i];
        }
        break;
    }
    }
    return std::clamp(value, d.low, d.high);
}

/// 5th and 95th percentile where they have a closed form, else bounds that hold them.
inline std::pair<double, double> central_range(const Distribution& d) {
    const auto& p = d.parameters;
    if (p.empty()) return {0.0, 0.0};
    const auto spread = [&](double low, double high) {
        return std::pair{std::clamp(low, d.low, d.high), std::clamp(high, d.low, d.high)};
    };
    switch (d.family) {
    case Family::normal: return spread(p[0] - z95 * p[1], p[0] + z95 * p[1]);
    case Family::lognormal: return spread(exp(p[0] - z95 * p[1]), exp(p[0] + z95 * p[1]));
    case Family::logit_normal: return spread(logistic(p[0] - z95 * p[1]), logistic(p[0] + z95 * p[1]));
    case Family::uniform: return spread(p[0] + 0.05 * (p[1] - p[0]), p[1] - 0.05 * (p[1] - p[0]));
    case Family::loguniform: {
        const double twentieth = pow(p[1] / p[0], 0.05);
        return spread(p[0] * twentieth, p[1] / twentieth);
    }
    case Family::bounded_metalog: {
        const MetalogBounds bounds{p[3], p[4]};
        return spread(bounds.bounded(p[0]), bounds.bounded(p[2]));
    }
    case Family::triangular:
    case Family::pert: return spread(p[0], p[2]);
    case Family::beta: return spread(p[2], p[3]);
    case Family::metalog:
    case Family::empirical:
    case Family::discrete: {
        const auto [low, high] = std::minmax_element(p.begin(), p.end());
        return spread(*low, *high);
    }
    case Family::constant: break;
    }
    const double middle = central_value(d);
    return {middle, middle};
}

} // namespace autarky::scenario
