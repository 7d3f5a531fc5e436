// autarky: learned values of an ONNX graph, each counted once however it is reached.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_weights.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compute/onnx/onnx_shape_rules.hpp"

namespace autarky::compute {
namespace {

constexpr int deepest = 256;
constexpr std::size_t most_roots = 4096;

template <std::size_t N> bool one_of(const std::array<std::string_view, N>& names, const std::string& op) {
    return std::ranges::find(names, op) != names.end();
}
constexpr std::array<std::string_view, 13> same_numbers{
    "Identity", "Transpose", "Reshape",        "Flatten",          "Squeeze", "Unsqueeze", "Cast",
    "CastLike", "BitCast",   "QuantizeLinear", "DequantizeLinear", "Expand",  "Tile"};
constexpr std::array<std::string_view, 6> parts{"Slice", "Split", "Gather", "GatherElements", "GatherND", "Trilu"};

} // namespace

LearnedValues::LearnedValues(const OnnxGraph& graph) : graph_(graph) {
    for (const auto& node : graph.nodes)
        for (const auto& output : node.outputs)
            if (graph.constants.contains(output)) makers_.emplace(output, &node);
}

const LearnedValues::Roots& LearnedValues::roots_of(const std::string& value, bool scaled, int depth) const {
    const auto key = std::pair{value, scaled};
    if (const auto known = known_roots_.find(key); known != known_roots_.end()) return known->second;
    auto found = found_roots(value, scaled, depth);
    return known_roots_.insert_or_assign(key, std::move(found)).first->second;
}

LearnedValues::Roots LearnedValues::found_roots(const std::string& value, bool scaled, int depth) const {
    if (depth > deepest || !graph_.constants.contains(value)) return {};
    const auto own_elements = [&] {
        const auto* shape = graph_.shape(value);
        return shape == nullptr ? Count{0} : elements_of(*shape);
    };
    if (const auto found = graph_.stored.find(value); found != graph_.stored.end()) {
        const auto& at = found->second;
        return {{{at.body, at.name}, at.elements, at.elements, at.kind == Stored::real || scaled}};
    }
    const auto maker = makers_.find(value);
    if (maker == makers_.end() || maker->second->inputs.empty()) return {};
    const auto& node = *maker->second;
    if (one_of(same_numbers, node.op))
        return roots_of(node.inputs[0], scaled || node.op == "DequantizeLinear", depth + 1);
    const bool is_part = one_of(parts, node.op);
    Roots of_inputs;
    for (std::size_t i = 0; i < (is_part ? 1 : node.inputs.size()) && of_inputs.size() < most_roots; ++i) {
        const auto& more = roots_of(node.inputs[i], scaled, depth + 1);
        of_inputs.insert(of_inputs.end(), more.begin(), more.end());
    }
    if (of_inputs.empty()) return {}; // from shapes alone
    if (node.op == "Concat" && of_inputs.size() < most_roots) return of_inputs;
    if (is_part && of_inputs.size() == 1) {
        of_inputs[0].part = std::min(of_inputs[0].part, own_elements());
        return of_inputs;
    }
    const bool is_real = std::ranges::any_of(of_inputs, &Root::is_real);
    const auto key = fmt::format("={:x}", formula_of(value, 0));
    return {{{nullptr, key}, own_elements(), own_elements(), is_real}};
}

std::size_t LearnedValues::formula_of(const std::string& value, int depth) const {
    if (const auto known = formulas_.find(value); known != formulas_.end()) return known->second;
    const auto hash = [](const std::string& text) { return std::hash<std::string>{}(text); };
    std::string text;
    const auto maker = makers_.find(value);
    if (const auto short_list = graph_.integers.find(value); short_list != graph_.integers.end()) {
        text = fmt::format("{}", fmt::join(short_list->second, ","));
    } else if (const auto reals = graph_.reals.find(value); reals != graph_.reals.end()) {
        text = fmt::format("{}", fmt::join(reals->second, ","));
    } else if (const auto stored = graph_.stored.find(value); stored != graph_.stored.end()) {
        text = fmt::format("{}@{}", stored->second.name, static_cast<const void*>(stored->second.body));
    } else if (maker == makers_.end() || depth > deepest) {
        text = value;
    } else {
        const auto& node = *maker->second;
        text = fmt::format("{}[{}]", node.op, std::ranges::find(node.outputs, value) - node.outputs.begin());
        for (const auto& input : node.inputs)
            text += fmt::format(" {:x}", input.empty() ? 0 : formula_of(input, depth + 1));
        for (const auto& [key, number] : node.numbers)
            text += fmt::format(" {}={}", key, number);
        for (const auto& [key, list] : node.lists)
            text += fmt::format(" {}={}", key, fmt::join(list, ","));
        for (const auto& [key, list] : node.real_lists)
            text += fmt::format(" {}={}", key, fmt::join(list, ","));
        for (const auto& [key, word] : node.texts)
            text += fmt::format(" {}={}", key, word);
    }
    if (const auto* shape = graph_.shape(value)) text += fmt::format(" {}", fmt::join(*shape, "x"));
    return formulas_[value] = hash(text);
}

Count LearnedValues::take(const Roots& roots) {
    Count total = 0;
    for (const auto& root : roots) {
        auto& brought = brought_[root.key];
        const Count fresh = std::min(root.part, root.all - std::min(root.all, brought));
        brought = sum(brought, fresh);
        total = sum(total, fresh);
    }
    return total;
}

Count LearnedValues::bring(const std::string& value, Count elements) {
    Roots roots = roots_of(value, false, 0);
    const bool is_part = std::ranges::any_of(roots, [](const Root& root) { return root.part < root.all; });
    if (is_part && !parts_.insert(value).second) return 0;
    if (elements >= 0 && roots.size() == 1) roots[0].all = roots[0].part = elements;
    return take(roots);
}

Count LearnedValues::bring_operand(const std::string& value) {
    Roots roots = roots_of(value, false, 0);
    std::erase_if(roots, [](const Root& root) { return !root.is_real || root.part <= 1; }); // one number is a setting
    const bool is_part = std::ranges::any_of(roots, [](const Root& root) { return root.part < root.all; });
    if (is_part && !parts_.insert(value).second) return 0;
    return take(roots);
}

} // namespace autarky::compute
