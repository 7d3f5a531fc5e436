// autarky: support and quantiles of a distribution as written, for checks at load.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "input/inputs.hpp"

namespace autarky::scenario {

/// The least and the greatest value that a distribution can give, in base units; without end, +-1e308.
std::pair<double, double> support(const Distribution& distribution);

/// Probability that `a` is not below `b`, both as functions of normal scores whose correlation is `rho`: a quadrature
/// over the score of `b`, good to about 1e-5. The law within the bounds of a distribution is what sampling draws.
double probability_not_below(const Distribution& a, const Distribution& b, double rho);

} // namespace autarky::scenario
