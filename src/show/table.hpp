// autarky: tables of figures: groups of columns under a heading, aligned.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "show/text.hpp"

namespace autarky::show {

struct TableColumn {
    std::string head;
    std::vector<std::string> cells;
    bool is_text = false; ///< aligned to the left; figures stand to the right
    bool is_bold = false;
};

struct ColumnGroup {
    std::string title, unit; ///< two lines over the columns, either may be empty
    std::vector<TableColumn> columns;
};

/// What is wider than the page is broken into tables below one another, each with the first column again when that holds
/// labels; else the widest texts are cut. A wide page takes any width. Lines that begin with `indent` blanks. A head that is empty everywhere has no line. All columns have as many cells.
std::string table_text(const Page& page, const std::vector<ColumnGroup>& groups, std::size_t indent = 2,
                       std::size_t gap = 3);

/// A plain table, row by row: labels in the first column, then a group a column.
class Sheet {
public:
    /// A head that begins with '<' is that of a column of text.
    explicit Sheet(const std::vector<std::string>& heads);
    void row(std::vector<std::string> cells);
    [[nodiscard]] std::string text(const Page& page, std::size_t indent = 0, std::size_t gap = 1) const;

private:
    std::vector<TableColumn> columns_;
};

} // namespace autarky::show
