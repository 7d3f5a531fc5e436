// autarky: the closed form of gross dies tied to the exact packing, for dies whose size is uncertain.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "core/formula.hpp"
#include "core/quantities.hpp"
#include "silicon/geometry.hpp"
#include "silicon/packing.hpp"

namespace autarky::silicon {

inline constexpr Formula scaled_gross_dies_formula{
    "silicon.gross_dies_scaled", "Gross dies per wafer, tied to the exact packing",
    "closed form x exact packing / closed form at the median", "Autarky, exact packing of whole dies"};

/// Range of a side, in mm.
struct SideRange {
    double low_mm = 0.0, median_mm = 0.0, high_mm = 0.0;
};

/// What the exact packing adds to the closed form.
struct PackingScale {
    double factor = 1.0;         ///< exact over closed form at the median
    double worst_residual = 0.0; ///< largest |scaled / exact - 1| over the range
    int dies_at_median = 0;
};

/// Dies whose sides are `steps` values over each range; a range of one value gives one.
std::vector<DieShape> die_grid(const SideRange& width, const SideRange& height, double scribe_mm, int steps);

/// Ties the closed form to the exact packing at the median die and measures what remains at the dies of `range`.
/// A die without uncertainty is a range of itself; then the residual is zero.
/// Failure: a die that does not fit the wafer gives factor 0.
PackingScale packing_scale(const DieShape& median, std::span<const DieShape> range, const WaferShape& wafer);

/// The same over a grid of `steps` x `steps` dies.
PackingScale packing_scale(const SideRange& width, const SideRange& height, double scribe_mm, const WaferShape& wafer,
                           int steps = 9);

/// Gross dies of the exact packing at the median, with the smooth slope of the closed form around it.
template <class R>
DiesPerWafer<R> gross_dies_scaled(const Length<R>& width, const Length<R>& height, const Length<R>& wafer_diameter,
                                  const Length<R>& edge_exclusion, const Length<R>& scribe, const PackingScale& scale) {
    const DiesPerWafer<R> smooth = gross_dies_closed_form(width, height, wafer_diameter, edge_exclusion, scribe);
    const DiesPerWafer<R> result = smooth * R(scale.factor);
    return named(scaled_gross_dies_formula, result, arg("closed form", smooth), arg("scale", scale.factor));
}

} // namespace autarky::silicon
