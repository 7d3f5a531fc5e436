// autarky: the tables of an answer as sheets of a workbook, numbers as numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "show/csv.hpp"
#include "show/shape.hpp"
#include "show/sink.hpp"
#include "show/workbook.hpp"

namespace autarky::show {

/// Collects the tables of a walked answer, as CSV has them, and remembers which cells were numbers.
class SheetCollector final : public Sink {
public:
    void begin_object(bool is_short) override { tables_.begin_object(is_short); }
    void key(std::string_view name) override { tables_.key(name); }
    void end_object() override { tables_.end_object(); }
    void begin_list(bool is_short) override { tables_.begin_list(is_short); }
    void end_list() override { tables_.end_list(); }
    void null() override { tables_.null(); }
    void boolean(bool value) override { tables_.boolean(value); }
    void integer(std::int64_t value) override;
    void natural(std::uint64_t value) override;
    void number(double value) override;
    void text(std::string_view value) override;

    /// A sheet a table, each under the table's name, that with single values first: see sheet_name. Columns with units, as
    /// the shape of the answer tells them; a list without an element has no sheet.
    [[nodiscard]] std::vector<WorkbookSheet> sheets(const RecordShape& answer) &&;

private:
    TableCollector tables_;
};

} // namespace autarky::show
