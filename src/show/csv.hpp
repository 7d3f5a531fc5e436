// autarky: the tables of an answer as CSV (RFC 4180): one header row, then a row an element.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "show/shape.hpp"
#include "show/sink.hpp"

namespace autarky::show {

/// A table of an answer: the rows of one of its lists of records.
struct Table {
    std::string name; ///< path of the list: "criteria", "cases[].years"
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; ///< text of each cell; empty: no value
};

/// Collects every list of records of a walked answer. A record inside a row becomes columns "inner.key", a list of plain
/// values one cell with blanks between them; rows of a list inside a list begin with the columns of the outer row's plain
/// items. What stands outside of lists is the table "".
class TableCollector final : public Sink {
public:
    TableCollector();
    ~TableCollector() override;

    void begin_object(bool is_short) override;
    void key(std::string_view name) override;
    void end_object() override;
    void begin_list(bool is_short) override;
    void end_list() override;
    void null() override;
    void boolean(bool value) override;
    void integer(std::int64_t value) override;
    void natural(std::uint64_t value) override;
    void number(double value) override;
    void text(std::string_view value) override;

    /// The tables, the one with single values first, then in the order of the answer.
    [[nodiscard]] std::vector<Table> tables() &&;

private:
    struct Row;
    struct Level;
    void cell(std::string text);

    std::vector<Table> tables_;
    std::vector<Level> levels_;
    std::string key_;
};

template <class A> std::vector<Table> tables_of(const A& answer, std::string_view schema) {
    TableCollector collector;
    walk_answer(answer, schema, collector);
    return std::move(collector).tables();
}

std::string csv_text(const Table& table);

} // namespace autarky::show
