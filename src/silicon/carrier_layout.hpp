// autarky: carriers (interposers, fan-out layers) on a wafer or a rectangular panel, and the exposures that one takes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "silicon/fields.hpp"
#include "silicon/packing.hpp"

namespace autarky::silicon {

/// A rectangular panel, in mm. 510 x 515 and 600 x 600 are the sizes of SEMI 3D20.
struct PanelShape {
    double width_mm = 0.0;
    double height_mm = 0.0;
    double edge_mm = usual_panel_edge_mm;

    /// Rim without whole carriers where none is named. An assumption.
    static constexpr double usual_panel_edge_mm = 10.0;
};

/// Whole carriers on a panel: rows and columns of one orientation, the better of both; streets lie between them.
/// Domain: positive sizes, scribe >= 0.
int carriers_on(const PanelShape& panel, const DieShape& carrier);

/// The fields that expose a carrier side by side.
struct Stitching {
    int columns = 1, rows = 1;

    [[nodiscard]] int exposures() const { return columns * rows; }
    /// Edges that two exposures share.
    [[nodiscard]] int seams() const { return (columns - 1) * rows + columns * (rows - 1); }
};
/// The fewest fields that cover a carrier, in either orientation; one field where it fits. Domain: positive sizes.
Stitching stitching_of(double width_mm, double height_mm, const FieldShape& field);

} // namespace autarky::silicon
