// autarky: the quantile of a sample, one rule for all that keep their values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace autarky {

/// Quantile p of values in ascending order: linear between the two nearest, the least at 0 and the greatest at 1 (type 7 of
/// Hyndman and Fan, The American Statistician 50(4), 1996). Domain: 0 <= p <= 1, at least one value, all finite.
inline double sorted_quantile(std::span<const double> sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto left = std::min(static_cast<std::size_t>(at), sorted.size() - 1);
    const auto right = std::min(left + 1, sorted.size() - 1);
    return std::lerp(sorted[left], sorted[right], at - static_cast<double>(left));
}

} // namespace autarky
