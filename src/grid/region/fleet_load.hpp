// autarky: the three figures of a fleet's load: average power, local coincident peak, system coincident peak.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "grid/region/region.hpp"

namespace autarky::grid {

inline constexpr Formula vehicle_power_formula{
    "grid.vehicle_average", "Average power that vehicles' compute adds",
    "compute at work x (driving + parked share) + vehicles x induced charging", "Autarky"};
inline constexpr Formula vehicle_peak_formula{"grid.vehicle_peak", "Power with which the vehicles take it back",
                                              "average power x 24 h / charging hours", "energy balance of a day"};
inline constexpr Formula local_share_formula{"grid.local_share", "Share of a peak that a street sees at its own peak",
                                             "coincidence x (1 - managed share x relief)", "Autarky"};

/// Hours of a day over the hours in which its energy is taken back. Domain: charging hours > 0; at least 1.
template <class R> R charging_concentration(const Grid<R>& g) {
    constexpr double hours_a_day = 24.0;
    return max(R(hours_a_day) / g.charging_hours.in("h"_u), R(1.0));
}

/// Average power that vehicles' compute and the driving that it induces add; their own driving is there with any chip.
/// `compute` is the power of all their chips at work, for `work_share` of the hours.
template <class R>
Power<R> vehicle_average(const Power<R>& compute, const Units<R>& vehicles, const R& work_share, const Grid<R>& g) {
    return named(vehicle_power_formula, Power<R>(compute * work_share + vehicles * g.induced_charging),
                 arg("compute at work", compute), arg("share of hours", work_share), arg("vehicles", vehicles),
                 arg("induced charging", g.induced_charging));
}

/// Power with which vehicles take back what they use on average.
template <class R> Power<R> vehicle_peak(const Power<R>& average, const R& concentration) {
    return named(vehicle_peak_formula, Power<R>(average * concentration), arg("average power", average),
                 arg("24 h / charging hours", concentration));
}

/// Power of robots at work.
template <class R>
Power<R> robot_peak(const Power<R>& compute, const Units<R>& robots, const PowerPerUnit<R>& machine) {
    return compute + robots * machine;
}

/// Share of a device's peak that its street sees at the street's own peak.
template <class R> R local_share(const Grid<R>& g) {
    const R result = g.local_coincidence * (R(1.0) - g.managed_share * g.managed_relief);
    return named(local_share_formula, result, arg("coincidence", g.local_coincidence),
                 arg("managed share", g.managed_share), arg("relief", g.managed_relief));
}

} // namespace autarky::grid
