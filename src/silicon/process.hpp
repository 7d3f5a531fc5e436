// autarky: a manufacturing process at one foundry, as the scenario describes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"
#include "silicon/yield_model.hpp"

namespace autarky::silicon {

constexpr std::array<std::string_view, n_yield_models> choices(Type<YieldModel> /*type*/) { return yield_model_names; }

/// What falls exponentially with time and wafers: the excess of the defect density over its floor, or (Gompertz) the
/// logarithm of the yield that a chip still misses.
enum class LearningLaw { exponential, gompertz };
constexpr std::array<std::string_view, 2> choices(Type<LearningLaw> /*type*/) { return {"exponential", "gompertz"}; }

/// One manufacturing process at one foundry; sites that run it share its price, learning and masks.
template <class R> struct Process {
    std::string foundry;
    WaferPrice<R> wafer_price;
    Date<R> price_date;
    PerYear<R> price_drift;
    Length<R> wafer_diameter, edge_exclusion, scribe;
    Date<R> learning_start;
    DefectDensity<R> defect_density_start, defect_density_floor;
    PerYear<R> learning_rate;
    QuantityIn<"1/wafer", R> learning_per_wafer;
    LearningLaw learning_law = LearningLaw::exponential;
    Date<R> excursion_start;
    DefectDensity<R> excursion_jump;
    Duration<R> excursion_recovery;
    YieldModel yield_model = YieldModel::negative_binomial, other_yield_model = YieldModel::poisson;
    R other_yield_weight, critical_layers;
    R transfer, clustering, line_yield, parametric_yield;
    Money<R> mask_set;
    Wafers<R> mask_life;
    Duration<R> cycle_time;
};

template <class R> constexpr auto describe(Type<Process<R>> /*type*/) {
    using P = Process<R>;
    return fields(
        plain_field("foundry", &P::foundry, "Who runs the process"),
        field("wafer_price", &P::wafer_price, "USD/wafer"_u, "Foundry price of one processed wafer at price_date",
              Range::positive),
        date_field("price_date", &P::price_date, "Date to which wafer_price belongs", "2025Q4"),
        field("price_drift", &P::price_drift, "%/year"_u, "Real drift of the wafer price", Range::rate, "0 %/year"),
        field("wafer_diameter", &P::wafer_diameter, "mm"_u, "Wafer diameter", Range::positive, "300 mm"),
        field("edge_exclusion", &P::edge_exclusion, "mm"_u, "Unusable rim of the wafer", Range::nonnegative, "3 mm"),
        field("scribe", &P::scribe, "mm"_u, "Width of the street between dies", Range::nonnegative, "0.1 mm"),
        date_field("learning_start", &P::learning_start, "Date at which the defect density is defect_density_start"),
        field("defect_density_start", &P::defect_density_start, "1/cm^2"_u, "Random defect density at learning_start",
              Range::positive),
        field("defect_density_floor", &P::defect_density_floor, "1/cm^2"_u, "Defect density of the mature process",
              Range::positive),
        field("learning_rate", &P::learning_rate, "1/year"_u, "Rate at which time closes the gap to the floor",
              Range::nonnegative),
        field("learning_per_wafer", &P::learning_per_wafer, "1/kwafer"_u,
              "Rate at which finished wafers of all customers close the gap", Range::nonnegative, "0 1/kwafer"),
        field("transfer", &P::transfer, "%"_u, "Share of another site's wafers that also teaches this site",
              Range::fraction, "50 %"),
        plain_field("learning_law", &P::learning_law,
                    "exponential (the density nears its floor) or gompertz (the yield follows an S-curve)",
                    "exponential"),
        date_field("excursion_start", &P::excursion_start, "When an excursion of the defect density begins", "2026Q1"),
        field("excursion_jump", &P::excursion_jump, "1/cm^2"_u, "Defect density that an excursion adds at its start",
              Range::nonnegative, "0 1/cm^2"),
        field("excursion_recovery", &P::excursion_recovery, "month"_u,
              "Time constant with which the process recovers from an excursion", Range::positive, "6 month"),
        plain_field("yield_model", &P::yield_model, "How random defects become yield", "negative_binomial"),
        plain_field("other_yield_model", &P::other_yield_model, "Second yield model, for an average of the two",
                    "poisson"),
        field("other_yield_weight", &P::other_yield_weight, "%"_u,
              "Weight of the second yield model; drawn as 0 or 1, its share of the drivers is that of the model choice",
              Range::fraction, "0 %"),
        field("critical_layers", &P::critical_layers, "1"_u, "Critical layers of the Bose-Einstein yield",
              Range::positive, "30"),
        field("clustering", &P::clustering, "1"_u, "Clustering parameter alpha of the negative binomial yield",
              Range::positive, "2 to 5"),
        field("line_yield", &P::line_yield, "%"_u, "Share of started wafers that reach the end of the line",
              Range::fraction, "97 %"),
        field("parametric_yield", &P::parametric_yield, "%"_u, "Share of defect-free dies that meet speed and power",
              Range::fraction, "98 %"),
        field("mask_set", &P::mask_set, "MUSD"_u, "Price of one full mask set", Range::positive),
        field("mask_life", &P::mask_life, "kwafer"_u, "Wafers after which a mask set is replaced", Range::positive,
              "100 kwafer"),
        field("cycle_time", &P::cycle_time, "week"_u, "Time from wafer start to finished wafer", Range::positive));
}

} // namespace autarky::silicon
