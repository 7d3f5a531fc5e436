// autarky: what the columns of a load series are, by their names and units.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace autarky::grid {

enum class SeriesRole { time, load, ambient };
/// `unstated` is a column called load or current alone: ampere, unless its values ask.
enum class LoadUnit { unstated, ampere, per_unit, kva, kw };
std::string_view name_of(LoadUnit unit);

/// One column by its header.
struct SeriesColumn {
    SeriesRole role;
    LoadUnit load = LoadUnit::unstated;
    double factor = 1.0, offset = 0.0; ///< value in our unit = factor x (cell + offset)
    bool has_unit = false;             ///< of time: minutes, hours, seconds are said
};

/// "load", "Load [A]", "load_kva", "P (kW)", "Ambient (°C)", "T_amb [degF]", "timestamp", "Time (h)": case, underscores and
/// brackets do not count. A load of one of several ("load_b", "I L2") has no unit of its own. None for a column that is none of these; a unit that its role cannot have is in `fault`.
std::optional<SeriesColumn> series_column(std::string_view header, std::string& fault);

} // namespace autarky::grid
