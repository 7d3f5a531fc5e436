// autarky: what the reports of a quarter see. Nothing flows back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "foundry/expansion.hpp"
#include "model/value.hpp"

namespace autarky::model {

template <class R> struct ReportView {
    const Scenario<R>& s;
    const Timeline& time;
    const QuarterView<R>& now;
    const std::vector<Generation<R>>& generations;
    const Needs<R>& needs;
    const Supply<R>& supply;
    const World<R>& make;
    const World<R>& buy;
    const OutletUse<R>& outlets;
    const Value<R>& value;
    const std::vector<foundry::PathValue<R>>& path_values;
    const std::vector<ChipCost<R>>& unit_cost; ///< by generation
    const BackEnds<R>& back_ends;
};

} // namespace autarky::model
