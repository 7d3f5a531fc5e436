// autarky: paths that name a value of a scenario: "process.sf2.wafer_price", "site.taylor.capacity[2026Q2]".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "scenario/node.hpp"

namespace autarky::scenario {

/// A path taken apart.
struct Path {
    std::vector<std::string> keys;
    std::string knot; ///< date in brackets behind the last key; empty: none
};

/// Nothing if a key is empty or the brackets do not close.
std::optional<Path> parse_path(std::string_view text);

/// Value at a path, or null.
const Node* find_path(const Node& root, const Path& path);

/// Lays `value` at `path` of `root`, making the tables that are missing; a knot is replaced or put in by date.
/// `place` is where the path was written. Findings (a knot of something that is no series) go to `diagnostics`.
void set_path(Node& root, const Path& path, const Place& place, Node value, const Texts& texts,
              Diagnostics& diagnostics);

/// Whether `text` fits `pattern`, in which '*' stands for any run of characters.
bool fits_pattern(std::string_view pattern, std::string_view text);

} // namespace autarky::scenario
