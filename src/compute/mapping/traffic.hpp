// autarky: bytes that a dense product moves between DRAM and the chip's buffer, by the size of that buffer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/mapping/machine.hpp"

namespace autarky::compute {

/// Unique bytes of the operands of a product.
struct Operands {
    Count inputs = 0, weights = 0, outputs = 0;
    Count output_rows = 1, output_columns = 1;
    Count reduction = 1;
};
Operands operands(const Product& product, const Machine& machine);

/// Bytes of the second operand of a product: as its file packs it, in the machine's blocks, or as it is multiplied.
Count weight_bytes(const Product& product, const Machine& machine);

/// Bytes read when a buffer of `capacity` bytes is shared by both operands: what fits is read once; when neither fits, one
/// is kept in parts and the other streamed again for each part, whichever is less. The split between the two is the
/// best of sixteen (banks). With accumulators for a block of outputs, blocks are a third way.
/// Source: the rule of dense tiling (Chen et al., ISCA 2016, section III; Parashar et al., ISPASS 2019).
Count bytes_read(const Operands& operands, Count capacity, const Machine& machine);

/// Bytes read with two halves of the buffer, which hide the transfer behind the work, and with all of it in one piece, which
/// keeps more and hides nothing.
struct Reads {
    Count halved = 0, whole = 0;
    bool operator==(const Reads&) const = default;
};
Reads reads(const Operands& operands, Count capacity, const Machine& machine);

} // namespace autarky::compute
