// autarky: how fast the paper in a transformer ages at a hot-spot temperature.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/real.hpp"

namespace autarky::grid {

/// The insulation decides which of the two laws holds; rates are relative to normal life (1 at the reference).
enum class Paper { kraft, thermally_upgraded };

inline constexpr double kraft_reference_c = 98.0;
inline constexpr double upgraded_reference_c = 110.0;
inline constexpr double kelvin_at_zero_c = 273.0; ///< the value that both standards print
inline constexpr double normal_life_h = 180000.0; ///< C57.91-2011, 20.55 years
inline constexpr double hours_per_year = 8760.0;

constexpr Formula kraft_ageing_formula{"grid.ageing_kraft", "Ageing rate, non-upgraded paper", "2^((hs - 98)/6)",
                                       "IEC 60076-7:2018, eq. 2"};
constexpr Formula upgraded_ageing_formula{"grid.ageing_upgraded", "Ageing rate, thermally upgraded paper",
                                          "exp(15000/383 - 15000/(hs + 273))",
                                          "IEC 60076-7:2018, eq. 3; IEEE C57.91-2011, eq. 2 (F_AA)"};

/// Relative ageing rate of non-upgraded kraft paper: doubles every 6 K, 1 at 98 C.
template <class R> R kraft_ageing_rate(const R& hot_spot_c) {
    constexpr double ln2_over_6 = 0.11552453009332421;
    const R rate = exp(R(ln2_over_6) * (hot_spot_c - R(kraft_reference_c)));
    return named(kraft_ageing_formula, rate, arg("hot spot, C", hot_spot_c));
}

/// Relative ageing rate of thermally upgraded paper, 1 at 110 C. Domain: hot spot above -273 C.
template <class R> R upgraded_ageing_rate(const R& hot_spot_c) {
    constexpr double activation_k = 15000.0;
    const R at_reference = R(activation_k / (upgraded_reference_c + kelvin_at_zero_c));
    const R rate = exp(at_reference - R(activation_k) / (hot_spot_c + R(kelvin_at_zero_c)));
    return named(upgraded_ageing_formula, rate, arg("hot spot, C", hot_spot_c));
}

template <class R> R ageing_rate(Paper paper, const R& hot_spot_c) {
    return paper == Paper::kraft ? kraft_ageing_rate(hot_spot_c) : upgraded_ageing_rate(hot_spot_c);
}

/// Per-unit life left when all of it were spent at this hot spot. Source: IEEE C57.91-2011, eq. 1.
template <class R> R per_unit_life(const R& hot_spot_c) {
    return R(9.8e-18) * exp(R(15000.0) / (hot_spot_c + R(kelvin_at_zero_c)));
}

/// Share of the normal insulation life used in `hours` at the equivalent ageing factor, in per cent.
/// Source: IEEE C57.91-2011, eq. 4.
template <class R> R loss_of_life_percent(const R& equivalent_factor, const R& hours, double life_h = normal_life_h) {
    return equivalent_factor * hours * R(100.0 / life_h);
}

} // namespace autarky::grid
