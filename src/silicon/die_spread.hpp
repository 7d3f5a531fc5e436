// autarky: how far the cost of a die spreads when the defect density is uncertain, and how much the yield model adds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "silicon/die_study.hpp"
#include "silicon/model_average.hpp"

namespace autarky::silicon {

/// Quantiles over equally likely draws.
struct Spread {
    double mean = 0.0, p5 = 0.0, p50 = 0.0, p95 = 0.0;
    [[nodiscard]] double ratio() const { return p5 > 0.0 ? p95 / p5 : 0.0; } ///< the hedge: less is safer
};
/// Spread of values (sorted inside); linear between order statistics (Hyndman and Fan 1996, type 7).
Spread spread_of(std::vector<double> values);

/// Cost of one die over the same draws of the density, in USD.
struct CostSpread {
    Spread plain, harvested;
};
CostSpread cost_spread(const DieResult& result, std::span<const double> densities_per_cm2);

/// Share of the variance of the bare cost of a good die that is the choice among the models of the whole table, all
/// equally believed. Domain: a wafer price is given, at least one draw.
ModelChoice cost_model_choice(const DieResult& result, std::span<const double> densities_per_cm2);

} // namespace autarky::silicon
