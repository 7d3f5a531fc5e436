// autarky: ONNX operators whose windows slide over a tensor: their layers and shapes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compute/onnx/onnx_node_shapes.hpp"
#include "compute/onnx/onnx_shape_rules.hpp"

namespace autarky::compute {
namespace {

Count at(const GraphNode& node, const std::string& list, std::size_t i, Count fallback) {
    const auto found = node.lists.find(list);
    return found != node.lists.end() && i < found->second.size() ? found->second[i] : fallback;
}

bool in_range(Count value, Count least) { return value >= least && value <= (Count{1} << 31); }

/// Window of spatial direction `i` of `n`; a nonsensical attribute gives an axis that shape_error refuses.
Axis axis_of(const GraphNode& node, std::size_t i, std::size_t n, Count size, Count kernel) {
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
    a.padding_behind = end;
    const auto text = node.texts.find("auto_pad");
    if (text != node.texts.end() && text->second.starts_with("SAME")) { // output = ceil(size / stride)
        a.padding = std::max<Count>(0, (ceiling_division(size, a.stride) - 1) * a.stride + a.span() - size);
        return a;
    }
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
        axes[3 - n + i] = axis_of(node, i, n, in[i + 2], kernel.empty() ? 1 : kernel[i]);
    return {axes[1], axes[2], axes[0]};
}

bool spatial(const Dimensions& d, OperatorLayer& result) {
    if (d.size() >= 3 && d.size() <= 5) return true;
    result.error = fmt::format("its input has {} dimensions; one to three spatial ones are understood", d.size());
    return false;
}

} // namespace

void convolution_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto in = shapes.input(0), weights = shapes.input(1);
    if (!shapes.known() || !spatial(in, result)) return;
    if (weights.size() != in.size()) {
        result.error = fmt::format("its weights have {} dimensions, its input {}", weights.size(), in.size());
        return;
    }
    const bool causal = node.op == "CausalConvWithState"; // one filter a channel over what was and is
    auto w = window(node, in, Dimensions(weights.begin() + 2, weights.end()));
    if (causal) w.width.padding = w.width.kernel - 1;
    Convolution c{w.height, w.width, w.depth, in[1], weights[0], causal ? in[1] : node.number("group", 1)};
    c.bias = shapes.given(2);
    if (node.written_op.starts_with("com.microsoft.nchwc.")) // channels are filled up to whole blocks
        c.channels = std::max(in[1], product(weights[1], c.groups));
    if (c.groups < 1 || product(weights[1], c.groups) != c.channels) {
        result.error =
            fmt::format("its weights take {} channels in {} groups, its input has {}", weights[1], c.groups, in[1]);
        return;
    }
    result.layer.shape = c;
    result.layer.parallel = in[0];
    shapes.learn(1);
    shapes.learn(2);
}

/// Each tap of each window is read where an offset says, between four places, then all meet their weights.
void deformable_convolution_layers(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
    const auto offsets = shapes.input(2);
    if (!shapes.known()) return;
    convolution_layer(node, shapes, result);
    if (!shapes.known() || !result.error.empty()) return;
    auto* c = std::get_if<Convolution>(&result.layer.shape);
    if (c == nullptr || offsets.size() < 2) return;
    c->bias = shapes.given(3);
    result.learned.clear();
    shapes.learn(1);
    shapes.learn(3);
    const Count taps = product(c->height.kernel, c->width.kernel, c->depth.kernel);
    const Count source = product(c->height.size, c->width.size, c->depth.size, c->channels);
    result.more = {{"taps", Sampling{c->pixels(), 1, taps, c->channels, source}, result.layer.parallel}};
}

/// Every input value meets every tap of its kernel: a product of pixels by channels with channels by taps.
void transposed_convolution_layer(const GraphNode& node, NodeShapes& shapes, OperatorLayer& result) {
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
    result.layer.parallel = in[0];
    shapes.learn(1);
    shapes.learn(2);
}

void pooling_layer(const GraphNode& node, OperatorKind kind, NodeShapes& shapes, OperatorLayer& result) {
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
    result.layer.parallel = in[0];
}

std::optional<Count> ShapeRules::window(std::size_t i, std::size_t n, Count size, Count kernel) const {
    const auto axis = axis_of(node_, i, n, size, kernel);
    if (axis.size < 1 || axis.kernel < 1) return std::nullopt;
    const auto pad = node_.texts.find("auto_pad");
    if (pad != node_.texts.end() && pad->second.starts_with("SAME")) return ceiling_division(size, axis.stride);
    return axis.output() < 1 ? std::nullopt : std::optional<Count>{axis.output()};
}

MaybeShape ShapeRules::windows(const Dimensions& in, Count channels, const Dimensions& kernel) const {
    Dimensions out{in[0], channels};
    for (std::size_t i = 0; i + 2 < in.size(); ++i) {
        const auto positions = window(i, in.size() - 2, in[i + 2], kernel[i]);
        if (!positions) return std::nullopt;
        out.push_back(*positions);
    }
    return out;
}

MaybeShape ShapeRules::convolution(std::size_t i) const {
    const auto in = input(0), weights = input(1);
    if (!in || !weights || in->size() < 3 || weights->size() != in->size()) return std::nullopt;
    if (node_.op == "CausalConvWithState") {
        if (in->size() != 3 || i > 1) return std::nullopt;
        return i == 0 ? in : MaybeShape{Dimensions{(*in)[0], (*in)[1], (*weights)[2] - 1}};
    }
    if (i > 0) return std::nullopt;
    return windows(*in, (*weights)[0], Dimensions(weights->begin() + 2, weights->end()));
}

MaybeShape ShapeRules::transposed_convolution() const {
    const auto in = input(0), weights = input(1);
    if (!in || !weights || in->size() < 3 || weights->size() != in->size()) return std::nullopt;
    const std::size_t n = in->size() - 2;
    Dimensions out{(*in)[0], product((*weights)[1], std::max<Count>(1, node_.number("group", 1)))};
    const auto auto_pad = node_.texts.find("auto_pad");
    const bool same = auto_pad != node_.texts.end() && auto_pad->second.starts_with("SAME");
    for (std::size_t i = 0; i < n; ++i) {
        const Count given = at(list("output_shape"), i, 0);
        const Count stride = at(list("strides"), i, 1), dilation = at(list("dilations"), i, 1);
        const Count pads = at(list("pads"), i, 0) + at(list("pads"), i + n, 0);
        if (stride < 1 || dilation < 1 || (*in)[i + 2] < 1 || (*weights)[i + 2] < 1) return std::nullopt;
        const Count size = product(stride, (*in)[i + 2] - 1) + at(list("output_padding"), i, 0) +
                           product(dilation, (*weights)[i + 2] - 1) + 1 - pads;
        out.push_back(given > 0 ? given : same ? product(stride, (*in)[i + 2]) : size);
        if (out.back() < 1) return std::nullopt;
    }
    return out;
}

MaybeShape ShapeRules::pooling(std::size_t i) const {
    const auto in = input(0);
    const auto* kernel = list("kernel_shape");
    if (!in || kernel == nullptr || in->size() < 3 || kernel->size() != in->size() - 2 || i > 1) return std::nullopt;
    return windows(*in, (*in)[1], *kernel); // a second output holds the places of the largest
}

MaybeShape ShapeRules::global_pooling() const {
    auto in = input(0);
    if (!in || in->size() < 3) return std::nullopt;
    std::fill(in->begin() + 2, in->end(), 1);
    return in;
}

} // namespace autarky::compute
