// autarky: whose energy it is: the chip's, the use that autonomy induces, or the car's that would be there anyway.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/real.hpp"

namespace autarky::grid {

inline constexpr Formula chip_energy_formula{
    "grid.chip_energy", "Energy of a device's compute in a day, at the socket",
    "(P_work h_work + P_awake h_awake + P_asleep h_asleep) / charging efficiency", "energy balance of a day"};
inline constexpr Formula counted_energy_formula{"grid.counted_energy", "Energy that making or buying the chip decides",
                                                "chip + induced use", "Autarky"};

/// How a device's compute spends its day; the hours add up to 24.
template <class R> struct ComputeDay {
    R work_w, work_h;   ///< driving, or a robot at work
    R awake_w, awake_h; ///< parked and watching, or standing by
    R asleep_w;         ///< the rest of the day
    R charging_efficiency = R(0.9);
};

/// kWh a day, at the socket.
template <class R> struct EnergyLedger {
    R chip{};     ///< the device's compute
    R induced{};  ///< driving that only autonomy brings: empty trips, longer ways
    R baseline{}; ///< the device's own motion, there with either chip

    [[nodiscard]] R total() const { return chip + induced + baseline; }
    /// What counts when making is compared with buying: the baseline is the same in both worlds.
    [[nodiscard]] R counted() const {
        return named(counted_energy_formula, chip + induced, arg("chip, kWh a day", chip),
                     arg("induced, kWh a day", induced));
    }
    /// Mean power of a figure of the ledger, W.
    [[nodiscard]] static R mean_w(const R& kwh_a_day) { return kwh_a_day * R(1000.0 / 24.0); }
};

template <class R> R chip_kwh_a_day(const ComputeDay<R>& day) {
    const R asleep_h = max(R(24.0) - day.work_h - day.awake_h, R(0.0));
    const R wh = day.work_w * day.work_h + day.awake_w * day.awake_h + day.asleep_w * asleep_h;
    const R result = wh / (R(1000.0) * day.charging_efficiency);
    return named(chip_energy_formula, result, arg("power at work, W", day.work_w), arg("hours at work", day.work_h),
                 arg("power awake, W", day.awake_w), arg("hours awake", day.awake_h));
}

/// A car: `km` it would drive anyway, `induced_km` that autonomy adds, at `kwh_a_km` from the socket.
template <class R>
EnergyLedger<R> car_ledger(const ComputeDay<R>& day, const R& km, const R& induced_km, const R& kwh_a_km) {
    return {chip_kwh_a_day(day), induced_km * kwh_a_km, km * kwh_a_km};
}

} // namespace autarky::grid
