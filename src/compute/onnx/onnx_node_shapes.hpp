// autarky: shapes that the layer of one ONNX node needs, and what is missing of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compute/onnx/onnx_operators.hpp"

namespace autarky::compute {

/// Remembers the first shape that is unknown.
class NodeShapes {
public:
    NodeShapes(const GraphNode& node, const OnnxGraph& graph, OperatorLayer& result)
        : node_(node), graph_(graph), result_(result) {}
    Dimensions input(std::size_t i) { return of(node_.inputs, i); }
    Dimensions output(std::size_t i = 0) { return of(node_.outputs, i); }
    [[nodiscard]] bool given(std::size_t i) const { return i < node_.inputs.size() && !node_.inputs[i].empty(); }
    [[nodiscard]] bool known() const { return result_.unknown_value.empty(); }
    [[nodiscard]] bool constant(std::size_t i) const {
        return i < node_.inputs.size() && graph_.constants.contains(node_.inputs[i]);
    }

private:
    Dimensions of(const std::vector<std::string>& names, std::size_t i) {
        const std::string name = i < names.size() ? names[i] : fmt::format("value {}", i);
        const auto* found = graph_.shape(name);
        if (found == nullptr && known()) result_.unknown_value = name;
        return found == nullptr ? Dimensions{} : *found;
    }
    const GraphNode& node_;
    const OnnxGraph& graph_;
    OperatorLayer& result_;
};

/// The layers of products: matrices, sums over named indices, attention, recurrent cells.
void matmul_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void gemm_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void einsum_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void attention_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void recurrent_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);

} // namespace autarky::compute
