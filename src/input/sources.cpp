// autarky: sources and grades.
// SPDX-License-Identifier: Apache-2.0
#include "input/sources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/calendar.hpp"
#include "input/grade.hpp"
#include "input/suggest.hpp"

namespace autarky::scenario {

std::optional<Grade> read_grade(const Node& node, const std::string& path, const Texts& texts,
                                Diagnostics& diagnostics) {
    constexpr auto names = choices(Type<Grade>{});
    const auto found = std::find(names.begin(), names.end(), node.text);
    if (node.is_text() && found != names.end()) return static_cast<Grade>(found - names.begin());
    auto hint = node.is_text() ? did_you_mean(node.text, {names.begin(), names.end()}) : std::string{};
    if (hint.empty()) hint = fmt::format("grades are {}", fmt::join(names, ", "));
    diagnostics.error(texts.origin(node.place), "E0211",
                      node.is_text() ? fmt::format("{}: '{}' is no grade", path, node.text)
                                     : fmt::format("{}: a grade is a text, not {}", path, kind_name(node.kind)),
                      std::move(hint));
    return std::nullopt;
}

SourceTable::SourceTable(const Node& root, const Texts& texts, Diagnostics& diagnostics)
    : texts_(texts), diagnostics_(diagnostics) {
    defined_.emplace(set_source, Source{std::string(set_source), "set on the command line", "", Grade::assumption, {}});
    const Node* table = root.find("source");
    if (table == nullptr) return;
    if (!table->is_table()) {
        diagnostics.error(texts.origin(table->place), "E0207", "source: sources are tables", "[source.an-id]");
        return;
    }
    for (const auto& member : table->members)
        read(member);
}

void SourceTable::read(const Member& member) {
    static const std::vector<std::string_view> keys{"title", "date", "grade", "url"};
    const auto path = "source." + member.key;
    Source source;
    source.id = member.key;
    if (!member.value.is_table()) {
        diagnostics_.error(texts_.origin(member.value.place), "E0207", fmt::format("{}: a source is a table", path),
                           fmt::format("[{}]", path));
        return;
    }
    bool has_grade = false;
    for (const auto& [key, place, value] : member.value.members) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
            diagnostics_.error(texts_.origin(place), "E0301", fmt::format("unknown key '{}' in {}", key, path),
                               suggestion(key, keys, diagnostics_));
            continue;
        }
        if (key == "grade") {
            has_grade = true;
            if (const auto grade = read_grade(value, path + ".grade", texts_, diagnostics_)) source.grade = *grade;
        } else if (key == "date") {
            source.date = value.kind == NodeKind::integer ? fmt::format("{}", value.integer) : value.text;
            if (!parse_date(source.date))
                diagnostics_.error(texts_.origin(value.place), "E0210",
                                   fmt::format("{}.date: '{}' is no date", path, source.date),
                                   "write 2025, \"2025-10\" or \"2025-10-17\"");
        } else if (!value.is_text()) {
            diagnostics_.error(texts_.origin(value.place), "E0207",
                               fmt::format("{}.{}: needs a text, not {}", path, key, kind_name(value.kind)));
        } else {
            (key == "title" ? source.title : source.url) = value.text;
        }
    }
    if (source.title.empty())
        diagnostics_.error(texts_.origin(member.place), "E0302", fmt::format("{} needs 'title'", path),
                           "who published what");
    if (!has_grade)
        diagnostics_.error(texts_.origin(member.place), "E0302", fmt::format("{} needs 'grade'", path),
                           fmt::format("one of {}", fmt::join(choices(Type<Grade>{}), ", ")));
    if (source.date.empty() && source.grade != Grade::assumption && has_grade)
        diagnostics_.error(texts_.origin(member.place), "E0302", fmt::format("{} needs 'date'", path),
                           "when it was published, such as \"2025-10-17\"");
    defined_.emplace(member.key, std::move(source));
}

int SourceTable::cite(std::string_view id, const Place& place, const std::string& path, std::vector<Source>& cited) {
    if (const auto row = rows_.find(id); row != rows_.end()) return row->second;
    const auto found = defined_.find(id);
    if (found == defined_.end()) {
        std::vector<std::string_view> known;
        for (const auto& [name, source] : defined_)
            if (name != set_source) known.push_back(name);
        auto hint = suggestion(id, known, diagnostics_);
        if (hint.empty()) hint = fmt::format("define it as [source.{}]", id);
        diagnostics_.error(texts_.origin(place), "E0303", fmt::format("{}: there is no source '{}'", path, id),
                           std::move(hint));
        return -1;
    }
    cited.push_back(found->second);
    const int row = static_cast<int>(cited.size()) - 1;
    rows_.emplace(found->first, row);
    return row;
}

} // namespace autarky::scenario
