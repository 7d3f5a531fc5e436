// autarky: lays a network on a chip.
// SPDX-License-Identifier: Apache-2.0
#include "compute/work_plan.hpp"

#include <algorithm>

namespace autarky::compute {

WorkPlan::WorkPlan(const Machine& machine, const Network& network) {
    const auto buffers = buffer_plans(machine, network);
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const auto& layer = network.layers[i];
        const auto arrays = array_plan(machine, layer);
        const auto same = std::ranges::find_if(
            layers_, [&](const Laid& laid) { return laid.arrays == arrays && laid.buffer == buffers.layers[i]; });
        const auto repeats = static_cast<double>(layer.repeats);
        if (same == layers_.end())
            layers_.push_back({arrays, buffers.layers[i], repeats});
        else
            same->repeats += repeats;
    }
}

} // namespace autarky::compute
