// autarky: the density of the normal distribution, in every reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/real.hpp"

namespace autarky {

/// phi(z): density of a standard normal draw at z.
template <Reading R> R normal_density(const R& z) {
    constexpr double inverse_root_of_2_pi = 0.39894228040143267794;
    return R(inverse_root_of_2_pi) * exp(R(-0.5) * z * z);
}

} // namespace autarky
