// autarky: an ONNX model as libonnx parses it, in our own terms.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "compute/onnx/onnx_graph.hpp"

namespace onnx {
class ModelProto;
}

namespace autarky::compute {

/// The graph of a model with all that stands inside its nodes, nodes in order. None, with findings, where a value is given
/// twice, by nobody or by way of itself (E0713), or an attribute is out of all range (E0711).
std::optional<Body> body_of(const onnx::ModelProto& model, const std::string& file, Diagnostics& diagnostics);

} // namespace autarky::compute
