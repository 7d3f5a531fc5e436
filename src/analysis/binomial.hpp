// autarky: the binomial distribution in logarithms.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "core/real.hpp"

namespace autarky::analysis {

/// log P(`hits` of `trials`), each with probability `share`; minus infinity where that is impossible.
inline double log_binomial(double hits, double trials, double share) {
    if (!(share >= 0.0 && share <= 1.0)) return -std::numeric_limits<double>::infinity();
    double out = lgamma(trials + 1.0) - lgamma(hits + 1.0) - lgamma(trials - hits + 1.0);
    if (hits > 0.0) out += hits * log(share);
    if (trials > hits) out += (trials - hits) * log1p(-share);
    return out;
}

} // namespace autarky::analysis
