// autarky: the grid quantities that published cases name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/case_table.hpp"

namespace autarky::grid {

/// Value of a quantity of validation/grid/cases.csv. Failure: CaseError for one that it does not know.
///
///     kraft_rate, upgraded_rate      hot_spot
///     steady_top_oil, steady_hot_spot  load ambient loss_ratio oil_rise [gradient factor surcharge]   IEC 60076-7
///     iec_250mva_top_oil, iec_250mva_hot_spot  minute        the standard's example
///     ode_52mva_top_oil, ode_52mva_hot_spot    minute        C57.91 working group's unit, 1.0/1.6/0.5 of its rating
///     home_peak                      p_one p_many n
double case_quantity(std::string_view what, const CaseInputs& in);

} // namespace autarky::grid
