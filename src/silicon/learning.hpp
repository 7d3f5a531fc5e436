// autarky: how the defect density of a process falls with time and wafers, and how it jumps.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/quantities.hpp"

namespace autarky::silicon {

template <class R> using PerWafer = QuantityIn<"1/wafer", R>;

inline constexpr Formula defect_density_formula{
    "silicon.defect_density", "Defect density", "floor + (start - floor) exp(-a t - b W)",
    "time constant: Stapper et al., Proc. IEEE 71(4) 1983; wafers: Gruber, IEEE Trans. Semicond. Manuf. 7(3) 1994"};
inline constexpr Formula learning_wafers_formula{"silicon.learning_wafers", "Wafers that teach this site",
                                                 "own + transfer others", "Autarky"};
inline constexpr Formula wright_formula{"silicon.defect_density_wright", "Defect density, experience curve",
                                        "floor + (first - floor) max(V / V1, 1)^(log2 r)",
                                        "Wright, J. Aeronaut. Sci. 3(4) 1936"};
inline constexpr Formula gompertz_formula{"silicon.yield_gompertz", "Yield, Gompertz", "Y_end exp(-b exp(-c t))",
                                          "Organtini and Russo, IEEE Trans. Semicond. Manuf. 26(3) 2013"};
inline constexpr Formula excursion_formula{"silicon.excursion", "Excess defect density of an excursion",
                                           "0 before; jump exp(-(t - t0) / recovery) after", "Autarky"};

/// Defect density of a process after `elapsed` time and `wafers` wafers of all customers since the start of counting.
/// One state, two teachers: engineering time and wafers, each with its own rate, to be set from separate evidence.
/// Domain: start >= floor >= 0; rates, time and wafers >= 0 (time may be negative: before the reference date).
/// Limits: start at zero, floor at infinity. Anchors for an N5-like process: start 0.11 /cm^2, floor 0.06, 3 quarters.
template <class R>
DefectDensity<R> defect_density(const DefectDensity<R>& start, const DefectDensity<R>& floor,
                                const PerYear<R>& rate_time, const Duration<R>& elapsed, const PerWafer<R>& rate_wafers,
                                const Wafers<R>& wafers) {
    const R learned = exp(-(rate_time * elapsed) - rate_wafers * wafers);
    const DefectDensity<R> result = floor + (start - floor) * learned;
    return named(defect_density_formula, result, arg("start", start), arg("floor", floor),
                 arg("rate in time", rate_time), arg("elapsed", elapsed), arg("rate in wafers", rate_wafers),
                 arg("wafers", wafers));
}

/// Wafers that count for one site: its own and a share of those of sister sites. Domain: transfer within [0, 1].
template <class R> Wafers<R> learning_wafers(const Wafers<R>& own, const Wafers<R>& others, const R& transfer) {
    const Wafers<R> result = own + others * transfer;
    return named(learning_wafers_formula, result, arg("own wafers", own), arg("other wafers", others),
                 arg("transfer", transfer));
}

/// Alternative: each doubling of the cumulative volume multiplies the excess over the floor by `ratio_per_doubling`.
/// Flat until the first reference volume is reached. Domain: reference > 0, 0 < ratio <= 1.
template <class R>
DefectDensity<R> defect_density_wright(const DefectDensity<R>& first, const DefectDensity<R>& floor,
                                       const R& ratio_per_doubling, const Wafers<R>& volume,
                                       const Wafers<R>& reference) {
    constexpr double one_over_ln2 = 1.4426950408889634;
    const R doublings = log(max(volume / reference, R(1.0))) * R(one_over_ln2);
    const DefectDensity<R> result = floor + (first - floor) * exp(log(ratio_per_doubling) * doublings);
    return named(wright_formula, result, arg("first", first), arg("floor", floor),
                 arg("ratio per doubling", ratio_per_doubling), arg("volume", volume), arg("reference", reference));
}

/// Alternative: yield itself follows an S-curve to its end value. Domain: end in (0, 1], displacement and rate >= 0.
template <class R>
R yield_gompertz(const R& end_yield, const R& displacement, const PerYear<R>& rate, const Duration<R>& elapsed) {
    const R result = end_yield * exp(-displacement * exp(-(rate * elapsed)));
    return named(gompertz_formula, result, arg("end yield", end_yield), arg("displacement", displacement),
                 arg("rate", rate), arg("elapsed", elapsed));
}

/// Excess defect density of one excursion (a tool, a chemical, a recipe gone wrong): nothing before it starts, a jump,
/// then recovery. Excursions add. Domain: jump >= 0, recovery > 0.
template <class R>
DefectDensity<R> excursion(const DefectDensity<R>& jump, const Duration<R>& recovery, const Duration<R>& since_start) {
    const auto begun = since_start >= Duration<R>(R(0.0));
    const R age = max(since_start / recovery, R(0.0));
    const DefectDensity<R> result = select(begun, jump * exp(-age), DefectDensity<R>(R(0.0)));
    return named(excursion_formula, result, arg("jump", jump), arg("recovery", recovery),
                 arg("since start", since_start));
}

} // namespace autarky::silicon
