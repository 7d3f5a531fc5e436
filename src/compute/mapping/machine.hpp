// autarky: what the time of a layer needs to know of a chip: whole numbers, rates in SI units.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/chip/number_format.hpp"
#include "compute/mapping/systolic.hpp"

namespace autarky::compute {

/// How a fold of work enters an array.
enum class ArrayStyle {
    systolic,   ///< operands ripple in and results out; folds do not overlap (SCALE-Sim's assumption)
    overlapped, ///< the same with the next fold's operands loaded behind the present one
    broadcast,  ///< operands reach all elements at once (dot-product units, tensor cores): no fill
};

/// A chip at work on one precision. `cores` are the parts that get a tile of a product each; a core has `arrays` arrays.
struct Machine {
    Array array{};
    ArrayStyle style = ArrayStyle::systolic;
    Count arrays = 1;
    Count cores = 1;
    double clock_hz = 1e9;
    double sustained = 1.0; ///< share of the peak rate that a long, well-laid product reaches

    Count element_bits = 8; ///< of activations, and of learned values unless they are stored in blocks
    BlockFormat blocks{};   ///< of learned values in memory and in the buffer; they are unpacked beside the arrays
    Count accumulator_bits = 32;
    Count largest_tile = 0; ///< outputs that a core's accumulators hold; 0: as many as the product has

    Count buffer_bytes = 0;          ///< shared on-chip buffer (or cache) between DRAM and the arrays
    bool keeps_activations = true;   ///< the buffer hands one layer's output to the next
    double buffer_bytes_per_s = 0.0; ///< 0: never the limit
    double dram_bytes_per_s = 0.0;   ///< peak
    double dram_efficiency = 1.0;    ///< share of the peak that streams reach
    double gather_efficiency = 1.0;  ///< share of the peak that scattered reads reach

    double vector_operations_per_s = 0.0; ///< 0: the chip has no vector unit
    double tile_latency_s = 0.0;          ///< start and end of a tile that nothing hides, once a wave
    double launch_s = 0.0;                ///< once a layer

    [[nodiscard]] double macs_per_s() const {
        return static_cast<double>(product(array.elements(), arrays, cores)) * clock_hz;
    }
    [[nodiscard]] double dram_stream() const { return dram_bytes_per_s * dram_efficiency; }
};

/// Bytes of `elements`, rounded up.
constexpr Count bytes(Count elements, Count bits) { return ceiling_division(product(elements, bits), 8); }

} // namespace autarky::compute
