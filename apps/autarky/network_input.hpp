// autarky: networks that the command line names: files and sizes of their open dimensions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "compute/network/layer_table.hpp"
#include "compute/network/network.hpp"
#include "compute/onnx/onnx_reader.hpp"

namespace autarky::cli {

/// The text names a file: it ends in .csv or .onnx, or such a file is there.
bool is_network_file(const std::string& text);

/// Reads a layer table or an ONNX model; `dimensions` are "name=size", those that the model had are added to `used`.
/// Throws UsageError, FileError, and InputError with all findings.
compute::Network read_network_file(const std::string& file, const std::vector<std::string>& dimensions,
                                   compute::UsedDimensions& used,
                                   compute::Depthwise depthwise = compute::Depthwise::one_layer);

/// Throws UsageError for the first of `dimensions` that no model had: a size without effect is a mistake.
void check_used(const std::vector<std::string>& dimensions, const compute::UsedDimensions& used);

} // namespace autarky::cli
