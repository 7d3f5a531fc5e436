// autarky: finds the items behind the columns of tables by their paths.
// SPDX-License-Identifier: Apache-2.0
#include "show/described_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace autarky::show {
namespace {

/// Of a list of records, what its element is.
const RecordShape* row_of(const ValueShape& value) {
    if (value.kind != Kind::list || value.element.front().kind != Kind::record) return nullptr;
    return &value.element.front().record();
}

/// What stands behind the key of an item in a path, without the dot; null: the path is not through it. An item that is
/// merged has no part of its own in a path.
const char* behind(const ItemShape& item, const char* path) {
    if (item.is_merged || item.is_whole) return path;
    std::string_view rest(path);
    if (!rest.starts_with(item.key)) return nullptr;
    rest.remove_prefix(item.key.size());
    if (rest.empty()) return rest.data();
    return rest.front() == '.' ? rest.data() + 1 : nullptr;
}

/// The records on the way to the rows of the table, the rows' own last; empty: there is no such list.
std::vector<const RecordShape*> rows_of(const RecordShape& from, const char* path) {
    std::vector<const RecordShape*> out;
    for (const auto& item : from.items) {
        const char* rest = behind(item, path);
        if (rest == nullptr) continue;
        const auto* row = row_of(item.value);
        const auto* inner = row != nullptr ? row : item.value.kind == Kind::record ? &item.value.record() : nullptr;
        if (inner == nullptr) continue;
        const auto further = row != nullptr && *rest == '\0' ? std::vector{row} : rows_of(*inner, rest);
        if (further.empty()) continue;
        out.push_back(&from);
        for (const auto* one : further)
            out.push_back(one);
        break;
    }
    return out;
}

bool is_plain(Kind kind) { return kind != Kind::record && kind != Kind::list && kind != Kind::map; }

/// The plain value, or list of them, of a column; null: none.
const ItemShape* item_of(const RecordShape& row, const char* column) {
    for (const auto& item : row.items) {
        const char* rest = behind(item, column);
        if (rest == nullptr) continue;
        if (item.value.kind == Kind::record) {
            if (const auto* found = item_of(item.value.record(), rest)) return found;
        } else if (*rest == '\0') {
            return &item;
        }
    }
    return nullptr;
}

const ItemShape* item_of(const std::vector<const RecordShape*>& rows, const std::string& column) {
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) // an inner row's column hides the outer one's
        if (const auto* found = item_of(**row, column.c_str())) return found;
    return nullptr;
}

void add_units(Table& table, const std::vector<const RecordShape*>& rows) {
    const auto keys = table.columns;
    for (auto& column : table.columns) {
        const auto* item = item_of(rows, column);
        if (item == nullptr || item->unit.empty() || item->unit == "1" || item->unit.starts_with("the ")) continue;
        const auto is_told = [&](const std::string& other) { // by a text; a number may be named like a unit: "cost.die"
            if (other != item->unit && !other.ends_with(fmt::format(".{}", item->unit))) return false;
            const auto* telling = item_of(rows, other);
            return telling != nullptr && telling->value.kind == Kind::text;
        };
        if (std::none_of(keys.begin(), keys.end(), is_told)) column = fmt::format("{} [{}]", column, item->unit);
    }
}

void add_columns(std::vector<std::string>& columns, const RecordShape& row, const std::string& before) {
    for (const auto& item : row.items) {
        const auto name = before + std::string(item.key);
        if (item.value.kind == Kind::record && !item.value.may_be_null)
            add_columns(columns, item.value.record(), name + ".");
        else if (is_plain(item.value.kind) ||
                 (item.value.kind == Kind::list && is_plain(item.value.element.front().kind)))
            columns.push_back(name);
    }
}

/// A head for every list of the answer, or of a record that it always has, that gave no table.
void add_empty(std::vector<Table>& tables, const RecordShape& from, const std::string& before) {
    for (const auto& item : from.items) {
        const auto name = item.is_whole ? std::string{} : before + std::string(item.key);
        if (item.value.kind == Kind::record && !item.value.may_be_null && !item.is_merged)
            add_empty(tables, item.value.record(), name + ".");
        const auto* row = row_of(item.value);
        if (row == nullptr) continue;
        if (std::any_of(tables.begin(), tables.end(), [&](const Table& table) { return table.name == name; })) continue;
        tables.push_back({name, {}, {}});
        add_columns(tables.back().columns, *row, "");
    }
}

} // namespace

std::vector<Table> described(std::vector<Table> tables, const RecordShape& answer) {
    add_empty(tables, answer, "");
    for (auto& table : tables) {
        auto rows = rows_of(answer, table.name.c_str());
        if (rows.empty()) rows = {&answer}; // what stands in no list
        add_units(table, rows);
    }
    return tables;
}

} // namespace autarky::show
