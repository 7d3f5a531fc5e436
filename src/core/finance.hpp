// autarky: discounting, annuities, hazards and overlaps in time: the arithmetic that every domain shares.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/power.hpp"
#include "core/quantities.hpp"

namespace autarky {

inline constexpr Formula discount_factor_formula{"finance.discount_factor", "Discount factor", "(1 + r)^-t",
                                                 "definition of present value"};
inline constexpr Formula annuity_formula{"finance.capital_recovery", "Capital recovery factor",
                                         "r / (1 - (1 + r)^-n); 1/n at r = 0",
                                         "Park, Contemporary Engineering Economics, equal-payment series"};
inline constexpr Formula real_rate_formula{"finance.real_rate", "Real rate", "(1 + nominal) / (1 + inflation) - 1",
                                           "Fisher, The Theory of Interest, 1930"};
inline constexpr Formula growth_formula{"finance.growth", "Growth factor", "(1 + g)^t", "definition"};
inline constexpr Formula arrival_formula{"finance.arrival", "Time until the event", "-ln(1 - u) / hazard",
                                         "inverse of the exponential distribution"};

/// Present value of 1 paid `elapsed` from now. Domain: rate > -1 a year.
template <class R> R discount_factor(const PerYear<R>& rate, const Duration<R>& elapsed) {
    const R result = power_of(R(1.0) + rate.raw(), -elapsed.raw());
    return named(discount_factor_formula, result, arg("discount rate", rate), arg("time", elapsed));
}

/// (1 + rate)^elapsed. Domain: rate > -1 a year.
template <class R> R growth(const PerYear<R>& rate, const Duration<R>& elapsed) {
    const R result = power_of(R(1.0) + rate.raw(), elapsed.raw());
    return named(growth_formula, result, arg("growth", rate), arg("time", elapsed));
}

/// (1 + rate)^t at equally spaced dates: one power at the first, then one multiplication a step.
template <class R> struct GrowthPath {
    R factor{}, step{};

    /// `elapsed` is the time from the rate's reference date to the first date, `spacing` that between two dates.
    void start(const PerYear<R>& rate, const Duration<R>& elapsed, const Duration<R>& spacing) {
        factor = growth(rate, elapsed);
        step = growth(rate, spacing);
    }
    void advance() { factor = factor * step; }
};

/// Equal yearly payment that repays 1 over `life` at `rate`, in 1/year. Special case: rate 0 gives 1/life.
/// Domain: rate >= 0, life > 0. Oracle: r = 0.08, n = 10 gives 0.14902948869707536.
template <class R> PerYear<R> capital_recovery(const PerYear<R>& rate, const Duration<R>& life) {
    const R paid_off = R(1.0) - pow(R(1.0) + rate.raw(), -life.raw());
    const PerYear<R> result(ratio(rate.raw(), paid_off, R(1.0) / life.raw()));
    return named(annuity_formula, result, arg("discount rate", rate), arg("life", life));
}

/// Fisher's relation. Domain: inflation > -1.
template <class R> R real_rate(const R& nominal, const R& inflation) {
    const R result = (R(1.0) + nominal) / (R(1.0) + inflation) - R(1.0);
    return named(real_rate_formula, result, arg("nominal rate", nominal), arg("inflation", inflation));
}

/// Time until an event of constant hazard, from a uniform draw; a hazard of 0 puts it 10,000 years away.
/// Domain: 0 <= luck <= 1 (at 1 the same far date), hazard >= 0.
template <class R> Duration<R> time_to_event(const PerYear<R>& hazard, const R& luck) {
    constexpr double far_away = 1e4;
    const R survived = max(R(1.0) - luck, R(1e-300));
    const R waited = ratio(-log(survived), hazard.raw(), R(far_away));
    const Duration<R> result(min(waited, R(far_away)));
    return named(arrival_formula, result, arg("hazard", hazard), arg("draw", luck));
}

/// Length of the common part of [a_start, a_end] and [b_start, b_end], in years; 0 if there is none.
template <class R> R overlap(const R& a_start, const R& a_end, const R& b_start, const R& b_end) {
    return max(min(a_end, b_end) - max(a_start, b_start), R(0.0));
}

} // namespace autarky
