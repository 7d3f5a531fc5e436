// autarky: how many dies a lithography field holds, by dimensions, and how many shots a wafer takes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "silicon/packing.hpp"

namespace autarky::silicon {

/// Largest exposure on the wafer, in mm.
struct FieldShape {
    double width_mm = 26.0;
    double height_mm = 33.0;

    [[nodiscard]] double area_mm2() const { return width_mm * height_mm; }
};

/// 4x reduction of a 104 x 132 mm mask pattern, the field of every DUV and 0.33 NA EUV scanner. Source: ASML.
inline constexpr FieldShape full_field{26.0, 33.0};
/// 4x by 8x reduction of the same mask: the field of a 0.55 NA ("High-NA") EUV scanner. Source: ASML.
inline constexpr FieldShape high_na_field{26.0, 16.5};

/// The dies of one field. Columns run along the die's width, whichever way the field lies.
struct FieldFit {
    int columns = 0;
    int rows = 0;
    bool field_turned = false;     ///< the field's height lies along the die's width
    double utilisation = 0.0;      ///< die area over field area
    double excess_width_mm = 0.0;  ///< by how much a die that does not fit is too wide, in its better orientation
    double excess_height_mm = 0.0; ///< and too high

    [[nodiscard]] int dies() const { return columns * rows; }
};

/// Dies a field by dimensions, in both orientations; streets lie between dies, so n dies need n widths and n - 1 streets.
/// A die that fits no field has 0 dies and says by how much. Domain: positive sizes, scribe >= 0.
FieldFit fit_field(const DieShape& die, const FieldShape& field);

/// How much one side must shrink so that the field holds more dies; 0 when no shrink below a tenth of a side helps.
struct FieldGain {
    double shrink_width_mm = 0.0;
    double shrink_height_mm = 0.0;
    int dies = 0; ///< dies after the smaller of the two
};
FieldGain next_field_gain(const DieShape& die, const FieldShape& field);

/// Shots that expose every whole die of the rows, fields trimmed to whole dies; the fewest over all positions of the
/// field grid on the die grid. A shot that holds no whole die is left out. Domain: fit.dies() > 0.
int shots(std::span<const RowSpan> rows, const FieldFit& fit);

/// Position of the field grid that needs the fewest shots: index of the die column and row at which a field begins. Of
/// fields with more than 32 columns or rows only every second, third, ... position is tried.
struct FieldPhase {
    int column = 0;
    int row = 0;
    int shots = 0;
};
FieldPhase best_field_phase(std::span<const RowSpan> rows, const FieldFit& fit);

} // namespace autarky::silicon
