// autarky: what was written down (core/written.hpp) as formulas of a spreadsheet, a column of cells on earlier cells.
// SPDX-License-Identifier: Apache-2.0
//
// The formulas use + - * / ^ EXP LN IF MIN MAX, INT of what is not negative, and ERFC where the model has it: programs agree
// about these, and about little else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/written.hpp"

namespace autarky::show {

/// Where things stand.
struct FormulaPlaces {
    /// The value of an input in base units, by its row: "in_price" or "in_price*1000".
    std::function<std::string(std::size_t input)> input;
    std::string column;        ///< of the cells: "E"
    std::size_t first_row = 1; ///< of the first cell, from 1
};

struct FormulaCell {
    std::int32_t step; ///< of the record
    std::string text;  ///< "=E4*in_price"
    double value;      ///< with the inputs of the record, in base units
};

struct FormulaColumn {
    std::vector<FormulaCell> cells;                       ///< in order: each only on earlier ones
    std::unordered_map<std::int32_t, std::size_t> row_of; ///< row of the sheet, by step
    std::vector<std::size_t> inputs;                      ///< rows of the inputs that they use, ascending
    bool is_bounded = false; ///< some hold only in a part of a table, and say so elsewhere by an error
};

/// A number as it stands in a formula: "0.01", "(-2)", "1E+15".
std::string formula_number(double value);

/// The cells behind some steps (constants among them have none). These and named formulas have a cell each, and so has what
/// is used more than once; the rest stands inside of the formulas that use it.
FormulaColumn formula_column(const Working& working, std::span<const std::int32_t> wanted, const FormulaPlaces& places);

} // namespace autarky::show
