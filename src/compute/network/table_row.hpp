// autarky: one row of a layer table: whole numbers by column name, with findings that point at the cell.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compute/network/count.hpp"
#include "compute/network/csv.hpp"

namespace autarky::compute {

/// The largest number that a cell may hold.
inline constexpr Count largest_cell = Count{1} << 31;

class TableRow {
public:
    /// `columns` and `line` must outlive the row.
    TableRow(const std::vector<std::string>& columns, const Line& line, const std::string& file,
             Diagnostics& diagnostics)
        : columns_(columns), line_(line), file_(file), diagnostics_(diagnostics), used_(columns.size(), false) {}

    [[nodiscard]] bool has(std::string_view column) const { return cell(column) != nullptr; }
    /// Text of a column, empty when it is missing or empty.
    std::string text(std::string_view column);
    /// At least `least`; a missing or empty cell gives `fallback`.
    Count number(std::string_view column, Count fallback, Count least = 1);
    /// The same where the cell must be there.
    Count required(std::string_view column, Count least = 1);

    void error(std::string_view column, std::string code, std::string message, std::string hint = {});
    /// Reports the filled cells that nobody asked for.
    void report_unused(std::string_view what_row_is);

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] const Line& line() const { return line_; }

private:
    [[nodiscard]] const Cell* cell(std::string_view column) const;
    void mark(std::string_view column);

    const std::vector<std::string>& columns_;
    const Line& line_;
    const std::string& file_;
    Diagnostics& diagnostics_;
    std::vector<bool> used_;
    bool ok_ = true;
};

} // namespace autarky::compute
