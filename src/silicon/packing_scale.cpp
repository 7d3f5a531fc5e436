// autarky: the closed form of gross dies tied to the exact packing.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/packing_scale.hpp"

#include <algorithm>
#include <cmath>

namespace autarky::silicon {
namespace {

double smooth_count(double width, double height, double scribe, const WaferShape& wafer) {
    const auto mm = [](double x) { return Length<double>(x); };
    return gross_dies_closed_form(mm(width), mm(height), mm(wafer.diameter_mm), mm(wafer.edge_exclusion_mm), mm(scribe))
        .raw();
}

double at_step(const SideRange& range, int step, int steps) {
    return range.low_mm + (range.high_mm - range.low_mm) * step / std::max(1, steps - 1);
}

} // namespace

PackingScale packing_scale(const SideRange& width, const SideRange& height, double scribe_mm, const WaferShape& wafer,
                           int steps) {
    PackingScale scale;
    scale.dies_at_median = optimised_packing({width.median_mm, height.median_mm, scribe_mm}, wafer).dies;
    const double smooth = smooth_count(width.median_mm, height.median_mm, scribe_mm, wafer);
    scale.factor = smooth > 0.0 ? scale.dies_at_median / smooth : 0.0;
    const int steps_x = width.high_mm > width.low_mm ? steps : 1;
    const int steps_y = height.high_mm > height.low_mm ? steps : 1;
    for (int i = 0; i < steps_x; ++i) {
        for (int j = 0; j < steps_y; ++j) {
            const double w = at_step(width, i, steps_x);
            const double h = at_step(height, j, steps_y);
            const int exact = optimised_packing({w, h, scribe_mm}, wafer).dies;
            if (exact == 0) continue;
            const double residual = std::abs(scale.factor * smooth_count(w, h, scribe_mm, wafer) / exact - 1.0);
            scale.worst_residual = std::max(scale.worst_residual, residual);
        }
    }
    return scale;
}

} // namespace autarky::silicon
