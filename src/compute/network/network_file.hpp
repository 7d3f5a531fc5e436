// autarky: a network from the content of a file: an ONNX model or a layer table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "compute/network/layer_table.hpp"
#include "compute/onnx/onnx_reader.hpp"

namespace autarky::compute {

/// Whether a content is a model, whatever the file is called: a name that ends in .onnx, bytes that no text begins with.
bool is_model(std::string_view content, std::string_view file);

/// A model or a layer table; findings of either reader.
Network read_network(std::string_view content, const std::string& file, Diagnostics& diagnostics,
                     Depthwise depthwise = Depthwise::one_layer, const OpenDimensions& open_dimensions = {},
                     UsedDimensions* used = nullptr);

} // namespace autarky::compute
