// autarky: how a layer lies on the arrays and in the buffer of a chip.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/layer_plan.hpp"

#include <algorithm>

namespace autarky::compute {
namespace {

constexpr Count first_stage = 64; ///< of the reduction, loaded before the arrays can start
constexpr Count most_strips = 256;
constexpr Count streaming_share = 8; ///< an eighth of the buffer is for what passes through

/// What is on the chip when a layer starts and stays there when it ends.
struct Residency {
    bool input = false, output = false, weights = false;
    Count buffer_left = 0; ///< bytes for operands that pass through
    Count strips = 1;
    double halo = 0.0;
    Count map_kept = 0; ///< bytes of a map read at scattered places that stay, where not all of it does
};

Count activation_bytes(const Machine& machine, const Layer& layer) {
    const auto f = footprint(layer.shape);
    return bytes(product(sum(f.inputs, f.outputs), layer.parallel), machine.element_bits);
}

/// Learned values as they lie in memory.
struct Stored {
    Count loose = 0;        ///< values in the format of the multiply-adds
    Count packed_bytes = 0; ///< of values in blocks
    [[nodiscard]] Count bytes_on(const Machine& machine) const {
        return sum(bytes(loose, machine.element_bits), packed_bytes);
    }
};

/// How `learned` values of a layer are stored.
Stored stored(const Machine& machine, const Shape& shape, Count learned) {
    Stored all{learned, 0};
    for (const auto& p : products(shape)) {
        if (!p.learned || (p.weight_bytes == 0 && !machine.blocks.is_given())) continue;
        all.loose = std::max<Count>(0, all.loose - p.weights);
        all.packed_bytes = sum(all.packed_bytes, weight_bytes(p, machine));
    }
    if (const auto* table = std::get_if<Lookup>(&shape); table != nullptr && machine.blocks.is_given())
        all = {0, machine.blocks.bytes_of(ceiling_division(learned, table->width), table->width)};
    return all;
}

/// Of all layers, each set of weights once.
Count learned_bytes(const Machine& machine, const Network& network) {
    Count loose = 0, packed = 0;
    for (const auto& layer : network.layers) {
        const Count all = parameters(layer), once = parameters_once(layer.shape);
        if (all == 0) continue;
        const auto set = stored(machine, layer.shape, once);
        if (set.packed_bytes == 0) {
            loose = sum(loose, all);
            continue;
        }
        // a layer may bring several sets of weights, or a part of one that others share
        const double sets = static_cast<double>(all) / static_cast<double>(once);
        packed = sum(packed, static_cast<Count>(static_cast<double>(set.bytes_on(machine)) * sets));
    }
    return sum(bytes(loose, machine.element_bits), packed);
}

/// Rounding to the format in which the chip works anyway, and back, is part of the layers around it.
bool is_folded(const Machine& machine, const Layer& layer) {
    return layer.rounds_to_bits > 0 && machine.element_bits <= layer.rounds_to_bits;
}

/// One product of all parallel executions: learned weights serve all of them at once.
Product gathered(const Product& p, Count parallel) {
    Product all = p;
    (p.learned ? all.rows : all.batch) = product(p.learned ? p.rows : p.batch, parallel);
    all.inputs = product(p.inputs, parallel);
    if (!p.learned) all.weights = product(p.weights, parallel);
    return all;
}

/// Strips of rows in which a layer's maps fit `room`; 0: too many, or a layer that needs its whole input at once.
Count strips_to_fit(const Layer& layer, Count activations, Count room) {
    if (room <= 0) return 0;
    const Count strips = ceiling_division(activations, room);
    const bool needs_all = std::holds_alternative<Attention>(layer.shape);
    return strips <= (needs_all ? 1 : most_strips) ? strips : 0;
}

/// Rows of a window that reach into the next strip, as a share of all rows; images are taken one by one first.
double halo_of(const Layer& layer, Count strips) {
    const auto* c = std::get_if<Convolution>(&layer.shape);
    const Count an_image = ceiling_division(strips, layer.parallel);
    if (c == nullptr || an_image <= 1) return 0.0;
    const auto shared_rows = static_cast<double>(std::max<Count>(0, c->height.span() - c->height.stride));
    return shared_rows * static_cast<double>(an_image - 1) / static_cast<double>(c->height.size);
}

/// `taken`: bytes of the buffer that weights hold.
Residency residency(const Machine& machine, const Layer& layer, Count taken, bool weights_resident, bool input_kept) {
    Residency at;
    at.weights = weights_resident;
    at.buffer_left = std::max<Count>(1, machine.buffer_bytes);
    if (!machine.keeps_activations) return at;
    const Count room = machine.buffer_bytes - taken;
    if (const auto* sampling = std::get_if<Sampling>(&layer.shape)) {
        // the map that is read at scattered places stays, or as much of it as fits; places and results stream
        at.input = at.output = product(bytes(sampling->source_elements, machine.element_bits), layer.parallel) <= room;
        if (!at.input) at.map_kept = std::max<Count>(0, room);
        return at;
    }
    const Count activations = activation_bytes(machine, layer);
    const Count strips = strips_to_fit(layer, activations, room);
    const Count weights = weights_resident ? 0 : learned_bytes(machine, layer);
    if (strips == 0 || product(weights, strips - 1) > activations) return at;
    at.strips = strips;
    at.halo = halo_of(layer, strips);
    at.input = input_kept;
    at.output = true;
    at.buffer_left = std::max(
        {Count{1}, machine.buffer_bytes / streaming_share, machine.buffer_bytes - std::min(activations, room)});
    return at;
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

ProductTraffic product_traffic(const Machine& machine, const Product& p, const Residency& at) {
    auto o = operands(p, machine);
    if (at.input) o.inputs = 0;
    if (at.weights && p.learned) o.weights = 0;
    if (at.output) o.outputs = 0;
    return {reads(o, at.buffer_left, machine), product(o.weights, at.strips - 1), o.outputs};
}

/// Layers without a product: the vector unit reads, works and writes.
void add_vector(BufferPlan& plan, const Machine& machine, const Layer& layer, const Residency& at) {
    const auto f = footprint(layer.shape);
    const auto in_bytes = [&](Count elements) {
        return bytes(product(elements, layer.parallel), machine.element_bits);
    };
    const auto* elementwise = std::get_if<Elementwise>(&layer.shape);
    Count read = f.inputs;
    if (plan.fused) read = elementwise != nullptr ? product(elementwise->elements, elementwise->operands - 1) : 0;
    if (const auto* s = std::get_if<Sampling>(&layer.shape); s != nullptr && !at.input) {
        // of four taps each, those that fall on what is not kept; what is kept is read once
        const auto taps = static_cast<double>(in_bytes(product(s->queries, s->heads, s->samples, 4, s->head_width)));
        const double kept = static_cast<double>(at.map_kept) / static_cast<double>(in_bytes(s->source_elements));
        plan.gathered = static_cast<Count>(taps * (1.0 - kept));
        plan.read = at.map_kept;
    } else if (!at.input)
        plan.read = in_bytes(read);
    if (!at.weights) plan.read = sum(plan.read, learned_bytes(machine, layer));
    if (!plan.fused && !at.output) plan.written = in_bytes(f.outputs);
}

BufferPlan buffer_plan(const Machine& machine, const Layer& layer, const Residency& at, bool fused) {
    BufferPlan plan;
    plan.halo = at.halo;
    plan.fused = fused;
    const auto all = products(layer.shape);
    if (all.size == 0) add_vector(plan, machine, layer, at);
    for (std::size_t i = 0; i < all.size; ++i) {
        auto here = at;
        if (all.size == 2) (i == 0 ? here.output : here.input) = true; // scores are made and used on the chip
        plan.products[i] = product_traffic(machine, gathered(all.items[i], layer.parallel), here);
    }
    return plan;
}

} // namespace

Count learned_bytes(const Machine& machine, const Layer& layer) {
    return stored(machine, layer.shape, footprint(layer.shape).learned).bytes_on(machine);
}

ArrayPlan array_plan(const Machine& machine, const Layer& layer) {
    ArrayPlan plan;
    if (is_folded(machine, layer)) return plan;
    plan.vector_operations = product(vector_operations(layer.shape), layer.parallel);
    for (const auto& once : products(layer.shape)) {
        const auto p = gathered(once, layer.parallel);
        auto& made = plan.products[plan.size++];
        made.tiling = fastest_tiling(machine, p);
        const auto waves = made.tiling.waves;
        const double share = static_cast<double>(first_stage * made.tiling.splits) / static_cast<double>(p.reduction);
        made.stage = std::min(1.0, share) / static_cast<double>(waves);
        // accumulators of a bounded tile are written when it ends, others fold by fold
        made.pieces = machine.largest_tile > 0 ? waves : product(waves, mapping(machine.array, p).folds());
    }
    return plan;
}

BufferPlans buffer_plans(const Machine& machine, const Network& network) {
    BufferPlans plans;
    Count most_activations = 0;
    for (const auto& layer : network.layers)
        if (!is_folded(machine, layer)) most_activations = std::max(most_activations, activation_bytes(machine, layer));
    const Count weight_bytes = learned_bytes(machine, network);
    plans.weights_resident = machine.keeps_activations && sum(weight_bytes, most_activations) <= machine.buffer_bytes;
    const Count taken = plans.weights_resident ? weight_bytes : machine.buffer_bytes / streaming_share;
    bool output_kept = false;
    const Layer* before = nullptr;
    plans.layers.reserve(network.layers.size());
    for (const auto& layer : network.layers) {
        if (is_folded(machine, layer)) {
            plans.layers.push_back({.fused = true});
            continue;
        }
        const auto at = residency(machine, layer, taken, plans.weights_resident, output_kept);
        const bool fused = follows_on(layer, before);
        plans.layers.push_back(buffer_plan(machine, layer, at, fused));
        if (!fused) output_kept = at.output;
        before = &layer;
    }
    return plans;
}

} // namespace autarky::compute
