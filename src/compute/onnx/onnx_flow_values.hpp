// autarky: values of an ONNX graph as it is run through: names inside nodes, shapes, contents.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compute/onnx/onnx_graph.hpp"
#include "compute/onnx/onnx_operators.hpp"
#include "compute/onnx/onnx_shape_rules.hpp"

namespace autarky::compute {

/// What the names of a graph are called in the one graph that all become.
struct Scope {
    std::unordered_map<std::string, std::string> own{};
    const Scope* outer = nullptr;

    [[nodiscard]] const std::string& operator()(const std::string& name) const {
        for (const auto* scope = this; scope != nullptr; scope = scope->outer)
            if (const auto found = scope->own.find(name); found != scope->own.end()) return found->second;
        return name;
    }
};

using Nodes = std::vector<GraphNode>;

inline bool sizes_in_range(const Dimensions& d) {
    return std::ranges::all_of(d, [](Count size) { return size >= 0 && size <= largest_dimension; });
}

/// A window may not start in the padding; files made before that was said count one that does.
inline bool counts_window_in_padding(const GraphNode& node, const Dimensions& made, const Dimensions& declared) {
    if (node.number("ceil_mode", 0) == 0 || made.size() != declared.size()) return false;
    for (std::size_t i = 0; i < made.size(); ++i)
        if (declared[i] != made[i] && declared[i] != made[i] + 1) return false;
    return true;
}

/// The graph that is made, and what is known of its values.
class FlowValues {
protected:
    explicit FlowValues(const FlowRequest& request) : request_(request) {}

    void remark(std::string text) {
        if (std::ranges::find(graph_.remarks, text) == graph_.remarks.end()) graph_.remarks.push_back(std::move(text));
    }
    void error(const GraphNode& node, const char* code, const std::string& what, std::string hint = {}) {
        request_.diagnostics.error({request_.file, 0, 0, 1}, code,
                                   fmt::format("node '{}' ({}): {}", node.name, node.shown_op(), what),
                                   std::move(hint));
    }

    /// Stored values and declared shapes of a graph, its names led by `prefix`.
    void add_values(const Body& body, const std::string& prefix) {
        for (const auto& value : body.stored) {
            const auto name = prefix + value.name;
            graph_.constants.insert(name);
            if (value.external) graph_.external.insert(name);
            if (value.shape) graph_.shapes[name] = *value.shape;
            if (value.integers) graph_.integers[name] = *value.integers;
            if (value.reals) graph_.reals[name] = *value.reals;
            graph_.stored[name] = {&body, value.name, value.shape ? elements_of(*value.shape) : 0, value.kind,
                                   value.bits};
        }
        for (const auto& [name, shape] : body.declared)
            graph_.declared.emplace(prefix + name, shape);
    }

    /// The names of a graph inside `node`; its inputs are the caller's to name.
    Scope enter(const Body& body, const GraphNode& node, const Scope& outer, bool captures) {
        auto prefix = node.name + "/";
        for (int again = 2; !prefixes_.insert(prefix).second; ++again)
            prefix = fmt::format("{}#{}/", node.name, again);
        Scope scope;
        if (captures) scope.outer = &outer;
        for (const auto& value : body.stored)
            scope.own[value.name] = prefix + value.name;
        for (const auto& name : body.inputs)
            scope.own[name] = prefix + name;
        for (const auto& made : body.nodes)
            for (const auto& output : made.outputs)
                if (!output.empty()) scope.own[output] = prefix + output;
        add_values(body, prefix);
        return scope;
    }

    static void rename(GraphNode& node, const Scope& scope) {
        for (auto* names : {&node.inputs, &node.outputs})
            for (auto& name : *names)
                if (!name.empty()) name = scope(name);
        if (const auto slash = node.outputs.empty() ? std::string::npos : node.outputs.front().rfind('/');
            slash != std::string::npos && node.name.find('/') == std::string::npos)
            node.name = node.outputs.front().substr(0, slash + 1) + node.name;
    }

    void pass(const GraphNode& node, Nodes& into) {
        for (auto& plain : in_plain_operators(node)) {
            const auto is_constant = [this](const auto& input) {
                return input.empty() || graph_.constants.contains(input);
            };
            const bool constant = std::ranges::all_of(plain.inputs, is_constant) &&
                                  std::ranges::any_of(plain.inputs, [](const auto& input) { return !input.empty(); });
            if (follow_content(graph_, plain) || constant)
                graph_.constants.insert(plain.outputs.begin(), plain.outputs.end());
            for (std::size_t i = 0; i < plain.outputs.size(); ++i)
                if (!plain.outputs[i].empty()) set_shape(plain, i);
            into.push_back(std::move(plain));
        }
    }

    void set_shape(const GraphNode& node, std::size_t i) {
        const auto& value = node.outputs[i];
        auto made = output_shape(graph_, node, i);
        if (made && std::ranges::find(*made, -1) != made->end()) made = closed(value, *made);
        const auto declared = graph_.declared.find(value);
        const bool is_declared = declared != graph_.declared.end();
        if (!made || !sizes_in_range(*made)) {
            if (is_declared) graph_.shapes.emplace(value, declared->second);
            return;
        }
        if (is_declared && declared->second != *made) compare(node, value, *made, declared->second);
        graph_.shapes[value] = std::move(*made);
    }
    /// Gives the sizes that data decide.
    std::optional<Dimensions> closed(const std::string& value, Dimensions sizes) {
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            if (sizes[i] >= 0) continue;
            const auto key = fmt::format("{}[{}]", value, i);
            const auto given = request_.open_dimensions.find(key);
            if (given == request_.open_dimensions.end()) {
                graph_.open_sizes.emplace(value, key);
                return std::nullopt;
            }
            if (request_.used != nullptr) request_.used->insert(key);
            sizes[i] = given->second;
        }
        return sizes;
    }
    void compare(const GraphNode& node, const std::string& value, const Dimensions& made, const Dimensions& declared) {
        const bool says_nothing = declared.empty(); // as some exporters declare what they do not know
        const bool inside =
            value.find('/') != std::string::npos && prefixes_.contains(value.substr(0, value.rfind('/') + 1));
        if (says_nothing || inside || operator_kind(node.op) == OperatorKind::unknown) return;
        if (counts_window_in_padding(node, made, declared))
            remark(fmt::format("'{}' is declared as {}; a window may not start in the padding, so it is {}", value,
                               fmt::join(declared, "x"), fmt::join(made, "x")));
        else
            request_.diagnostics.error({request_.file, 0, 0, 1}, "E0714",
                                       fmt::format("node '{}' ({}) makes '{}' of shape {}, the file declares {}",
                                                   node.name, node.shown_op(), value, fmt::join(made, "x"),
                                                   fmt::join(declared, "x")));
    }

    /// `to` is the same value as `from`.
    void same(const GraphNode& node, const std::string& from, const std::string& to, Nodes& into) {
        GraphNode identity;
        identity.name = node.name;
        identity.op = "Identity";
        identity.inputs = {from};
        identity.outputs = {to};
        identity.repeats = node.repeats;
        pass(identity, into);
    }
    /// The content of a value is other at another time.
    void forget_content(const std::string& value) {
        graph_.integers.erase(value);
        graph_.reals.erase(value);
        graph_.constants.erase(value);
    }

    std::optional<double> number_in(const GraphNode& node, std::size_t i) const {
        if (i >= node.inputs.size()) return std::nullopt;
        if (const auto found = graph_.integers.find(node.inputs[i]);
            found != graph_.integers.end() && found->second.size() == 1)
            return static_cast<double>(found->second[0]);
        const auto found = graph_.reals.find(node.inputs[i]);
        return found != graph_.reals.end() && found->second.size() == 1 ? std::optional{found->second[0]}
                                                                        : std::nullopt;
    }

    const FlowRequest& request_;
    OnnxGraph graph_;
    std::set<std::string> prefixes_;
    std::size_t n_passed_ = 0;
};

} // namespace autarky::compute
