// autarky: how a layer lies on the arrays and in the buffer of a chip, before any rate is known.
// SPDX-License-Identifier: Apache-2.0
//
// Three steps, so that a sweep over many chips repeats only what changes: the tiling depends on the arrays, the traffic on
// the buffer, the time on both and on the rates (performance.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "compute/mapping/tile_time.hpp"
#include "compute/mapping/traffic.hpp"
#include "compute/network/network.hpp"

namespace autarky::compute {

/// One product of one repeat on the arrays.
struct ProductPlan {
    Tiling tiling{};
    double stage = 1.0; ///< share of the operands that must be there before the arrays can start, of one wave
    Count pieces = 1;   ///< in which results leave, over all waves
    bool operator==(const ProductPlan&) const = default;
};
struct ArrayPlan {
    std::array<ProductPlan, 2> products{};
    std::size_t size = 0;
    Count vector_operations = 0; ///< of one repeat
    bool operator==(const ArrayPlan&) const = default;
};
/// Rates of the machine count only in the choice between tilings.
ArrayPlan array_plan(const Machine& machine, const Layer& layer);

/// Bytes of one repeat between DRAM and chip.
struct ProductTraffic {
    Reads reads{};
    Count again = 0; ///< weights read again for each further strip
    Count written = 0;
    bool operator==(const ProductTraffic&) const = default;
};
struct BufferPlan {
    std::array<ProductTraffic, 2> products{};
    double halo = 0.0;           ///< work that neighbouring strips both do, as a share
    Count read = 0, written = 0; ///< of a layer without products
    Count gathered = 0;          ///< read at scattered places
    bool fused = false;          ///< done on the way out of the layer before
    bool operator==(const BufferPlan&) const = default;
};
struct BufferPlans {
    std::vector<BufferPlan> layers;
    bool weights_resident = false; ///< all weights stay on the chip between inferences
};
/// Learned values that one execution reads, in bytes: those of products and tables in blocks where the machine has them,
/// biases and the like as they are computed.
Count learned_bytes(const Machine& machine, const Layer& layer);

/// What each layer finds on the chip and leaves there, in order. A map that does not fit goes through in strips of rows, each
/// with all weights of the layer, if that moves less than spilling the map.
BufferPlans buffer_plans(const Machine& machine, const Network& network);

} // namespace autarky::compute
