// autarky: reads ONNX models; shapes are inferred, operators that are not understood are counted by name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "compute/network/network.hpp"
#include "core/diagnostics.hpp"

namespace autarky::compute {

/// Sizes of named dimensions that the model leaves open ("sequence" -> 128). An open batch (by its name, or an open first dimension without a
/// name) that is not named here is 1, which the remarks of the network say. Also rounds of a loop by its name, and sizes that
/// data decide ("boxes[0]").
using OpenDimensions = std::map<std::string, Count>;

/// Names or places in OpenDimensions that a model had.
using UsedDimensions = std::set<std::string>;

/// Weights may be missing or lie outside the file: only shapes are read. Findings: not an ONNX model or truncated
/// (E0710), values that nothing gives and cycles (E0713), open dimensions (E0712), shapes that contradict each
/// other (E0714), nodes whose shapes stay unknown (E0712) or make no sense (E0711).
Network read_onnx(std::string_view content, const std::string& file, Diagnostics& diagnostics,
                  const OpenDimensions& open_dimensions = {}, UsedDimensions* used = nullptr);

} // namespace autarky::compute
