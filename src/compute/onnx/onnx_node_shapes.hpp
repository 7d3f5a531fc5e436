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
    [[nodiscard]] bool constant(std::size_t i) const { return given(i) && graph_.constants.contains(node_.inputs[i]); }
    /// The input is learned, if it is constant.
    void learn(std::size_t i, Count elements = -1) {
        if (constant(i)) result_.learned.push_back({node_.inputs[i], elements, false});
    }
    /// The same where a constant may as well be a setting.
    void learn_operand(std::size_t i) {
        if (constant(i)) result_.learned.push_back({node_.inputs[i], -1, true});
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
void block_matmul_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void gemm_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void einsum_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void attention_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void projected_attention_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void linear_attention_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void recurrent_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);

/// The layers of windows: convolutions and pooling.
void convolution_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void deformable_convolution_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void transposed_convolution_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result);
void pooling_layer(const GraphNode& node, OperatorKind kind, NodeShapes& shapes, OperatorLayer& result);

} // namespace autarky::compute
