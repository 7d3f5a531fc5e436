// autarky: "what do several designs in one reticle cost?": a layout, dies of each a wafer, good dies, shares of cost.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "silicon/die_study.hpp"
#include "silicon/reticle.hpp"

namespace autarky::answers {

struct ReticleQuestion {
    std::vector<std::string> design;
    std::string field, process, date;
    std::optional<double> wafer, edge, scribe, d0, alpha, wafer_price, mask_set, wafers;
};
constexpr auto describe(Type<ReticleQuestion> /*type*/) {
    using Q = ReticleQuestion;
    return fields(
        asked("design", &Q::design, "Width x height in mm, with *COUNT dies a field behind it, such as 8x6*2")
            .positional("DESIGN")
            .required(),
        asked("field", &Q::field, "Lithography field in mm, or high-na").as("WxH").otherwise("26x33"),
        asked("process", &Q::process, "Take wafer, yield, price and masks from this process of the catalogue")
            .as("NAME"),
        asked("date", &Q::date, "Date on the learning curve of the process")
            .as("DATE")
            .otherwise("2027Q1, or when it starts to learn")
            .needs("process"),
        asked("wafer", &Q::wafer, "mm"_u, "Wafer diameter", Range::positive).otherwise("300"),
        asked("edge", &Q::edge, "mm"_u, "Unusable rim", Range::nonnegative).otherwise("3"),
        asked("scribe", &Q::scribe, "mm"_u, "Street between dies", Range::nonnegative).otherwise("0.1"),
        asked("d0", &Q::d0, "1/cm^2"_u, "Defect density", Range::nonnegative),
        asked("alpha", &Q::alpha, "1"_u, "Clustering of the negative binomial", Range::positive).as("A").otherwise("3"),
        asked("wafer_price", &Q::wafer_price, "USD"_u, "Price of a processed wafer", Range::nonnegative),
        asked("mask_set", &Q::mask_set, "USD"_u, "The one mask set of all designs", Range::nonnegative),
        asked("wafers", &Q::wafers, "wafer"_u, "Wafers over which the mask set is spread", Range::positive)
            .as("N")
            .needs("mask_set", "process"));
}

/// One design of the reticle.
struct ReticleRow {
    silicon::ReticleDesign design;
    int dies = 0;       ///< whole ones a wafer
    double share = 0.0; ///< of the area of all dies in the field
    std::optional<double> yield{};
    std::optional<double> good_dies{};    ///< a wafer
    std::optional<double> wafer_usd{};    ///< its share of a wafer
    std::optional<double> mask_usd{};     ///< its share of the mask set
    std::optional<double> good_die_usd{}; ///< with masks where wafers are given
};

struct ReticleAnswer {
    std::vector<ReticleRow> rows;
    silicon::ReticleLayout layout;
    double field_used = 0.0; ///< share of the field that dies cover
    std::vector<std::string> remarks;
};

ReticleAnswer reticle(const Catalogue& catalogue, const ReticleQuestion& question, const Watch& watch = {});
std::string text(const ReticleAnswer& answer, const show::Page& page);

extern const Entry reticle_entry;

} // namespace autarky::answers
