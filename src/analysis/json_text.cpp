// autarky: lays JSON out.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/json_text.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace autarky::analysis {
namespace {

using Json = nlohmann::ordered_json;

std::string one_line(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Whether a value stands on one line: a plain value, a list of plain values, a small object of plain values.
bool is_flat(const Json& value) {
    constexpr std::size_t largest_object = 6;
    if (!value.is_structured()) return true;
    if (value.is_object() && value.size() > largest_object) return false;
    return std::none_of(value.begin(), value.end(), [](const Json& item) { return item.is_structured(); });
}

void write(const Json& value, std::size_t indent, std::string& out) {
    if (is_flat(value)) {
        if (!value.is_object() || value.empty()) {
            out += one_line(value);
            return;
        }
    }
    const bool is_object = value.is_object();
    const bool is_on_one_line = is_flat(value);
    const std::string gap = is_on_one_line ? "" : "\n" + std::string(indent + 2, ' ');
    out += is_object ? '{' : '[';
    bool is_first = true;
    for (const auto& [key, item] : value.items()) {
        if (!is_first) out += is_on_one_line ? ", " : ",";
        is_first = false;
        out += gap;
        if (is_object) out += one_line(Json(key)) + ": ";
        write(item, indent + 2, out);
    }
    if (!is_on_one_line) out += "\n" + std::string(indent, ' ');
    out += is_object ? '}' : ']';
}

} // namespace

std::string json_text(const nlohmann::ordered_json& value) {
    std::string out;
    write(value, 0, out);
    return out + "\n";
}

} // namespace autarky::analysis
