// autarky: the part of an ONNX graph that layers are made from: operators, shapes, what is constant.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compute/network/network.hpp"
#include "compute/onnx/onnx_reader.hpp"
#include "core/diagnostics.hpp"

namespace autarky::compute {

using Dimensions = std::vector<Count>;

struct Body;

struct GraphNode {
    std::string name; ///< its own, or that of its first output
    std::string op;   ///< "Conv"; with its domain where that is not ONNX's own ("com.microsoft.Attention")
    std::vector<std::string> inputs, outputs;
    std::map<std::string, Dimensions> lists;
    std::map<std::string, std::vector<double>> real_lists;
    std::map<std::string, Count> numbers;
    std::map<std::string, std::string> texts;
    std::map<std::string, std::shared_ptr<const Body>> bodies; ///< "then_branch", "body"; "function" of a local one
    bool has_value = false;                                    ///< an attribute "value", of any kind
    Count repeats = 1;        ///< rounds of the loops that it stands in; 0: none is made
    std::string written_op{}; ///< as the file has it, where `op` is the same in ONNX's own operators

    [[nodiscard]] Count number(const std::string& key, Count fallback) const {
        const auto found = numbers.find(key);
        return found == numbers.end() ? fallback : found->second;
    }
    [[nodiscard]] const std::string& shown_op() const { return written_op.empty() ? op : written_op; }
};

/// What kind of numbers a stored value has.
enum class Stored { real, packed, whole, other }; ///< packed: 8 bits or less, which a scale makes reals of

/// A value that the file stores.
struct StoredValue {
    std::string name;
    std::optional<Dimensions> shape;
    Stored kind = Stored::other;
    Count bits = 0;                             ///< of one element
    bool external = false;                      ///< its content is in a file beside the model
    std::optional<Dimensions> integers{};       ///< content of a short list of whole numbers
    std::optional<std::vector<double>> reals{}; ///< content of a short list of numbers
};

/// A graph, or one inside a node (a branch, the body of a loop, a local function). Nodes are in order.
struct Body {
    std::string name;
    std::vector<std::string> inputs, outputs;
    std::vector<StoredValue> stored;
    std::map<std::string, Dimensions> declared; ///< shapes that the file states in full
    std::vector<GraphNode> nodes;
};

/// Where a stored number stands in the file: two values of one number are weights that are shared.
struct StoredNumber {
    const void* body = nullptr;
    std::string name;
    Count elements = 0;
    Stored kind = Stored::other;
    Count bits = 0;
};

/// One graph without branches, loops and functions, and what is known of its values.
struct OnnxGraph {
    std::string name;
    std::vector<GraphNode> nodes;                     ///< every node behind those that it reads from
    std::map<std::string, Dimensions> shapes;         ///< of values whose every dimension is known
    std::map<std::string, Dimensions> declared;       ///< shapes that the file states in full
    std::map<std::string, Dimensions> integers;       ///< content of short constant lists of whole numbers
    std::map<std::string, std::vector<double>> reals; ///< content of short constant lists of numbers
    std::set<std::string> constants;                  ///< values that no input of the graph reaches but by its shape
    std::map<std::string, StoredNumber> stored;       ///< of `constants`, those that the file stores
    std::set<std::string> external;                   ///< constants whose content is in a file beside the model
    std::map<std::string, std::string> open_sizes;    ///< values whose size data decide, and how to give it: "y[0]"
    std::set<std::string> wanted;                     ///< outputs of the model, conditions; empty: everything is wanted
    std::vector<std::string> remarks;                 ///< choices that were made for the reader

    [[nodiscard]] const Dimensions* shape(const std::string& value) const {
        const auto found = shapes.find(value);
        return found == shapes.end() ? nullptr : &found->second;
    }
};

/// Longest list whose content is followed, such as the target of a Reshape.
inline constexpr std::size_t longest_content = 64;
inline constexpr Count largest_dimension = Count{1} << 40;
inline constexpr std::size_t most_nodes = 200'000;

/// What the flow of a model needs to know beside its graph.
struct FlowRequest {
    const std::string& file;
    Diagnostics& diagnostics;
    const OpenDimensions& open_dimensions; ///< also rounds of loops, and sizes that data decide
    UsedDimensions* used = nullptr;
};

/// Runs through the nodes in their order: decides branches, multiplies or unrolls loops, puts functions in their places, and
/// infers the shapes of what the nodes make from the shapes of what they read. A value whose shape does not follow keeps
/// the one that the file declares, if any; a shape that follows but differs from a declared one is a diagnostic (E0714),
/// rounds of a loop that nothing tells another (E0712).
OnnxGraph flow_through(const Body& main, const FlowRequest& request);

/// Shape of output `i` of a node; empty: it does not follow from what is known.
std::optional<Dimensions> output_shape(const OnnxGraph& graph, const GraphNode& node, std::size_t i);
/// Remembers what a node's outputs hold, where that is a short list of numbers that follows from constants and shapes.
/// Returns whether that is so of all of them.
bool follow_content(OnnxGraph& graph, const GraphNode& node);

/// Operators of other domains and other ways of writing as ONNX's own, one or several.
std::vector<GraphNode> in_plain_operators(const GraphNode& node);
/// Those of a runtime for another order of the channels, with the channels where ONNX has them; empty for all others.
std::vector<GraphNode> in_plain_layout(const GraphNode& node);

/// Layers of a graph. Nodes on constants and mere views are left out; operators that are not known, and those behind them
/// whose shapes stay unknown, are counted by name in Network::unsupported. A node whose shapes make no sense is a
/// diagnostic.
Network layers_of(const OnnxGraph& graph, const std::string& file, Diagnostics& diagnostics);

/// Multiply-accumulates and vector operations of some nodes, to tell which branch is dearer.
struct Work {
    Count macs = 0, vector_operations = 0;
    auto operator<=>(const Work&) const = default;
};
Work work_of(const OnnxGraph& graph, const std::vector<GraphNode>& nodes);

} // namespace autarky::compute
