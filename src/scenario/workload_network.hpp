// autarky: the network of a workload: a ready one by its name, or a file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compute/network/network.hpp"
#include "core/diagnostics.hpp"

namespace autarky::scenario {

/// What a workload says of its network, and where.
struct NamedNetwork {
    std::string_view path;       ///< of the workload, for messages: "workload.driving"
    std::string_view name;       ///< ready network, ONNX model or layer table
    std::string_view dimensions; ///< "sequence=128, batch=1": sizes that an ONNX model leaves open
    std::string folder;          ///< to which a file is relative; empty: the text is no file
    Origin at{};                 ///< of the name
    Origin dimensions_at{};
};

/// The text names a file, not a ready network: it ends in .onnx or .csv, or has a slash in it.
bool names_network_file(std::string_view text);

/// None, with a finding, when there is no such network (E0304), its file cannot be used (E0605 and what its reader finds:
/// E0701 to E0714), or a size has no effect (E0402).
/// `sha256` becomes the hash of the file, if it is one.
std::optional<compute::Network> find_network(const NamedNetwork& named, Diagnostics& diagnostics,
                                             std::string* sha256 = nullptr);

} // namespace autarky::scenario
