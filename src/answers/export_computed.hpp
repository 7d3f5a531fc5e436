// autarky: the export class of a chip that is computed here, not published: in both readings of its market, over its draws.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answers/export.hpp"
#include "compute/chip/accelerator.hpp"
#include "design/inputs.hpp"

namespace autarky::answers {

/// What holds of the chip where it is, or is not, designed or marketed for data centres.
struct ComputedReading {
    market::licensing::Marketed data_centre = market::licensing::Marketed::yes;
    ExportClass found;
    std::string confidence;
    double share = 1.0; ///< of the draws of the chip's inputs with the same class
};

struct ComputedExport {
    std::string date, destination;
    double tpp = 0.0;
    std::optional<double> density; ///< none: no logic die on a non-planar node
    std::vector<ComputedReading> readings;
    std::vector<std::string> unknown; ///< of what the rules look at: nothing of the chip's description says it
};

/// Its figures as export rules look at them: dense peak of its arrays in every format that it has, area, DRAM bandwidth.
/// Chip-to-chip bandwidth and market are unknown. On nodes of 20 nm and more it has no applicable area.
market::licensing::Commodity commodity_of(const compute::Accelerator<double>& chip, double area_mm2);

/// Rules for deliveries to China on a day: those of the strictest destination. `date` empty: the last change of the rules.
class ComputedJudge {
public:
    /// Throws InputError about the field "date" where it is none.
    ComputedJudge(const Catalogue& catalogue, const std::string& date);

    [[nodiscard]] ComputedExport judge(const market::licensing::Commodity& item, Grade grade) const;
    /// A chip of the catalogue: also how many draws of its inputs have the class of its medians.
    [[nodiscard]] ComputedExport judge(const design::ChipEntry& chip) const;
    /// "3A090.a", "Note 2", "none" of one reading: what a row of a table has room for.
    [[nodiscard]] std::string short_class(market::licensing::Commodity item,
                                          market::licensing::Marketed data_centre) const;
    [[nodiscard]] const std::string& date() const { return date_; }
    [[nodiscard]] const std::string& destination() const { return delivery_.destination.title; }

private:
    [[nodiscard]] ExportClass found(const market::licensing::Commodity& item) const;

    std::shared_ptr<const ExportLibrary> library_;
    market::licensing::Delivery delivery_;
    std::string date_;
    double day_ = 0.0;
};

std::string text(const ComputedExport& found, const show::Page& page);

constexpr auto describe(Type<ComputedReading> /*type*/) {
    using R = ComputedReading;
    return fields(
        item("data_centre", &R::data_centre, "Designed or marketed for data centres"),
        item(
            "classification", [](const R& r) -> std::string { return r.found.classification; },
            "controlled, not controlled or open (a figure that decides is unknown)"),
        item(
            "paragraph",
            [](const R& r) {
                return r.found.paragraph.empty() ? std::nullopt : std::optional<std::string>(r.found.paragraph);
            },
            "Paragraph that controls it, or may")
            .null_if("no paragraph controls it"),
        item(
            "in_short", [](const R& r) -> std::string { return r.found.short_class; },
            "Paragraph with exception, or why there is none"),
        item(
            "needs_licence", [](const R& r) { return r.found.needs_licence; }, "A licence is needed for the delivery"),
        item(
            "reason", [](const R& r) -> std::string { return r.found.reason; }, "Rule, figures and limits behind it"),
        item("confidence", &R::confidence, "How far that can be relied upon"),
        item("share", &R::share, "1"_u, "Share of the draws of the chip's inputs with the same class"));
}
constexpr auto describe(Type<ComputedExport> /*type*/) {
    using E = ComputedExport;
    return fields(
        item("date", &E::date, "Day of the rules"), item("destination", &E::destination, "Where it goes"),
        item("tpp", &E::tpp, "TPP"_u, "Total processing performance: the most over formats, dense"),
        item("pd", &E::density, "TPP/mm^2"_u, "Performance density").null_if("no logic die on a non-planar node"),
        item("readings", &E::readings, "Its class for data centres, and for other use"),
        item("unknown", &E::unknown, "What the rules look at and the chip's description does not say"));
}

} // namespace autarky::answers
