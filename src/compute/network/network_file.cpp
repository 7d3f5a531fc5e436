// autarky: a network from the content of a file: an ONNX model or a layer table.
// SPDX-License-Identifier: Apache-2.0
#include "compute/network/network_file.hpp"

#include <map>
#include <utility>

#include "core/visible.hpp"

namespace autarky::compute {
namespace {

/// A ModelProto begins with its version (tag 8) or its producer (18, 26); a table is text and has no zero byte.
bool begins_as_model(std::string_view content) {
    constexpr std::string_view tags{"\x08\x12\x1A"};
    constexpr std::size_t looked_at = 512;
    return !content.empty() && (tags.find(content.front()) != std::string_view::npos ||
                                content.substr(0, looked_at).find('\0') != std::string_view::npos);
}

/// A file may call its layers what it likes; what is passed on can be printed anywhere.
Network with_visible_names(Network network) {
    network.name = visible(network.name);
    network.source = visible(network.source);
    for (auto& layer : network.layers)
        layer.name = visible(layer.name);
    for (auto& remark : network.remarks)
        remark = visible(remark);
    std::map<std::string, Count> unsupported;
    for (const auto& [name, number] : network.unsupported)
        unsupported[visible(name)] = sum(unsupported[visible(name)], number);
    network.unsupported = std::move(unsupported);
    return network;
}

} // namespace

bool is_model(std::string_view content, std::string_view file) {
    return begins_as_model(content) || file.ends_with(".onnx") || file.ends_with(".ONNX");
}

Network read_network(std::string_view content, const std::string& file, Diagnostics& diagnostics, Depthwise depthwise,
                     const OpenDimensions& open_dimensions, UsedDimensions* used) {
    if (is_model(content, file))
        return with_visible_names(read_onnx(content, file, diagnostics, open_dimensions, used));
    diagnostics.remember_source(file, std::string(content));
    return with_visible_names(read_layer_table(content, file, diagnostics, depthwise));
}

} // namespace autarky::compute
