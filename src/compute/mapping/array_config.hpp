// autarky: an array and its buffers as a configuration file (.cfg) of SCALE-Sim describes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compute/mapping/systolic.hpp"
#include "core/diagnostics.hpp"

namespace autarky::compute {

/// Buffers beside an array, in bytes; a word is one byte, as in SCALE-Sim.
struct ArrayBuffers {
    Count ifmap = 0, filter = 0, ofmap = 0;
};

struct ArrayConfig {
    Array array{};
    ArrayBuffers buffers{};
    std::vector<std::string> remarks{}; ///< what of the file changes nothing here, by name
};

/// The file is such a configuration: it ends in .cfg or has the section that one needs.
bool is_array_config(std::string_view content, std::string_view file);

/// Reads sections and keys as SCALE-Sim 3.0.0 does (Python's configparser: keys in any case, ':' or '=', comments on lines of
/// their own). Array, dataflow and buffers are used; sparsity is refused; every other key is named in a remark.
ArrayConfig read_array_config(std::string_view content, const std::string& file, Diagnostics& diagnostics);

/// Words between DRAM and the buffers, at the least that these allow.
struct ArrayTraffic {
    Count read = 0, written = 0;
};
/// An operand that fits its buffer is read once; of two that do not, one is kept in parts and the other read again for each
/// part, whichever is less. Results are written once; where a window is folded (ws, is) and the partial sums of one column
/// of folds do not fit the buffer of results, they are also written and read back for each further fold.
ArrayTraffic array_traffic(const Array& array, const ArrayBuffers& buffers, const Layer& layer);

} // namespace autarky::compute
