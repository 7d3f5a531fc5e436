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

/// Lines that begin with `indent` blanks. A head that is empty everywhere has no line. All columns have as many cells.
std::string table_text(const Page& page, const std::vector<ColumnGroup>& groups, std::size_t indent = 2,
                       std::size_t gap = 3);

} // namespace autarky::show
