// autarky: the network of a workload: a ready one by its name, or a file.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/workload_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <utility>

#include "compute/network/network_file.hpp"
#include "compute/network/networks.hpp"
#include "core/sha256.hpp"
#include "input/files.hpp"
#include "input/suggest.hpp"

namespace autarky::scenario {
namespace {

constexpr std::size_t largest_file = std::size_t{2} << 30U;

bool ends_in(std::string_view text, std::string_view ending) {
    return text.size() > ending.size() && std::ranges::equal(text.substr(text.size() - ending.size()), ending, {},
                                                             [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

/// None, with a finding, for what is no list of NAME=SIZE.
std::optional<compute::OpenDimensions> sizes_of(const NamedNetwork& named, Diagnostics& diagnostics) {
    compute::OpenDimensions sizes;
    for (std::string_view rest = trimmed(named.dimensions); !rest.empty();) {
        const auto comma = std::min(rest.find(','), rest.size());
        const auto one = trimmed(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        const auto equals = std::min(one.find('='), one.size());
        const auto name = trimmed(one.substr(0, equals));
        const auto size = trimmed(one.substr(std::min(equals + 1, one.size())));
        compute::Count value = 0;
        const auto [end, failure] = std::from_chars(size.data(), size.data() + size.size(), value);
        if (name.empty() || failure != std::errc{} || end != size.data() + size.size() || value < 0) {
            diagnostics.error(named.dimensions_at, "E0207",
                              fmt::format("{}.dimensions: '{}' is no NAME=SIZE", named.path, one),
                              "e.g. dimensions = \"sequence=128, batch=1\"");
            return std::nullopt;
        }
        sizes[std::string(name)] = value;
    }
    return sizes;
}

std::optional<compute::Network> ready(const NamedNetwork& named, Diagnostics& diagnostics) {
    std::string why;
    auto network = compute::ready_network(named.name, &why);
    if (!network) {
        const auto known = compute::ready_network_names();
        auto hint = suggestion(named.name, {known.begin(), known.end()}, diagnostics);
        if (hint.empty())
            hint = "a ready network ('autarky workload' lists them), or a file that ends in .onnx or .csv";
        diagnostics.error(named.at, "E0304", fmt::format("{}.network: {}", named.path, why), std::move(hint));
        return std::nullopt;
    }
    if (trimmed(named.dimensions).empty()) return network;
    diagnostics.error(named.dimensions_at, "E0402",
                      fmt::format("{}.dimensions: the ready network '{}' leaves no size open", named.path, named.name),
                      "leave it out");
    return std::nullopt;
}

} // namespace

bool names_network_file(std::string_view text) {
    return ends_in(text, ".onnx") || ends_in(text, ".csv") || text.find('/') != std::string_view::npos;
}

std::optional<compute::Network> find_network(const NamedNetwork& named, Diagnostics& diagnostics, std::string* sha256) {
    if (!names_network_file(named.name)) return ready(named, diagnostics);
    const auto refuse = [&](std::string message, std::string hint) {
        diagnostics.error(named.at, "E0605", fmt::format("{}.network: {}", named.path, message), std::move(hint));
        return std::nullopt;
    };
    if (named.folder.empty())
        return refuse("a scenario that is no file cannot read another one", "name a ready network");
    const auto file = (std::filesystem::path(named.folder) / named.name).lexically_normal().string();
    if (!may_name(named.folder, file, find_data_folder()))
        return refuse(fmt::format("'{}': {}", named.name, outside_folder), outside_folder_hint);
    auto content = read_file(file, largest_file);
    if (!content.trouble.empty())
        return refuse(fmt::format("'{}': {}", named.name, content.trouble), "the name is relative to this file");
    const auto sizes = sizes_of(named, diagnostics);
    if (!sizes) return std::nullopt;
    Diagnostics findings;
    compute::UsedDimensions used;
    auto network = compute::read_network(content.content, file, findings, compute::Depthwise::one_layer, *sizes, &used);
    diagnostics.merge(findings);
    if (findings.has_errors()) return std::nullopt;
    for (const auto& [name, size] : *sizes)
        if (!used.contains(name)) {
            diagnostics.error(
                named.dimensions_at, "E0402",
                fmt::format("{}.dimensions: '{}' has no open dimension '{}'", named.path, named.name, name),
                "the name in the model, or INPUT[INDEX] of a dimension that it leaves open");
            return std::nullopt;
        }
    if (sha256 != nullptr) *sha256 = sha256_hex(content.content);
    return network;
}

} // namespace autarky::scenario
