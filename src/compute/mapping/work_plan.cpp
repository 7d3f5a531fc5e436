// autarky: lays a network on a chip.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/work_plan.hpp"

#include <algorithm>
#include <utility>

namespace autarky::compute {
namespace {

/// The machine, and with each rate that tilings trade against another halved and doubled.
std::vector<Machine> machines_around(const Machine& machine) {
    std::vector<Machine> machines{machine};
    for (const double factor : {0.5, 2.0}) {
        for (double Machine::* rate : {&Machine::clock_hz, &Machine::buffer_bytes_per_s, &Machine::tile_latency_s}) {
            machines.push_back(machine);
            machines.back().*rate *= factor;
        }
    }
    return machines;
}

std::vector<ArrayPlan> ways_of(const std::vector<Machine>& machines, const Layer& layer) {
    std::vector<ArrayPlan> ways;
    for (const auto& machine : machines)
        if (const auto way = array_plan(machine, layer); std::ranges::find(ways, way) == ways.end())
            ways.push_back(way);
    return ways;
}

} // namespace

WorkPlan::WorkPlan(const Machine& machine, const Network& network) {
    const auto buffers = buffer_plans(machine, network);
    const auto machines = machines_around(machine);
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const auto& layer = network.layers[i];
        auto ways = ways_of(machines, layer);
        const auto same = std::ranges::find_if(
            layers_, [&](const Laid& laid) { return laid.ways == ways && laid.buffer == buffers.layers[i]; });
        const auto repeats = static_cast<double>(layer.repeats);
        if (same == layers_.end())
            layers_.push_back({std::move(ways), buffers.layers[i], repeats});
        else
            same->repeats += repeats;
    }
}

} // namespace autarky::compute
