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
    Count nodes = 0;                          ///< of a graph that do some work, with those that are not counted
    Count uncounted_weights = 0;              ///< learned values that only operators read that are not counted
    std::vector<std::string> remarks{};       ///< choices that were made for the reader
};

/// Operators that are not counted.
inline Count uncounted(const Network& network) {
    Count n = 0;
    for (const auto& [name, number] : network.unsupported)
        n = sum(n, number);
    return n;
}

/// Whether every learned value is part of a layer that is counted: else no deadline is known to be kept.
inline bool is_whole(const Network& network) { return network.uncounted_weights == 0; }

/// What is not counted, in one line: "2 of 5 nodes: 1 acme.Foo, 1 Det; 4096 weights with them". Empty: all is.
std::string uncounted_text(const Network& network);

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
