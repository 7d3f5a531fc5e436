// autarky: what each ONNX operator is as a layer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compute/onnx/onnx_graph.hpp"

namespace autarky::compute {

enum class OperatorKind {
    convolution,
    deformable_convolution,
    transposed_convolution,
    matmul,
    block_matmul, ///< weights packed in blocks of few bits
    gemm,
    pooling,
    global_pooling,
    normalisation,
    rectifier,   ///< cheap activations
    exponential, ///< activations with an exponential, a root or a division each
    elementwise,
    rotation, ///< of pairs of values by angles of a table
    reduction,
    move,   ///< moves values without arithmetic
    round,  ///< to a narrower format and back
    lookup, ///< rows of a table
    grid_sample,
    region_align,        ///< a fixed number of samples from each of many boxes
    einsum,              ///< sum over named indices
    attention,           ///< softmax(Q K^T) V as one operator
    projected_attention, ///< the same with the projections before it
    linear_attention,
    recurrent, ///< a cell that is applied step after step
    view,      ///< costs nothing at inference
    named,     ///< its shape follows, its work is not counted
    unknown,
};
OperatorKind operator_kind(std::string_view op);

/// Operators that are read, by what becomes of them; for the reference.
struct KnownOperators {
    OperatorKind kind;
    std::string_view names; ///< separated by blanks, with a blank at both ends
};
const std::vector<KnownOperators>& known_operators();

/// A learned value of a node.
struct Learned {
    std::string value;
    Count elements = -1;     ///< of a packed value; below 0: its own
    bool is_operand = false; ///< it may as well be a setting of the formula
};

/// A layer, or why there is none.
struct OperatorLayer {
    Layer layer{};
    std::vector<Layer> more{}; ///< further layers of the same node; their names are endings of its name
    std::vector<Learned> learned{};
    std::string unknown_value{}; ///< a value whose shape is needed and unknown
    std::string error{};         ///< shapes that do not fit each other
    bool is_empty = false;       ///< there is nothing to do: a tensor without elements
};
/// Domain: `kind` is neither `view`, `named` nor `unknown`.
OperatorLayer operator_layer(const GraphNode& node, OperatorKind kind, const OnnxGraph& graph);

} // namespace autarky::compute
