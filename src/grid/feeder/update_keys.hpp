// autarky: the names that a batch of updates uses, without reading its values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace autarky::grid {

/// The keys that power-grid-model's JSON has around its data.
bool is_heading(std::string_view key);
/// Keys of a text that people write beside them: where the grid is from, what it is.
bool is_note(std::string_view key);
std::string unknown_heading(std::string_view key);
inline constexpr const char* heading_hint = "the keys there are version, type, is_batch, attributes, data";

/// (component, attribute) of every element that an update writes as an object or names in its header, and ("", key) of a key
/// around them that is no heading; nothing from broken JSON.
std::set<std::pair<std::string, std::string>> update_keys(const std::string& text);

} // namespace autarky::grid
