// autarky: reads a load series from the text of a CSV file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.hpp"
#include "grid/heat/series_header.hpp"

namespace autarky::grid {

/// What a file does not say itself.
struct SeriesReading {
    bool hold_gaps = false;       ///< the row after a gap holds over all of it
    bool daylight_saving = false; ///< stamps without an offset follow summer time: an hour repeats and one is left out
    bool stamps_begin = false;    ///< a stamp is the beginning of its row's step, not its end
    std::string load_column = {}; ///< which one, where several could be the load
    std::optional<double> ambient_c = {}; ///< of a file without such a column
};

/// The series as it is computed: minutes from 1970 or from wherever the file counts, the end of each row's step.
struct SeriesColumns {
    std::vector<double> minute, load, ambient_c;
    LoadUnit unit = LoadUnit::unstated; ///< of load
    std::string load_name = {};         ///< header of the load's column
    std::size_t n_negative = 0;         ///< rows with reverse flow: allowed, and said
    std::size_t n_missing = 0;          ///< rows that a regular series would have had and that are not there
};

/// Reads `text`; everything that is wrong goes into `findings` with line and column.
///
/// The header names the columns in any order, with units: series_header.hpp. Other columns are ignored; two that could be the
/// load are a question. Cells may be quoted; numbers may have a decimal comma or thousands, and 1,234 alone is a question.
/// Times are minutes (or the unit of the header) or stamps: series_time.hpp. Time must grow. Stamps that repeat or leave out
/// an hour on a day on which clocks may change are told so. Where at least nine in ten steps are alike, longer steps are gaps,
/// an error unless `hold_gaps`; otherwise the rows are taken as events, each of which holds over the step that ends at it.
SeriesColumns read_series_csv(std::string_view text, const std::string& file, const SeriesReading& how,
                              Diagnostics& findings);

} // namespace autarky::grid
