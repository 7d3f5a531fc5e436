// autarky: networks that the command line names.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/network_input.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "autarky/program.hpp"
#include "compute/network/network_file.hpp"
#include "input/files.hpp"

namespace autarky::cli {
namespace {

constexpr std::size_t largest_file = std::size_t{2} << 30U;

compute::OpenDimensions sizes_of(const std::vector<std::string>& dimensions) {
    compute::OpenDimensions sizes;
    for (const auto& text : dimensions) {
        const auto equals = text.find('=');
        int size = 0;
        if (equals == std::string::npos || equals == 0 || !read_value(text.substr(equals + 1), size).empty() ||
            size < 1)
            throw UsageError("E0504", fmt::format("--dimension: '{}' is no NAME=SIZE", text),
                             "e.g. --dimension sequence=128");
        sizes[text.substr(0, equals)] = size;
    }
    return sizes;
}

} // namespace

bool is_network_file(const std::string& text) {
    if (text.ends_with(".csv") || text.ends_with(".onnx")) return true;
    std::error_code none;
    return std::filesystem::is_regular_file(text, none);
}

compute::Network read_network_file(const std::string& file, const std::vector<std::string>& dimensions,
                                   compute::UsedDimensions& used, compute::Depthwise depthwise) {
    const auto sizes = sizes_of(dimensions);
    const auto content = scenario::read_file(file, largest_file);
    if (!content.trouble.empty()) throw FileError(content.code, fmt::format("{}: {}", file, content.trouble));
    Diagnostics diagnostics;
    auto network = compute::read_network(content.content, file, diagnostics, depthwise, sizes, &used);
    if (diagnostics.has_errors()) throw InputError{std::move(diagnostics)};
    return network;
}

void check_used(const std::vector<std::string>& dimensions, const compute::UsedDimensions& used) {
    for (const auto& [name, size] : sizes_of(dimensions))
        if (!used.contains(name))
            throw UsageError("E0504", fmt::format("--dimension: no ONNX model here has an open dimension '{}'", name),
                             "the name in the model, or INPUT[INDEX] of a dimension that it leaves open");
}

} // namespace autarky::cli
