// autarky: the normal distribution, in every reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/real.hpp"

namespace autarky {

/// Phi(z): probability that a standard normal draw lies below z.
template <Reading R> R normal_probability(const R& z) {
    constexpr double sqrt_half = 0.70710678118654752440;
    return R(0.5) * erfc(z * R(-sqrt_half));
}

} // namespace autarky
