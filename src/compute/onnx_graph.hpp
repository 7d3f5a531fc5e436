// autarky: the part of an ONNX graph that layers are made from: operators, shapes, what is constant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compute/network.hpp"
#include "core/diagnostics.hpp"

namespace autarky::compute {

using Dimensions = std::vector<Count>;

struct GraphNode {
    std::string name; ///< its own, or that of its first output
    std::string op;   ///< "Conv"; with its domain where that is not ONNX's own ("com.microsoft.Attention")
    std::vector<std::string> inputs, outputs;
    std::map<std::string, Dimensions> lists;
    std::map<std::string, Count> numbers;
    std::map<std::string, std::string> texts;

    [[nodiscard]] Count number(const std::string& key, Count fallback) const {
        const auto found = numbers.find(key);
        return found == numbers.end() ? fallback : found->second;
    }
};

struct OnnxGraph {
    std::string name;
    std::vector<GraphNode> nodes;             ///< every node behind those that it reads from
    std::map<std::string, Dimensions> shapes; ///< of values whose every dimension is known
    std::set<std::string> constants;          ///< values that no input of the graph reaches

    [[nodiscard]] const Dimensions* shape(const std::string& value) const {
        const auto found = shapes.find(value);
        return found == shapes.end() ? nullptr : &found->second;
    }
};

/// Layers of a graph. Nodes on constants and mere views are left out; operators that are not known are counted by name in
/// Network::unsupported. A node whose shapes are unknown or make no sense is a diagnostic.
Network layers_of(const OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics);

} // namespace autarky::compute
