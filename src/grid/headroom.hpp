// autarky: which share of street transformers a fleet overloads, and who has to wait for a bigger one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/power.hpp"
#include "grid/region.hpp"

namespace autarky::grid {

inline constexpr Formula overload_formula{"grid.overload_share", "Share of transformers without room",
                                          "1/c x x^k / (1 + x^k), x = c x added peak a transformer / median headroom",
                                          "log-logistic headroom; Autarky"};
inline constexpr Formula blocked_formula{"grid.blocked_share", "Share of new home devices that must wait",
                                         "min(1, clustering x waiting transformers / transformers)", "Autarky"};

/// Share of transformers whose headroom the added peak exceeds, when devices cluster on 1/clustering of them.
/// Domain: clustering >= 1, shape > 0, headroom > 0, added >= 0. Convex at low load for a shape above 1.
template <class R>
R overload_share(const Power<R>& added_per_transformer, const Power<R>& headroom, const R& shape, const R& clustering) {
    const R relative = max(clustering * (added_per_transformer / headroom), R(0.0));
    const R power = power_of(relative, shape);
    const R result = power / (R(1.0) + power) / clustering;
    return named(overload_formula, result, arg("added peak", added_per_transformer), arg("median headroom", headroom),
                 arg("shape", shape), arg("clustering", clustering));
}

/// Share of new home devices that land behind a transformer still waiting for its upgrade.
template <class R> R blocked_share(const Units<R>& waiting, const Units<R>& transformers, const R& clustering) {
    const R result = min(clustering * (waiting / transformers), R(1.0));
    return named(blocked_formula, result, arg("waiting", waiting), arg("transformers", transformers),
                 arg("clustering", clustering));
}

} // namespace autarky::grid
