// autarky: reads TOML text into a tree with places, within limits that keep hostile text harmless.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/diagnostics.hpp"
#include "input/node.hpp"

namespace autarky::scenario {

/// Limits of one text. A real scenario needs a hundredth of each.
struct TextLimits {
    std::size_t bytes = 8'000'000;
    std::size_t values = 100'000; ///< keys and list items
    std::size_t depth = 32;       ///< lists and tables inside each other
};

/// The tree of text number `text`; findings (E01xx: not UTF-8, too deep, not TOML, a key twice) go to `diagnostics`.
std::optional<Node> read_toml(const Texts& texts, int text, Diagnostics& diagnostics, const TextLimits& limits = {});

} // namespace autarky::scenario
