// autarky: the part of an ONNX graph that layers are made from: operators, shapes, what is constant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compute/network/network.hpp"
#include "core/diagnostics.hpp"

namespace autarky::compute {

using Dimensions = std::vector<Count>;

struct GraphNode {
    std::string name; ///< its own, or that of its first output
    std::string op;   ///< "Conv"; with its domain where that is not ONNX's own ("com.microsoft.Attention")
    std::vector<std::string> inputs, outputs;
    std::map<std::string, Dimensions> lists;
    std::map<std::string, std::vector<double>> real_lists;
    std::map<std::string, Count> numbers;
    std::map<std::string, std::string> texts;
    bool has_value = false; ///< an attribute "value", of any kind

    [[nodiscard]] Count number(const std::string& key, Count fallback) const {
        const auto found = numbers.find(key);
        return found == numbers.end() ? fallback : found->second;
    }
};

struct OnnxGraph {
    std::string name;
    std::vector<GraphNode> nodes;                     ///< every node behind those that it reads from
    std::map<std::string, Dimensions> shapes;         ///< of values whose every dimension is known
    std::map<std::string, Dimensions> integers;       ///< content of short constant lists of whole numbers
    std::map<std::string, std::vector<double>> reals; ///< content of short constant lists of numbers
    std::set<std::string> constants;                  ///< values that no input of the graph reaches but by its shape
    std::set<std::string> external;                   ///< constants whose content is in a file beside the model

    [[nodiscard]] const Dimensions* shape(const std::string& value) const {
        const auto found = shapes.find(value);
        return found == shapes.end() ? nullptr : &found->second;
    }
};

/// Longest list whose content is followed, such as the target of a Reshape.
inline constexpr std::size_t longest_content = 64;
inline constexpr Count largest_dimension = Count{1} << 40;

/// Fills in the shapes of what the nodes make, in their order, from the shapes of what they read. A value whose shape does
/// not follow keeps the one that the file declares, if any; a shape that follows but differs from a declared one is a
/// diagnostic (E0714).
void infer_shapes(OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics);

/// Shape of output `i` of a node; empty: it does not follow from what is known.
std::optional<Dimensions> output_shape(const OnnxGraph& graph, const GraphNode& node, std::size_t i);
/// Remembers what a node's outputs hold, where that is a short list of numbers that follows from constants and shapes.
/// Returns whether that is so of all of them.
bool follow_content(OnnxGraph& graph, const GraphNode& node);

/// Layers of a graph. Nodes on constants and mere views are left out; operators that are not known are counted by name in
/// Network::unsupported. A node whose shapes are unknown or make no sense is a diagnostic.
Network layers_of(const OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics);

} // namespace autarky::compute
