// autarky: carriers on panels, and the exposures that one takes.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/carrier_layout.hpp"

#include <algorithm>
#include <cmath>

namespace autarky::silicon {
namespace {

constexpr double slack = 1e-9; // of a count, for sides that fit to the last digit

/// Pieces of `side` along `room`, with streets between them.
int along(double room, double side, double scribe) {
    return std::max(0, static_cast<int>(std::floor((room + scribe) / (side + scribe) + slack)));
}

Stitching fields_over(double width_mm, double height_mm, const FieldShape& field) {
    const auto over = [](double side, double field_side) {
        return std::max(1, static_cast<int>(std::ceil(side / field_side - slack)));
    };
    return {over(width_mm, field.width_mm), over(height_mm, field.height_mm)};
}

} // namespace

int carriers_on(const PanelShape& panel, const DieShape& carrier) {
    const double width = panel.width_mm - 2.0 * panel.edge_mm, height = panel.height_mm - 2.0 * panel.edge_mm;
    const double s = carrier.scribe_mm;
    const int upright = along(width, carrier.width_mm, s) * along(height, carrier.height_mm, s);
    const int turned = along(width, carrier.height_mm, s) * along(height, carrier.width_mm, s);
    return std::max(upright, turned);
}

Stitching stitching_of(double width_mm, double height_mm, const FieldShape& field) {
    const auto upright = fields_over(width_mm, height_mm, field);
    const auto turned = fields_over(width_mm, height_mm, {field.height_mm, field.width_mm});
    return turned.exposures() < upright.exposures() ? turned : upright;
}

} // namespace autarky::silicon
