// autarky: the closed form of gross dies tied to the exact packing.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/packing_scale.hpp"

#include <algorithm>
#include <cmath>

namespace autarky::silicon {
namespace {

double smooth_count(const DieShape& die, const WaferShape& wafer) {
    const auto mm = [](double x) { return Length<double>(x); };
    return gross_dies_closed_form(mm(die.width_mm), mm(die.height_mm), mm(wafer.diameter_mm),
                                  mm(wafer.edge_exclusion_mm), mm(die.scribe_mm))
        .raw();
}

double at_step(const SideRange& range, int step, int steps) {
    return range.low_mm + (range.high_mm - range.low_mm) * step / std::max(1, steps - 1);
}

} // namespace

std::vector<DieShape> die_grid(const SideRange& width, const SideRange& height, double scribe_mm, int steps) {
    const int steps_x = width.high_mm > width.low_mm ? steps : 1;
    const int steps_y = height.high_mm > height.low_mm ? steps : 1;
    std::vector<DieShape> dies;
    for (int i = 0; i < steps_x; ++i)
        for (int j = 0; j < steps_y; ++j)
            dies.push_back({at_step(width, i, steps_x), at_step(height, j, steps_y), scribe_mm});
    return dies;
}

PackingScale packing_scale(const DieShape& median, std::span<const DieShape> range, const WaferShape& wafer) {
    PackingScale scale;
    scale.dies_at_median = optimised_packing(median, wafer).dies;
    const double smooth = smooth_count(median, wafer);
    scale.factor = smooth > 0.0 ? scale.dies_at_median / smooth : 0.0;
    for (const auto& die : range) {
        const int exact = optimised_packing(die, wafer).dies;
        if (exact == 0) continue;
        const double residual = std::abs(scale.factor * smooth_count(die, wafer) / exact - 1.0);
        scale.worst_residual = std::max(scale.worst_residual, residual);
    }
    return scale;
}

PackingScale packing_scale(const SideRange& width, const SideRange& height, double scribe_mm, const WaferShape& wafer,
                           int steps) {
    return packing_scale({width.median_mm, height.median_mm, scribe_mm}, die_grid(width, height, scribe_mm, steps),
                         wafer);
}

} // namespace autarky::silicon
