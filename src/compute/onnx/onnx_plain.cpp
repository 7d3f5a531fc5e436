// autarky: operators of com.microsoft and quantised ones, written in the plain operators that they are made of.
// SPDX-License-Identifier: Apache-2.0
//
// What a runtime's optimiser fuses is taken apart again: a plain file, its quantised form and its optimised one then
// count the same. Sources: ONNX Runtime, docs/ContribOperators.md of release 1.31; ONNX operator set 28.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compute/onnx/onnx_graph.hpp"

namespace autarky::compute {
namespace {

constexpr int none = -1;

/// `op` is `as` of the inputs at `inputs`, then the sum with the bias at `bias`, then `behind`.
struct Rewriting {
    std::string_view op, as;
    std::array<int, 3> inputs{0, none, none};
    int bias = none;
    std::string_view behind{};
};
constexpr std::array rewritings{
    Rewriting{"QLinearConv", "Conv", {0, 3, 8}},
    Rewriting{"ConvInteger", "Conv", {0, 1, none}},
    Rewriting{"QLinearMatMul", "MatMul", {0, 3, none}},
    Rewriting{"MatMulInteger", "MatMul", {0, 1, none}},
    Rewriting{"SimplifiedLayerNormalization", "RMSNormalization", {0, 1, none}},
    Rewriting{"Scatter", "ScatterElements", {0, 1, 2}},
    Rewriting{"com.microsoft.QLinearConv", "Conv", {0, 3, 8}},
    Rewriting{"com.microsoft.FusedConv", "Conv", {0, 1, 2}, 3},
    Rewriting{"com.microsoft.ConvTransposeWithDynamicPads", "ConvTranspose", {0, 1, 3}},
    Rewriting{"com.microsoft.FusedMatMul", "MatMul", {0, 1, none}},
    Rewriting{"com.microsoft.TransposeMatMul", "MatMul", {0, 1, none}},
    Rewriting{"com.microsoft.FusedMatMulActivation", "MatMul", {0, 1, none}},
    Rewriting{"com.microsoft.MatMulInteger16", "MatMul", {0, 1, none}},
    Rewriting{"com.microsoft.MatMulIntegerToFloat", "MatMul", {0, 1, none}, 6},
    Rewriting{"com.microsoft.DynamicQuantizeMatMul", "MatMul", {0, 1, none}, 4},
    Rewriting{"com.microsoft.GemmFastGelu", "MatMul", {0, 1, none}, 2, "Gelu"},
    Rewriting{"com.microsoft.FusedGemm", "Gemm", {0, 1, 2}},
    Rewriting{"com.microsoft.GemmFloat8", "Gemm", {0, 1, 2}},
    Rewriting{"com.microsoft.QGemm", "Gemm", {0, 3, 6}},
    Rewriting{"com.microsoft.QLinearAdd", "Add", {0, 3, none}},
    Rewriting{"com.microsoft.QLinearMul", "Mul", {0, 3, none}},
    Rewriting{"com.microsoft.QLinearWhere", "Where", {0, 1, 4}},
    Rewriting{"com.microsoft.QLinearSigmoid", "Sigmoid"},
    Rewriting{"com.microsoft.QLinearLeakyRelu", "LeakyRelu"},
    Rewriting{"com.microsoft.QLinearSoftmax", "Softmax"},
    Rewriting{"com.microsoft.QLinearReduceMean", "ReduceMean"},
    Rewriting{"com.microsoft.BiasGelu", "Add", {0, 1, none}, none, "Gelu"},
    Rewriting{"com.microsoft.FastGelu", "Gelu"},
    Rewriting{"com.microsoft.QuickGelu", "Gelu"},
    Rewriting{"com.microsoft.Gelu", "Gelu"},
    Rewriting{"com.microsoft.BiasSoftmax", "Add", {0, 1, none}, none, "Softmax"},
    Rewriting{"com.microsoft.BiasAdd", "Add", {0, 1, none}, 2},
    Rewriting{"com.microsoft.BiasDropout", "Add", {0, 1, none}, 2},
    Rewriting{"com.microsoft.QuantizeLinear", "QuantizeLinear", {0, 1, 2}},
    Rewriting{"com.microsoft.DequantizeLinear", "DequantizeLinear", {0, 1, 2}},
    Rewriting{"com.microsoft.Trilu", "Trilu", {0, 1, none}},
    Rewriting{"com.microsoft.GatherND", "GatherND", {0, 1, none}},
    Rewriting{"com.microsoft.Range", "Range", {0, 1, 2}},
    Rewriting{"com.microsoft.Pad", "Pad", {0, 1, 2}},
    Rewriting{"com.microsoft.ExpandDims", "Unsqueeze", {0, 1, none}},
    Rewriting{"com.microsoft.IsAllFinite", "IsNaN"},
};

std::string input_at(const GraphNode& node, int i) {
    return i >= 0 && static_cast<std::size_t>(i) < node.inputs.size() ? node.inputs[static_cast<std::size_t>(i)]
                                                                      : std::string{};
}

std::vector<std::string> first_output(const GraphNode& node) {
    return node.outputs.empty() ? std::vector<std::string>{} : std::vector<std::string>{node.outputs.front()};
}

/// A step on the way to the node's own output.
GraphNode step(const GraphNode& node, std::string_view op, std::vector<std::string> inputs) {
    GraphNode out = node;
    out.written_op = node.op;
    out.op = std::string(op);
    while (!inputs.empty() && inputs.back().empty())
        inputs.pop_back();
    out.inputs = std::move(inputs);
    return out;
}

/// Steps one behind the other: each but the last gets a value of its own to make.
std::vector<GraphNode> chained(std::vector<GraphNode> steps) {
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        auto made = fmt::format("{}#{}", steps[i].outputs.empty() ? steps[i].name : steps[i].outputs.front(), i + 1);
        std::vector<std::string> inputs{made};
        for (auto& input : steps[i + 1].inputs)
            inputs.push_back(std::move(input));
        steps[i + 1].inputs = std::move(inputs);
        steps[i].name += fmt::format("#{}", i + 1);
        steps[i].outputs = {std::move(made)};
    }
    return steps;
}

std::vector<GraphNode> rewritten(const GraphNode& node, const Rewriting& rule) {
    std::vector<std::string> inputs;
    for (const int i : rule.inputs)
        inputs.push_back(input_at(node, i));
    std::vector<GraphNode> steps{step(node, rule.as, std::move(inputs))};
    if (!input_at(node, rule.bias).empty()) steps.push_back(step(node, "Add", {input_at(node, rule.bias)}));
    if (!rule.behind.empty()) steps.push_back(step(node, rule.behind, {}));
    return chained(std::move(steps));
}

/// The sum with what skips the layer, and a bias, then a normalisation of the sum.
std::vector<GraphNode> skip_normalisation(const GraphNode& node, bool simplified) {
    auto sum = step(node, "Add", {input_at(node, 0), input_at(node, 1)});
    const auto bias = input_at(node, simplified ? 3 : 4);
    std::vector<GraphNode> steps{std::move(sum)};
    if (!bias.empty()) steps.push_back(step(node, "Add", {bias}));
    auto norm = step(node, simplified ? "RMSNormalization" : "LayerNormalization",
                     {input_at(node, 2), simplified ? std::string{} : input_at(node, 3)});
    norm.outputs = first_output(node);
    steps.push_back(std::move(norm));
    auto all = chained(std::move(steps));
    if (node.outputs.size() > 3 && !node.outputs[3].empty()) { // the sum itself is a further output
        auto copy = step(node, "Identity", {all[all.size() - 2].outputs.front()});
        copy.outputs = {node.outputs[3]};
        all.push_back(std::move(copy));
    }
    return all;
}

/// Every third input, from the third on, is a part; its scale and zero point follow.
GraphNode quantised_concat(const GraphNode& node) {
    std::vector<std::string> parts;
    for (std::size_t i = 2; i < node.inputs.size(); i += 3)
        parts.push_back(node.inputs[i]);
    return step(node, "Concat", std::move(parts));
}

/// Words, segments and positions are looked up and added, then normalised.
std::vector<GraphNode> embedding(const GraphNode& node) {
    std::vector<GraphNode> out;
    std::string sum;
    const auto add = [&](const std::string& table, const std::string& rows, int number) {
        auto picked = step(node, "Gather", {table, rows});
        picked.name += fmt::format("#{}", number);
        picked.outputs = {fmt::format("{}#table{}", node.outputs.front(), number)};
        const auto found = picked.outputs.front();
        out.push_back(std::move(picked));
        if (sum.empty()) {
            sum = found;
            return;
        }
        auto both = step(node, "Add", {sum, found});
        both.name += fmt::format("#sum{}", number);
        sum = fmt::format("{}#sum{}", node.outputs.front(), number);
        both.outputs = {sum};
        out.push_back(std::move(both));
    };
    const auto words = input_at(node, 0), segments = input_at(node, 1), places = input_at(node, 8);
    add(input_at(node, 2), words, 1);
    add(input_at(node, 3), places.empty() ? words : places, 2);
    if (!segments.empty() && !input_at(node, 4).empty()) add(input_at(node, 4), segments, 3);
    auto norm = step(node, "LayerNormalization", {sum, input_at(node, 5), input_at(node, 6)});
    norm.outputs = first_output(node);
    out.push_back(std::move(norm));
    return out;
}

/// The weights lie with their gates last: [directions, inputs, gates].
GraphNode quantised_lstm(const GraphNode& node) {
    std::vector<std::string> inputs = node.inputs;
    constexpr std::size_t of_lstm = 8; // scales and zero points follow
    if (inputs.size() > of_lstm) inputs.erase(inputs.begin() + of_lstm, inputs.end());
    auto out = step(node, "LSTM", std::move(inputs));
    out.numbers["gates_last"] = 1;
    return out;
}

} // namespace

std::vector<GraphNode> in_plain_operators(const GraphNode& node) {
    if (auto steps = in_plain_layout(node); !steps.empty()) return steps;
    const auto rule = std::ranges::find(rewritings, node.op, &Rewriting::op);
    if (rule != rewritings.end()) return rewritten(node, *rule);
    if (node.op == "com.microsoft.SkipLayerNormalization") return skip_normalisation(node, false);
    if (node.op == "com.microsoft.SkipSimplifiedLayerNormalization") return skip_normalisation(node, true);
    if (node.op == "com.microsoft.QLinearConcat") return {quantised_concat(node)};
    if (node.op == "com.microsoft.DynamicQuantizeLSTM") return {quantised_lstm(node)};
    if (node.op == "com.microsoft.EmbedLayerNormalization" && !node.outputs.empty() && node.inputs.size() > 4)
        return embedding(node);
    if (node.op == "com.microsoft.QLinearAveragePool") return {step(node, "AveragePool", {input_at(node, 0)})};
    if (node.op == "com.microsoft.QLinearGlobalAveragePool")
        return {step(node, "GlobalAveragePool", {input_at(node, 0)})};
    return {node};
}

} // namespace autarky::compute
