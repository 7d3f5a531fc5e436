// autarky: normal scores of uniform draws (inverse normal distribution) and the way back.
// SPDX-License-Identifier: Apache-2.0
//
// Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988),
// routine PPND16; relative accuracy about 1e-16. Evaluated with fused multiply-adds in a fixed order, so that one
// sample and eight agree to the last bit.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "core/normal.hpp"
#include "core/real.hpp"

namespace autarky::engine {

namespace detail {

using Coefficients = std::array<double, 8>; // highest power first

template <class R> R polynomial(const Coefficients& c, const R& x) {
    R sum = c[0];
    for (std::size_t k = 1; k < c.size(); ++k)
        sum = fma(sum, x, R(c[k]));
    return sum;
}

inline constexpr Coefficients centre_over{2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
                                          4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
                                          1.3314166789178437745e2, 3.3871328727963666080e0};
inline constexpr Coefficients centre_under{
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
    5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0};
inline constexpr Coefficients tail_over{7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
                                        1.27045825245236838258e0,  3.64784832476320460504e0,  5.76949722146069140550e0,
                                        4.63033784615654529590e0,  1.42343711074968357734e0};
inline constexpr Coefficients tail_under{
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940e0,  2.05319162663775882187e0,  1.0};
inline constexpr Coefficients far_over{2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
                                       2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
                                       5.46378491116411436990e0,  6.65790464350110377720e0};
inline constexpr Coefficients far_under{
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2,  1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0};

inline constexpr double centre_half_width = 0.425; ///< |u - 1/2| up to which the central form holds

template <class R> R centre_score(const R& u) {
    const R q = u - R(0.5);
    const R r = R(0.180625) - q * q;
    return q * polynomial(centre_over, r) / polynomial(centre_under, r);
}

template <class R> R tail_score(const R& u) {
    const R r = sqrt(-log(min(u, R(1.0) - u)));
    const R near = polynomial(tail_over, r - R(1.6)) / polynomial(tail_under, r - R(1.6));
    const R far = polynomial(far_over, r - R(5.0)) / polynomial(far_under, r - R(5.0));
    const R size = select(r <= R(5.0), near, far);
    return select(u < R(0.5), -size, size);
}

} // namespace detail

/// z with Phi(z) = u, for u in (0, 1).
template <class R> R normal_score(const R& u) {
    return select(abs(u - R(0.5)) <= R(detail::centre_half_width), detail::centre_score(u), detail::tail_score(u));
}

using autarky::normal_probability;

/// normal_score() of a block of at most 256 draws, eight to a vector; `u.size()` is a multiple of 8. The logarithm of the
/// tails is taken only where it is needed.
void normal_scores(std::span<const double> u, std::span<double> z);

} // namespace autarky::engine
