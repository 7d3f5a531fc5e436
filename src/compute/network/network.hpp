// autarky: a network: its layers in the order of execution, and what could not be understood of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compute/network/layer.hpp"

namespace autarky::compute {

struct Network {
    std::string name;
    std::string source; ///< whose rule or file it follows
    std::vector<Layer> layers;
    std::map<std::string, Count> unsupported; ///< operators that are not counted, by name, with their number
};

inline Count macs(const Network& network) {
    Count total = 0;
    for (const auto& layer : network.layers)
        total = sum(total, macs(layer));
    return total;
}
inline Count parameters(const Network& network) {
    Count total = 0;
    for (const auto& layer : network.layers)
        total = sum(total, parameters(layer));
    return total;
}

} // namespace autarky::compute
