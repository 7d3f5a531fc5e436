// autarky: the ready networks, by name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compute/network/network.hpp"

namespace autarky::compute {

/// Names as `ready_network` knows them.
std::vector<std::string> ready_network_names();

/// The network of that name ("resnet-50", "regnet-y-8gf", "hydranet-8cam", "bevformer-base", "pi0", ...). Case,
/// underscores and hyphens do not matter. Also any member of the RegNet family by its numbers: "regnet-y:17,192,76.82,2.19,56"
/// (depth, initial width, slope, multiplier, group width; the last may be left out of a published member). None when the name is unknown or the numbers make no network;
/// `why` then says so.
std::optional<Network> ready_network(std::string_view name, std::string* why = nullptr);

} // namespace autarky::compute
