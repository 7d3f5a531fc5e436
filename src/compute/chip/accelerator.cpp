// autarky: a chip at work on one precision.
// SPDX-License-Identifier: Apache-2.0
#include "compute/chip/accelerator.hpp"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace autarky::compute {
namespace {

/// Accumulators are 32 bits wide in every precision below fp32.
constexpr Count accumulator_bits = 32;

} // namespace

Machine machine_of(const Accelerator<double>& a, Precision precision, const BlockFormat& blocks) {
    const double rate = rate_of(a, precision);
    assert(rate > 0.0);
    Machine m;
    m.array = {a.array_rows, a.array_columns, a.dataflow};
    m.style = a.style;
    m.arrays = a.arrays;
    m.cores = a.cores;
    // A higher rate deepens the reduction of each element (two int8 products in the place of one fp16), which the cycle
    // model sees as a faster clock.
    m.clock_hz = a.clock.in("Hz"_u) * rate;
    m.sustained = a.sustained;
    m.element_bits = precision_bits(precision);
    m.blocks = blocks;
    m.accumulator_bits = accumulator_bits;
    m.largest_tile = static_cast<Count>(a.accumulators.in("bit"_u)) / accumulator_bits;
    m.buffer_bytes = static_cast<Count>(a.buffer.in("B"_u));
    m.keeps_activations = a.keeps_activations;
    m.buffer_bytes_per_s = a.buffer_bandwidth.in("B/s"_u);
    m.dram_bytes_per_s = a.dram_bandwidth.in("B/s"_u);
    m.dram_efficiency = a.dram_efficiency;
    m.gather_efficiency = a.gather_efficiency;
    m.vector_operations_per_s = a.vector_rate.in("OP/s"_u);
    m.tile_latency_s = a.tile_latency.in("s"_u);
    m.launch_s = a.launch.in("s"_u);
    return m;
}

std::string accelerator_error(const Accelerator<double>& a, Precision precision) {
    if (a.array_rows < 1 || a.array_columns < 1)
        return fmt::format("an array of {}x{} has no elements", a.array_rows, a.array_columns);
    if (std::max(a.array_rows, a.array_columns) > 65'536) return "an array has at most 65536 rows and columns";
    if (a.arrays < 1 || a.cores < 1) return "it has no arrays or no cores";
    if (a.arrays > 65'536 || a.cores > 1'000'000) return "it has too many arrays or cores";
    if (a.cores_built != 0 && a.cores_built < a.cores)
        return fmt::format("it exposes {} cores but has only {}", a.cores, a.cores_built);
    if (a.fp32_lanes < 0 || a.fp64_lanes < 0 || a.int32_lanes < 0 || a.controlled_lanes < 0)
        return "it has a negative number of lanes";
    if (!(rate_of(a, precision) > 0.0))
        return fmt::format("it lacks the precision {}", precision_names[static_cast<std::size_t>(precision)]);
    if (!technology(a.node))
        return fmt::format("no figures for a node of {} nm; there are some for {} nm", a.node,
                           fmt::join(technology_nodes(), ", "));
    // the smallest tile: what an array takes in one step, an element for each row and each column, in two halves
    const double step = 2.0 * (static_cast<double>(a.array_rows) + a.array_columns) * precision_bits(precision) / 8.0;
    if (a.buffer.in("B"_u) < step)
        return fmt::format(
            "a tile of {} x {} cannot fit its buffer: one step takes {:.0f} B in two halves, the buffer has "
            "{:.4g} B",
            a.array_rows, a.array_columns, step, a.buffer.in("B"_u));
    return {};
}

} // namespace autarky::compute
