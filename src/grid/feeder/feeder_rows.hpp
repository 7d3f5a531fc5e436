// autarky: values of one row of a feeder.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

namespace autarky::grid {

/// A whole number of a row; none when it is not given. Ids may be negative.
inline std::optional<int> whole_of(const nlohmann::json& row, const char* key) {
    const auto found = row.find(key);
    if (found == row.end() || !found->is_number_integer()) return std::nullopt;
    return found->get<int>();
}
inline double number_of(const nlohmann::json& row, const char* key, double otherwise) {
    const auto found = row.find(key);
    return found != row.end() && found->is_number() ? found->get<double>() : otherwise;
}
/// A switch is closed, an element on, unless its row says 0.
inline bool is_on(const nlohmann::json& row, const char* key) { return whole_of(row, key) != 0; }

} // namespace autarky::grid
