// autarky: reads ONNX models; the format is libonnx's, checks, order and shapes are ours.
// SPDX-License-Identifier: Apache-2.0
//
// libonnx's own shape inference is not used: it crashes on hostile models (strides of 0, ranks that do not match).
#include "compute/onnx/onnx_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <onnx/onnx_pb.h>

#include "compute/onnx/onnx_graph.hpp"

namespace autarky::compute {
namespace {

using onnx::GraphProto;
using onnx::ModelProto;
using onnx::NodeProto;

constexpr int most_nodes = 200'000;

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
        at.error("E0710", "the file is larger than 2 GB", "store the weights outside the model (external data)");
        return std::nullopt;
    }
    google::protobuf::io::ArrayInputStream bytes(content.data(), static_cast<int>(content.size()));
    google::protobuf::io::CodedInputStream stream(&bytes);
    stream.SetRecursionLimit(64);
    if (!model.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) {
        at.error("E0710", "this is no ONNX model, or it is cut off");
        return std::nullopt;
    }
    if (!model.has_graph() || model.graph().node_size() == 0) {
        at.error("E0710", "the model has no graph",
                 "an ONNX file starts with a ModelProto that holds a graph with nodes");
        return std::nullopt;
    }
    if (model.graph().node_size() > most_nodes) {
        at.error("E0710", fmt::format("the graph has more than {} nodes", most_nodes));
        return std::nullopt;
    }
    return model;
}

/// Gives open dimensions of the graph's inputs a size.
bool close_dimensions(GraphProto& graph, const OpenDimensions& open_dimensions, UsedDimensions* used,
                      const Reading& at) {
    bool closed = true;
    for (auto& input : *graph.mutable_input()) {
        if (!input.type().tensor_type().has_shape()) continue;
        auto& shape = *input.mutable_type()->mutable_tensor_type()->mutable_shape();
        for (int i = 0; i < shape.dim_size(); ++i) {
            auto& dimension = *shape.mutable_dim(i);
            if (dimension.has_dim_value() && dimension.dim_value() != -1) {
                if (dimension.dim_value() < 1 || dimension.dim_value() > largest_dimension) {
                    at.error("E0711",
                             fmt::format("input '{}': dimension {} is {}", input.name(), i, dimension.dim_value()));
                    closed = false;
                }
                continue;
            }
            // by its place where it has no name, or exporters' "?"
            const auto place = fmt::format("{}[{}]", input.name(), i);
            auto named = open_dimensions.find(place);
            if (named == open_dimensions.end()) named = open_dimensions.find(dimension.dim_param());
            if (named != open_dimensions.end() && used != nullptr) used->insert(named->first);
            if (named != open_dimensions.end() || i == 0) {
                dimension.set_dim_value(named != open_dimensions.end() ? named->second : 1);
                continue;
            }
            at.error("E0712", fmt::format("input '{}': the size of dimension {} is open", input.name(), i),
                     fmt::format("give it a size: --dimension {}=128",
                                 dimension.dim_param().empty() || dimension.dim_param() == "?"
                                     ? place
                                     : dimension.dim_param()));
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
                at.error("E0713", fmt::format("the value '{}' is given twice", output));
                sound = false;
            }
    std::vector<std::vector<int>> readers(static_cast<std::size_t>(graph.node_size()));
    std::vector<int> waiting(readers.size(), 0);
    for (int i = 0; i < graph.node_size(); ++i)
        for (const auto& input : graph.node(i).input()) {
            if (input.empty()) continue;
            const auto found = giver.find(input);
            if (found == giver.end()) {
                at.error("E0713",
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
            at.error("E0713", fmt::format("the graph has a cycle through node '{}'", node_name(graph.node(i))));
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

/// Strides, groups and the like are divided by; nothing is so large that sums overflow.
bool sound_attributes(const GraphProto& graph, const Reading& at) {
    constexpr std::array<std::string_view, 6> positive{"strides", "dilations",   "kernel_shape",
                                                       "group",   "num_outputs", "blocksize"};
    constexpr std::array<std::string_view, 4> saturating{"starts", "ends", "value_int", "value_ints"}; // "to the end"
    constexpr Count largest = Count{1} << 31;
    const auto refuse = [&at](const NodeProto& node, const std::string& attribute, Count value) {
        at.error("E0711", fmt::format("node '{}' ({}): attribute '{}' is {}", node_name(node), node.op_type(),
                                      attribute, value));
        return false;
    };
    for (const auto& node : graph.node())
        for (const auto& attribute : node.attribute()) {
            if (std::ranges::find(saturating, attribute.name()) != saturating.end()) continue;
            const Count least = std::ranges::find(positive, attribute.name()) != positive.end() ? 1 : -largest;
            for (const Count value : attribute.ints())
                if (value < least || value > largest) return refuse(node, attribute.name(), value);
            if (attribute.has_i() && (attribute.i() < least || attribute.i() > largest))
                return refuse(node, attribute.name(), attribute.i());
        }
    return true;
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

std::optional<Count> element_count(const onnx::TensorProto& tensor) {
    Count n = 1;
    for (const auto d : tensor.dims()) {
        if (d < 0) return std::nullopt;
        n = product(n, d);
    }
    return n <= static_cast<Count>(longest_content) ? std::optional<Count>{n} : std::nullopt;
}

/// Numbers of a short tensor, from its list or its raw bytes (little-endian, as this machine).
template <class T, class List, class To>
bool take_content(const onnx::TensorProto& tensor, Count n, const List& list, std::vector<To>& to) {
    const auto count = static_cast<std::size_t>(n);
    if (tensor.raw_data().size() == count * sizeof(T) && count > 0) {
        std::vector<T> raw(count);
        std::memcpy(raw.data(), tensor.raw_data().data(), count * sizeof(T));
        to.assign(raw.begin(), raw.end());
        return true;
    }
    if (static_cast<std::size_t>(list.size()) != count) return false;
    to.assign(list.begin(), list.end());
    return true;
}

std::optional<Dimensions> integers_of(const onnx::TensorProto& tensor) {
    const auto n = element_count(tensor);
    Dimensions out;
    if (!n) return std::nullopt;
    if (tensor.data_type() == onnx::TensorProto::INT64 &&
        take_content<std::int64_t>(tensor, *n, tensor.int64_data(), out))
        return out;
    if (tensor.data_type() == onnx::TensorProto::INT32 &&
        take_content<std::int32_t>(tensor, *n, tensor.int32_data(), out))
        return out;
    if (tensor.data_type() == onnx::TensorProto::BOOL &&
        take_content<std::uint8_t>(tensor, *n, tensor.int32_data(), out))
        return out;
    return std::nullopt;
}

std::optional<std::vector<double>> reals_of(const onnx::TensorProto& tensor) {
    const auto n = element_count(tensor);
    std::vector<double> out;
    if (n && tensor.data_type() == onnx::TensorProto::FLOAT &&
        take_content<float>(tensor, *n, tensor.float_data(), out))
        return out;
    if (n && tensor.data_type() == onnx::TensorProto::DOUBLE &&
        take_content<double>(tensor, *n, tensor.double_data(), out))
        return out;
    return std::nullopt;
}

/// Shape and, if it is short, content of a constant.
void add_constant(OnnxGraph& graph, const std::string& name, const onnx::TensorProto& tensor) {
    graph.constants.insert(name);
    if (tensor.data_location() == onnx::TensorProto::EXTERNAL) graph.external.insert(name);
    Dimensions dimensions(tensor.dims().begin(), tensor.dims().end());
    const bool sound = std::ranges::all_of(dimensions, [](Count d) { return d >= 0 && d <= largest_dimension; });
    if (sound) graph.shapes.emplace(name, std::move(dimensions));
    if (auto content = integers_of(tensor)) graph.integers.emplace(name, std::move(*content));
    if (auto content = reals_of(tensor)) graph.reals.emplace(name, std::move(*content));
}

/// A Constant node: a tensor, or a list or number as an attribute.
void add_constant_node(OnnxGraph& graph, const NodeProto& node) {
    if (node.op_type() != "Constant" || node.output_size() == 0) return;
    for (const auto& attribute : node.attribute()) {
        if (attribute.has_t()) add_constant(graph, node.output(0), attribute.t());
        if (attribute.name() == "value_int" || attribute.name() == "value_ints") {
            Dimensions content(attribute.ints().begin(), attribute.ints().end());
            const bool scalar = attribute.name() == "value_int";
            if (scalar) content.assign(1, attribute.i());
            graph.shapes.emplace(node.output(0),
                                 scalar ? Dimensions{} : Dimensions{static_cast<Count>(content.size())});
            if (content.size() <= longest_content) graph.integers.emplace(node.output(0), std::move(content));
        }
        if (attribute.name() == "value_float" || attribute.name() == "value_floats") {
            std::vector<double> content(attribute.floats().begin(), attribute.floats().end());
            const bool scalar = attribute.name() == "value_float";
            if (scalar) content.assign(1, static_cast<double>(attribute.f()));
            graph.shapes.emplace(node.output(0),
                                 scalar ? Dimensions{} : Dimensions{static_cast<Count>(content.size())});
            if (content.size() <= longest_content) graph.reals.emplace(node.output(0), std::move(content));
        }
    }
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
        if (attribute.type() == onnx::AttributeProto::FLOATS)
            node.real_lists[attribute.name()].assign(attribute.floats().begin(), attribute.floats().end());
        if (attribute.type() == onnx::AttributeProto::TENSOR) {
            if (auto content = integers_of(attribute.t())) node.lists[attribute.name()] = std::move(*content);
            if (auto content = reals_of(attribute.t())) node.real_lists[attribute.name()] = std::move(*content);
        }
        node.has_value = node.has_value || attribute.name() == "value";
    }
    return node;
}

OnnxGraph plain_graph(const GraphProto& from, const std::string& file) {
    OnnxGraph graph;
    graph.name = from.name().empty() ? file : from.name();
    for (const auto& weights : from.initializer())
        add_constant(graph, weights.name(), weights);
    for (const auto* values : {&from.input(), &from.value_info(), &from.output()})
        for (const auto& value : *values)
            add_shape(graph, value);
    for (const auto& node : from.node()) {
        graph.nodes.push_back(plain_node(node));
        add_constant_node(graph, node);
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
                  const OpenDimensions& open_dimensions, UsedDimensions* used) {
    Network none;
    none.name = none.source = file;
    const Reading at{file, diagnostics};
    auto model = parsed(content, at);
    if (!model) return none;
    auto& graph = *model->mutable_graph();
    const auto order = order_of(graph, at);
    if (order.empty() || !sound_attributes(graph, at) || !close_dimensions(graph, open_dimensions, used, at))
        return none;
    reorder(graph, order);
    auto plain = plain_graph(graph, file);
    infer_shapes(plain, file, diagnostics);
    if (diagnostics.has_errors()) return none;
    return layers_of(plain, file, diagnostics);
}

} // namespace autarky::compute
