// autarky: reads ONNX models; the format is libonnx's, checks, order and shapes are ours.
// SPDX-License-Identifier: Apache-2.0
//
// libonnx's own shape inference is not used: it crashes on hostile models (strides of 0, ranks that do not match).
#include "compute/onnx/onnx_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <onnx/onnx_pb.h>

#include "compute/onnx/onnx_graph.hpp"
#include "compute/onnx/onnx_proto.hpp"

namespace autarky::compute {
namespace {

struct Reading {
    const std::string& file;
    Diagnostics& diagnostics;
    void error(const char* code, std::string message, std::string hint = {}) const {
        diagnostics.error({file, 0, 0, 1}, code, std::move(message), std::move(hint));
    }
};

/// What a file is that is called a model and is none.
std::string hint_for(std::string_view content) {
    if (content.starts_with("version https://git-lfs"))
        return "this is a pointer of Git LFS; fetch the file it stands for";
    if (content.starts_with("PK")) return "this is a zip archive; unpack it first";
    if (content.starts_with("\x1F\x8B")) return "this is compressed by gzip; unpack it first";
    if (content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF"))
        return "this is text in UTF-16; a layer table is UTF-8";
    if (content.size() > 8 && content.substr(4, 4) == "ORTM")
        return "this is ONNX Runtime's own format; take the .onnx it was made from";
    if (content.size() > 8 && content.substr(4, 4) == "TFL3") return "this is TensorFlow Lite; convert it by tf2onnx";
    return {};
}

std::optional<onnx::ModelProto> parsed(std::string_view content, const Reading& at) {
    onnx::ModelProto model;
    if (content.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        at.error("E0710", "the file is larger than 2 GB", "store the weights outside the model (external data)");
        return std::nullopt;
    }
    google::protobuf::io::ArrayInputStream bytes(content.data(), static_cast<int>(content.size()));
    google::protobuf::io::CodedInputStream stream(&bytes);
    stream.SetRecursionLimit(64);
    if (!model.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) {
        at.error("E0710", "this is no ONNX model, or it is cut off", hint_for(content));
        return std::nullopt;
    }
    if (!model.has_graph() || model.graph().node_size() == 0) {
        at.error("E0710", "the model has no graph",
                 "an ONNX file starts with a ModelProto that holds a graph with nodes");
        return std::nullopt;
    }
    return model;
}

/// A name that is no word at all.
bool is_placeholder(const std::string& name) { return name.empty() || name == "None" || name == "?" || name == "-1"; }

/// Exporters' names for a dimension that nobody named: "unk__12", "DynamicDimension.0", "s6".
bool is_nameless(const std::string& name) {
    constexpr std::array<std::string_view, 6> beginnings{"unk_", "dynamic_axes", "p2o.", "DynamicDimension", "dyn_axis",
                                                         "?"};
    const bool numbered =
        name.size() > 1 && name[0] == 's' && name.find_first_not_of("0123456789", 1) == std::string::npos;
    return is_placeholder(name) || numbered ||
           std::ranges::any_of(beginnings, [&name](std::string_view beginning) { return name.starts_with(beginning); });
}

bool names_batch(std::string name) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name.find("batch") != std::string::npos || name == "n" || name == "b" || name == "bs" || name == "bsz";
}

/// Gives open dimensions of the graph's inputs a size: what was said, 1 for a batch, which the remarks say.
class Closing {
public:
    Closing(const OpenDimensions& sizes, UsedDimensions* used, const Reading& at)
        : sizes_(sizes), used_(used), at_(at) {}

    bool close(onnx::GraphProto& graph, std::vector<std::string>& remarks) {
        std::set<std::string> stored;
        for (const auto& weights : graph.initializer())
            stored.insert(weights.name());
        for (auto& input : *graph.mutable_input())
            if (input.type().tensor_type().has_shape() && !stored.contains(input.name())) close(input);
        for (const auto& [what, inputs] : taken_as_one_)
            remarks.push_back(fmt::format("{} taken as 1; --dimension {}=N says otherwise", what, inputs));
        return sound_;
    }

private:
    void close(onnx::ValueInfoProto& input) {
        auto& shape = *input.mutable_type()->mutable_tensor_type()->mutable_shape();
        for (int i = 0; i < shape.dim_size(); ++i) {
            auto& dimension = *shape.mutable_dim(i);
            if (dimension.has_dim_value() && dimension.dim_value() != -1) {
                if (dimension.dim_value() < 0 || dimension.dim_value() > largest_dimension)
                    refuse("E0711",
                           fmt::format("input '{}': dimension {} is {}", input.name(), i, dimension.dim_value()));
                continue;
            }
            const auto place = fmt::format("{}[{}]", input.name(), i);
            const std::string name = dimension.has_dim_param() ? dimension.dim_param() : std::string{};
            auto given = sizes_.find(place);
            if (given == sizes_.end() && !name.empty()) given = sizes_.find(name);
            if (given != sizes_.end()) {
                if (used_ != nullptr) used_->insert(given->first);
                dimension.set_dim_value(given->second);
            } else if (names_batch(name) || (i == 0 && is_nameless(name))) {
                const auto& key = is_placeholder(name) ? place : name;
                taken_as_one_.emplace(fmt::format("open dimension '{}'", key), key);
                dimension.set_dim_value(1);
            } else {
                const auto& key = is_placeholder(name) ? place : name;
                if (asked_.insert(key).second)
                    refuse("E0712", fmt::format("input '{}': the size of dimension {} is open", input.name(), i),
                           fmt::format("give it a size: --dimension {}=128", key));
                sound_ = false;
            }
        }
    }
    void refuse(const char* code, std::string message, std::string hint = {}) {
        at_.error(code, std::move(message), std::move(hint));
        sound_ = false;
    }

    const OpenDimensions& sizes_;
    UsedDimensions* used_;
    const Reading& at_;
    std::map<std::string, std::string> taken_as_one_;
    std::set<std::string> asked_;
    bool sound_ = true;
};

} // namespace

Network read_onnx(std::string_view content, const std::string& file, Diagnostics& diagnostics,
                  const OpenDimensions& open_dimensions, UsedDimensions* used) {
    Network none;
    none.name = none.source = file;
    const Reading at{file, diagnostics};
    auto model = parsed(content, at);
    if (!model) return none;
    std::vector<std::string> remarks;
    const bool closed = Closing(open_dimensions, used, at).close(*model->mutable_graph(), remarks);
    auto body = body_of(*model, file, diagnostics);
    if (!closed || !body) return none;
    if (body->name.empty()) body->name = file;
    model.reset();
    auto graph = flow_through(*body, {file, diagnostics, open_dimensions, used});
    if (diagnostics.has_errors()) return none;
    graph.remarks.insert(graph.remarks.begin(), remarks.begin(), remarks.end());
    return layers_of(graph, file, diagnostics);
}

} // namespace autarky::compute
