// autarky: lays JSON out for people and programs: one line for a list of plain values, indented otherwise.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace autarky::analysis {

/// Text with a line feed at its end. Numbers are the shortest that read back to the same double; what is not finite is
/// null; text that is not UTF-8 gets replacement characters.
std::string json_text(const nlohmann::ordered_json& value);

} // namespace autarky::analysis
