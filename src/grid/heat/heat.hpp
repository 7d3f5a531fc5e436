// autarky: what the heat models of both standards have in common.
// SPDX-License-Identifier: Apache-2.0
//
// A heat model M<R> offers State, Decay and
//   ultimate(load)              the rises that a load would reach if it were held
//   decay(step)                 what is left of a deviation after one step of that length
//   at_ambient, steady          the two usual states to start from
//   after(state, to, ambient, decay)   the state one step later
//   top_oil_c, hot_spot_c       what people read off a state
// ultimate() holds the expensive powers. A load pattern that recurs computes them once: see ageing_year.hpp.
#pragma once

#include "core/real.hpp"

namespace autarky::grid {

/// x^exponent for x >= 0 as exp(exponent log x): a third of the price of pow, and as exact for the loads of a transformer
/// (relative error below 1e-15). Zero comes out as 1e-12 to that power.
template <class R> R positive_power(const R& x, const R& exponent) { return exp(exponent * log(max(x, R(1e-12)))); }

/// The rises towards which a transformer moves: top oil over ambient, hot spot over top oil.
template <class R> struct Ultimate {
    R oil_k, winding_k;
};

} // namespace autarky::grid
