// autarky: an ONNX model as libonnx parses it, in our own terms: graphs, branches, bodies of loops, local functions.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx/onnx_proto.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "compute/onnx/onnx_attributes.hpp"
#include "compute/onnx/onnx_tensors.hpp"

namespace autarky::compute {
namespace {

using onnx::AttributeProto;
using onnx::FunctionProto;
using onnx::GraphProto;
using onnx::NodeProto;
using Names = std::unordered_set<std::string>;
using Nodes = google::protobuf::RepeatedPtrField<NodeProto>;

std::string node_name(const NodeProto& node) {
    if (!node.name().empty()) return node.name();
    return node.output_size() > 0 ? node.output(0) : node.op_type();
}

std::string operator_of(const NodeProto& node) {
    const bool own = node.domain().empty() || node.domain() == "ai.onnx";
    return own ? node.op_type() : node.domain() + "." + node.op_type();
}

Names names_given_before(const GraphProto& graph) {
    Names given;
    for (const auto& input : graph.input())
        given.insert(input.name());
    for (const auto& weights : graph.initializer())
        given.insert(weights.name());
    for (const auto& weights : graph.sparse_initializer())
        given.insert(weights.values().name());
    return given;
}

/// Graphs that a node holds.
template <class Visit> void visit_graphs(const NodeProto& node, const Visit& visit) {
    for (const auto& attribute : node.attribute()) {
        if (attribute.has_g()) visit(attribute.g());
        for (const auto& graph : attribute.graphs())
            visit(graph);
    }
}

/// Values that a node reads, also by the graphs inside it.
std::vector<std::string> values_read_by(const NodeProto& node) {
    std::vector<std::string> read(node.input().begin(), node.input().end());
    visit_graphs(node, [&read](const GraphProto& inner) {
        auto own = names_given_before(inner);
        for (const auto& one : inner.node())
            own.insert(one.output().begin(), one.output().end());
        for (const auto& one : inner.node())
            for (auto& name : values_read_by(one))
                if (!own.contains(name)) read.push_back(std::move(name));
        for (const auto& output : inner.output())
            if (!own.contains(output.name())) read.push_back(output.name());
    });
    std::erase(read, std::string{});
    return read;
}

/// Strides, groups and the like are divided by; nothing is so large that sums overflow.
std::string attribute_error(const AttributeProto& attribute) {
    constexpr std::array<std::string_view, 6> positive{"strides", "dilations",   "kernel_shape",
                                                       "group",   "num_outputs", "blocksize"};
    constexpr std::array<std::string_view, 6> saturating{"starts", "ends", "value_int", "value_ints", // "to the end"
                                                         "start",  "end"};
    constexpr Count largest = Count{1} << 31;
    if (std::ranges::find(saturating, attribute.name()) != saturating.end()) return {};
    const Count least = std::ranges::find(positive, attribute.name()) != positive.end() ? 1 : -largest;
    const auto sound = [&](Count value) { return value >= least && value <= largest; };
    const auto wrong = std::ranges::find_if_not(attribute.ints(), sound);
    if (wrong != attribute.ints().end()) return fmt::format("attribute '{}' is {}", attribute.name(), *wrong);
    if (attribute.has_i() && !sound(attribute.i()))
        return fmt::format("attribute '{}' is {}", attribute.name(), attribute.i());
    return {};
}

class Translator {
public:
    Translator(const onnx::ModelProto& model, const std::string& file, Diagnostics& diagnostics)
        : file_(file), diagnostics_(diagnostics), sets_(sets_of(model.opset_import())) {
        for (const auto& function : model.functions()) {
            const bool own = function.domain().empty() || function.domain() == "ai.onnx";
            const auto name = own ? function.name() : function.domain() + "." + function.name();
            functions_.emplace(name, Function{&function, defaults_of(function)});
        }
    }

    std::optional<Body> translate(const GraphProto& graph) {
        auto body = body_of(graph, {}, {});
        attributes_.tell(file_, diagnostics_);
        return sound_ && !diagnostics_.has_errors() ? std::optional{std::move(body)} : std::nullopt;
    }

private:
    /// Values of attributes that the nodes of a function refer to.
    using Arguments = std::unordered_map<std::string, const AttributeProto*>;
    struct Function {
        const FunctionProto* body;
        std::vector<AttributeProto> defaults; ///< of its attributes
    };
    /// Operator set of each domain; ONNX's own is "".
    using Sets = std::unordered_map<std::string, long>;

    static Sets sets_of(const google::protobuf::RepeatedPtrField<onnx::OperatorSetIdProto>& imported) {
        Sets out;
        for (const auto& set : imported)
            out[set.domain() == "ai.onnx" ? std::string{} : set.domain()] = static_cast<long>(set.version());
        return out;
    }
    void check_attributes(const NodeProto& node) {
        const auto op = operator_of(node);
        if (const auto local = functions_.find(op); local != functions_.end())
            return attributes_.look_at(node, *local->second.body, local->second.defaults, op, node_name(node));
        const bool own = node.domain().empty() || node.domain() == "ai.onnx";
        const auto set = sets_.find(own ? std::string{} : node.domain());
        attributes_.look_at(node, op, node_name(node), set != sets_.end() ? set->second : 0);
    }

    void error(const char* code, std::string message, std::string hint = {}) {
        diagnostics_.error({file_, 0, 0, 1}, code, std::move(message), std::move(hint));
        sound_ = false;
    }

    Body body_of(const GraphProto& from, const Names& outer, const Arguments& arguments) {
        Body body;
        body.name = from.name();
        Names stored;
        for (const auto& weights : from.initializer()) {
            stored.insert(weights.name());
            body.stored.push_back(stored_value(weights.name(), weights));
        }
        for (const auto& weights : from.sparse_initializer()) {
            stored.insert(weights.values().name());
            auto value = stored_value(weights.values().name(), weights.values());
            value.shape = Dimensions(weights.dims().begin(), weights.dims().end());
            value.integers.reset();
            value.reals.reset();
            body.stored.push_back(std::move(value));
        }
        for (const auto& input : from.input())
            if (!stored.contains(input.name())) body.inputs.push_back(input.name());
        for (const auto& output : from.output())
            body.outputs.push_back(output.name());
        for (const auto* values : {&from.input(), &from.value_info(), &from.output()})
            for (const auto& value : *values)
                add_declared(body, value);
        add_nodes(body, from.node(), names_given_before(from), outer, arguments);
        return body;
    }

    Body body_of(const Function& function, const NodeProto& call) {
        const FunctionProto& from = *function.body;
        Body body;
        body.name = from.name();
        body.inputs.assign(from.input().begin(), from.input().end());
        body.outputs.assign(from.output().begin(), from.output().end());
        Arguments arguments;
        for (const auto& attribute : call.attribute())
            arguments.emplace(attribute.name(), &attribute);
        for (const auto& attribute : function.defaults) // where the call gives none
            arguments.emplace(attribute.name(), &attribute);
        auto outer_sets = std::exchange(sets_, sets_of(from.opset_import()));
        add_nodes(body, from.node(), Names(from.input().begin(), from.input().end()), {}, arguments);
        sets_ = std::move(outer_sets);
        return body;
    }

    static void add_declared(Body& body, const onnx::ValueInfoProto& value) {
        if (!value.type().has_tensor_type() || !value.type().tensor_type().has_shape()) return;
        Dimensions dimensions;
        for (const auto& dimension : value.type().tensor_type().shape().dim()) {
            if (!dimension.has_dim_value() || dimension.dim_value() < 0 || dimension.dim_value() > largest_dimension)
                return;
            dimensions.push_back(dimension.dim_value());
        }
        body.declared.emplace(value.name(), std::move(dimensions));
    }

    /// Adds the nodes, each behind those that it reads from. `given` are the names of the graph's inputs and stored values,
    /// `outer` those of the graphs around it.
    void add_nodes(Body& body, const Nodes& nodes, const Names& given, const Names& outer, const Arguments& arguments) {
        n_nodes_ += static_cast<std::size_t>(nodes.size());
        if (n_nodes_ > most_nodes) {
            if (sound_) error("E0710", fmt::format("the graph has more than {} nodes", most_nodes));
            return;
        }
        Names known = outer;
        known.insert(given.begin(), given.end());
        for (const auto& node : nodes)
            known.insert(node.output().begin(), node.output().end());
        for (const int i : order_of(nodes, given, outer)) {
            const auto& node = nodes[i];
            check_attributes(node);
            if (auto value = constant_value(node)) {
                body.stored.push_back(std::move(*value));
                continue;
            }
            body.nodes.push_back(plain_node(node, known, arguments));
            add_function(body.nodes.back(), node);
        }
    }

    /// Positions of the nodes such that each comes behind those that it reads from; empty, with a finding, if there is none.
    std::vector<int> order_of(const Nodes& nodes, const Names& given, const Names& outer) {
        std::unordered_map<std::string, int> giver; // -1: an input or a stored value
        for (const auto& name : given)
            giver.emplace(name, -1);
        const bool was_sound = std::exchange(sound_, true);
        for (int i = 0; i < nodes.size(); ++i)
            for (const auto& output : nodes[i].output())
                if (!output.empty() && !giver.emplace(output, i).second)
                    error("E0713", fmt::format("the value '{}' is given twice", output));
        std::vector<std::vector<int>> readers(static_cast<std::size_t>(nodes.size()));
        std::vector<int> waiting(readers.size(), 0);
        for (int i = 0; i < nodes.size(); ++i)
            for (const auto& input : values_read_by(nodes[i])) {
                const auto found = giver.find(input);
                if (found == giver.end()) {
                    if (!outer.contains(input))
                        error("E0713",
                              fmt::format("node '{}' reads '{}', which nothing gives", node_name(nodes[i]), input));
                } else if (found->second >= 0) {
                    readers[static_cast<std::size_t>(found->second)].push_back(i);
                    ++waiting[static_cast<std::size_t>(i)];
                }
            }
        std::vector<int> order;
        if (sound_) {
            order = sorted(readers, waiting);
            if (order.size() != readers.size()) {
                order.clear();
                const auto stuck = std::ranges::find_if(waiting, [](int n) { return n > 0; }) - waiting.begin();
                error("E0713", fmt::format("the graph has a cycle through node '{}'",
                                           node_name(nodes[static_cast<int>(stuck)])));
            }
        }
        sound_ = sound_ && was_sound;
        return order;
    }
    static std::vector<int> sorted(const std::vector<std::vector<int>>& readers, std::vector<int>& waiting) {
        std::deque<int> ready;
        for (std::size_t i = 0; i < waiting.size(); ++i)
            if (waiting[i] == 0) ready.push_back(static_cast<int>(i));
        std::vector<int> order;
        while (!ready.empty()) {
            const int next = ready.front();
            ready.pop_front();
            order.push_back(next);
            for (const int reader : readers[static_cast<std::size_t>(next)])
                if (--waiting[static_cast<std::size_t>(reader)] == 0) ready.push_back(reader);
        }
        return order;
    }

    GraphNode plain_node(const NodeProto& from, const Names& known, const Arguments& arguments) {
        GraphNode node;
        node.name = node_name(from);
        node.op = operator_of(from);
        node.inputs.assign(from.input().begin(), from.input().end());
        node.outputs.assign(from.output().begin(), from.output().end());
        for (const auto& attribute : from.attribute()) {
            if (attribute.ref_attr_name().empty()) {
                add_attribute(node, attribute.name(), attribute, known, arguments);
            } else if (const auto given = arguments.find(attribute.ref_attr_name()); given != arguments.end()) {
                add_attribute(node, attribute.name(), *given->second, known, arguments);
            }
        }
        return node;
    }
    void add_attribute(GraphNode& node, const std::string& name, const AttributeProto& attribute, const Names& known,
                       const Arguments& arguments) {
        if (const auto wrong = attribute_error(attribute); !wrong.empty())
            error("E0711", fmt::format("node '{}' ({}): {}", node.name, node.op, wrong));
        switch (kind_of(attribute)) {
        case 'i': node.numbers[name] = attribute.i(); break;
        case 's': node.texts[name] = attribute.s(); break;
        case 'f': node.real_lists[name].assign(1, static_cast<double>(attribute.f())); break;
        case 'I': node.lists[name].assign(attribute.ints().begin(), attribute.ints().end()); break;
        case 'F': node.real_lists[name].assign(attribute.floats().begin(), attribute.floats().end()); break;
        case 't':
            if (auto content = integers_of(attribute.t())) node.lists[name] = std::move(*content);
            if (auto content = reals_of(attribute.t())) node.real_lists[name] = std::move(*content);
            break;
        case 'g': node.bodies[name] = std::make_shared<const Body>(body_of(attribute.g(), known, arguments)); break;
        default: break;
        }
        node.has_value = node.has_value || name == "value";
    }

    /// The body of a local function with the attributes of this call.
    void add_function(GraphNode& node, const NodeProto& call) {
        const auto found = functions_.find(node.op);
        if (found == functions_.end() || !sound_) return;
        constexpr std::size_t deepest = 64;
        if (inside_.size() >= deepest || !inside_.insert(node.op).second) {
            error("E0713", fmt::format("the function '{}' calls itself, or stands too deep in others", node.op));
            return;
        }
        node.bodies["function"] = std::make_shared<const Body>(body_of(found->second, call));
        inside_.erase(node.op);
    }

    const std::string& file_;
    Diagnostics& diagnostics_;
    std::unordered_map<std::string, Function> functions_;
    std::set<std::string> inside_; ///< functions that are being read
    Sets sets_;                    ///< of the graph or function that is being read
    AttributeCheck attributes_;
    std::size_t n_nodes_ = 0;
    bool sound_ = true;
};

} // namespace

std::optional<Body> body_of(const onnx::ModelProto& model, const std::string& file, Diagnostics& diagnostics) {
    return Translator(model, file, diagnostics).translate(model.graph());
}

} // namespace autarky::compute
