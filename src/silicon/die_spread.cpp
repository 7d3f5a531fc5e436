// autarky: spread of the cost of a die under an uncertain defect density.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/die_spread.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/quantities.hpp"
#include "core/sorted_quantile.hpp"
#include "silicon/cost.hpp"

namespace autarky::silicon {
namespace {} // namespace

Spread spread_of(std::vector<double> values) {
    Spread spread;
    if (values.empty()) return spread;
    std::sort(values.begin(), values.end());
    for (const double x : values)
        spread.mean += x / static_cast<double>(values.size());
    spread.p5 = sorted_quantile(values, 0.05);
    spread.p50 = sorted_quantile(values, 0.50);
    spread.p95 = sorted_quantile(values, 0.95);
    return spread;
}

CostSpread cost_spread(const DieResult& result, std::span<const double> densities_per_cm2) {
    std::vector<double> plain;
    std::vector<double> harvested;
    for (const double density : densities_per_cm2) {
        plain.push_back(cost_at(result, density, *result.input.wafer_price_usd, false));
        harvested.push_back(cost_at(result, density, *result.input.wafer_price_usd, true));
    }
    return {spread_of(std::move(plain)), spread_of(std::move(harvested))};
}

ModelChoice cost_model_choice(const DieResult& result, std::span<const double> densities_per_cm2) {
    const DieInput& in = result.input;
    const auto area = quantity(in.area_mm2() * in.critical_share, "mm^2"_u);
    const auto gross = quantity(static_cast<double>(result.gross.optimised.dies), "die/wafer"_u);
    const auto price = quantity(*in.wafer_price_usd, "USD/wafer"_u);
    std::vector<double> costs;
    for (std::size_t model = 0; model < n_yield_models; ++model) {
        for (const double density : densities_per_cm2) {
            const double random =
                yield_of(static_cast<YieldModel>(model), area, quantity(density, "1/cm^2"_u), in.clustering, in.layers);
            costs.push_back(good_die_cost(price, gross, random * result.yields->other).raw());
        }
    }
    const std::vector<double> even(n_yield_models, 1.0);
    return model_choice(costs, even, densities_per_cm2.size());
}

} // namespace autarky::silicon
