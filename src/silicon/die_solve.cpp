// autarky: solves the cost of a die for one unknown.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/die_solve.hpp"

#include <functional>

#include <fmt/format.h>

namespace autarky::silicon {
namespace {

/// Zero of a rising function on [low, high] by halving; the bracket must hold one.
double rising_zero(const std::function<double(double)>& function, double low, double high) {
    for (int step = 0; step < 200; ++step) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) break;
        (function(middle) < 0.0 ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

Solution solve_rising(const std::function<double(double)>& excess, double lowest, double start, double highest,
                      const char* too_dear, const char* never) {
    if (excess(lowest) > 0.0) return {{}, too_dear};
    double high = start;
    while (excess(high) < 0.0) {
        high *= 2.0;
        if (high > highest) return {{}, never};
    }
    return {rising_zero(excess, lowest, high), {}};
}

Solution solve_volume(const DieResult& result, double target_usd, bool harvested) {
    const DieInput& in = result.input;
    DieResult unit = result;
    unit.input.one_time->volume.reset();
    const double recurring = cost_at(unit, *in.density_per_cm2, *in.wafer_price_usd, harvested);
    const double masks = in.one_time->mask_set_usd.value_or(0.0) * (1.0 + in.one_time->respins);
    const double once = in.one_time->nre_usd + masks;
    if (recurring >= target_usd)
        return {{}, fmt::format("the recurring cost alone, {:.2f} USD, is not below the target", recurring)};
    if (once <= 0.0) return {{}, "there is no one-time cost to spread: any volume meets the target"};
    return {once / (target_usd - recurring), {}};
}

} // namespace

Solution solve(const DieResult& result, Unknown unknown, double target_usd, bool harvested) {
    const DieInput& in = result.input;
    switch (unknown) {
    case Unknown::density:
        return solve_rising([&](double d) { return cost_at(result, d, *in.wafer_price_usd, harvested) - target_usd; },
                            0.0, 0.1, 1e6, "even without defects the cost is above the target",
                            "no defect density makes it that dear");
    case Unknown::wafer_price:
        return solve_rising([&](double p) { return cost_at(result, *in.density_per_cm2, p, harvested) - target_usd; },
                            0.0, 1000.0, 1e12, "even for free wafers the cost is above the target",
                            "no wafer price makes it that dear");
    case Unknown::volume: return solve_volume(result, target_usd, harvested);
    }
    return {};
}

} // namespace autarky::silicon
