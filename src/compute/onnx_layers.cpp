// autarky: layers of an ONNX graph.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx_graph.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "compute/onnx_operators.hpp"

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
            report(node, "E0712", fmt::format("the shape of '{}' is unknown", made.unknown_value));
            return;
        }
        std::string wrong = made.error.empty() ? shape_error(made.layer.shape) : made.error;
        if (wrong.empty() && made.layer.parallel < 1) wrong = "its batch is empty";
        if (!wrong.empty()) {
            report(node, "E0711", std::move(wrong));
            return;
        }
        made.layer.name = node.name;
        // weights that another layer has already brought are not counted again
        if (!made.weights.empty() && !counted_weights_.insert(made.weights).second) made.layer.weight_sets = 0;
        network_.layers.push_back(std::move(made.layer));
    }

    void report(const GraphNode& node, const char* code, std::string what) {
        diagnostics_.error({file_, 0, 0, 1}, code, fmt::format("node '{}' ({}): {}", node.name, node.op, what));
    }

    const OnnxGraph& graph_;
    const std::string& file_;
    Diagnostics& diagnostics_;
    Network network_;
    std::set<std::string> counted_weights_;
};

} // namespace

Network layers_of(const OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics) {
    return Converter(graph, file, diagnostics).convert();
}

} // namespace autarky::compute
