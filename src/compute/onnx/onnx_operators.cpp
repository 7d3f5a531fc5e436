// autarky: what each ONNX operator is as a layer.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_operators.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "compute/onnx/onnx_node_shapes.hpp"
#include "compute/onnx/onnx_shape_rules.hpp"

namespace autarky::compute {
namespace {

const std::unordered_map<std::string_view, OperatorKind>& kinds() {
    static const auto all = [] {
        std::unordered_map<std::string_view, OperatorKind> map;
        for (const auto& row : known_operators())
            for (std::size_t at = 1; at < row.names.size();) {
                const auto end = row.names.find(' ', at);
                map.emplace(row.names.substr(at, end - at), row.kind);
                at = end + 1;
            }
        return map;
    }();
    return all;
}

/// Rows of a learned table, or a mere move of values that were computed.
void lookup(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto table = shapes.input(0), out = shapes.output();
    if (!shapes.known()) return;
    const bool packed = node.op != "Gather"; // com.microsoft.GatherBlockQuantized: several values a byte
    const Count width = packed && !out.empty() ? out.back() : table.size() == 2 ? table[1] : 0;
    if (shapes.constant(0) && table.size() == 2 && width > 0) {
        result.layer.shape = Lookup{table[0], width, elements_of(out) / width};
        shapes.learn(0, packed ? product(table[0], width) : -1);
    } else {
        result.layer.shape = Elementwise{elements_of(out), 1};
        shapes.learn_operand(0);
    }
}

void grid_sample(NodeShapes& shapes, OperatorLayer& result) {
    const auto in = shapes.input(0), out = shapes.output();
    if (!shapes.known()) return;
    if (in.size() < 3 || out.size() != in.size()) {
        result.error = "only sampling of images and volumes is understood";
        return;
    }
    const Count places = product(out[0], elements_of(Dimensions(out.begin() + 2, out.end())));
    result.layer.shape = Sampling{places, 1, 1, in[1], elements_of(in)};
}

/// Without a sampling ratio a box decides how many samples it takes; four a place is what detectors are trained with.
void region_align(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto in = shapes.input(0), out = shapes.output();
    if (!shapes.known()) return;
    if (in.size() != 4 || out.size() != 4) {
        result.error = "only regions of images are understood";
        return;
    }
    const Count ratio = node.number("sampling_ratio", 0);
    const Count samples = ratio > 0 ? product(ratio, ratio) : 4;
    result.layer.shape = Sampling{product(out[0], out[2], out[3]), 1, samples, in[1], elements_of(in)};
}

void normalisation(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    Normalisation norm{elements_of(shapes.output()), 0};
    for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) { // scale and shift; means and variances are measured
        if (!shapes.constant(i)) continue;
        norm.learned = sum(norm.learned, elements_of(shapes.input(i)));
        shapes.learn(i);
    }
    if (node.op == "LRN" || node.op == "MeanVarianceNormalization" || node.op == "LpNormalization") norm.learned = 0;
    result.layer.shape = norm;
}

/// A constant that may as well be a setting. Beside a scale of the operator's own whole numbers are learned values too.
void learn_operand(const GraphNode& node, NodeShapes& shapes, std::size_t i) {
    const bool has_scale = node.written_op.find("QLinear") != std::string::npos;
    if (has_scale && elements_of(shapes.input(i)) > 1)
        shapes.learn(i);
    else
        shapes.learn_operand(i);
}

/// Operands that are constants are learned values read once; only computed ones stream.
void elementwise(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    constexpr std::array<std::string_view, 9> with_values{"Add", "Sub",  "Mul", "Div",  "Max",
                                                          "Min", "Mean", "Sum", "Where"};
    Elementwise e{elements_of(shapes.output()), 0};
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        if (!shapes.given(i)) continue;
        if (!shapes.constant(i)) {
            ++e.operands;
            continue;
        }
        const auto operand = shapes.input(i), out = shapes.output();
        e.learned = sum(e.learned, elements_of(operand));
        // the bias of a layer of one unit is one number, and no setting
        const bool one_bias = node.op == "Add" && elements_of(operand) == 1 && !operand.empty() && out.size() > 1 &&
                              (out.back() == 1 || (operand.size() + 1 >= out.size() && out[1] == 1));
        if (one_bias)
            shapes.learn(i);
        else if (std::ranges::find(with_values, node.op) != with_values.end())
            learn_operand(node, shapes, i);
    }
    e.operands = std::max<Count>(1, e.operands);
    result.layer.shape = e;
}

void reduction(NodeShapes& shapes, OperatorLayer& result) {
    const Count n = elements_of(shapes.output()), all = elements_of(shapes.input(0));
    result.layer.shape = Elementwise{n, n > 0 ? std::max<Count>(1, all / n) : 0};
}

/// Tables and tokens that are joined to what is computed are learned too.
void move(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    result.layer.shape = Elementwise{elements_of(shapes.output()), 1};
    const bool joins = node.op == "Concat";
    for (std::size_t i = 0; i < (joins ? node.inputs.size() : 1); ++i)
        learn_operand(node, shapes, i);
    if (node.op.starts_with("Scatter")) shapes.learn_operand(2);
}

/// To eight bits or fewer and back: the chip's own rounding where it works in that format. A scale for each block makes four.
void rounding(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result, const OnnxGraph& graph) {
    result.layer.shape = Elementwise{elements_of(shapes.output()), 1};
    constexpr Count usual_bits = 8;
    Count bits = usual_bits;
    if (node.inputs.size() > 2)
        if (const auto zero = graph.stored.find(node.inputs[2]); zero != graph.stored.end() && zero->second.bits > 0)
            bits = zero->second.bits;
    result.layer.rounds_to_bits = bits;
}

void by_value(const GraphNode& node, OperatorKind kind, NodeShapes& shapes, OperatorLayer& result,
              const OnnxGraph& graph) {
    const auto out = shapes.output();
    if (!shapes.known()) return;
    const Count n = elements_of(out);
    switch (kind) {
    case OperatorKind::normalisation: normalisation(node, shapes, result); break;
    case OperatorKind::rectifier:
        result.layer.shape = Activation{n, ActivationKind::rectifier};
        if (node.op == "PRelu") shapes.learn(1);
        break;
    case OperatorKind::exponential: result.layer.shape = Activation{n, ActivationKind::exponential}; break;
    case OperatorKind::elementwise: elementwise(node, shapes, result); break;
    case OperatorKind::rotation: result.layer.shape = Elementwise{n, 2}; break;
    case OperatorKind::reduction: reduction(shapes, result); break;
    case OperatorKind::round: rounding(node, shapes, result, graph); break;
    default: move(node, shapes, result); break;
    }
}

/// The first output that somebody reads, so that a node with only a later one is no stranger.
bool makes_nothing(const GraphNode& node, const OnnxGraph& graph) {
    return std::ranges::any_of(node.outputs, [&graph](const std::string& output) {
        const auto* shape = graph.shape(output);
        return shape != nullptr && elements_of(*shape) == 0;
    });
}

} // namespace

const std::vector<KnownOperators>& known_operators() {
    static const std::vector<KnownOperators> known{
        {OperatorKind::convolution, " Conv CausalConvWithState "},
        {OperatorKind::deformable_convolution, " DeformConv "},
        {OperatorKind::transposed_convolution, " ConvTranspose "},
        {OperatorKind::matmul, " MatMul "},
        {OperatorKind::block_matmul, " com.microsoft.MatMulNBits com.microsoft.MatMulBnb4 "},
        {OperatorKind::gemm, " Gemm "},
        {OperatorKind::pooling, " MaxPool AveragePool LpPool "},
        {OperatorKind::global_pooling, " GlobalAveragePool GlobalMaxPool GlobalLpPool "},
        {OperatorKind::normalisation, " BatchNormalization LayerNormalization InstanceNormalization GroupNormalization "
                                      "LRN MeanVarianceNormalization "
                                      "LpNormalization RMSNormalization "},
        {OperatorKind::rectifier, " Relu LeakyRelu PRelu Clip HardSigmoid HardSwish ThresholdedRelu Abs Neg Sign Not "
                                  "Floor Ceil Round Shrink IsNaN "
                                  "IsInf BitwiseNot "},
        {OperatorKind::exponential,
         " Sigmoid Tanh Softmax LogSoftmax Hardmax Elu Selu Celu Softplus Softsign Mish Swish SwiGLU Gelu Erf Exp Log "
         "Sqrt "
         "Pow Reciprocal Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh RandomNormal RandomNormalLike "
         "RandomUniform RandomUniformLike Bernoulli "},
        {OperatorKind::elementwise, " Add Sub Mul Div Max Min Mean Sum Where Equal Greater GreaterOrEqual Less "
                                    "LessOrEqual And Or Xor Mod BitShift "
                                    "BitwiseAnd BitwiseOr BitwiseXor "},
        {OperatorKind::rotation, " RotaryEmbedding com.microsoft.RotaryEmbedding "},
        {OperatorKind::reduction,
         " ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp "
         "ReduceSumSquare ArgMax ArgMin CumSum CumProd TopK "},
        {OperatorKind::move,
         " Transpose Concat Split Slice Pad Tile Expand Resize Upsample DepthToSpace SpaceToDepth GatherND "
         "GatherElements "
         "ScatterND ScatterElements TensorScatter ReverseSequence Trilu OneHot CenterCropPad Compress NonZero Unique "
         "MaxUnpool Col2Im AffineGrid "},
        {OperatorKind::round, " QuantizeLinear DequantizeLinear DynamicQuantizeLinear "},
        {OperatorKind::lookup, " Gather com.microsoft.GatherBlockQuantized "},
        {OperatorKind::grid_sample, " GridSample com.microsoft.GridSample "},
        {OperatorKind::region_align, " RoiAlign MaxRoiPool "},
        {OperatorKind::einsum, " Einsum "},
        {OperatorKind::attention, " Attention com.microsoft.MultiHeadAttention com.microsoft.GroupQueryAttention "
                                  "com.microsoft.DecoderMaskedMultiHeadAttention "},
        {OperatorKind::projected_attention, " com.microsoft.Attention com.microsoft.QAttention "},
        {OperatorKind::linear_attention, " LinearAttention "},
        {OperatorKind::recurrent, " LSTM GRU RNN "},
        {OperatorKind::view, " Reshape Flatten Squeeze Unsqueeze Identity Dropout Cast CastLike BitCast Shape Size "
                             "Constant ConstantOfShape Range "
                             "EyeLike HannWindow HammingWindow BlackmanWindow MelWeightMatrix "},
        {OperatorKind::named,
         " STFT DFT NonMaxSuppression Det Multinomial NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss "},
    };
    return known;
}

OperatorKind operator_kind(std::string_view op) {
    const auto found = kinds().find(op);
    return found == kinds().end() ? OperatorKind::unknown : found->second;
}

OperatorLayer operator_layer(const GraphNode& node, OperatorKind kind, const OnnxGraph& graph) {
    OperatorLayer result;
    if (makes_nothing(node, graph)) {
        result.is_empty = true;
        return result;
    }
    NodeShapes shapes(node, graph, result);
    switch (kind) {
    case OperatorKind::convolution: convolution_layer(node, shapes, result); break;
    case OperatorKind::deformable_convolution: deformable_convolution_layers(node, shapes, result); break;
    case OperatorKind::transposed_convolution: transposed_convolution_layer(node, shapes, result); break;
    case OperatorKind::matmul: matmul_layer(node, shapes, result); break;
    case OperatorKind::block_matmul: block_matmul_layer(node, shapes, result); break;
    case OperatorKind::gemm: gemm_layer(node, shapes, result); break;
    case OperatorKind::einsum: einsum_layers(node, shapes, result); break;
    case OperatorKind::attention: attention_layer(node, shapes, result); break;
    case OperatorKind::projected_attention: projected_attention_layers(node, shapes, result); break;
    case OperatorKind::linear_attention: linear_attention_layers(node, shapes, result); break;
    case OperatorKind::recurrent: recurrent_layers(node, shapes, result); break;
    case OperatorKind::pooling:
    case OperatorKind::global_pooling: pooling_layer(node, kind, shapes, result); break;
    case OperatorKind::lookup: lookup(node, shapes, result); break;
    case OperatorKind::grid_sample: grid_sample(shapes, result); break;
    case OperatorKind::region_align: region_align(node, shapes, result); break;
    case OperatorKind::normalisation:
    case OperatorKind::rectifier:
    case OperatorKind::exponential:
    case OperatorKind::elementwise:
    case OperatorKind::rotation:
    case OperatorKind::reduction:
    case OperatorKind::round:
    case OperatorKind::move: by_value(node, kind, shapes, result, graph); break;
    case OperatorKind::view:
    case OperatorKind::named:
    case OperatorKind::unknown: break;
    }
    return result;
}

} // namespace autarky::compute
