// autarky: findings as exit code and as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/findings.hpp"

#include <nlohmann/json.hpp>

namespace autarky::cli {

Exit exit_of(const Diagnostics& diagnostics) {
    bool all_usage = true;
    bool all_files = true;
    for (const auto& item : diagnostics.items()) {
        if (item.severity != Severity::error) continue;
        all_usage = all_usage && item.code.starts_with("E05");
        all_files = all_files && item.code.starts_with("E06");
    }
    if (all_usage) return Exit::usage;
    return all_files ? Exit::io : Exit::input;
}

std::string findings_json(const Diagnostics& diagnostics) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& item : diagnostics.sorted())
        list.push_back({{"file", item.origin.file},
                        {"line", item.origin.line},
                        {"column", item.origin.column},
                        {"length", item.origin.length},
                        {"code", item.code},
                        {"severity", item.severity == Severity::error ? "error" : "warning"},
                        {"message", item.message},
                        {"hint", item.hint}});
    // Texts of a hostile file may hold anything; what is no UTF-8 is replaced, never thrown at.
    return list.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace autarky::cli
