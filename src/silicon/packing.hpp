// autarky: exact count of whole dies on a round wafer, optimised over the position of the die grid.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace autarky::silicon {

/// Where dies may lie. Lengths in mm. The notch is at the bottom: nothing lies below -diameter/2 + notch_keepout.
struct WaferShape {
    double diameter_mm = 300.0;
    double edge_exclusion_mm = 3.0;
    double notch_keepout_mm = 0.0;

    [[nodiscard]] double usable_radius_mm() const { return diameter_mm / 2.0 - edge_exclusion_mm; }
    [[nodiscard]] double lowest_mm() const { return notch_keepout_mm - diameter_mm / 2.0; }
};

/// Street between dies where none is named, mm: laser and blade streets are 0.05 to 0.2 mm wide. An assumption.
inline constexpr double usual_scribe_mm = 0.1;

/// A die and the street (scribe line) to its neighbour. Lengths in mm.
struct DieShape {
    double width_mm = 0.0;
    double height_mm = 0.0;
    double scribe_mm = 0.0;

    [[nodiscard]] double pitch_x_mm() const { return width_mm + scribe_mm; }
    [[nodiscard]] double pitch_y_mm() const { return height_mm + scribe_mm; }
};

/// Lower left corner of one die of the grid, measured from the wafer's centre.
struct GridOffset {
    double x_mm = 0.0;
    double y_mm = 0.0;
};

/// A grid position and how many whole dies it yields.
struct Packing {
    int dies = 0;
    GridOffset offset{};
    bool certified = true; ///< false: too many tiny dies for the exact search, best of a scan instead
};

/// The whole dies of one row of the grid: columns first..last, lower left corner at offset + index times pitch.
struct RowSpan {
    int row = 0;
    int first_column = 0;
    int last_column = 0;

    [[nodiscard]] int dies() const { return last_column - first_column + 1; }
};

/// Grid positions that people agree on without a search.
enum class Centring {
    die,    ///< a die's centre on the wafer's centre
    street, ///< a crossing of two streets on the wafer's centre
    corner, ///< a die's corner on the wafer's centre
};

/// The grid position of a convention.
GridOffset centred_offset(const DieShape& die, Centring centring);

/// Whole dies of the grid at `offset`: all four corners inside the usable circle (slack 1e-9 mm, so that dies that touch
/// it count) and above the notch line. Cost: one square root a row.
int dies_at(const DieShape& die, const WaferShape& wafer, const GridOffset& offset);

/// The largest count over all grid positions, with a position that attains it.
/// Method: the positions that keep a given set of dies on the wafer are an intersection of discs (one a corner) and of
/// the half plane above the notch, hence convex; its lowest point has two corners on the circle, one on each side, or
/// one row on the notch line. So it suffices to try every chord that joins a left and a right corner of the grid.
/// Exact up to the slack. Domain: positive sizes, die smaller than the usable circle (otherwise zero dies).
Packing optimised_packing(const DieShape& die, const WaferShape& wafer);

/// The rows of the grid at `offset` that hold a die, from below.
std::vector<RowSpan> die_rows(const DieShape& die, const WaferShape& wafer, const GridOffset& offset);

} // namespace autarky::silicon
