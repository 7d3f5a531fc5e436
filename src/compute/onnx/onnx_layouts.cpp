// autarky: operators that a runtime's optimiser writes for another order of the channels, as ONNX's own.
// SPDX-License-Identifier: Apache-2.0
//
// ONNX Runtime puts channels last for its kernels of eight bits (QLinearConv with channels_last, NhwcMaxPool), and in blocks
// of 8 or 16 for those of 32 bits (com.microsoft.nchwc). Weights keep the order of ONNX: [M, C/group, kH, kW]. In blocks,
// channels are filled up to whole ones, and so are the stored weights. Source: ONNX Runtime 1.32.0,
// onnxruntime/core/optimizer/nchwc_transformer.cc and nhwc_transformer.cc.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compute/onnx/onnx_graph.hpp"

namespace autarky::compute {
namespace {

constexpr std::string_view blocked = "com.microsoft.nchwc.";

/// Operators whose name alone says that channels are last, and the same with channels first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> channels_last_operators{
    {{"com.microsoft.NhwcMaxPool", "MaxPool"},
     {"com.microsoft.NhwcConv", "Conv"},
     {"com.microsoft.NhwcFusedConv", "com.microsoft.FusedConv"}}};

/// Dimensions of what the operator reads: two more than its window has, else those of a picture.
std::size_t rank_of(const GraphNode& node) {
    const auto window = node.lists.find("kernel_shape");
    constexpr std::size_t picture = 4;
    return window == node.lists.end() ? picture : window->second.size() + 2;
}

/// A turn that exists only because of how the values lie: onnx_layers.cpp takes it for a view.
GraphNode turn(const GraphNode& node, bool to_first, std::string from, std::string to) {
    const auto rank = static_cast<Count>(rank_of(node));
    GraphNode out;
    out.name = to;
    out.op = "Transpose";
    out.written_op = node.op;
    out.repeats = node.repeats;
    out.inputs = {std::move(from)};
    out.outputs = {std::move(to)};
    auto& order = out.lists["perm"];
    order = to_first ? Dimensions{0, rank - 1} : Dimensions{0};
    for (Count i = to_first ? 1 : 2; i < (to_first ? rank - 1 : rank); ++i)
        order.push_back(i);
    if (!to_first) order.push_back(1);
    return out;
}

/// The operator with its channels first between two turns. `pictures` are the inputs that lie so.
std::vector<GraphNode> between_turns(const GraphNode& node, std::string_view op,
                                     std::initializer_list<std::size_t> pictures) {
    std::vector<GraphNode> out;
    GraphNode inner = node;
    inner.op = std::string(op);
    inner.numbers.erase("channels_last");
    const std::string made = node.outputs.front();
    for (const std::size_t i : pictures) {
        if (i >= node.inputs.size() || node.inputs[i].empty()) continue;
        inner.inputs[i] = fmt::format("{}#first{}", made, i);
        out.push_back(turn(node, true, node.inputs[i], inner.inputs[i]));
    }
    inner.outputs = {made + "#last"};
    auto plain = in_plain_operators(inner);
    for (auto& step : plain)
        if (step.written_op.empty() || step.written_op == inner.op) step.written_op = node.op;
    out.insert(out.end(), plain.begin(), plain.end());
    out.push_back(turn(node, false, inner.outputs.front(), made));
    return out;
}

/// Out of blocks: without the channels that filled the last one up.
std::vector<GraphNode> out_of_blocks(const GraphNode& node) {
    GraphNode cut = node;
    cut.written_op = node.op;
    cut.op = "Slice";
    cut.numbers.clear();
    cut.lists = {{"starts", {0}}, {"ends", {node.number("channels", largest_dimension)}}, {"axes", {1}}};
    if (node.number("channels_last", 0) == 0) return {cut};
    const std::string made = node.outputs.front();
    cut.outputs = {made + "#first"};
    return {cut, turn(node, false, made + "#first", made)};
}

std::vector<GraphNode> out_of_blocked(const GraphNode& node) {
    const auto op = std::string_view(node.op).substr(blocked.size());
    if (op == "ReorderOutput") return out_of_blocks(node);
    if (op == "ReorderInput" && node.number("channels_last", 0) != 0)
        return {turn(node, true, node.inputs.front(), node.outputs.front())};
    GraphNode same = node;
    same.written_op = node.op;
    same.op = op == "ReorderInput" ? "Identity" : std::string(op);
    if (op == "Upsample")
        if (const auto scales = same.lists.find("scales"); scales != same.lists.end()) {
            same.real_lists["scales"].assign(scales->second.begin(), scales->second.end());
            same.lists.erase("scales");
        }
    if (op != "Conv" || node.inputs.size() < 4 || node.inputs[3].empty()) return {same};
    GraphNode sum = same; // what skips the layer is added
    sum.name += "#sum";
    sum.op = "Add";
    sum.inputs = {node.outputs.front() + "#product", node.inputs[3]};
    same.inputs.resize(3);
    same.outputs = {node.outputs.front() + "#product"};
    return {same, sum};
}

} // namespace

std::vector<GraphNode> in_plain_layout(const GraphNode& node) {
    if (node.inputs.empty() || node.outputs.empty()) return {};
    if (node.op.starts_with(blocked)) return out_of_blocked(node);
    const auto last =
        std::ranges::find(channels_last_operators, node.op, &std::pair<std::string_view, std::string_view>::first);
    if (last != channels_last_operators.end()) return between_turns(node, last->second, {0, 3});
    if (node.op.starts_with("com.microsoft.QLinear") && node.number("channels_last", 0) != 0)
        return between_turns(node, node.op, {0});
    return {};
}

} // namespace autarky::compute
