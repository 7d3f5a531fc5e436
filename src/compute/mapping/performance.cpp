// autarky: time and traffic of a network on a chip, layer by layer.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/performance.hpp"

#include <algorithm>
#include <array>

namespace autarky::compute {
namespace {

/// Adds one product of one repeat.
void add_product(LayerTime& time, const Rates<double>& rates, const ProductPlan& plan, const ProductTraffic& traffic,
                 double halo) {
    const auto t = product_seconds(rates, plan, traffic, halo);
    const bool hides = t.hidden <= t.serial;
    time.seconds += hides ? t.hidden : t.serial;
    time.arrays_s += t.arrays;
    time.dram_s += (hides ? t.halved : t.whole) + t.written;
    time.cycles = sum(time.cycles, product(plan.tiling.cycles_a_wave, plan.tiling.waves));
    time.dram_read = sum(time.dram_read, sum(hides ? traffic.reads.halved : traffic.reads.whole, traffic.again));
    time.dram_written = sum(time.dram_written, traffic.written);
    time.double_buffered = time.double_buffered && hides;
}

void add_vector(LayerTime& time, const Rates<double>& rates, const BufferPlan& plan) {
    time.dram_read = sum(plan.read, plan.gathered);
    time.dram_written = plan.written;
    time.dram_s = time.seconds = vector_dram_seconds(rates, plan);
}

Bound bound_of(const LayerTime& t, double launch_s) {
    const double most = std::max({t.arrays_s, t.dram_s, t.vector_s});
    if (launch_s > most) return Bound::overhead;
    if (most == t.arrays_s) return Bound::arrays;
    return most == t.dram_s ? Bound::dram : Bound::vector_unit;
}

void repeat(LayerTime& t, Count repeats) {
    const auto n = static_cast<double>(repeats);
    t.arrays_s *= n;
    t.dram_s *= n;
    t.vector_s *= n;
    t.seconds *= n;
    t.cycles = product(t.cycles, repeats);
    t.dram_read = product(t.dram_read, repeats);
    t.dram_written = product(t.dram_written, repeats);
    t.vector_operations = product(t.vector_operations, repeats);
}

/// Bytes that the arrays exchange with the buffers beside them. Partial sums stay in accumulators, but for plain systolic
/// arrays, whose counts are SCALE-Sim's.
Count buffer_accesses(const Machine& machine, const Layer& layer) {
    const auto accesses = run_once(machine.array, layer.shape).sram;
    Count results = 0;
    for (const auto& p : products(layer.shape))
        results = sum(results, p.outputs());
    if (machine.style == ArrayStyle::systolic) results = accesses.ofmap;
    const Count n = layer.executions();
    return fed_bytes(machine, layer.shape,
                     {product(accesses.ifmap, n), product(accesses.filter, n), product(results, n)});
}

} // namespace

std::string_view bound_name(Bound bound) {
    constexpr std::array<std::string_view, 4> names{"arrays", "dram", "vector unit", "overhead"};
    return names[static_cast<std::size_t>(bound)];
}

Count fed_bytes(const Machine& machine, const Shape& shape, const SramAccesses& accesses) {
    const auto all = products(shape);
    const bool learned = std::any_of(all.begin(), all.end(), [](const Product& p) { return p.learned; });
    const Count computed = sum(accesses.ifmap, accesses.ofmap);
    if (!learned || !machine.blocks.is_given()) return bytes(sum(computed, accesses.filter), machine.element_bits);
    return sum(bytes(computed, machine.element_bits), machine.blocks.bytes_of(1, accesses.filter));
}

LayerTime layer_time(const Rates<double>& rates, const Layer& layer, const ArrayPlan& arrays,
                     const BufferPlan& buffer) {
    LayerTime t;
    t.macs = macs(layer);
    t.vector_operations = arrays.vector_operations;
    t.vector_s = static_cast<double>(arrays.vector_operations) * rates.vector;
    for (std::size_t i = 0; i < arrays.size; ++i)
        add_product(t, rates, arrays.products[i], buffer.products[i], buffer.halo);
    if (arrays.size == 0) add_vector(t, rates, buffer);
    const double launch_s = buffer.fused ? 0.0 : rates.launch;
    t.seconds = std::max(t.seconds, t.vector_s) + launch_s;
    t.bound = bound_of(t, launch_s);
    repeat(t, layer.repeats);
    t.stall_s = std::max(0.0, t.seconds - t.arrays_s);
    return t;
}

NetworkTime network_time(const Machine& machine, const Network& network) {
    NetworkTime result;
    const auto plans = buffer_plans(machine, network);
    const auto rates = rates_of(machine);
    result.weights_resident = plans.weights_resident;
    result.layers.reserve(network.layers.size());
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const auto& layer = network.layers[i];
        auto& t = result.layers.emplace_back(layer_time(rates, layer, array_plan(machine, layer), plans.layers[i]));
        t.buffer_accesses = buffer_accesses(machine, layer);
        result.macs = sum(result.macs, t.macs);
        result.dram_bytes = sum(result.dram_bytes, sum(t.dram_read, t.dram_written));
        result.seconds += t.seconds;
        result.arrays_s += t.arrays_s;
    }
    return result;
}

Schedule time_sharing(const std::vector<Share>& shares) {
    Schedule schedule;
    double one_turn_s = 0.0;
    for (const auto& share : shares) {
        schedule.load += share.seconds * share.per_second;
        one_turn_s += share.seconds;
    }
    schedule.meets_deadlines = schedule.load <= 1.0;
    for (const auto& share : shares) {
        double longest_other_s = 0.0;
        for (const auto& other : shares)
            if (&other != &share) longest_other_s = std::max(longest_other_s, other.seconds);
        const double worst_s = one_turn_s + longest_other_s;
        schedule.worst_latency_s.push_back(worst_s);
        if (share.deadline_s > 0.0 && worst_s > share.deadline_s) schedule.meets_deadlines = false;
    }
    return schedule;
}

} // namespace autarky::compute
