// autarky: selects rows.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/select.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "input/path.hpp"
#include "input/suggest.hpp"

namespace autarky::scenario {

void Selection::name_rows_of(const Node& layer) {
    for (const auto& field : shape_.fields) {
        if (field.kind != FieldKind::table) continue;
        const Node* table = layer.find(field.key);
        if (table == nullptr) continue;
        for (const auto& row : table->members)
            steps_.push_back({{}, row.place, std::string(field.key), row.key});
    }
}

void Selection::name_path(const std::vector<std::string>& keys, const Place& place, const Node& value) {
    const auto* field = shape_.find(keys.front());
    if (field == nullptr || field->kind != FieldKind::table) return;
    if (keys.size() > 1) {
        steps_.push_back({{}, place, keys[0], keys[1]});
        return;
    }
    for (const auto& row : value.members)
        steps_.push_back({{}, place, keys[0], row.key});
}

void Selection::add_use(const Node& use) {
    const auto add = [this](const Node& item) {
        if (item.is_text() && !item.text.empty())
            steps_.push_back({item.text, item.place, {}, {}});
        else
            diagnostics_.error(texts_.origin(item.place), "E0207",
                               fmt::format("use: needs texts, not {}", kind_name(item.kind)),
                               "use = [\"process.sf2\", \"region.*\"]");
    };
    if (use.is_text()) {
        add(use);
        return;
    }
    if (!use.is_array()) {
        diagnostics_.error(texts_.origin(use.place), "E0207",
                           fmt::format("use: needs a list, not {}", kind_name(use.kind)),
                           "use = [\"process.sf2\", \"region.*\"]");
        return;
    }
    constexpr std::size_t most_patterns = 500;
    if (use.items.size() > most_patterns) {
        diagnostics_.error(texts_.origin(use.place), "E0103",
                           fmt::format("use: the list has {} entries", use.items.size()),
                           fmt::format("it may have {}; '*' stands for any text", most_patterns));
        return;
    }
    for (const auto& item : use.items)
        add(item);
}

void Selection::take_everything(const Node& root) { name_rows_of(root); }

void Selection::prune(Node& root) {
    list_rows(root);
    for (const auto& step : steps_) {
        if (step.pattern.empty()) {
            named_[step.table].insert(step.row);
            out_[step.table].erase(step.row);
        } else {
            apply_pattern(step);
        }
    }
    follow_references(root);
    drop_what_refers();
    for (const auto& field : shape_.fields) {
        Node* table = field.kind == FieldKind::table ? root.find(field.key) : nullptr;
        if (table == nullptr || !table->is_table()) continue;
        const auto& rows = named_[std::string(field.key)];
        std::erase_if(table->members, [&](const Member& row) { return rows.count(row.key) == 0; });
    }
}

bool Selection::uses(std::string_view table) const {
    for (const auto& step : steps_) {
        std::string_view pattern = step.pattern;
        if (pattern.starts_with('-')) pattern.remove_prefix(1);
        const auto head = pattern.substr(0, pattern.find('.'));
        if (!head.empty() && fits_pattern(head, table)) return true;
    }
    return false;
}

std::map<std::string, std::vector<std::string>, std::less<>> Selection::all_names() const {
    std::map<std::string, std::vector<std::string>, std::less<>> names;
    for (const auto& row : rows_)
        names[row.table].push_back(row.row);
    return names;
}

void Selection::list_rows(const Node& root) {
    for (const auto& field : shape_.fields) {
        const Node* table = field.kind == FieldKind::table ? root.find(field.key) : nullptr;
        if (table == nullptr || !table->is_table()) continue;
        for (const auto& row : table->members) {
            rows_.push_back({std::string(field.key), row.key, fmt::format("{}.{}", field.key, row.key), row.place});
            by_name_.emplace(rows_.back().name, &row.value);
        }
    }
}

void Selection::apply_pattern(const Step& step) {
    const bool takes_out = step.pattern[0] == '-';
    const std::string pattern = takes_out ? step.pattern.substr(1) : step.pattern;
    bool fits_any = false;
    for (const auto& row : rows_) {
        if (!fits_pattern(pattern, row.name)) continue;
        fits_any = true;
        (takes_out ? out_ : named_)[row.table].insert(row.row);
        (takes_out ? named_ : out_)[row.table].erase(row.row);
    }
    if (!fits_any) report_no_fit(step, pattern);
}

void Selection::report_no_fit(const Step& step, const std::string& pattern) {
    std::vector<std::string_view> names;
    names.reserve(rows_.size());
    for (const auto& row : rows_)
        names.push_back(row.name);
    auto hint = suggestion(pattern, names, diagnostics_);
    if (hint.empty()) hint = "a row is table.name, such as process.sf2; '*' stands for any text";
    diagnostics_.error(texts_.origin(step.place), "E0304", fmt::format("use: no row fits '{}'", pattern),
                       std::move(hint));
}

void Selection::follow_references(const Node& root) {
    for (const auto& field : shape_.fields)
        if (const Node* section = field.kind == FieldKind::section ? root.find(field.key) : nullptr)
            follow(*field.inner, *section, root);
    const auto named = named_;
    for (const auto& row : rows_)
        if (const auto rows = named.find(row.table); rows != named.end() && rows->second.count(row.row) == 1)
            follow(*shape_.find(row.table)->inner, *by_name_.at(row.name), root);
}

void Selection::follow(const Shape& shape, const Node& entity, const Node& root) {
    for (const auto& field : shape.fields) {
        const Node* value = entity.find(field.key);
        if (value == nullptr) continue;
        if (field.kind == FieldKind::section) {
            follow(*field.inner, *value, root);
        } else if (field.kind == FieldKind::table) { // rows inside a row
            for (const auto& row : value->members)
                follow(*field.inner, row.value, root);
        } else if (field.kind == FieldKind::reference) {
            const Node* is = value->is_table() ? value->find("is") : value;
            if (is != nullptr && is->is_text()) take(field.target, is->text, root);
        }
    }
}

void Selection::take(std::string_view table, const std::string& row, const Node& root) {
    const auto found = by_name_.find(fmt::format("{}.{}", table, row));
    const std::string key(table);
    if (found == by_name_.end() || out_[key].count(row) == 1) return;
    if (named_[key].insert(row).second) follow(*shape_.find(table)->inner, *found->second, root);
}

/// One row after the other, until none that is left refers to one that is out.
void Selection::drop_what_refers() {
    for (bool found = true; found;) {
        found = false;
        for (const auto& row : rows_) {
            const auto* table = shape_.find(row.table);
            if (table == nullptr || named_[row.table].count(row.row) == 0) continue;
            const auto lost = lost_reference(*table->inner, *by_name_.at(row.name));
            if (lost.empty()) continue;
            named_[row.table].erase(row.row);
            out_[row.table].insert(row.row);
            diagnostics_.warning(texts_.origin(row.place), "W0314", fmt::format("{}: left out, for {}", row.name, lost),
                                 "give it another one to keep it, or leave it out of `use` too");
            found = true;
        }
    }
}

std::string Selection::lost_reference(const Shape& shape, const Node& entity) const {
    for (const auto& field : shape.fields) {
        const Node* value = entity.find(field.key);
        if (value == nullptr) continue;
        if (field.kind == FieldKind::section || field.kind == FieldKind::table) {
            if (field.kind == FieldKind::section) {
                if (auto lost = lost_reference(*field.inner, *value); !lost.empty()) return lost;
                continue;
            }
            for (const auto& row : value->members)
                if (auto lost = lost_reference(*field.inner, row.value); !lost.empty()) return lost;
        } else if (field.kind == FieldKind::reference) {
            const Node* is = value->is_table() ? value->find("is") : value;
            const auto out = out_.find(field.target);
            if (is != nullptr && is->is_text() && out != out_.end() && out->second.count(is->text) == 1)
                return fmt::format("its {}, {}.{}, is taken out", field.key, field.target, is->text);
        }
    }
    return {};
}

} // namespace autarky::scenario
