// autarky: top-oil and hot-spot temperature of a transformer, difference equations of IEC 60076-7.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grid/heat/heat.hpp"

namespace autarky::grid {

/// The quantities of IEC 60076-7:2018, clause 8. The defaults are those of a distribution unit, ONAN (its table 4).
template <class R> struct Iec60076 {
    R loss_ratio = R(4600.0 / 430.0); ///< R, load loss over no-load loss at rated current
    R oil_rise_k = R(60.0);           ///< delta theta or, top-oil rise at rated losses
    R surcharge_k = R(0.0);           ///< added to the rise: housing or vault
    R gradient_k = R(23.0);           ///< g_r, average winding over average oil at rated current
    R hot_spot_factor = R(1.2);       ///< H
    R oil_exponent = R(0.8);          ///< x
    R winding_exponent = R(1.6);      ///< y
    R k11 = R(1.0), k21 = R(1.0), k22 = R(2.0);
    R tau_oil_min = R(180.0);   ///< tau o
    R tau_winding_min = R(4.0); ///< tau w

    struct State {
        R top_oil_c, fast_k, slow_k; ///< fast minus slow is the hot spot's rise over the top oil
    };
    struct Decay {
        R oil, fast, slow; ///< what is left of a deviation after the step
    };

    /// Where a load, held for ever, would end. Negative (reverse) load heats like positive load.
    [[nodiscard]] Ultimate<R> ultimate(const R& load_pu) const {
        const R k = abs(load_pu);
        const R losses = (R(1.0) + loss_ratio * k * k) / (R(1.0) + loss_ratio);
        return {(oil_rise_k + surcharge_k) * positive_power(losses, oil_exponent),
                hot_spot_factor * gradient_k * positive_power(k, winding_exponent)};
    }
    [[nodiscard]] Decay decay(const R& step_min) const {
        return {exp(-step_min / (k11 * tau_oil_min)), exp(-step_min / (k22 * tau_winding_min)),
                exp(-step_min * k22 / tau_oil_min)};
    }
    [[nodiscard]] State at_ambient(const R& ambient_c) const { return {ambient_c, R(0.0), R(0.0)}; }
    [[nodiscard]] State steady(const Ultimate<R>& to, const R& ambient_c) const {
        return {ambient_c + to.oil_k, k21 * to.winding_k, (k21 - R(1.0)) * to.winding_k};
    }
    /// One step in which load and ambient are constant; exact for any length.
    [[nodiscard]] State after(const State& s, const Ultimate<R>& to, const R& ambient_c, const Decay& left) const {
        const R oil = ambient_c + to.oil_k;
        const R fast = k21 * to.winding_k;
        const R slow = (k21 - R(1.0)) * to.winding_k;
        return {fma(s.top_oil_c - oil, left.oil, oil), fma(s.fast_k - fast, left.fast, fast),
                fma(s.slow_k - slow, left.slow, slow)};
    }
    [[nodiscard]] static R top_oil_c(const State& s) { return s.top_oil_c; }
    [[nodiscard]] static R hot_spot_c(const State& s) { return s.top_oil_c + (s.fast_k - s.slow_k); }
};

/// Medium and large power units of the same standard (table 4): natural air, forced air, forced oil, directed oil.
template <class R> Iec60076<R> iec_power_onan() {
    Iec60076<R> unit;
    unit.tau_oil_min = R(210.0), unit.tau_winding_min = R(10.0), unit.gradient_k = R(17.0);
    unit.hot_spot_factor = R(1.3), unit.winding_exponent = R(1.3), unit.k11 = R(0.5), unit.k21 = R(2.0);
    return unit;
}
template <class R> Iec60076<R> iec_power_onaf() {
    Iec60076<R> unit = iec_power_onan<R>();
    unit.tau_oil_min = R(150.0), unit.tau_winding_min = R(7.0);
    return unit;
}
template <class R> Iec60076<R> iec_power_of() {
    Iec60076<R> unit = iec_power_onan<R>();
    unit.oil_exponent = R(1.0), unit.k11 = R(1.0), unit.k21 = R(1.3), unit.k22 = R(1.0);
    unit.tau_oil_min = R(90.0), unit.tau_winding_min = R(7.0);
    return unit;
}
template <class R> Iec60076<R> iec_power_od() {
    Iec60076<R> unit = iec_power_of<R>();
    unit.winding_exponent = R(2.0), unit.k21 = R(1.0);
    return unit;
}

/// The same unit eight times.
inline Iec60076<Lanes> in_lanes(const Iec60076<double>& h) {
    return {Lanes(h.loss_ratio),
            Lanes(h.oil_rise_k),
            Lanes(h.surcharge_k),
            Lanes(h.gradient_k),
            Lanes(h.hot_spot_factor),
            Lanes(h.oil_exponent),
            Lanes(h.winding_exponent),
            Lanes(h.k11),
            Lanes(h.k21),
            Lanes(h.k22),
            Lanes(h.tau_oil_min),
            Lanes(h.tau_winding_min)};
}

} // namespace autarky::grid
