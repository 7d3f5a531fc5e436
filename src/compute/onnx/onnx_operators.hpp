// autarky: what each ONNX operator is as a layer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "compute/onnx/onnx_graph.hpp"

namespace autarky::compute {

enum class OperatorKind {
    convolution,
    transposed_convolution,
    matmul,
    gemm,
    pooling,
    global_pooling,
    normalisation,
    rectifier,   ///< cheap activations
    exponential, ///< activations with an exponential, a root or a division each
    elementwise,
    reduction,
    move,   ///< moves values without arithmetic
    lookup, ///< rows of a table
    grid_sample,
    region_align, ///< a fixed number of samples from each of many boxes
    einsum,       ///< sum over named indices
    attention,    ///< softmax(Q K^T) V as one operator
    recurrent,    ///< a cell that is applied step after step
    view,         ///< costs nothing at inference
    unknown,
};
OperatorKind operator_kind(std::string_view op);

/// A layer, or why there is none.
struct OperatorLayer {
    Layer layer{};
    std::vector<Layer> more{};   ///< further layers of the same node; their names are endings of its name
    std::string weights{};       ///< name of the learned value, if any
    std::string unknown_value{}; ///< a value whose shape is needed and unknown
    std::string error{};         ///< shapes that do not fit each other
};
/// Domain: `kind` is neither `view` nor `unknown`.
OperatorLayer operator_layer(const GraphNode& node, OperatorKind kind, const OnnxGraph& graph);

} // namespace autarky::compute
