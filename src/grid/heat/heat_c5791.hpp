// autarky: top-oil and hot-spot temperature of a transformer, IEEE C57.91 clause 7 in both its forms.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "grid/heat/heat.hpp"

namespace autarky::grid {

/// The quantities of IEEE C57.91-2011, clause 7; the defaults are those of a 65 K ONAN unit.
template <class R> struct C5791Unit {
    R loss_ratio = R(5.0);       ///< R, load loss over no-load loss
    R oil_rise_k = R(55.0);      ///< delta theta TO,R, top-oil rise over ambient at rated load
    R hot_spot_rise_k = R(25.0); ///< delta theta H,R, hot spot over top oil at rated load
    R tau_oil_min = R(180.0);    ///< tau TO,R
    R tau_winding_min = R(5.0);  ///< tau w
    R n = R(0.8), m = R(0.8);    ///< ONAN 0.8/0.8, forced air 0.9/0.8, directed flow 1/1

    [[nodiscard]] Ultimate<R> ultimate(const R& load_pu) const {
        const R k = abs(load_pu);
        const R losses = (R(1.0) + loss_ratio * k * k) / (R(1.0) + loss_ratio);
        return {oil_rise_k * positive_power(losses, n), hot_spot_rise_k * positive_power(k, R(2.0) * m)};
    }
};

/// The alternative clause 7: the oil follows the ambient through its own time constant, as in IEC 60076-7,
///   dTO/dt = (ultimate oil rise - (TO - ambient))/tau_TO,  dH/dt = (ultimate winding rise - (H - TO))/tau_w,
/// solved exactly for load and ambient constant over the step.
template <class R> struct C5791Ode : C5791Unit<R> {
    struct State {
        R top_oil_c, hot_spot_c;
    };
    struct Decay {
        R oil, winding, coupling; ///< coupling = tau_TO / (tau_TO - tau_w)
    };
    [[nodiscard]] Decay decay(const R& step_min) const {
        // Equal time constants are a removable singularity: part them by a millionth, which moves a result by less.
        const R gap = this->tau_oil_min - this->tau_winding_min;
        const R least = R(1e-6) * this->tau_oil_min;
        const R apart = select(abs(gap) < least, least, gap);
        const R tau_winding = this->tau_oil_min - apart;
        return {exp(-step_min / this->tau_oil_min), exp(-step_min / tau_winding), this->tau_oil_min / apart};
    }
    [[nodiscard]] State at_ambient(const R& ambient_c) const { return {ambient_c, ambient_c}; }
    [[nodiscard]] State steady(const Ultimate<R>& to, const R& ambient_c) const {
        return {ambient_c + to.oil_k, ambient_c + to.oil_k + to.winding_k};
    }
    [[nodiscard]] State after(const State& s, const Ultimate<R>& to, const R& ambient_c, const Decay& left) const {
        const R oil = ambient_c + to.oil_k;
        const R end = oil + to.winding_k;
        const R following = (s.top_oil_c - oil) * left.coupling;
        return {fma(s.top_oil_c - oil, left.oil, oil),
                end + following * left.oil + (s.hot_spot_c - end - following) * left.winding};
    }
    [[nodiscard]] static R top_oil_c(const State& s) { return s.top_oil_c; }
    [[nodiscard]] static R hot_spot_c(const State& s) { return s.hot_spot_c; }
};

/// The classic clause 7: both rises are exponentials, and a change of the ambient is felt at once.
/// `correct_time_constant` turns on the standard's correction of tau_TO for n other than 1 (its eq. 15).
template <class R> struct C5791Classic : C5791Unit<R> {
    bool correct_time_constant = false;

    struct State {
        R oil_rise_k, winding_rise_k, ambient_c;
    };
    struct Decay {
        R oil, winding, step_min;
    };
    [[nodiscard]] Decay decay(const R& step_min) const {
        return {exp(-step_min / this->tau_oil_min), exp(-step_min / this->tau_winding_min), step_min};
    }
    [[nodiscard]] State at_ambient(const R& ambient_c) const { return {R(0.0), R(0.0), ambient_c}; }
    [[nodiscard]] State steady(const Ultimate<R>& to, const R& ambient_c) const {
        return {to.oil_k, to.winding_k, ambient_c};
    }
    [[nodiscard]] State after(const State& s, const Ultimate<R>& to, const R& ambient_c, const Decay& left) const {
        const R left_oil = correct_time_constant ? exp(-left.step_min / corrected_tau_min(s, to)) : left.oil;
        return {fma(s.oil_rise_k - to.oil_k, left_oil, to.oil_k),
                fma(s.winding_rise_k - to.winding_k, left.winding, to.winding_k), ambient_c};
    }
    [[nodiscard]] static R top_oil_c(const State& s) { return s.ambient_c + s.oil_rise_k; }
    [[nodiscard]] static R hot_spot_c(const State& s) { return s.ambient_c + s.oil_rise_k + s.winding_rise_k; }

private:
    [[nodiscard]] R corrected_tau_min(const State& s, const Ultimate<R>& to) const {
        const R end = to.oil_k / this->oil_rise_k;
        const R begin = max(s.oil_rise_k, R(0.0)) / this->oil_rise_k;
        const R power = R(1.0) / this->n;
        const R slope = ratio(end - begin, pow(end, power) - pow(begin, power), R(1.0));
        return this->tau_oil_min * max(slope, R(1e-3));
    }
};

constexpr Formula oil_time_constant_formula{"grid.oil_time_constant", "Top-oil time constant at rated load",
                                            "C dTO_R / P_R", "IEEE C57.91-2011, eq. 14"};

/// Heat capacity in Wh/K from core-and-coil and tank mass (lb) and oil volume (gal); directed or forced oil flow
/// counts the whole tank. Source: IEEE C57.91-2011, 7.2.6.
template <class R> R heat_capacity_wh_per_k(const R& core_lb, const R& tank_lb, const R& oil_gal, bool forced_oil) {
    return R(0.06) * core_lb + R(forced_oil ? 0.06 : 0.04) * tank_lb + R(forced_oil ? 1.93 : 1.33) * oil_gal;
}
/// tau TO,R in minutes from the heat capacity, the rated top-oil rise and the total loss at rated load.
template <class R> R oil_time_constant_min(const R& capacity_wh_per_k, const R& oil_rise_k, const R& total_loss_w) {
    const R minutes = R(60.0) * capacity_wh_per_k * oil_rise_k / total_loss_w;
    return named(oil_time_constant_formula, minutes, arg("heat capacity, Wh/K", capacity_wh_per_k),
                 arg("top-oil rise, K", oil_rise_k), arg("loss at rated load, W", total_loss_w));
}

} // namespace autarky::grid
