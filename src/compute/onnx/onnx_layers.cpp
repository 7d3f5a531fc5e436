// autarky: layers of an ONNX graph.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "compute/onnx/onnx_graph.hpp"
#include "compute/onnx/onnx_operators.hpp"
#include "compute/onnx/onnx_weights.hpp"

namespace autarky::compute {
namespace {

bool is_constant(const OnnxGraph& graph, const GraphNode& node) {
    return std::ranges::all_of(node.outputs, [&graph](const std::string& output) {
        return output.empty() || graph.constants.contains(output);
    });
}

/// A turn of the channels that a runtime's operator asks for is how its neighbours read and write, and no work.
OperatorKind kind_of(const GraphNode& node) {
    const bool only_lies_so = node.op == "Transpose" && !node.written_op.empty();
    return only_lies_so ? OperatorKind::view : operator_kind(node.op);
}

class Converter {
public:
    Converter(const OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics)
        : graph_(graph), file_(file), diagnostics_(diagnostics), learned_(graph) {}

    Network convert() {
        network_.name = graph_.name;
        network_.source = file_;
        network_.remarks = graph_.remarks;
        for (const auto& node : graph_.nodes)
            for (const auto& output : node.outputs)
                makers_.emplace(output, &node);
        const auto live = live_nodes();
        for (const auto& node : graph_.nodes)
            if (live.contains(&node)) add(node);
        for (const auto* node : left_out_) // what a counted layer also reads is counted there
            for (const auto& input : node->inputs)
                if (operator_kind(node->op) != OperatorKind::named) // windows and settings are no weights
                    network_.uncounted_weights = sum(network_.uncounted_weights, learned_.bring_operand(input));
        if (!diagnostics_.has_errors()) refuse_nothing();
        return std::move(network_);
    }

private:
    /// Nodes that an output of the model needs: what only a shape is asked of is never made. All, where no output is stated.
    [[nodiscard]] std::set<const GraphNode*> live_nodes() const {
        std::set<const GraphNode*> live;
        auto wanted = graph_.wanted;
        for (auto node = graph_.nodes.rbegin(); node != graph_.nodes.rend(); ++node) {
            const bool is_wanted = graph_.wanted.empty() || std::ranges::any_of(node->outputs, [&](const auto& output) {
                                       return wanted.contains(output);
                                   });
            if (!is_wanted) continue;
            live.insert(&*node);
            if (!is_constant(graph_, *node)) wanted.insert(node->inputs.begin(), node->inputs.end());
        }
        return live;
    }

    void add(const GraphNode& node) {
        const auto kind = kind_of(node);
        const bool stranger = kind == OperatorKind::unknown || kind == OperatorKind::named;
        if (kind == OperatorKind::view || is_constant(graph_, node) || node.repeats == 0) return;
        OperatorLayer made = stranger ? OperatorLayer{} : operator_layer(node, kind, graph_);
        if (made.is_empty) return;
        network_.nodes = sum(network_.nodes, 1);
        if (stranger) return leave_out(node, node.shown_op());
        if (!made.unknown_value.empty()) return without_shape(node, made.unknown_value);
        std::string wrong = made.error.empty() ? shape_error(made.layer.shape) : made.error;
        for (const auto& further : made.more)
            if (wrong.empty()) wrong = shape_error(further.shape);
        if (wrong.empty() && made.layer.parallel < 1) wrong = "its batch is empty";
        if (!wrong.empty()) return report(node, "E0711", wrong);
        Count stored = 0;
        for (const auto& value : made.learned)
            stored = sum(stored, value.is_operand ? learned_.bring_operand(value.value)
                                                  : learned_.bring(value.value, value.elements));
        made.layer.stored = stored;
        append(node, std::move(made.layer), node.name);
        for (auto& further : made.more) {
            further.stored = 0;
            auto name = node.name + "." + further.name;
            append(node, std::move(further), std::move(name));
        }
    }
    void append(const GraphNode& node, Layer layer, std::string name) {
        layer.name = std::move(name);
        layer.repeats = product(layer.repeats, node.repeats);
        network_.layers.push_back(std::move(layer));
    }
    void leave_out(const GraphNode& node, const std::string& name) {
        network_.unsupported[name] = sum(network_.unsupported[name], 1);
        left_out_.push_back(&node);
    }

    /// The node behind which shapes are no longer known: the first one up the graph whose own inputs have shapes.
    const GraphNode* origin_of(std::string value) {
        for (std::size_t steps = 0; steps <= graph_.nodes.size(); ++steps) {
            const auto found = makers_.find(value);
            if (found == makers_.end()) return nullptr;
            const auto& maker = *found->second;
            const auto unknown = std::ranges::find_if(maker.inputs, [this](const std::string& input) {
                return !input.empty() && graph_.shape(input) == nullptr;
            });
            if (unknown == maker.inputs.end() || operator_kind(maker.op) == OperatorKind::unknown) return &maker;
            value = *unknown;
        }
        return nullptr;
    }

    /// What stands behind an operator that is not known is left out with it; what only a size is missing for is asked,
    /// once for each origin: what follows from it is no news.
    void without_shape(const GraphNode& node, const std::string& value) {
        const auto* origin = origin_of(value);
        if (origin != nullptr && operator_kind(origin->op) == OperatorKind::unknown)
            return leave_out(node, fmt::format("{} (behind {})", node.shown_op(), origin->shown_op()));
        if (origin != nullptr && !reported_.insert(origin).second) return;
        const auto what = fmt::format("the shape of '{}' is unknown", value);
        if (origin == nullptr)
            return report(node, "E0712", what,
                          fmt::format("{}; {}", "no node and no input with a shape gives it", declare));
        for (const auto& output : origin->outputs)
            if (const auto open = graph_.open_sizes.find(output); open != graph_.open_sizes.end())
                return report(node, "E0712", what,
                              fmt::format("'{}' ({}) makes as many values as its data say; give a size: --dimension "
                                          "'{}=100'",
                                          origin->name, origin->shown_op(), open->second));
        report(node, "E0712", what, fmt::format("{}; {}", reason_of(*origin), declare));
    }
    static constexpr const char* declare =
        "declare the shapes of its values in the file, e.g. by onnx.shape_inference.infer_shapes";

    std::string reason_of(const GraphNode& node) const {
        const auto who = fmt::format("'{}' ({})", node.name, node.shown_op());
        for (const auto& input : node.inputs)
            if (graph_.external.contains(input))
                return fmt::format("{} needs the content of '{}', which is in a file beside the model", who, input);
        return who + " makes a shape that depends on more than constants and shapes";
    }

    void report(const GraphNode& node, const char* code, const std::string& what, std::string hint = {}) {
        diagnostics_.error({file_, 0, 0, 1}, code, fmt::format("node '{}' ({}): {}", node.name, node.shown_op(), what),
                           std::move(hint));
    }

    /// A count of nothing is no answer.
    void refuse_nothing() {
        const bool products_missing = macs(network_) == 0 && network_.uncounted_weights > 0;
        if (!network_.layers.empty() && !products_missing) return;
        const auto left = uncounted_text(network_);
        diagnostics_.error({file_, 0, 0, 1}, "E0715",
                           left.empty() ? "the model has no work to count: every node is a view or on constants"
                                        : fmt::format("nothing of its products can be counted; {}", left),
                           left.empty() ? "" : "operators that are read: docs/model/onnx.md");
    }

    const OnnxGraph& graph_;
    const std::string& file_;
    Diagnostics& diagnostics_;
    Network network_;
    LearnedValues learned_;
    std::vector<const GraphNode*> left_out_;
    std::map<std::string, const GraphNode*> makers_; ///< by what they make
    std::set<const GraphNode*> reported_;
};

} // namespace

Network layers_of(const OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics) {
    return Converter(graph, file, diagnostics).convert();
}

Work work_of(const OnnxGraph& graph, const std::vector<GraphNode>& nodes) {
    Work work;
    for (const auto& node : nodes) {
        const auto kind = kind_of(node);
        if (kind == OperatorKind::view || kind == OperatorKind::named || kind == OperatorKind::unknown ||
            is_constant(graph, node))
            continue;
        auto made = operator_layer(node, kind, graph);
        if (made.is_empty || !made.unknown_value.empty() || !made.error.empty()) continue;
        made.more.push_back(std::move(made.layer));
        for (const auto& layer : made.more) {
            if (!shape_error(layer.shape).empty()) continue;
            const Count times = product(layer.executions(), node.repeats);
            work.macs = sum(work.macs, product(macs_once(layer.shape), times));
            work.vector_operations = sum(work.vector_operations, product(vector_operations(layer.shape), times));
        }
    }
    return work;
}

} // namespace autarky::compute
