// autarky: a metalog between bounds: the plain one of a transformed value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "core/real.hpp"

namespace autarky {

/// Stands for a bound that is not there, as in Distribution::low and high.
inline constexpr double no_bound = 1e308;

/// Bounds of a metalog, one of them or both (Keelin, Decision Analysis 13(4), 2016, section 4: log and logit metalog).
struct MetalogBounds {
    double low = -no_bound, high = no_bound;

    static constexpr double largest = 690.0; ///< whose exponential is a double

    [[nodiscard]] bool has_low() const { return low > -no_bound; }
    [[nodiscard]] bool has_high() const { return high < no_bound; }

    /// Rising, from between the bounds to all numbers.
    [[nodiscard]] double freed(double x) const {
        if (has_low() && has_high()) return log((x - low) / (high - x));
        return has_low() ? log(x - low) : -log(high - x);
    }
    /// Its inverse, in every reading.
    template <Reading R> [[nodiscard]] R bounded(const R& m) const {
        if (has_low() && has_high()) return R(low) + R(high - low) / (R(1.0) + exp(-m));
        return has_low() ? R(low) + exp(min(m, R(largest))) : R(high) - exp(min(-m, R(largest)));
    }
    /// d bounded / d m.
    [[nodiscard]] double slope(double m) const {
        if (!has_low() || !has_high()) return exp(std::min(has_low() ? m : -m, largest));
        const double share = 1.0 / (1.0 + exp(-m));
        return (high - low) * share * (1.0 - share);
    }
};

} // namespace autarky
