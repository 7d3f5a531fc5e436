// autarky: what each ONNX operator is as a layer.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_operators.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "compute/onnx/onnx_node_shapes.hpp"
#include "compute/onnx/onnx_shape_rules.hpp"

namespace autarky::compute {
namespace {

struct Known {
    OperatorKind kind;
    std::string_view names; ///< separated by blanks, with a blank at both ends
};
constexpr std::array known{
    Known{OperatorKind::convolution, " Conv ConvInteger QLinearConv "},
    Known{OperatorKind::transposed_convolution, " ConvTranspose "},
    Known{OperatorKind::matmul, " MatMul MatMulInteger QLinearMatMul "},
    Known{OperatorKind::gemm, " Gemm "},
    Known{OperatorKind::pooling, " MaxPool AveragePool LpPool "},
    Known{OperatorKind::global_pooling, " GlobalAveragePool GlobalMaxPool GlobalLpPool "},
    Known{OperatorKind::normalisation,
          " BatchNormalization LayerNormalization InstanceNormalization GroupNormalization LRN "
          "MeanVarianceNormalization LpNormalization RMSNormalization "},
    Known{OperatorKind::rectifier,
          " Relu LeakyRelu PRelu Clip HardSigmoid HardSwish ThresholdedRelu Abs Neg Sign Not Floor "
          "Ceil Round "},
    Known{OperatorKind::exponential,
          " Sigmoid Tanh Softmax LogSoftmax Hardmax Elu Selu Celu Softplus Softsign Mish Swish Gelu Erf "
          "Exp Log Sqrt Pow Reciprocal Sin Cos Tan Asin Acos Atan Sinh Cosh "},
    Known{OperatorKind::elementwise,
          " Add Sub Mul Div Max Min Mean Sum Where Equal Greater GreaterOrEqual Less LessOrEqual And "
          "Or Xor Mod BitShift "},
    Known{OperatorKind::reduction,
          " ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum "
          "ReduceLogSumExp ReduceSumSquare ArgMax ArgMin CumSum TopK "},
    Known{OperatorKind::move,
          " Transpose Concat Split Slice Pad Tile Expand Resize Upsample DepthToSpace SpaceToDepth GatherND "
          "GatherElements ScatterND ScatterElements QuantizeLinear DequantizeLinear "
          "DynamicQuantizeLinear Trilu OneHot "},
    Known{OperatorKind::lookup, " Gather "},
    Known{OperatorKind::grid_sample, " GridSample "},
    Known{OperatorKind::region_align, " RoiAlign "},
    Known{OperatorKind::einsum, " Einsum "},
    Known{OperatorKind::attention, " Attention "},
    Known{OperatorKind::recurrent, " LSTM GRU RNN "},
    Known{OperatorKind::view, " Reshape Flatten Squeeze Unsqueeze Identity Dropout Cast CastLike Shape Size Constant "
                              "ConstantOfShape Range EyeLike "},
};

Count at(const GraphNode& node, const std::string& list, std::size_t i, Count fallback) {
    const auto found = node.lists.find(list);
    return found != node.lists.end() && i < found->second.size() ? found->second[i] : fallback;
}

bool in_range(Count value, Count least) { return value >= least && value <= (Count{1} << 31); }

/// Window of spatial direction `i` of `n`; a nonsensical attribute gives an axis that shape_error refuses.
Axis axis(const GraphNode& node, std::size_t i, std::size_t n, Count size, Count kernel) {
    Axis a;
    a.size = size;
    a.kernel = at(node, "kernel_shape", i, kernel);
    a.stride = at(node, "strides", i, 1);
    a.dilation = at(node, "dilations", i, 1);
    const Count begin = at(node, "pads", i, 0), end = at(node, "pads", i + n, 0);
    if (!in_range(a.kernel, 1) || !in_range(a.stride, 1) || !in_range(a.dilation, 1) || !in_range(begin, 0) ||
        !in_range(end, 0) || !in_range(size, 1))
        return {.size = 0, .kernel = 0};
    a.padding = begin + end;
    const auto text = node.texts.find("auto_pad");
    if (text != node.texts.end() && text->second.starts_with("SAME")) // output = ceil(size / stride)
        a.padding = std::max<Count>(0, (ceiling_division(size, a.stride) - 1) * a.stride + a.span() - size);
    a.partial_window = node.number("ceil_mode", 0) != 0;
    return a;
}

struct Window {
    Axis height, width, depth;
};

/// One to three spatial directions; the last is the width.
Window window(const GraphNode& node, const Dimensions& in, const Dimensions& kernel) {
    const std::size_t n = in.size() - 2;
    std::array<Axis, 3> axes{};
    for (std::size_t i = 0; i < n; ++i)
        axes[3 - n + i] = axis(node, i, n, in[i + 2], kernel.empty() ? 1 : kernel[i]);
    return {axes[1], axes[2], axes[0]};
}

bool spatial(const Dimensions& d, OperatorLayer& result) {
    if (d.size() >= 3 && d.size() <= 5) return true;
    result.error = fmt::format("its input has {} dimensions; one to three spatial ones are understood", d.size());
    return false;
}

void set_parallel(OperatorLayer& result, Count batch) { result.layer.parallel = batch; }

void convolution(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const std::size_t weights_at = node.op == "QLinearConv" ? 3 : 1;
    const auto in = shapes.input(0), weights = shapes.input(weights_at);
    if (!shapes.known() || !spatial(in, result)) return;
    if (weights.size() != in.size()) {
        result.error = fmt::format("its weights have {} dimensions, its input {}", weights.size(), in.size());
        return;
    }
    const auto w = window(node, in, Dimensions(weights.begin() + 2, weights.end()));
    Convolution c{w.height, w.width, w.depth, in[1], weights[0], node.number("group", 1)};
    c.bias = node.inputs.size() > (node.op == "QLinearConv" ? 8U : 2U) && node.op != "ConvInteger";
    if (c.groups < 1 || product(weights[1], c.groups) != in[1]) {
        result.error =
            fmt::format("its weights take {} channels in {} groups, its input has {}", weights[1], c.groups, in[1]);
        return;
    }
    result.layer.shape = c;
    set_parallel(result, in[0]);
    result.weights = node.inputs[weights_at];
}

/// Every input value meets every tap of its kernel: a product of pixels by channels with channels by taps.
void transposed_convolution(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto in = shapes.input(0), weights = shapes.input(1);
    if (!shapes.known() || !spatial(in, result)) return;
    const Count groups = node.number("group", 1);
    if (weights.size() != in.size() || groups < 1 || in[1] % groups != 0 || weights[0] != in[1]) {
        result.error = "its weights do not fit its input";
        return;
    }
    const Count pixels = elements_of(Dimensions(in.begin() + 2, in.end()));
    const Count taps = elements_of(Dimensions(weights.begin() + 1, weights.end()));
    Matmul m{pixels, taps, in[1] / groups, groups};
    m.biases = shapes.given(2) ? product(weights[1], groups) : 0;
    result.layer.shape = m;
    set_parallel(result, in[0]);
    result.weights = node.inputs[1];
}

void pooling(const GraphNode& node, OperatorKind kind, NodeShapes& shapes, OperatorLayer& result) {
    const auto in = shapes.input(0);
    if (!shapes.known() || !spatial(in, result)) return;
    Pooling p;
    if (kind == OperatorKind::global_pooling) {
        p.height = {.size = elements_of(Dimensions(in.begin() + 2, in.end()))};
        p.height.kernel = p.height.size;
    } else {
        const auto w = window(node, in, {});
        p.height = w.height;
        p.width = w.width;
        p.depth = w.depth;
    }
    p.channels = in[1];
    result.layer.shape = p;
    set_parallel(result, in[0]);
}

/// Rows of a learned table, or a mere move of values that were computed.
void lookup(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto table = shapes.input(0), out = shapes.output();
    if (!shapes.known()) return;
    if (shapes.constant(0) && table.size() == 2 && table[1] > 0) {
        result.layer.shape = Lookup{table[0], table[1], elements_of(out) / table[1]};
        result.weights = node.inputs[0];
    } else {
        result.layer.shape = Elementwise{elements_of(out), 1};
    }
}

void grid_sample(NodeShapes& shapes, OperatorLayer& result) {
    const auto in = shapes.input(0), out = shapes.output();
    if (!shapes.known()) return;
    if (in.size() != 4 || out.size() != 4) {
        result.error = "only sampling of images is understood";
        return;
    }
    result.layer.shape = Sampling{product(out[0], out[2], out[3]), 1, 1, in[1], elements_of(in)};
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

void by_value(const GraphNode& node, OperatorKind kind, NodeShapes& shapes, OperatorLayer& result) {
    const auto out = shapes.output();
    if (!shapes.known()) return;
    const Count n = elements_of(out);
    switch (kind) {
    case OperatorKind::normalisation: {
        Normalisation norm{n, 0};
        if (shapes.constant(1)) {
            norm.learned = product(elements_of(shapes.input(1)), 2);
            result.weights = node.inputs[1];
        }
        result.layer.shape = norm;
        return;
    }
    case OperatorKind::rectifier: result.layer.shape = Activation{n, ActivationKind::rectifier}; return;
    case OperatorKind::exponential: result.layer.shape = Activation{n, ActivationKind::exponential}; return;
    case OperatorKind::reduction: {
        const Count all = elements_of(shapes.input(0));
        result.layer.shape = Elementwise{n, n > 0 ? std::max<Count>(1, all / n) : 0};
        return;
    }
    default: break;
    }
    // operands that are constants are learned values read once; only computed ones stream
    const auto computed = static_cast<Count>(
        std::ranges::count_if(node.inputs, [&](const std::string& input) { return !input.empty(); }));
    result.layer.shape = Elementwise{n, kind == OperatorKind::move ? 1 : std::max<Count>(1, computed)};
}

} // namespace

OperatorKind operator_kind(std::string_view op) {
    const auto padded = fmt::format(" {} ", op);
    for (const auto& row : known)
        if (row.names.find(padded) != std::string_view::npos) return row.kind;
    return OperatorKind::unknown;
}

OperatorLayer operator_layer(const GraphNode& node, OperatorKind kind, const OnnxGraph& graph) {
    OperatorLayer result;
    NodeShapes shapes(node, graph, result);
    switch (kind) {
    case OperatorKind::convolution: convolution(node, shapes, result); break;
    case OperatorKind::transposed_convolution: transposed_convolution(node, shapes, result); break;
    case OperatorKind::matmul: matmul_layer(node, shapes, result); break;
    case OperatorKind::gemm: gemm_layer(node, shapes, result); break;
    case OperatorKind::einsum: einsum_layer(node, shapes, result); break;
    case OperatorKind::attention: attention_layer(node, shapes, result); break;
    case OperatorKind::recurrent: recurrent_layers(node, shapes, result); break;
    case OperatorKind::pooling:
    case OperatorKind::global_pooling: pooling(node, kind, shapes, result); break;
    case OperatorKind::lookup: lookup(node, shapes, result); break;
    case OperatorKind::grid_sample: grid_sample(shapes, result); break;
    case OperatorKind::region_align: region_align(node, shapes, result); break;
    case OperatorKind::normalisation:
    case OperatorKind::rectifier:
    case OperatorKind::exponential:
    case OperatorKind::elementwise:
    case OperatorKind::reduction:
    case OperatorKind::move: by_value(node, kind, shapes, result); break;
    case OperatorKind::view:
    case OperatorKind::unknown: break;
    }
    return result;
}

} // namespace autarky::compute
