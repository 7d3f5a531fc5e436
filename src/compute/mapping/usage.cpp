// autarky: which blocks of a chip a mapped network exercises.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/usage.hpp"

#include <algorithm>

#include "compute/mapping/layer_plan.hpp"

namespace autarky::compute {
namespace {

Use<double>& at(UseByRole<double>& use, Role role) { return use[static_cast<std::size_t>(role)]; }

/// All of a unit, for that share of time.
Use<double> for_share(double share) { return share > 0.0 ? Use<double>{1.0, std::min(1.0, share)} : Use<double>{}; }

bool has_exponential(const Shape& shape) {
    const auto* activation = std::get_if<Activation>(&shape);
    return std::holds_alternative<Attention>(shape) ||
           (activation != nullptr && activation->kind == ActivationKind::exponential);
}

/// Bytes that a layer would like to have on the chip at once.
Count working_set(const Machine& machine, const Layer& layer) {
    const auto f = footprint(layer.shape);
    return sum(bytes(product(sum(f.inputs, f.outputs), layer.parallel), machine.element_bits),
               learned_bytes(machine, layer));
}

} // namespace

UseByRole<double> use_of(const Machine& machine, const Network& network, const NetworkTime& time,
                         double wanted_per_second) {
    // a chip that is too slow does what it can; others do the rest
    const double per_second = wanted_per_second / std::max(1.0, time.seconds * wanted_per_second);
    double best_mapping = 0.0, largest_set = 0.0;
    double vector_s = 0.0, special_s = 0.0, sampler_s = 0.0, pooling_s = 0.0;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const auto& layer = network.layers[i];
        const auto& t = time.layers[i];
        best_mapping = std::max(best_mapping, run_once(machine.array, layer.shape).mapping_efficiency());
        largest_set = std::max(largest_set, static_cast<double>(working_set(machine, layer)));
        if (std::holds_alternative<Sampling>(layer.shape))
            sampler_s += t.seconds;
        else if (std::holds_alternative<Pooling>(layer.shape))
            pooling_s += t.vector_s;
        else
            vector_s += t.vector_s;
        if (has_exponential(layer.shape)) special_s += t.vector_s;
    }
    const double busy = std::min(1.0, time.seconds * per_second);
    UseByRole<double> use{};
    if (best_mapping > 0.0) {
        const double done = static_cast<double>(time.macs) * per_second / machine.macs_per_s();
        at(use, Role::array) = {best_mapping, std::min(1.0, done / best_mapping)};
    }
    if (!network.layers.empty()) {
        const double share = largest_set / static_cast<double>(std::max<Count>(1, machine.buffer_bytes));
        at(use, Role::buffer) = {std::min(1.0, share), busy};
        at(use, Role::network) = {1.0, busy};
    }
    at(use, Role::vector) = for_share(vector_s * per_second);
    at(use, Role::special) = for_share(special_s * per_second);
    at(use, Role::sampler) = for_share(sampler_s * per_second);
    at(use, Role::pooling) = for_share(pooling_s * per_second);
    at(use, Role::memory_phy) = for_share(static_cast<double>(time.dram_bytes) * per_second / machine.dram_bytes_per_s);
    return use;
}

UseCase<double> use_case_of(const std::string& name, const Workload<double>& workload, const Machine& machine,
                            const Network& network, const NetworkTime& time) {
    UseCase<double> result{name, workload.time, use_of(machine, network, time, workload.rate.in("Hz"_u))};
    for (const auto& need : workload.need.rows) {
        auto& use = at(result.use, need.role);
        use.capacity = std::max(use.capacity, need.capacity);
        use.activity = std::max(use.activity, need.activity);
    }
    return result;
}

} // namespace autarky::compute
