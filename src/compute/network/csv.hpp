// autarky: lines and cells of a table as text, each with its place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"

namespace autarky::compute {

/// Bytes of the blank at the start of a text: a space, or one that does not break or has no width, as spreadsheets write.
std::size_t blank_at_start(std::string_view text);

struct Cell {
    std::string text;       ///< without surrounding blanks and quotes
    std::size_t column = 1; ///< in code points, from 1
    std::size_t length = 1;
};

struct Line {
    std::size_t number = 0;
    std::vector<Cell> cells;
};

/// Lines that are neither empty nor comments (#). Cells are parted by commas; by semicolons or tabs, as spreadsheets write,
/// where the first line has these and no comma. A cell may be quoted ("a,b"); an empty cell behind the last comma is
/// dropped, since SCALE-Sim's files end their lines with one. An unclosed quote is a diagnostic.
std::vector<Line> read_csv(std::string_view text, const std::string& file, Diagnostics& diagnostics);

} // namespace autarky::compute
