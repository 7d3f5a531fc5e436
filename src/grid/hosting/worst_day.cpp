// autarky: finds the day that heats a street's transformer most.
// SPDX-License-Identifier: Apache-2.0
#include "grid/hosting/worst_day.hpp"

#include <algorithm>

namespace autarky::grid {
namespace {

/// Load over the rating by kind of day and step.
std::vector<double> per_unit(const Street& street, const Behind& behind, const Drawn& drawn) {
    auto out = street.load(behind, drawn).kva;
    for (double& load : out)
        load /= street.type().rating_kva;
    return out;
}

std::vector<double> day_of(const std::vector<double>& series, std::size_t day, std::size_t steps) {
    const auto begin = series.begin() + static_cast<std::ptrdiff_t>(day * steps);
    return {begin, begin + static_cast<std::ptrdiff_t>(steps)};
}

} // namespace

WorstDay worst_day(const Street& street, HostedDevice device, int devices, std::uint64_t placement) {
    const auto& plan = street.plan();
    const auto& unit = street.type().heat;
    const Drawn drawn = street.draw(placement, devices);
    const Behind with{street.type().homes, device.car ? devices : 0, device.robot ? devices : 0, 1.0,
                      device.managed_share};
    const auto load = per_unit(street, with, drawn);
    const auto homes = per_unit(street, {street.type().homes}, drawn);
    const std::size_t steps = plan.steps_a_day, days = plan.pattern.size();
    const auto left = unit.decay(1440.0 / static_cast<double>(steps));
    auto state = unit.steady(unit.ultimate(load[plan.pattern.front() * steps]), plan.ambient_c.front());
    WorstDay out;
    out.devices = devices;
    std::vector<double> oil(steps), hot(steps);
    const std::size_t warm_up = std::min(plan.warm_up_days, days);
    for (std::size_t run = 0; run < warm_up + days; ++run) { // the first days twice, so that the start does not count
        const bool counts = run >= warm_up;
        const std::size_t day = counts ? run - warm_up : run, kind = plan.pattern[day];
        for (std::size_t step = 0; step < steps; ++step) {
            state =
                unit.after(state, unit.ultimate(load[kind * steps + step]), plan.ambient_c[day * steps + step], left);
            oil[step] = unit.top_oil_c(state);
            hot[step] = unit.hot_spot_c(state);
        }
        const double hottest = *std::ranges::max_element(hot);
        if (!counts || (!out.hot_spot_c.empty() && hottest <= out.highest_hot_spot_c)) continue;
        out.highest_hot_spot_c = hottest;
        out.day_of_year = static_cast<int>(day) + 1;
        out.top_oil_c = oil;
        out.hot_spot_c = hot;
    }
    const auto day = static_cast<std::size_t>(out.day_of_year - 1);
    out.homes_pu = day_of(homes, plan.pattern[day], steps);
    out.load_pu = day_of(load, plan.pattern[day], steps);
    out.ambient_c = day_of(plan.ambient_c, day, steps);
    out.highest_load_pu = *std::ranges::max_element(out.load_pu);
    return out;
}

} // namespace autarky::grid
