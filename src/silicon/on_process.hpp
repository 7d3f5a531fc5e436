// autarky: the formulas of this folder with the parameters of a scenario's process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantities.hpp"
#include "silicon/cost.hpp"
#include "silicon/geometry.hpp"
#include "silicon/learning.hpp"
#include "silicon/process.hpp"
#include "silicon/yield.hpp"

namespace autarky::silicon {

/// Gross dies of a die on this process, closed form. Domain and limits: gross_dies_closed_form.
template <class R>
DiesPerWafer<R> gross_dies(const Process<R>& process, const Length<R>& width, const Length<R>& height) {
    return gross_dies_closed_form(width, height, process.wafer_diameter, process.edge_exclusion, process.scribe);
}

/// Defect density after `elapsed` time since learning_start and `wafers` wafers. Domain and limits: defect_density.
template <class R>
DefectDensity<R> defect_density(const Process<R>& process, const Duration<R>& elapsed, const Wafers<R>& wafers) {
    return defect_density(process.defect_density_start, process.defect_density_floor, process.learning_rate, elapsed,
                          process.learning_per_wafer, wafers);
}

/// Good dies of those on started wafers: negative binomial on the critical area, times line and parametric yield.
/// Domain: critical share within [0, 1]; see yield_negative_binomial.
template <class R>
R die_yield(const Process<R>& process, const Area<R>& area, const R& critical_share, const DefectDensity<R>& density) {
    const R random = yield_negative_binomial(area * critical_share, density, process.clustering);
    return compound_yield(process.line_yield, R(1.0), process.parametric_yield, random);
}

/// Price of a wafer, its share of the next mask set included. `elapsed` counts from price_date.
template <class R>
WaferPrice<R> wafer_price(const Process<R>& process, const R& site_multiple, const Duration<R>& elapsed) {
    return wafer_price(process.wafer_price, site_multiple, process.price_drift, elapsed) +
           mask_replacement_per_wafer(process.mask_set, process.mask_life);
}

} // namespace autarky::silicon
