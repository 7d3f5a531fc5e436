// autarky: shapes of what ONNX operators make: windows, products, values one by one.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_shape_rules.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compute/onnx/onnx_operators.hpp"

namespace autarky::compute {

MaybeShape ShapeRules::output(std::size_t i) const {
    const auto& op = node_.op;
    switch (operator_kind(op)) {
    case OperatorKind::convolution: return convolution();
    case OperatorKind::transposed_convolution: return transposed_convolution();
    case OperatorKind::matmul: return matmul();
    case OperatorKind::gemm: return gemm();
    case OperatorKind::pooling: return pooling();
    case OperatorKind::global_pooling: return global_pooling();
    case OperatorKind::normalisation:
    case OperatorKind::rectifier:
    case OperatorKind::exponential:
        return i == 0 ? (op == "Pow" || op == "PRelu" ? broadcast() : input(0)) : std::nullopt;
    case OperatorKind::elementwise: return broadcast();
    case OperatorKind::reduction: return reduction(i);
    case OperatorKind::lookup: return gather();
    case OperatorKind::grid_sample: return grid_sample();
    case OperatorKind::region_align: return region_align();
    case OperatorKind::einsum: return i == 0 ? einsum() : std::nullopt;
    case OperatorKind::attention: return attention(i);
    case OperatorKind::recurrent: return recurrent(i);
    case OperatorKind::move: return moved(i);
    case OperatorKind::view: return view(i);
    case OperatorKind::unknown: return std::nullopt;
    }
    return std::nullopt;
}

MaybeShape ShapeRules::input(std::size_t i) const {
    if (i >= node_.inputs.size()) return std::nullopt;
    const auto* found = graph_.shape(node_.inputs[i]);
    return found == nullptr ? MaybeShape{} : MaybeShape{*found};
}

const Dimensions* ShapeRules::content(std::size_t i) const {
    if (i >= node_.inputs.size()) return nullptr;
    const auto found = graph_.integers.find(node_.inputs[i]);
    return found == graph_.integers.end() ? nullptr : &found->second;
}

const std::vector<double>* ShapeRules::real_content(std::size_t i) const {
    if (i >= node_.inputs.size()) return nullptr;
    const auto found = graph_.reals.find(node_.inputs[i]);
    return found == graph_.reals.end() ? nullptr : &found->second;
}

const Dimensions* ShapeRules::list(const std::string& key) const {
    const auto found = node_.lists.find(key);
    return found == node_.lists.end() ? nullptr : &found->second;
}

const Dimensions* ShapeRules::list_or_input(const std::string& key, std::size_t i) const {
    const auto* attribute = list(key);
    return attribute != nullptr ? attribute : content(i);
}

std::optional<std::size_t> ShapeRules::axis_in(Count axis, std::size_t rank) {
    const auto r = static_cast<Count>(rank);
    if (axis < -r || axis >= r) return std::nullopt;
    return static_cast<std::size_t>(axis < 0 ? axis + r : axis);
}

Count ShapeRules::at(const Dimensions* values, std::size_t i, Count fallback) {
    return values != nullptr && i < values->size() ? (*values)[i] : fallback;
}

std::optional<Count> ShapeRules::window(std::size_t i, std::size_t n, Count size, Count kernel) const {
    Axis axis;
    axis.size = size;
    axis.kernel = kernel;
    axis.stride = at(list("strides"), i, 1);
    axis.dilation = at(list("dilations"), i, 1);
    axis.padding = at(list("pads"), i, 0) + at(list("pads"), i + n, 0);
    axis.partial_window = node_.number("ceil_mode", 0) != 0;
    if (size < 1 || kernel < 1 || axis.stride < 1 || axis.dilation < 1 || axis.padding < 0) return std::nullopt;
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

MaybeShape ShapeRules::convolution() const {
    const auto in = input(0), weights = input(node_.op == "QLinearConv" ? 3 : 1);
    if (!in || !weights || in->size() < 3 || weights->size() != in->size()) return std::nullopt;
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

MaybeShape ShapeRules::matmul() const {
    auto a = input(0), b = input(node_.op == "QLinearMatMul" ? 3 : 1);
    if (!a || !b || a->empty() || b->empty()) return std::nullopt;
    const bool row = a->size() == 1, column = b->size() == 1;
    if (row) a->insert(a->begin(), 1);
    if (column) b->push_back(1);
    const Count rows = (*a)[a->size() - 2], columns = b->back();
    a->resize(a->size() - 2);
    b->resize(b->size() - 2);
    auto out = broadcast_of(*a, *b);
    if (!out) return std::nullopt;
    if (!row) out->push_back(rows);
    if (!column) out->push_back(columns);
    return out;
}

MaybeShape ShapeRules::gemm() const {
    const auto a = input(0), b = input(1);
    if (!a || !b || a->size() != 2 || b->size() != 2) return std::nullopt;
    return Dimensions{node_.number("transA", 0) != 0 ? (*a)[1] : (*a)[0],
                      node_.number("transB", 0) != 0 ? (*b)[0] : (*b)[1]};
}

MaybeShape ShapeRules::pooling() const {
    const auto in = input(0);
    const auto* kernel = list("kernel_shape");
    if (!in || kernel == nullptr || in->size() < 3 || kernel->size() != in->size() - 2) return std::nullopt;
    return windows(*in, (*in)[1], *kernel);
}

MaybeShape ShapeRules::global_pooling() const {
    auto in = input(0);
    if (!in || in->size() < 3) return std::nullopt;
    std::fill(in->begin() + 2, in->end(), 1);
    return in;
}

MaybeShape ShapeRules::broadcast_of(const Dimensions& a, const Dimensions& b) {
    Dimensions out(std::max(a.size(), b.size()));
    for (std::size_t i = 0; i < out.size(); ++i) { // from the last dimension on
        const Count x = i < a.size() ? a[a.size() - 1 - i] : 1;
        const Count y = i < b.size() ? b[b.size() - 1 - i] : 1;
        if (x != y && x != 1 && y != 1) return std::nullopt;
        out[out.size() - 1 - i] = x == 1 ? y : x;
    }
    return out;
}

MaybeShape ShapeRules::broadcast() const {
    MaybeShape out = input(0);
    for (std::size_t i = 1; out && i < node_.inputs.size(); ++i) {
        const auto next = input(i);
        out = next ? broadcast_of(*out, *next) : std::nullopt;
    }
    return out;
}

MaybeShape ShapeRules::reduction(std::size_t i) const {
    const auto in = input(0);
    if (!in) return std::nullopt;
    if (node_.op == "CumSum") return i == 0 ? in : std::nullopt;
    if (node_.op == "TopK") {
        const auto axis = axis_in(node_.number("axis", -1), in->size());
        const auto* k = content(1);
        if (!axis || k == nullptr || k->size() != 1) return std::nullopt;
        auto out = *in;
        out[*axis] = (*k)[0];
        return out;
    }
    const bool keeps = node_.number("keepdims", 1) != 0;
    std::vector<bool> reduced(in->size(), false);
    const bool single = node_.op.starts_with("Arg");
    const auto* axes = single ? nullptr : list_or_input("axes", 1);
    if (single || axes != nullptr) {
        const Dimensions one{node_.number("axis", 0)};
        for (const Count axis : single ? one : *axes) {
            const auto found = axis_in(axis, in->size());
            if (!found) return std::nullopt;
            reduced[*found] = true;
        }
    } else if (node_.inputs.size() > 1 && !node_.inputs[1].empty()) {
        return std::nullopt;
    } else if (node_.number("noop_with_empty_axes", 0) == 0) {
        reduced.assign(in->size(), true);
    }
    Dimensions out;
    for (std::size_t d = 0; d < in->size(); ++d)
        if (!reduced[d] || keeps) out.push_back(reduced[d] ? 1 : (*in)[d]);
    return out;
}

MaybeShape ShapeRules::grid_sample() const {
    const auto in = input(0), grid = input(1);
    if (!in || !grid || in->size() != 4 || grid->size() != 4) return std::nullopt;
    return Dimensions{(*in)[0], (*in)[1], (*grid)[1], (*grid)[2]};
}

MaybeShape ShapeRules::region_align() const {
    const auto in = input(0), boxes = input(1);
    if (!in || !boxes || in->size() != 4 || boxes->empty()) return std::nullopt;
    return Dimensions{(*boxes)[0], (*in)[1], node_.number("output_height", 1), node_.number("output_width", 1)};
}

namespace {

bool in_range(const Dimensions& d) {
    return std::ranges::all_of(d, [](Count size) { return size >= 0 && size <= largest_dimension; });
}

} // namespace

std::optional<Dimensions> output_shape(const OnnxGraph& graph, const GraphNode& node, std::size_t i) {
    return ShapeRules(graph, node).output(i);
}

void infer_shapes(OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics) {
    for (const auto& node : graph.nodes) {
        const bool constant = !node.inputs.empty() && std::ranges::all_of(node.inputs, [&graph](const auto& input) {
            return input.empty() || graph.constants.contains(input);
        });
        if (follow_content(graph, node) || constant) graph.constants.insert(node.outputs.begin(), node.outputs.end());
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            const auto shape = output_shape(graph, node, i);
            if (!shape || !in_range(*shape) || node.outputs[i].empty()) continue;
            const auto [declared, is_new] = graph.shapes.emplace(node.outputs[i], *shape);
            if (!is_new && declared->second != *shape && operator_kind(node.op) != OperatorKind::unknown)
                diagnostics.error({file, 0, 0, 1}, "E0714",
                                  fmt::format("node '{}' ({}) makes '{}' of shape {}, the file declares {}", node.name,
                                              node.op, node.outputs[i], fmt::join(*shape, "x"),
                                              fmt::join(declared->second, "x")));
        }
    }
}

} // namespace autarky::compute
