// autarky: the formulas of this folder with the parameters of a scenario's process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "core/quantities.hpp"
#include "core/some.hpp"
#include "silicon/cost.hpp"
#include "silicon/geometry.hpp"
#include "silicon/harvest.hpp"
#include "silicon/learning.hpp"
#include "silicon/model_average.hpp"
#include "silicon/process.hpp"
#include "silicon/yield.hpp"

namespace autarky::silicon {

/// Gross dies of a die on this process, closed form. Domain and limits: gross_dies_closed_form.
template <class R>
DiesPerWafer<R> gross_dies(const Process<R>& process, const Length<R>& width, const Length<R>& height) {
    return gross_dies_closed_form(width, height, process.wafer_diameter, process.edge_exclusion, process.scribe);
}

/// What the process's excursion adds `elapsed` after learning_start.
template <class R> DefectDensity<R> excess_density(const Process<R>& process, const Duration<R>& elapsed) {
    const Duration<R> since(process.learning_start.year - process.excursion_start.year + elapsed.raw());
    return excursion(process.excursion_jump, process.excursion_recovery, since);
}

/// Defect density after `elapsed` time since learning_start and `wafers` wafers. Domain and limits: defect_density.
template <class R>
DefectDensity<R> defect_density(const Process<R>& process, const Duration<R>& elapsed, const Wafers<R>& wafers) {
    const DefectDensity<R> learned = defect_density(process.defect_density_start, process.defect_density_floor,
                                                    process.learning_rate, elapsed, process.learning_per_wafer, wafers);
    if (!some(process.excursion_jump > DefectDensity<R>(R(0.0)))) return learned;
    return learned + excess_density(process, elapsed);
}

/// Density of this process under the Gompertz law for a die of this critical area: the yield climbs from that of the
/// start to that of the floor along yield_gompertz, and the density is the one that gives this yield.
/// Domain: area > 0, start >= floor > 0.
template <class R>
DefectDensity<R> defect_density_gompertz(const Process<R>& process, const Area<R>& critical, const Duration<R>& elapsed,
                                         const Wafers<R>& wafers) {
    const R first = yield_negative_binomial(critical, process.defect_density_start, process.clustering);
    const R end = yield_negative_binomial(critical, process.defect_density_floor, process.clustering);
    const R lessons = process.learning_rate * elapsed + process.learning_per_wafer * wafers;
    const R now = yield_gompertz(end, R(log(end / first)), PerYear<R>(R(1.0)), Duration<R>(lessons));
    const auto learned = density_from_yield_negative_binomial(now, critical, process.clustering);
    if (!some(process.excursion_jump > DefectDensity<R>(R(0.0)))) return learned;
    return learned + excess_density(process, elapsed);
}

/// Share of dies without a fatal random defect under the process's yield model, or the average of its two models.
template <class R> R random_yield(const Process<R>& process, const Area<R>& critical, const DefectDensity<R>& density) {
    const R one = yield_of(process.yield_model, critical, density, process.clustering, process.critical_layers);
    if (!some(process.other_yield_weight > R(0.0))) return one;
    const R other = yield_of(process.other_yield_model, critical, density, process.clustering, process.critical_layers);
    const std::array<R, 2> yields{one, other};
    const std::array<R, 2> weights{R(1.0) - process.other_yield_weight, process.other_yield_weight};
    return averaged_yield(std::span<const R>(yields), std::span<const R>(weights));
}

/// Whether partly good dies can be counted under a yield model: its defects must be independent or cluster with a gamma
/// distributed density.
constexpr bool can_harvest(YieldModel model) {
    return model == YieldModel::negative_binomial || model == YieldModel::poisson || model == YieldModel::seeds ||
           model == YieldModel::bose_einstein;
}

/// Share of dies whose bad units are within the table's range, under one yield model. Seeds and Bose-Einstein are the
/// negative binomial at clustering 1 and at the number of layers. Domain: can_harvest(model).
template <class R>
R harvested_yield(YieldModel model, const Process<R>& process, const Area<R>& uncore, const Area<R>& unit,
                  const DefectDensity<R>& density, const OccupancyTable& table) {
    if (model == YieldModel::poisson) return yield_harvested_poisson(uncore, unit, density, table);
    const R clustering = model == YieldModel::seeds           ? R(1.0)
                         : model == YieldModel::bose_einstein ? process.critical_layers
                                                              : process.clustering;
    return yield_harvested(uncore, unit, density, clustering, table);
}

/// The same under the process's yield model, or the average of its two models.
template <class R>
R harvested_yield(const Process<R>& process, const Area<R>& uncore, const Area<R>& unit,
                  const DefectDensity<R>& density, const OccupancyTable& table) {
    const R one = harvested_yield(process.yield_model, process, uncore, unit, density, table);
    if (!some(process.other_yield_weight > R(0.0))) return one;
    const R other = harvested_yield(process.other_yield_model, process, uncore, unit, density, table);
    const std::array<R, 2> yields{one, other};
    const std::array<R, 2> weights{R(1.0) - process.other_yield_weight, process.other_yield_weight};
    return averaged_yield(std::span<const R>(yields), std::span<const R>(weights));
}

/// Good dies of those on started wafers: random_yield on the critical area, times line and parametric yield.
/// Domain: critical share within [0, 1]; see yield_negative_binomial.
template <class R>
R die_yield(const Process<R>& process, const Area<R>& area, const R& critical_share, const DefectDensity<R>& density) {
    const R random = random_yield(process, Area<R>(area * critical_share), density);
    return compound_yield(process.line_yield, R(1.0), process.parametric_yield, random);
}

/// Price of a wafer, its share of the next mask set included. `elapsed` counts from price_date.
template <class R>
WaferPrice<R> wafer_price(const Process<R>& process, const R& site_multiple, const Duration<R>& elapsed) {
    return wafer_price(process.wafer_price, site_multiple, process.price_drift, elapsed) +
           mask_replacement_per_wafer(process.mask_set, process.mask_life);
}

} // namespace autarky::silicon
