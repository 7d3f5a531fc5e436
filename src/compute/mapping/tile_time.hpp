// autarky: time of a dense product on all arrays of a chip, cut into tiles that the cores take in waves.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/mapping/machine.hpp"

namespace autarky::compute {

/// Cycles of one product on the `arrays` of one core.
Count core_cycles(const Machine& machine, const Product& product);

/// A product cut into tiles: what a wave costs, and how many there are.
struct Tiling {
    Count cycles_a_wave = 0;
    Count bytes_a_wave = 0; ///< read from the shared buffer
    Count waves = 1;
    Count row_tile = 1, column_tile = 1;
    Count splits = 1; ///< parts of the reduction that different cores take

    bool operator==(const Tiling&) const = default;
};

/// The fastest of the tilings: outputs are cut into tiles of 32 to 256 rows and columns (or not at all, with one core),
/// the reduction into up to eight parts; a wave is as many tiles as there are cores. A last wave that is not full
/// costs a full one (wave quantisation).
Tiling fastest_tiling(const Machine& machine, const Product& product);

} // namespace autarky::compute
