// autarky: how the peaks of many homes and cars add up to less than their sum.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/real.hpp"

namespace autarky::grid {

inline constexpr Formula diversified_peak_formula{"grid.diversified_peak", "Peak a home in a group of n",
                                                  "p_many + (p_one - p_many)/sqrt(n)",
                                                  "Rusck 1956; Willis, Power Distribution Planning, ch. 3"};
inline constexpr Formula coincidence_formula{"grid.coincidence", "Coincidence of n like devices", "c + (1 - c)/sqrt(n)",
                                             "Rusck 1956"};

/// Peak (kW) that a home contributes to the joint peak of a group of n. Domain: n >= 1.
/// Limits: n = 1 gives p_one; n -> infinity gives p_many.
/// Check: 100 one-minute profiles of the IEEE European feeder, means of 15 minutes, n = 1 to 100 (within 7 %).
template <class R> R diversified_peak_kw(const R& p_one_kw, const R& p_many_kw, const R& n) {
    const R result = p_many_kw + (p_one_kw - p_many_kw) / sqrt(n);
    return named(diversified_peak_formula, result, arg("peak of one, kW", p_one_kw),
                 arg("peak a home of many, kW", p_many_kw), arg("homes", n));
}

/// Share of their joint rated power that n like devices reach together. Domain: n >= 1.
/// Conservative against the Electric Nation trial (UK 2017-2018, 7.36 kW): 0.227 measured for 100 cars, 0.284 here.
template <class R> R rusck_coincidence(const R& c_many, const R& n) {
    const R result = c_many + (R(1.0) - c_many) / sqrt(n);
    return named(coincidence_formula, result, arg("coincidence of many", c_many), arg("devices", n));
}

/// Number of homes whose joint peak is `peak_kw`: the inverse of n times diversified_peak_kw.
template <class R> R homes_behind(const R& peak_kw, const R& p_one_kw, const R& p_many_kw) {
    const R spread = p_one_kw - p_many_kw;
    const R root = (sqrt(spread * spread + R(4.0) * p_many_kw * peak_kw) - spread) / (R(2.0) * p_many_kw);
    return root * root;
}

} // namespace autarky::grid
