// autarky: the three figures of a fleet's load: average power, local coincident peak, system coincident peak.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "grid/region.hpp"

namespace autarky::grid {

inline constexpr Formula vehicle_power_formula{"grid.vehicle_average", "Average power that a vehicle's compute adds",
                                               "chips x chip power x (driving + parked share) + induced charging",
                                               "Autarky"};
inline constexpr Formula vehicle_peak_formula{"grid.vehicle_peak", "Power with which a vehicle takes it back",
                                              "average power x 24 h / charging hours", "energy balance of a day"};
inline constexpr Formula local_peak_formula{"grid.local_peak", "Local coincident peak of a device",
                                            "peak x coincidence x (1 - managed share x relief)", "Autarky"};

/// What one device draws.
template <class R> struct DeviceLoad {
    PowerPerUnit<R> average{}, peak{};
};

/// Load of a vehicle's compute and of the driving it induces; the vehicle's own driving is not counted (it is there in
/// both worlds). `compute` is the power of its chips at work.
template <class R>
DeviceLoad<R> vehicle_load(const PowerPerUnit<R>& compute, const R& driving_share, const R& parked_share,
                           const Grid<R>& g) {
    const PowerPerUnit<R> average =
        named(vehicle_power_formula,
              PowerPerUnit<R>(compute * min(driving_share + parked_share, R(1.0)) + g.induced_charging),
              arg("compute power", compute), arg("driving share", driving_share), arg("parked share", parked_share),
              arg("induced charging", g.induced_charging));
    constexpr double hours_a_day = 24.0;
    const R concentration = max(R(hours_a_day) / g.charging_hours.in("h"_u), R(1.0));
    const PowerPerUnit<R> peak = named(vehicle_peak_formula, PowerPerUnit<R>(average * concentration),
                                       arg("average power", average), arg("charging hours", g.charging_hours));
    return {average, peak};
}

/// Load of a robot: at work with all its power for `duty` of the hours.
template <class R>
DeviceLoad<R> robot_load(const PowerPerUnit<R>& machine, const PowerPerUnit<R>& compute, const R& duty) {
    return {(machine + compute) * duty, machine + compute};
}

/// Peak of a device as its street sees it.
template <class R> PowerPerUnit<R> local_peak(const PowerPerUnit<R>& peak, const Grid<R>& g) {
    const PowerPerUnit<R> result = peak * (g.local_coincidence * (R(1.0) - g.managed_share * g.managed_relief));
    return named(local_peak_formula, result, arg("peak", peak), arg("coincidence", g.local_coincidence),
                 arg("managed share", g.managed_share), arg("relief", g.managed_relief));
}

} // namespace autarky::grid
