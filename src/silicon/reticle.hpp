// autarky: several designs in one reticle (shuttle, multi-project wafer): a layout, whole dies a wafer, shares of cost.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "silicon/fields.hpp"
#include "silicon/packing.hpp"

namespace autarky::silicon {

/// A design and how many dies of it one field exposes. Lengths in mm.
struct ReticleDesign {
    std::string name;
    double width_mm = 0.0;
    double height_mm = 0.0;
    int copies = 1;
};

/// One die in the field; its lower left corner, measured from the field's.
struct ReticlePlace {
    std::size_t design = 0;
    double x_mm = 0.0, y_mm = 0.0;
    double width_mm = 0.0, height_mm = 0.0; ///< as it lies: a die may be turned
};

/// Dies in shelves, the tallest first, streets between them.
struct ReticleLayout {
    std::vector<ReticlePlace> places;
    double width_mm = 0.0, height_mm = 0.0; ///< of what is exposed, streets outside left out
};

/// The lowest layout that was found: shelves of every width between the widest die and the field's, in both orientations of
/// field and dies. Shelves do not always find a layout that exists. No places: none was found.
/// Domain: positive sizes and copies, scribe >= 0.
ReticleLayout lay_out_reticle(const std::vector<ReticleDesign>& designs, const FieldShape& field, double scribe_mm);

/// Whole dies of each design a wafer, fields side by side with a street between them: the position of the field grid with
/// the largest area of whole dies, of a raster. Every die counts as if it can be sawn free of its neighbours.
std::vector<int> dies_of_each(const ReticleLayout& layout, std::size_t designs, const WaferShape& wafer,
                              double scribe_mm);

} // namespace autarky::silicon
