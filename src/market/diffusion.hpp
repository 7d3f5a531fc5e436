// autarky: Bass diffusion, by quarter against a moving potential and in closed form.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/quantities.hpp"

namespace autarky::market {

inline constexpr Formula bass_step_formula{"bass.adoption", "Adoptions of a quarter", "(p + q N/M) max(0, M - N) dt",
                                           "Bass, Management Science 15(5) 1969"};
inline constexpr Formula bass_share_formula{"bass.share", "Adopted share", "(1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t)",
                                            "Bass, Management Science 15(5) 1969"};

/// Adoptions in `dt` when N of a potential of M have adopted; none when the potential is gone.
/// Domain: p, q >= 0; (p + q) dt <= 1 keeps N <= M.
template <class R>
Units<R> bass_adoptions(const PerYear<R>& innovation, const PerYear<R>& imitation, const Units<R>& adopted,
                        const Units<R>& potential, const Duration<R>& dt) {
    const R share = min(ratio(adopted, potential, R(1.0)), R(1.0));
    const R step = min((innovation.raw() + imitation.raw() * share) * dt.raw(), R(1.0));
    const Units<R> result = max(potential - adopted, Units<R>(R(0.0))) * step;
    return named(bass_step_formula, result, arg("p", innovation), arg("q", imitation), arg("adopted", adopted),
                 arg("potential", potential));
}

/// Closed form for a fixed potential. Domain: p > 0, q >= 0, t >= 0. Oracle: p = 0.03, q = 0.38, t = 5: 0.33119864.
template <class R> R bass_share(const PerYear<R>& innovation, const PerYear<R>& imitation, const Duration<R>& t) {
    const R decay = exp(-((innovation + imitation) * t));
    const R result = (R(1.0) - decay) / (R(1.0) + imitation / innovation * decay);
    return named(bass_share_formula, result, arg("p", innovation), arg("q", imitation), arg("t", t));
}

} // namespace autarky::market
