// autarky: the transformer that a load series is run through, from its data sheet, its street or an assumption.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/diagnostics.hpp"
#include "grid/heat/heat_spec.hpp"
#include "grid/heat/loading_limits.hpp"
#include "grid/heat/series_csv.hpp"
#include "grid/street/street.hpp"

namespace autarky::grid {

/// A 400 kVA, 400 V distribution unit of 4,600 W and 430 W in a housing (docs/model/grid.md): what is run where nothing is said.
HeatSpec assumed_unit(HeatModel model);

/// The unit of a street of the catalogue, which is described for IEC 60076-7 and has no rated current of its own.
HeatSpec street_unit(const UnitType& type);

/// The unit of a sheet (TOML). None, with findings, when it is none.
std::optional<HeatSpec> read_heat_sheet(const std::string& text, const std::string& file, HeatModel model,
                                        Diagnostics& findings);

/// "400 kVA, 577.4 A (three phases assumed)".
std::string unit_text(const HeatSpec& spec);

/// The series in ampere, or per unit when the unit has no rated current. `power_factor` turns kW into kVA. Findings (errors): a
/// unit that cannot be turned into the other (E0302), a load above ten times the rating or a series that never passes a
/// hundredth of it (E0205), a column without a unit whose values look like per unit.
std::optional<LoadSeries<double>> rated_series(const SeriesColumns& rows, const HeatSpec& spec,
                                               std::optional<double> power_factor, const std::string& file,
                                               Diagnostics& findings);

/// The limits of the unit's standard and size.
std::span<const LoadingLimit> limits_of(const HeatSpec& spec);

/// Highest load over rated current.
double peak_pu(const HeatSpec& spec, const LoadSeries<double>& series);
/// Whether a day stays within a row of the table.
bool keeps(const LoadingLimit& limit, double peak_pu, const HeatSeries<double>& heat);

} // namespace autarky::grid
