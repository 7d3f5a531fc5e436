// autarky: the names that a batch of updates uses, without reading its values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <utility>

namespace autarky::grid {

/// (component, attribute) of every element that an update writes as an object or names in its header; nothing from broken
/// JSON.
std::set<std::pair<std::string, std::string>> update_keys(const std::string& text);

} // namespace autarky::grid
