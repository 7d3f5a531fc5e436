// autarky: reads ONNX models through Debian's libonnx: parsing and shape inference are its, checks and order are ours.
// SPDX-License-Identifier: Apache-2.0
#include "compute/onnx_reader.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <onnx/onnx_pb.h>
#include <onnx/shape_inference/implementation.h>

#include "compute/onnx_graph.hpp"

namespace autarky::compute {
namespace {

using onnx::GraphProto;
using onnx::ModelProto;
using onnx::NodeProto;

constexpr int most_nodes = 200'000;
constexpr Count largest_dimension = Count{1} << 40;

struct Reading {
    const std::string& file;
    Diagnostics& diagnostics;
    void error(const char* code, std::string message, std::string hint = {}) const {
        diagnostics.error({file, 0, 0, 1}, code, std::move(message), std::move(hint));
    }
};

std::string node_name(const NodeProto& node) {
    if (!node.name().empty()) return node.name();
    return node.output_size() > 0 ? node.output(0) : node.op_type();
}

std::string operator_of(const NodeProto& node) {
    const bool own = node.domain().empty() || node.domain() == "ai.onnx";
    return own ? node.op_type() : node.domain() + "." + node.op_type();
}

std::optional<ModelProto> parsed(std::string_view content, const Reading& at) {
    ModelProto model;
    if (content.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        at.error("E0104", "the file is larger than 2 GB", "store the weights outside the model (external data)");
        return std::nullopt;
    }
    google::protobuf::io::ArrayInputStream bytes(content.data(), static_cast<int>(content.size()));
    google::protobuf::io::CodedInputStream stream(&bytes);
    stream.SetRecursionLimit(64);
    if (!model.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) {
        at.error("E0104", "this is no ONNX model, or it is cut off");
        return std::nullopt;
    }
    if (!model.has_graph() || model.graph().node_size() == 0) {
        at.error("E0104", "the model has no graph",
                 "an ONNX file starts with a ModelProto that holds a graph with nodes");
        return std::nullopt;
    }
    if (model.graph().node_size() > most_nodes) {
        at.error("E0104", fmt::format("the graph has more than {} nodes", most_nodes));
        return std::nullopt;
    }
    return model;
}

/// Gives open dimensions of the graph's inputs a size.
bool close_dimensions(GraphProto& graph, const OpenDimensions& open_dimensions, const Reading& at) {
    bool closed = true;
    for (auto& input : *graph.mutable_input()) {
        if (!input.type().tensor_type().has_shape()) continue;
        auto& shape = *input.mutable_type()->mutable_tensor_type()->mutable_shape();
        for (int i = 0; i < shape.dim_size(); ++i) {
            auto& dimension = *shape.mutable_dim(i);
            if (dimension.has_dim_value() && dimension.dim_value() != -1) {
                if (dimension.dim_value() < 1 || dimension.dim_value() > largest_dimension) {
                    at.error("E0206",
                             fmt::format("input '{}': dimension {} is {}", input.name(), i, dimension.dim_value()));
                    closed = false;
                }
                continue;
            }
            const auto named = open_dimensions.find(dimension.dim_param());
            if (named != open_dimensions.end() || i == 0) {
                dimension.set_dim_value(named != open_dimensions.end() ? named->second : 1);
                continue;
            }
            at.error("E0207", fmt::format("input '{}': the size of dimension {} is open", input.name(), i),
                     dimension.dim_param().empty()
                         ? "export the model with fixed sizes"
                         : fmt::format("give it a size: --dimension {}=128", dimension.dim_param()));
            closed = false;
        }
    }
    return closed;
}

/// Positions of the nodes such that each comes behind those that it reads from; empty, with a finding, if there is none.
std::vector<int> order_of(const GraphProto& graph, const Reading& at) {
    std::unordered_map<std::string, int> giver; // -1: an input or initializer
    for (const auto& input : graph.input())
        giver.emplace(input.name(), -1);
    for (const auto& weights : graph.initializer())
        giver.emplace(weights.name(), -1);
    for (const auto& weights : graph.sparse_initializer())
        giver.emplace(weights.values().name(), -1);
    bool sound = true;
    for (int i = 0; i < graph.node_size(); ++i)
        for (const auto& output : graph.node(i).output())
            if (!output.empty() && !giver.emplace(output, i).second) {
                at.error("E0302", fmt::format("the value '{}' is given twice", output));
                sound = false;
            }
    std::vector<std::vector<int>> readers(static_cast<std::size_t>(graph.node_size()));
    std::vector<int> waiting(readers.size(), 0);
    for (int i = 0; i < graph.node_size(); ++i)
        for (const auto& input : graph.node(i).input()) {
            if (input.empty()) continue;
            const auto found = giver.find(input);
            if (found == giver.end()) {
                at.error("E0302",
                         fmt::format("node '{}' reads '{}', which nothing gives", node_name(graph.node(i)), input));
                sound = false;
            } else if (found->second >= 0) {
                readers[static_cast<std::size_t>(found->second)].push_back(i);
                ++waiting[static_cast<std::size_t>(i)];
            }
        }
    if (!sound) return {};
    std::deque<int> ready;
    for (int i = 0; i < graph.node_size(); ++i)
        if (waiting[static_cast<std::size_t>(i)] == 0) ready.push_back(i);
    std::vector<int> order;
    while (!ready.empty()) {
        const int next = ready.front();
        ready.pop_front();
        order.push_back(next);
        for (const int reader : readers[static_cast<std::size_t>(next)])
            if (--waiting[static_cast<std::size_t>(reader)] == 0) ready.push_back(reader);
    }
    if (order.size() == readers.size()) return order;
    for (int i = 0; i < graph.node_size(); ++i)
        if (waiting[static_cast<std::size_t>(i)] > 0) {
            at.error("E0303", fmt::format("the graph has a cycle through node '{}'", node_name(graph.node(i))));
            break;
        }
    return {};
}

void reorder(GraphProto& graph, const std::vector<int>& order) {
    google::protobuf::RepeatedPtrField<NodeProto> sorted;
    for (const int i : order)
        sorted.Add()->Swap(graph.mutable_node(i));
    graph.mutable_node()->Swap(&sorted);
}

/// Operators with graphs inside would run inference on those too; they are counted as unsupported, so their insides go.
void drop_inner_graphs(GraphProto& graph) {
    for (auto& node : *graph.mutable_node())
        for (int i = node.attribute_size() - 1; i >= 0; --i)
            if (node.attribute(i).has_g() || node.attribute(i).graphs_size() > 0)
                node.mutable_attribute()->DeleteSubrange(i, 1);
}

void infer_shapes(ModelProto& model, const Reading& at) {
    try {
        const onnx::ShapeInferenceOptions options{false, 0, true};
        onnx::shape_inference::InferShapes(model, onnx::OpSchemaRegistry::Instance(), options);
    } catch (const std::exception& trouble) {
        const std::string_view text = trouble.what();
        at.error("E0208", fmt::format("shapes contradict each other: {}", text.substr(0, text.find('\n'))));
    }
}

void add_shape(OnnxGraph& graph, const onnx::ValueInfoProto& value) {
    if (!value.type().has_tensor_type() || !value.type().tensor_type().has_shape()) return;
    Dimensions dimensions;
    for (const auto& dimension : value.type().tensor_type().shape().dim()) {
        if (!dimension.has_dim_value() || dimension.dim_value() < 0 || dimension.dim_value() > largest_dimension)
            return;
        dimensions.push_back(dimension.dim_value());
    }
    graph.shapes.emplace(value.name(), std::move(dimensions));
}

GraphNode plain_node(const NodeProto& from) {
    GraphNode node;
    node.name = node_name(from);
    node.op = operator_of(from);
    node.inputs.assign(from.input().begin(), from.input().end());
    node.outputs.assign(from.output().begin(), from.output().end());
    for (const auto& attribute : from.attribute()) {
        if (attribute.type() == onnx::AttributeProto::INT) node.numbers[attribute.name()] = attribute.i();
        if (attribute.type() == onnx::AttributeProto::STRING) node.texts[attribute.name()] = attribute.s();
        if (attribute.type() == onnx::AttributeProto::INTS)
            node.lists[attribute.name()].assign(attribute.ints().begin(), attribute.ints().end());
    }
    return node;
}

OnnxGraph plain_graph(const GraphProto& from, const std::string& file) {
    OnnxGraph graph;
    graph.name = from.name().empty() ? file : from.name();
    for (const auto& weights : from.initializer()) {
        graph.constants.insert(weights.name());
        Dimensions dimensions(weights.dims().begin(), weights.dims().end());
        const bool sound =
            std::all_of(dimensions.begin(), dimensions.end(), [](Count d) { return d >= 0 && d <= largest_dimension; });
        if (sound) graph.shapes.emplace(weights.name(), std::move(dimensions));
    }
    for (const auto* values : {&from.input(), &from.value_info(), &from.output()})
        for (const auto& value : *values)
            add_shape(graph, value);
    for (const auto& node : from.node()) {
        graph.nodes.push_back(plain_node(node));
        const auto& made = graph.nodes.back();
        const bool constant = std::all_of(made.inputs.begin(), made.inputs.end(), [&graph](const std::string& input) {
            return input.empty() || graph.constants.contains(input);
        });
        if (constant) graph.constants.insert(made.outputs.begin(), made.outputs.end());
    }
    return graph;
}

} // namespace

Network read_onnx(std::string_view content, const std::string& file, Diagnostics& diagnostics,
                  const OpenDimensions& open_dimensions) {
    Network none;
    none.name = none.source = file;
    const Reading at{file, diagnostics};
    auto model = parsed(content, at);
    if (!model) return none;
    auto& graph = *model->mutable_graph();
    const auto order = order_of(graph, at);
    if (order.empty() || !close_dimensions(graph, open_dimensions, at)) return none;
    reorder(graph, order);
    drop_inner_graphs(graph);
    infer_shapes(*model, at);
    if (diagnostics.has_errors()) return none;
    return layers_of(plain_graph(graph, file), file, diagnostics);
}

} // namespace autarky::compute
