// autarky: makes sheets of tables.
// SPDX-License-Identifier: Apache-2.0
#include "show/sheet_collector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "show/described_tables.hpp"

namespace autarky::show {
namespace {

/// Stands before a number on its way through the tables, whose cells are texts. No text keeps one: it is a control character.
constexpr char mark = '\x1F';

std::string marked(std::string_view number) { return mark + std::string(number); }

std::string unmarked(std::string_view text) {
    std::string out(text);
    std::erase(out, mark);
    return out;
}

WorkbookCell cell_of(const std::string& text) {
    if (text.empty()) return {};
    const bool is_number = text.front() == mark && text.find(mark, 1) == std::string::npos;
    if (!is_number) return WorkbookCell::of(unmarked(text)); // several numbers in a cell are a text
    double value = NAN;
    std::from_chars(text.data() + 1, text.data() + text.size(), value);
    return WorkbookCell::of(value);
}

WorkbookSheet sheet_of(const Table& table) {
    constexpr double narrowest = 8.0, widest = 48.0, for_filter = 3.0;
    WorkbookSheet out{table.name.empty() ? "single" : table.name, {}, {}};
    std::vector<WorkbookCell> head;
    for (const auto& column : table.columns) {
        head.push_back(WorkbookCell::of(column, WorkbookCell::Look::heading));
        out.widths.push_back(std::clamp(static_cast<double>(column.size()) + for_filter, narrowest, widest));
    }
    out.rows.push_back(std::move(head));
    for (const auto& texts : table.rows) {
        std::vector<WorkbookCell> row;
        for (std::size_t c = 0; c < texts.size(); ++c) {
            row.push_back(cell_of(texts[c]));
            const double length =
                row.back().kind == WorkbookCell::Kind::text ? static_cast<double>(row.back().text.size()) : 0.0;
            out.widths[c] = std::clamp(length + 1.0, out.widths[c], widest);
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

} // namespace

void SheetCollector::integer(std::int64_t value) { tables_.text(marked(fmt::format("{}", value))); }
void SheetCollector::natural(std::uint64_t value) { tables_.text(marked(fmt::format("{}", value))); }
void SheetCollector::number(double value) { tables_.text(marked(fmt::format("{}", value))); }
void SheetCollector::text(std::string_view value) { tables_.text(unmarked(value)); }

std::vector<WorkbookSheet> SheetCollector::sheets(const RecordShape& answer) && {
    std::vector<WorkbookSheet> out;
    for (const auto& table : described(std::move(tables_).tables(), answer))
        if (!table.rows.empty()) out.push_back(sheet_of(table));
    return out;
}

} // namespace autarky::show
