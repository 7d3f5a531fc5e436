// autarky: when another car maker dares an own chip.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "market/entities.hpp"

namespace autarky::market {

inline constexpr Formula maker_ratio_formula{"adopters.break_even_multiple", "Volume over break-even volume",
                                             "vehicles x life x saving a vehicle / one-off cost", "Autarky"};
inline constexpr Formula maker_hurdle_formula{"adopters.hurdle", "Multiple at which the maker dares",
                                              "1 + (hurdle - 1)(1 - relief x pioneer's proof)", "Autarky"};
inline constexpr Formula maker_adopted_formula{"adopters.share", "Share of its cars with an own chip",
                                               "clamp((progress - 1) x lead time / ramp time, 0, 1)", "Autarky"};

/// Multiple of break-even volume that one generation of this maker reaches. Domain: nre > 0.
template <class R>
R break_even_multiple(const UnitRate<R>& vehicles, const Duration<R>& generation_life, const UnitCost<R>& saving,
                      const Money<R>& nre) {
    const R result = vehicles * generation_life * max(saving, UnitCost<R>(R(0.0))) / nre;
    return named(maker_ratio_formula, result, arg("vehicles", vehicles), arg("generation life", generation_life),
                 arg("saving a vehicle", saving), arg("one-off cost", nre));
}

/// Hurdle after a pioneer has shown, to the degree `proof` (0..1), that it works.
template <class R> R hurdle_after(const R& hurdle, const R& relief, const R& proof) {
    const R result = R(1.0) + (hurdle - R(1.0)) * (R(1.0) - relief * proof);
    return named(maker_hurdle_formula, result, arg("hurdle", hurdle), arg("relief", relief), arg("proof", proof));
}

/// Progress of one quarter toward an own chip: `step`, the quarter over the lead time, while the multiple is above the hurdle; it is kept, not
/// lost, when the case weakens.
template <class R> R adoption_progress(const R& before, const R& multiple, const R& hurdle, const R& step) {
    return before + select(multiple > hurdle, step, R(0.0));
}

/// Share of the maker's cars that carry its own chip. `lead_over_ramp`: lead time over ramp time.
template <class R> R adopted_share(const R& progress, const R& lead_over_ramp) {
    const R result = clamp((progress - R(1.0)) * lead_over_ramp, R(0.0), R(1.0));
    return named(maker_adopted_formula, result, arg("progress", progress),
                 arg("lead time / ramp time", lead_over_ramp));
}

} // namespace autarky::market
