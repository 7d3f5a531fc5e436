// autarky: paths that name a value of a scenario: "process.sf2.wafer_price", "site.taylor.capacity[2026Q2]".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "input/node.hpp"

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

/// Whether `text` is the path of a value of the files although errors were found: then it is one that could not be read,
/// and naming it is no second mistake.
bool names_unread_value(const Node& root, std::string_view text, const Diagnostics& diagnostics);

/// Lays `value` at `path` of `root`, making the tables that are missing; a knot is replaced or put in by date.
/// `place` is where the path was written. Findings (a knot of something that is no series) go to `diagnostics`.
void set_path(Node& root, const Path& path, const Place& place, Node value, const Texts& texts,
              Diagnostics& diagnostics);

/// Whether `text` fits `pattern`, in which '*' stands for any run of characters.
bool fits_pattern(std::string_view pattern, std::string_view text);

} // namespace autarky::scenario
