// autarky: gross dies per wafer in closed form, the fast path inside Monte Carlo.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/quantities.hpp"

namespace autarky::silicon {

constexpr double pi = 3.14159265358979323846;

inline constexpr Formula usable_diameter_formula{"silicon.usable_diameter", "Usable wafer diameter", "d - 2 e",
                                                 "Autarky"};
inline constexpr Formula area_bound_formula{"silicon.gross_dies_area_bound", "Upper bound of gross dies per wafer",
                                            "pi (d/2)^2 / (w h)", "area of a circle"};
inline constexpr Formula classic_formula{"silicon.gross_dies_classic", "Gross dies per wafer, whole wafer",
                                         "pi (d/2)^2 / A - pi d / sqrt(2 A)",
                                         "Hennessy and Patterson, Computer Architecture, 6th ed., section 1.6; de "
                                         "Vries, IEEE Trans. Semicond. Manuf. 18(1) 2005"};
inline constexpr Formula gross_dies_formula{
    "silicon.gross_dies", "Gross dies per wafer", "max(0, pi (u/2)^2 / A' - pi u / sqrt(2 A')), A' = (w + s)(h + s)",
    "de Vries, IEEE Trans. Semicond. Manuf. 18(1):136-139, 2005, on the usable diameter with streets"};

/// Diameter on which whole dies may lie. Domain: edge exclusion >= 0 and below half the diameter.
template <class R> Length<R> usable_diameter(const Length<R>& wafer_diameter, const Length<R>& edge_exclusion) {
    const Length<R> result = wafer_diameter - R(2.0) * edge_exclusion;
    return named(usable_diameter_formula, result, arg("wafer diameter", wafer_diameter),
                 arg("edge exclusion", edge_exclusion));
}

namespace detail {
/// Area of a disc over the cell area, less the cells that its rim cuts.
template <class R> R cells_on_disc(const Length<R>& diameter, const Area<R>& cell) {
    const R squares = diameter * diameter / cell;
    return R(pi / 4.0) * squares - R(pi) * sqrt(R(0.5) * squares);
}
} // namespace detail

/// Dies per wafer if dies could be melted: always too many; the error that the press makes most often.
/// Domain: positive sizes.
template <class R>
DiesPerWafer<R> gross_dies_area_bound(const Length<R>& width, const Length<R>& height,
                                      const Length<R>& wafer_diameter) {
    const auto result = DiesPerWafer<R>(R(pi / 4.0) * (wafer_diameter * wafer_diameter / (width * height)));
    return named(area_bound_formula, result, arg("die width", width), arg("die height", height),
                 arg("wafer diameter", wafer_diameter));
}

/// Textbook estimate without edge exclusion and streets; may be negative for dies of wafer size (kept, because peers
/// that use it do so). Domain: positive area.
template <class R> DiesPerWafer<R> gross_dies_classic(const Area<R>& area, const Length<R>& wafer_diameter) {
    const auto result = DiesPerWafer<R>(detail::cells_on_disc(wafer_diameter, area));
    return named(classic_formula, result, arg("die area", area), arg("wafer diameter", wafer_diameter));
}

/// Gross dies per wafer, closed form on the usable diameter, streets included.
/// Domain: positive width, height and diameter; edge exclusion and scribe >= 0.
/// Limits: 0 for a die that is too large (never negative). Below the exact packing by 2 to 13 % for dies of 100 to
/// 800 mm^2 (see packing.hpp for the exact count).
template <class R>
DiesPerWafer<R> gross_dies_closed_form(const Length<R>& width, const Length<R>& height, const Length<R>& wafer_diameter,
                                       const Length<R>& edge_exclusion, const Length<R>& scribe) {
    const Length<R> usable = max(usable_diameter(wafer_diameter, edge_exclusion), Length<R>(R(0.0)));
    const Area<R> cell = (width + scribe) * (height + scribe);
    const auto result = DiesPerWafer<R>(max(detail::cells_on_disc(usable, cell), R(0.0)));
    return named(gross_dies_formula, result, arg("die width", width), arg("die height", height),
                 arg("usable diameter", usable), arg("scribe", scribe));
}

} // namespace autarky::silicon
