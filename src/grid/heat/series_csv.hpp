// autarky: reads a load series from the text of a CSV file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"

namespace autarky::grid {

/// Columns as the file has them: minute, load (A, or per unit), ambient_c.
struct SeriesColumns {
    std::vector<double> minute, load, ambient_c;
    std::size_t n_negative = 0; ///< rows with reverse flow: allowed, and said
    bool is_per_unit = false;   ///< the column is called load_pu or K
    std::size_t n_missing = 0;  ///< rows that a regular series would have had and that are not there
};

/// Reads `text`; everything that is wrong goes into `findings` with line and column.
/// The header names the columns in any order: minute, load (also load_a), ambient_c; other columns are ignored. Commas,
/// semicolons (then a comma is the decimal sign) or tabs part them.
/// Time must grow. Where at least nine in ten steps are alike, longer steps are gaps, an error unless `hold_gaps`;
/// otherwise the rows are taken as events, each of which holds over the step that ends at it.
SeriesColumns read_series_csv(std::string_view text, const std::string& file, bool hold_gaps, Diagnostics& findings);

} // namespace autarky::grid
