// autarky: holds JSON against the part of JSON Schema that the answers' schemas use.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace autarky::test {

/// What in `value` breaks the schema, one line each; empty: nothing. `root` holds the definitions.
std::vector<std::string> violations(const nlohmann::json& value, const nlohmann::json& schema,
                                    const nlohmann::json& root, const std::string& path = "$");

} // namespace autarky::test
