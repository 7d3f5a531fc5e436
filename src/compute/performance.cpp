// autarky: time and traffic of a network on a chip, layer by layer.
// SPDX-License-Identifier: Apache-2.0
#include "compute/performance.hpp"

#include <algorithm>
#include <array>

#include "compute/tile_time.hpp"
#include "compute/traffic.hpp"

namespace autarky::compute {
namespace {

constexpr Count first_stage = 64; ///< of the reduction, loaded before the arrays can start

/// What is on the chip when a layer starts and stays there when it ends.
struct Residency {
    bool input = false, output = false, weights = false;
    Count buffer_left = 0; ///< bytes for operands that pass through
    Count strips = 1;      ///< the maps pass in so many strips of rows, each with all weights
    double halo = 0.0;     ///< rows that neighbouring strips both compute, as a share
};

Count activation_bytes(const Machine& machine, const Layer& layer) {
    const auto f = footprint(layer.shape);
    return bytes(product(sum(f.inputs, f.outputs), layer.parallel), machine.element_bits);
}

/// One product of all parallel executions: learned weights serve all of them at once.
Product gathered(const Product& p, Count parallel) {
    Product all = p;
    (p.learned ? all.rows : all.batch) = product(p.learned ? p.rows : p.batch, parallel);
    all.inputs = product(p.inputs, parallel);
    if (!p.learned) all.weights = product(p.weights, parallel);
    return all;
}

/// Adds one product of one repeat to `time`.
void add_product(LayerTime& time, const Machine& machine, const Product& p, const Residency& at) {
    auto tiled = tiled_time(machine, p);
    tiled.seconds *= 1.0 + at.halo;
    auto o = operands(p, machine);
    if (at.input) o.inputs = 0;
    if (at.weights && p.learned) o.weights = 0;
    if (at.output) o.outputs = 0;
    const double stream = machine.dram_stream();
    // parts of a split reduction meet in the buffer
    const double write_s = static_cast<double>(o.outputs) / stream;
    auto s = streaming(o, std::max<Count>(1, at.buffer_left), tiled.seconds, write_s, machine);
    s.read = sum(s.read, product(o.weights, at.strips - 1));
    const double read_s = static_cast<double>(s.read) / stream;
    const bool one_piece = machine.largest_tile > 0;
    const Count pieces = one_piece ? tiled.waves : product(tiled.waves, mapping(machine.array, p).folds());
    const double stage =
        std::min(1.0, static_cast<double>(first_stage * tiled.splits) / static_cast<double>(p.reduction));
    const double start_s = read_s * stage / static_cast<double>(tiled.waves);
    const double end_s = write_s / static_cast<double>(std::max<Count>(1, pieces));
    time.seconds += s.double_buffered ? start_s + std::max(tiled.seconds, read_s + write_s) + end_s
                                      : tiled.seconds + read_s + write_s;
    time.arrays_s += tiled.seconds;
    time.dram_s += read_s + write_s;
    time.cycles = sum(time.cycles, tiled.cycles);
    time.dram_read = sum(time.dram_read, s.read);
    time.dram_written = sum(time.dram_written, o.outputs);
    time.double_buffered = time.double_buffered && s.double_buffered;
}

/// Scattered reads of a sampling: four taps of a head's values each.
Count gathered_bytes(const Machine& machine, const Sampling& s) {
    return bytes(product(s.queries, s.heads, s.samples, 4, s.head_width), machine.element_bits);
}

/// Layers without a product: the vector unit reads, works and writes.
void add_vector(LayerTime& time, const Machine& machine, const Layer& layer, const Residency& at, bool fused) {
    const auto f = footprint(layer.shape);
    const auto* sampling = std::get_if<Sampling>(&layer.shape);
    const auto* elementwise = std::get_if<Elementwise>(&layer.shape);
    Count read = f.inputs;
    if (fused) read = elementwise != nullptr ? product(elementwise->elements, elementwise->operands - 1) : 0;
    Count read_bytes = at.input ? 0 : bytes(product(read, layer.parallel), machine.element_bits);
    double read_s = static_cast<double>(read_bytes) / machine.dram_stream();
    if (sampling != nullptr && !at.input) {
        read_bytes = product(gathered_bytes(machine, *sampling), layer.parallel);
        read_s = static_cast<double>(read_bytes) / (machine.dram_bytes_per_s * machine.gather_efficiency);
    }
    const Count learned_bytes = at.weights ? 0 : bytes(f.learned, machine.element_bits);
    const Count written = fused || at.output ? 0 : bytes(product(f.outputs, layer.parallel), machine.element_bits);
    time.dram_read = sum(read_bytes, learned_bytes);
    time.dram_written = written;
    time.dram_s = read_s + static_cast<double>(sum(learned_bytes, written)) / machine.dram_stream();
    time.seconds = std::max(time.vector_s, time.dram_s);
}

Bound bound_of(const LayerTime& t, double launch_s) {
    const double most = std::max({t.arrays_s, t.dram_s, t.vector_s});
    if (launch_s > most) return Bound::overhead;
    if (most == t.arrays_s) return Bound::arrays;
    return most == t.dram_s ? Bound::dram : Bound::vector_unit;
}

constexpr Count most_strips = 256;

/// Strips of rows in which a layer's maps fit `room`; 0: a layer that needs its whole input at once, or too many strips.
Count strips_to_fit(const Layer& layer, Count activations, Count room) {
    const bool whole_input =
        std::holds_alternative<Attention>(layer.shape) || std::holds_alternative<Sampling>(layer.shape);
    if (whole_input || room <= 0) return 0;
    const Count strips = ceiling_division(activations, room);
    return strips <= most_strips ? strips : 0;
}

/// Rows of a window that reach into the next strip, as a share of a strip's rows; images are taken one by one first.
double halo_of(const Layer& layer, Count strips) {
    const auto* c = std::get_if<Convolution>(&layer.shape);
    const Count an_image = ceiling_division(strips, layer.parallel);
    if (c == nullptr || an_image <= 1) return 0.0;
    const auto shared_rows = static_cast<double>(std::max<Count>(0, c->height.span() - c->height.stride));
    return shared_rows * static_cast<double>(an_image - 1) / static_cast<double>(c->height.size);
}

bool is_product(const Layer& layer) { return products(layer.shape).size > 0; }

/// The layer works value by value on what the one before has just made.
bool follows_on(const Layer& layer, const Layer* before) {
    if (before == nullptr || !is_product(*before) || before->parallel != layer.parallel) return false;
    const bool by_value = std::holds_alternative<Elementwise>(layer.shape) ||
                          std::holds_alternative<Activation>(layer.shape) ||
                          std::holds_alternative<Normalisation>(layer.shape);
    return by_value && footprint(layer.shape).outputs == footprint(before->shape).outputs;
}

/// `taken`: bytes of the buffer that weights hold. A layer whose maps do not fit goes through in strips, if reading its
/// weights for each strip is less than spilling the maps.
Residency residency(const Machine& machine, const Layer& layer, Count taken, bool weights_resident, bool input_kept) {
    Residency at;
    at.weights = weights_resident;
    at.buffer_left = machine.buffer_bytes;
    if (!machine.keeps_activations) return at;
    const Count room = machine.buffer_bytes - taken;
    if (const auto* sampling = std::get_if<Sampling>(&layer.shape)) {
        // the map that is read at scattered places stays, places and results stream
        at.input = at.output = product(bytes(sampling->source_elements, machine.element_bits), layer.parallel) <= room;
        return at;
    }
    const Count activations = activation_bytes(machine, layer);
    const Count strips = strips_to_fit(layer, activations, room);
    const Count weights = weights_resident ? 0 : bytes(footprint(layer.shape).learned, machine.element_bits);
    if (strips == 0 || product(weights, strips - 1) > activations) return at;
    at.strips = strips;
    at.halo = halo_of(layer, strips);
    at.input = input_kept;
    at.output = true;
    at.buffer_left = std::max(machine.buffer_bytes / 8, machine.buffer_bytes - std::min(activations, room));
    return at;
}

LayerTime layer_time(const Machine& machine, const Layer& layer, const Residency& at, bool fused) {
    LayerTime t;
    const Count vector_once = product(vector_operations(layer.shape), layer.parallel);
    t.vector_s = machine.vector_operations_per_s > 0.0
                     ? static_cast<double>(vector_once) / machine.vector_operations_per_s
                     : 0.0;
    if (is_product(layer)) {
        const auto all = products(layer.shape);
        const bool attention = all.size == 2;
        for (const auto& p : all) {
            auto here = at;
            // scores are made and used on the chip
            if (attention) (&p == all.begin() ? here.output : here.input) = true;
            add_product(t, machine, gathered(p, layer.parallel), here);
        }
        t.seconds = std::max(t.seconds, t.vector_s);
    } else {
        add_vector(t, machine, layer, at, fused);
    }
    const double launch_s = fused ? 0.0 : machine.launch_s;
    t.seconds += launch_s;
    t.bound = bound_of(t, launch_s);
    const auto accesses = run_once(machine.array, layer.shape).sram;
    const Count once = sum(sum(accesses.ifmap, accesses.filter), accesses.ofmap);
    t.buffer_accesses = bytes(product(once, layer.executions()), machine.element_bits);
    t.macs = macs(layer);
    t.vector_operations = product(vector_once, layer.repeats);
    const auto n = static_cast<double>(layer.repeats);
    t.arrays_s *= n;
    t.dram_s *= n;
    t.vector_s *= n;
    t.seconds *= n;
    t.cycles = product(t.cycles, layer.repeats);
    t.dram_read = product(t.dram_read, layer.repeats);
    t.dram_written = product(t.dram_written, layer.repeats);
    t.stall_s = std::max(0.0, t.seconds - t.arrays_s);
    return t;
}

} // namespace

std::string_view bound_name(Bound bound) {
    constexpr std::array<std::string_view, 4> names{"arrays", "dram", "vector unit", "overhead"};
    return names[static_cast<std::size_t>(bound)];
}

NetworkTime network_time(const Machine& machine, const Network& network) {
    NetworkTime result;
    Count most_activations = 0;
    for (const auto& layer : network.layers)
        most_activations = std::max(most_activations, activation_bytes(machine, layer));
    const Count weight_bytes = bytes(parameters(network), machine.element_bits);
    result.weights_resident = machine.keeps_activations && sum(weight_bytes, most_activations) <= machine.buffer_bytes;

    bool output_kept = false;
    const Layer* before = nullptr;
    for (const auto& layer : network.layers) {
        const Count taken = result.weights_resident ? weight_bytes : machine.buffer_bytes / 8;
        const Residency at = residency(machine, layer, taken, result.weights_resident, output_kept);
        const bool fused = follows_on(layer, before);
        result.layers.push_back(layer_time(machine, layer, at, fused));
        const auto& t = result.layers.back();
        result.macs = sum(result.macs, t.macs);
        result.dram_bytes = sum(result.dram_bytes, sum(t.dram_read, t.dram_written));
        result.seconds += t.seconds;
        result.arrays_s += t.arrays_s;
        output_kept = fused ? output_kept : at.output;
        before = &layer;
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
