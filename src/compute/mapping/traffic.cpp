// autarky: bytes that a dense product moves between DRAM and the chip's buffer.
// SPDX-License-Identifier: Apache-2.0
#include "compute/mapping/traffic.hpp"

#include <algorithm>

#include "core/real.hpp"

namespace autarky::compute {
namespace {

constexpr Count banks = 16;

Count kept_in_parts(Count kept, Count streamed, Count room) {
    return sum(kept, product(streamed, std::max<Count>(1, ceiling_division(kept, std::max<Count>(1, room)))));
}

/// Square blocks of outputs stay on the chip while the reduction streams by.
Count by_output_blocks(const Operands& o, Count capacity, const Machine& machine) {
    const double accumulators = static_cast<double>(capacity) * 8.0 / static_cast<double>(machine.accumulator_bits);
    const auto side = std::max<Count>(1, static_cast<Count>(sqrt(accumulators)));
    return sum(product(o.inputs, ceiling_division(o.output_columns, side)),
               product(o.weights, ceiling_division(o.output_rows, side)));
}

} // namespace

Count weight_bytes(const Product& p, const Machine& machine) {
    if (p.weight_bytes > 0) return p.weight_bytes;
    if (!p.learned || !machine.blocks.is_given()) return bytes(p.weights, machine.element_bits);
    return machine.blocks.bytes_of(ceiling_division(p.weights, p.reduction), p.reduction);
}

Operands operands(const Product& p, const Machine& machine) {
    return {.inputs = bytes(p.inputs, machine.element_bits),
            .weights = weight_bytes(p, machine),
            .outputs = bytes(p.outputs(), machine.element_bits),
            .output_rows = p.rows,
            .output_columns = p.columns,
            .reduction = p.reduction};
}

Count bytes_read(const Operands& o, Count capacity, const Machine& machine) {
    const Count once = sum(o.inputs, o.weights);
    Count best = too_many;
    for (Count bank = 1; bank < banks && best > once; ++bank) {
        const Count for_inputs = capacity * bank / banks;
        const Count for_weights = capacity - for_inputs;
        if (o.inputs <= for_inputs || o.weights <= for_weights) best = once;
        best = std::min(
            {best, kept_in_parts(o.inputs, o.weights, for_inputs), kept_in_parts(o.weights, o.inputs, for_weights)});
    }
    if (machine.array.dataflow == Dataflow::output_stationary && best > once)
        best = std::min(best, std::max(once, by_output_blocks(o, capacity, machine)));
    return best;
}

Reads reads(const Operands& o, Count capacity, const Machine& machine) {
    return {bytes_read(o, capacity / 2, machine), bytes_read(o, capacity, machine)};
}

} // namespace autarky::compute
