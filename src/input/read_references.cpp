// autarky: the reader's last step: names of rows become their numbers.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "input/read.hpp"
#include "input/suggest.hpp"

namespace autarky::scenario {

void Reader::resolve_references() {
    std::map<std::string_view, std::unordered_map<std::string_view, int>> numbers;
    for (const auto& [table, names] : rows_)
        for (std::size_t i = 0; i < names.size(); ++i)
            numbers[table].emplace(names[i], static_cast<int>(i));
    for (const auto& pending : references_) {
        const auto& name = pending.value->text;
        const auto& known = numbers[pending.field->target];
        if (const auto found = known.find(name); found != known.end()) {
            pending.field->set_number(pending.member, found->second);
            continue;
        }
        const auto* rows = rows_of(pending.field->target);
        std::vector<std::string_view> names;
        if (rows != nullptr) names.assign(rows->begin(), rows->end());
        if (const auto more = known_.find(pending.field->target); more != known_.end())
            for (const auto& one : more->second)
                if (std::find(names.begin(), names.end(), one) == names.end()) names.push_back(one);
        constexpr std::size_t most_listed = 12;
        const bool is_left_out = std::find(names.begin(), names.end(), name) != names.end();
        auto hint = is_left_out
                        ? fmt::format("the catalogue has it, and `use` of the scenario leaves it out: name it there")
                        : suggestion(name, names, diagnostics_);
        if (hint.empty() && names.empty()) hint = fmt::format("the scenario has no [{}.name]", pending.field->target);
        if (hint.empty() && names.size() <= most_listed) hint = fmt::format("known are {}", fmt::join(names, ", "));
        error(pending.value->place, "E0304",
              fmt::format("{}: there is no {} '{}'", pending.path, pending.field->target, name), std::move(hint));
    }
}

} // namespace autarky::scenario
