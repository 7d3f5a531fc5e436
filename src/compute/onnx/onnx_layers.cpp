// autarky: layers of an ONNX graph.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_graph.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "compute/onnx/onnx_operators.hpp"

namespace autarky::compute {
namespace {

class Converter {
public:
    Converter(const OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics)
        : graph_(graph), file_(file), diagnostics_(diagnostics) {}

    Network convert() {
        network_.name = graph_.name;
        network_.source = file_;
        for (const auto& node : graph_.nodes)
            for (const auto& output : node.outputs)
                makers_.emplace(output, &node);
        for (const auto& node : graph_.nodes)
            add(node);
        return std::move(network_);
    }

private:
    void add(const GraphNode& node) {
        const auto kind = operator_kind(node.op);
        if (kind == OperatorKind::unknown) {
            ++network_.unsupported[node.op];
            return;
        }
        const bool on_constants = std::ranges::all_of(node.outputs, [this](const std::string& output) {
            return output.empty() || graph_.constants.contains(output);
        });
        if (kind == OperatorKind::view || on_constants) return;
        OperatorLayer made = operator_layer(node, kind, graph_);
        if (!made.unknown_value.empty()) {
            report_unknown(node, made.unknown_value);
            return;
        }
        std::string wrong = made.error.empty() ? shape_error(made.layer.shape) : made.error;
        if (wrong.empty() && made.layer.parallel < 1) wrong = "its batch is empty";
        if (!wrong.empty()) {
            report(node, "E0711", wrong);
            return;
        }
        made.layer.name = node.name;
        // weights that another layer has already brought are not counted again
        const bool again = !made.weights.empty() && !counted_weights_.insert(made.weights).second;
        if (again) made.layer.weight_sets = 0;
        network_.layers.push_back(std::move(made.layer));
        for (auto& further : made.more) {
            further.name = node.name + "." + further.name;
            if (again) further.weight_sets = 0;
            network_.layers.push_back(std::move(further));
        }
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

    /// Once for each origin: what follows from it is no news.
    void report_unknown(const GraphNode& node, const std::string& value) {
        const auto* origin = origin_of(value);
        if (origin != nullptr && !reported_.insert(origin).second) return;
        const auto hint = origin == nullptr ? std::string{} : reason_of(*origin) + "; ";
        report(node, "E0712", fmt::format("the shape of '{}' is unknown", value),
               hint + "declare the shapes of its values in the file, e.g. by onnx.shape_inference.infer_shapes");
    }

    std::string reason_of(const GraphNode& node) const {
        const auto who = fmt::format("'{}' ({})", node.name, node.op);
        if (operator_kind(node.op) == OperatorKind::unknown) return who + " is no operator that is known here";
        for (const auto& input : node.inputs)
            if (graph_.external.contains(input))
                return fmt::format("{} needs the content of '{}', which is in a file beside the model", who, input);
        return who + " makes a shape that depends on more than constants and shapes";
    }

    void report(const GraphNode& node, const char* code, const std::string& what, std::string hint = {}) {
        diagnostics_.error({file_, 0, 0, 1}, code, fmt::format("node '{}' ({}): {}", node.name, node.op, what),
                           std::move(hint));
    }

    const OnnxGraph& graph_;
    const std::string& file_;
    Diagnostics& diagnostics_;
    Network network_;
    std::set<std::string> counted_weights_;
    std::map<std::string, const GraphNode*> makers_; ///< by what they make
    std::set<const GraphNode*> reported_;
};

} // namespace

Network layers_of(const OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics) {
    return Converter(graph, file, diagnostics).convert();
}

} // namespace autarky::compute
