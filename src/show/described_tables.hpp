// autarky: what the description of an answer adds to its tables: units of the columns, and the tables that are empty.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "show/csv.hpp"
#include "show/shape.hpp"

namespace autarky::show {

/// The tables of an answer of this shape, each column with its unit: "width_mm [mm]". A number without a unit has none, and
/// neither has one whose unit another column of the row tells, or that is told in words ("the unit of the input"). A list
/// without an element is a table with a head and no row, behind the others.
std::vector<Table> described(std::vector<Table> tables, const RecordShape& answer);

} // namespace autarky::show
