// autarky: values that an ONNX file stores: shape, kind of numbers, content of short lists.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "compute/onnx/onnx_graph.hpp"

namespace onnx {
class NodeProto;
class TensorProto;
} // namespace onnx

namespace autarky::compute {

StoredValue stored_value(const std::string& name, const onnx::TensorProto& tensor);

/// What a Constant node makes, from any of its attributes; none where it has none of them.
std::optional<StoredValue> constant_value(const onnx::NodeProto& node);

/// Content of a short tensor of whole numbers, or of reals.
std::optional<Dimensions> integers_of(const onnx::TensorProto& tensor);
std::optional<std::vector<double>> reals_of(const onnx::TensorProto& tensor);

} // namespace autarky::compute
