// autarky: rows and cells of separated text (RFC 4180), each with its place, and the numbers in them as people write them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autarky::grid {

struct CsvCell {
    std::string text;       ///< without surrounding blanks and quotes
    std::size_t column = 1; ///< of its first character, from 1
    std::size_t width = 1;
};

struct CsvRow {
    std::size_t line = 0;
    std::size_t length = 0; ///< of the line
    std::vector<CsvCell> cells;
};

struct CsvText {
    char separator = ',';
    std::vector<CsvRow> rows; ///< without empty lines and remarks (#)
};

/// A byte-order mark is passed over. Semicolon or tab part the cells where the first row has one outside quotes, else commas.
/// A quoted cell may hold separators, doubled quotes and line ends.
CsvText csv_rows(std::string_view text);

/// How numbers of a file are written.
struct NumberStyle {
    char decimal = '.';
    bool ambiguous = false; ///< only cells such as 1,234 have a comma: a thousand, or a little over one
};
/// Read off all numeric cells together; with semicolons a lone comma is a decimal sign.
NumberStyle number_style(const std::vector<std::string_view>& cells, char separator);

/// A number with the other sign, blanks or apostrophes between thousands; none when it is no finite number.
std::optional<double> number_in(std::string_view cell, NumberStyle style);

} // namespace autarky::grid
