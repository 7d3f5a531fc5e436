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
inline constexpr Formula maker_lead_formula{"adopters.lead", "Lead time after a pioneer's proof, over that before",
                                            "1 - relief x pioneer's proof", "Autarky"};
inline constexpr Formula maker_adopted_formula{"adopters.share", "Share of its cars with an own chip",
                                               "clamp((progress - 1) x lead time / ramp time, 0, most)", "Autarky"};

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

/// Lead time after a pioneer has shown it, over that without. Domain: relief, proof within [0, 1].
template <class R> R lead_after(const R& relief, const R& proof) {
    const R result = max(R(1.0) - relief * proof, R(0.01));
    return named(maker_lead_formula, result, arg("relief", relief), arg("proof", proof));
}

/// A maker's programme toward its own chip: 1 when the first cars carry it; then it ramps.
template <class R> struct Programme {
    R progress{};
    R exposed{};  ///< years at risk since it began or was last stopped
    R attempts{}; ///< stops so far
};

/// One quarter of a programme: `step` forward while `multiple` is above the hurdle. Before its first cars it is stopped,
/// and loses `lost` of its progress, when the case falls below break-even or when it has been at risk for `survives` years.
template <class R>
Programme<R> advance_programme(const Programme<R>& before, const R& multiple, const R& hurdle, const R& step,
                               const R& quarter, const R& survives, const R& lost) {
    const R at_risk = indicator<R>(before.progress < R(1.0));
    const R runs = indicator<R>(multiple > hurdle);
    Programme<R> now;
    now.exposed = before.exposed + quarter * runs * at_risk;
    const R fails = at_risk * indicator<R>(now.exposed >= survives);
    const R given_up = at_risk * indicator<R>(multiple < R(1.0));
    const R stops = max(fails, given_up);
    now.progress = (before.progress + step * runs) * (R(1.0) - lost * stops);
    now.exposed = now.exposed * (R(1.0) - fails);
    now.attempts = before.attempts + fails;
    return now;
}

/// Share of the maker's cars that carry its own chip. `lead_over_ramp`: lead time over ramp time; `most`: of its
/// range, what an own chip can ever serve.
template <class R> R adopted_share(const R& progress, const R& lead_over_ramp, const R& most) {
    const R result = clamp((progress - R(1.0)) * lead_over_ramp, R(0.0), most);
    return named(maker_adopted_formula, result, arg("progress", progress), arg("lead time / ramp time", lead_over_ramp),
                 arg("most", most));
}

} // namespace autarky::market
