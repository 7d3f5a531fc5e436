// autarky: collects tables from a walked answer and writes them as CSV.
// SPDX-License-Identifier: Apache-2.0
#include "show/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>

#include "core/visible.hpp"

namespace autarky::show {

using Cells = std::vector<std::pair<std::string, std::string>>;

/// What is open: an object or a list, with its path among the tables or among the columns of a row.
struct TableCollector::Level {
    enum class Kind { row, record, rows, values, unknown } kind = Kind::unknown;
    std::string table;  ///< path of the list whose rows these are
    std::string column; ///< prefix of the columns of a record inside a row
    Cells cells{};      ///< of a row
    std::string text{}; ///< of a list of plain values
    std::size_t n = 0;
};

TableCollector::TableCollector() { levels_.push_back({Level::Kind::row, "", "", {}, {}, 0}); }
TableCollector::~TableCollector() = default;

namespace {

std::string joined(const std::string& before, const std::string& key) {
    return before.empty() ? key : before + "." + key;
}

Table& table_named(std::vector<Table>& tables, const std::string& name) {
    const auto found = std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.name == name; });
    if (found != tables.end()) return *found;
    tables.push_back({name, {}, {}});
    return tables.back();
}

void add_row(Table& table, const Cells& cells) {
    std::vector<std::string> row(table.columns.size());
    for (const auto& [column, text] : cells) {
        const auto found = std::find(table.columns.begin(), table.columns.end(), column);
        if (found == table.columns.end()) {
            table.columns.push_back(column);
            row.push_back(text);
        } else {
            row[static_cast<std::size_t>(found - table.columns.begin())] = text;
        }
    }
    table.rows.push_back(std::move(row));
}

} // namespace

void TableCollector::key(std::string_view name) { key_ = name; }

void TableCollector::begin_object(bool /*is_short*/) {
    if (levels_.size() == 1 && key_.empty()) { // the answer itself
        levels_.push_back({Level::Kind::record, "", "", {}, {}, 0});
        return;
    }
    auto& level = levels_.back();
    if (level.kind == Level::Kind::unknown || level.kind == Level::Kind::rows) {
        level.kind = Level::Kind::rows;
        Level row{Level::Kind::row, level.table, "", {}, {}, 0};
        for (auto outer = levels_.rbegin(); outer != levels_.rend(); ++outer) // plain values of the rows around it
            if (outer->kind == Level::Kind::row && !outer->table.empty()) {
                row.cells = outer->cells;
                break;
            }
        levels_.push_back(std::move(row));
        return;
    }
    levels_.push_back({Level::Kind::record, level.table, joined(level.column, key_), {}, {}, 0});
}

void TableCollector::end_object() {
    auto level = std::move(levels_.back());
    levels_.pop_back();
    if (level.kind == Level::Kind::row) add_row(table_named(tables_, level.table), level.cells);
}

void TableCollector::begin_list(bool is_short) {
    const auto& level = levels_.back();
    const auto name = joined(level.column, key_);
    levels_.push_back(
        {is_short ? Level::Kind::values : Level::Kind::unknown, joined(level.table, name), name, {}, {}, 0});
}

void TableCollector::end_list() {
    auto level = std::move(levels_.back());
    levels_.pop_back();
    if (level.kind != Level::Kind::values) return;
    key_ = level.column;
    for (auto open = levels_.rbegin(); open != levels_.rend(); ++open)
        if (open->kind == Level::Kind::row) {
            open->cells.emplace_back(level.column, std::move(level.text));
            return;
        }
}

void TableCollector::cell(std::string text) {
    auto& level = levels_.back();
    if (level.kind == Level::Kind::values || level.kind == Level::Kind::unknown) {
        level.kind = Level::Kind::values;
        if (level.n++ > 0) level.text += ' ';
        level.text += text;
        return;
    }
    const auto column = joined(level.column, key_);
    for (auto open = levels_.rbegin(); open != levels_.rend(); ++open)
        if (open->kind == Level::Kind::row) {
            open->cells.emplace_back(column, std::move(text));
            return;
        }
}

void TableCollector::null() { cell({}); }
void TableCollector::boolean(bool value) { cell(value ? "true" : "false"); }
void TableCollector::integer(std::int64_t value) { cell(fmt::format("{}", value)); }
void TableCollector::natural(std::uint64_t value) { cell(fmt::format("{}", value)); }
void TableCollector::number(double value) { cell(fmt::format("{}", value)); }
void TableCollector::text(std::string_view value) { cell(std::string(value)); }

std::vector<Table> TableCollector::tables() && {
    Table single{"", {}, {}};
    if (!levels_.front().cells.empty()) add_row(single, levels_.front().cells);
    if (!single.columns.empty()) tables_.insert(tables_.begin(), std::move(single));
    for (auto& table : tables_)
        for (auto& row : table.rows)
            row.resize(table.columns.size());
    return std::move(tables_);
}

namespace {

/// A spreadsheet program runs a text that begins like a formula, quoted or not. The apostrophe before it is what such programs
/// themselves keep a text by, and what OWASP advises ("CSV injection"). Numbers stay numbers.
std::string never_run(const std::string& text) {
    if (text.empty() || std::string_view("=+-@").find(text.front()) == std::string_view::npos) return text;
    double number = 0.0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? text : "'" + text;
}

} // namespace

// Lines end as on Unix: what is printed holds no control character beside the line feed.
std::string csv_text(const Table& table) {
    const auto field = [](const std::string& cell) {
        const auto text = never_run(visible_lines(cell));
        if (text.find_first_of(",\"\n") == std::string::npos) return text;
        std::string out = "\"";
        for (const char c : text)
            out += c == '"' ? std::string("\"\"") : std::string(1, c);
        return out + "\"";
    };
    std::string out;
    const auto line = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            out += (i > 0 ? "," : "") + field(cells[i]);
        out += "\n";
    };
    line(table.columns);
    for (const auto& row : table.rows)
        line(row);
    return out;
}

} // namespace autarky::show
