// autarky: the yield models side by side, their average, and how much of an answer is the choice among them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "core/formula.hpp"
#include "core/quantities.hpp"
#include "silicon/yield.hpp"
#include "silicon/yield_model.hpp"

namespace autarky::silicon {

inline constexpr Formula averaged_yield_formula{"silicon.averaged_yield", "Yield averaged over models",
                                                "sum of weight x yield / sum of weights", "Bayesian model averaging"};

/// Yield under one model. All models get the same density of the whole process; Bose-Einstein spreads it evenly over
/// `layers` critical layers.
template <class R>
R yield_of(YieldModel model, const Area<R>& area, const DefectDensity<R>& density, const R& clustering,
           const R& layers) {
    switch (model) {
    case YieldModel::poisson: return yield_poisson(area, density);
    case YieldModel::murphy: return yield_murphy(area, density);
    case YieldModel::seeds: return yield_seeds(area, density);
    case YieldModel::rectangular: return yield_rectangular(area, density);
    case YieldModel::moore: return yield_moore(area, density);
    case YieldModel::bose_einstein: return yield_bose_einstein(area, density / layers, layers);
    case YieldModel::negative_binomial: return yield_negative_binomial(area, density, clustering);
    }
    return R(0.0);
}

/// Yield under every model, in the order of the enumeration.
template <class R>
std::array<R, n_yield_models> yields_of_all_models(const Area<R>& area, const DefectDensity<R>& density,
                                                   const R& clustering, const R& layers) {
    std::array<R, n_yield_models> result;
    for (std::size_t i = 0; i < n_yield_models; ++i)
        result[i] = yield_of(static_cast<YieldModel>(i), area, density, clustering, layers);
    return result;
}

/// Average of yields by weight. Domain: equal lengths, weights >= 0, at least one > 0.
template <class R> R averaged_yield(std::span<const R> yields, std::span<const R> weights) {
    R sum(0.0);
    R total(0.0);
    for (std::size_t i = 0; i < yields.size(); ++i) {
        sum += yields[i] * weights[i];
        total += weights[i];
    }
    const R result = sum / total;
    return named(averaged_yield_formula, result);
}

/// Where the spread of a result comes from.
struct ModelChoice {
    double mean = 0.0;
    double variance = 0.0;
    double share_of_model = 0.0; ///< variance between the models' means over the whole variance, 0..1
};

/// Law of total variance: `results` holds, model after model, the same `n_draws` equally likely draws of everything else.
/// Domain: results.size() == weights.size() * n_draws; weights >= 0 with a positive sum.
ModelChoice model_choice(std::span<const double> results, std::span<const double> weights, std::size_t n_draws);

} // namespace autarky::silicon
