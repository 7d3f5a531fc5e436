// autarky: a network from the content of a file: an ONNX model or a layer table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "compute/network/layer_table.hpp"
#include "compute/onnx/onnx_reader.hpp"

namespace autarky::compute {

/// ".onnx" is a model, everything else a layer table.
inline Network read_network(std::string_view content, const std::string& file, Diagnostics& diagnostics,
                            Depthwise depthwise = Depthwise::one_layer, const OpenDimensions& open_dimensions = {},
                            UsedDimensions* used = nullptr) {
    if (file.ends_with(".onnx")) return read_onnx(content, file, diagnostics, open_dimensions, used);
    diagnostics.remember_source(file, std::string(content));
    return read_layer_table(content, file, diagnostics, depthwise);
}

} // namespace autarky::compute
