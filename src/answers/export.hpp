// autarky: "which rule catches this chip?": its paragraph on a day, each test with its margin, what would have to change.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answers/entry.hpp"
#include "answers/export_library.hpp"

namespace autarky::answers {

enum class YesNo { yes, no };
constexpr std::array<std::string_view, 2> choices(Type<YesNo> /*type*/) { return {"yes", "no"}; }

struct ExportQuestion {
    std::string chip;
    std::vector<std::string> tops;
    std::optional<double> area, bandwidth, interconnect, stack;
    double units = 1.0;
    bool planar = false;
    std::string vendor;
    std::optional<YesNo> data_centre;
    std::string date, destination = "CN", headquarters;
    bool history = false, frontier = false;
    std::optional<int> node;
};
constexpr auto describe(Type<ExportQuestion> /*type*/) {
    using Q = ExportQuestion;
    return fields(
        asked("chip", &Q::chip, "A published chip of the catalogue; a product with several readings is judged in each")
            .positional("CHIP")
            .otherwise("the table of all of them"),
        asked("tops", &Q::tops, "Dense peak of a chip of your own in a precision, such as int8=1979; once for each")
            .as("PRECISION=TOPS"),
        asked("area", &Q::area, "mm^2"_u, "Area of its logic dies on non-planar nodes", Range::positive)
            .otherwise("the published one, or unknown")
            .needs("chip", "tops"),
        asked("planar", &Q::planar, "Its logic dies are on planar nodes only: it has no performance density")
            .needs("tops"),
        asked("bandwidth", &Q::bandwidth, "GB/s"_u, "Its DRAM bandwidth", Range::nonnegative)
            .otherwise("the published one, or unknown")
            .needs("chip", "tops"),
        asked("interconnect", &Q::interconnect, "GB/s"_u, "Its chip-to-chip bandwidth, both directions",
              Range::nonnegative)
            .otherwise("the published one, or unknown")
            .needs("chip", "tops", "frontier"),
        asked("stack", &Q::stack, "GB/s/mm^2"_u, "A memory stack by itself: its bandwidth over its area",
              Range::positive),
        asked("units", &Q::units, "1"_u, "Such chips that count as one item, as dies of a package do")
            .from_to(1.0, 1e6)
            .needs("chip", "tops"),
        asked("vendor", &Q::vendor, "Who sells it; letters are addressed to one vendor")
            .as("NAME")
            .otherwise("the published one, or nobody of them")
            .needs("tops"),
        asked("data_centre", &Q::data_centre, "Designed or marketed for data centres")
            .otherwise("the published flag, or both"),
        asked("date", &Q::date, "Day of the export; of a quarter all of its regimes are told")
            .as("DATE")
            .otherwise("the last change of the rules"),
        asked("destination", &Q::destination, "Country of delivery, by its ISO code or its name").as("COUNTRY"),
        asked("headquarters", &Q::headquarters, "Country of the buyer's parent")
            .as("COUNTRY")
            .otherwise("the destination"),
        asked("history", &Q::history, "The chip on every day on which a rule changes").needs("chip", "tops", "stack"),
        asked("frontier", &Q::frontier,
              "The largest designs that no paragraph catches, with the cost of their silicon"),
        asked("node", &Q::node, unit_named("nm"), "Generation that prices them")
            .from_to(1.0, 100.0)
            .otherwise("5")
            .needs("frontier"));
}

/// What holds of one reading on one day, in words and figures that need no rule book.
struct ExportClass {
    std::string date, classification, paragraph, computer, short_class, reason;
    market::licensing::Truth needs_licence = market::licensing::Truth::no;
};

/// A part of the asked period in which neither the class nor the rules behind it change.
struct ExportRegime {
    double share = 1.0; ///< of the period
    std::string rules;  ///< where the paragraphs in force stand
    ExportClass found;
};

/// A chip in one reading.
struct ExportReading {
    market::licensing::Commodity item;
    std::optional<Grade> grade; ///< of its figures; none when they were given
    market::licensing::Judgement judged;
    market::licensing::Passing passing;
    ExportClass found;
    std::vector<ExportRegime> regimes;
    std::optional<ExportClass> next; ///< on the next day on which a rule changes
    std::string next_rules;          ///< which rules change on that day
    std::vector<ExportClass> history;
    std::string confidence;
};

/// A corner of what passes: all of less performance than this on at least that area.
struct ExportCorner {
    market::licensing::Marketed data_centre = market::licensing::Marketed::yes;
    double tpp = 0.0;
    std::optional<double> area_by_rule_mm2{};    ///< none: any area passes
    std::optional<double> area_by_density_mm2{}; ///< at the density of the densest published chip
    std::optional<double> dies{}, cost_usd{};    ///< of the larger of both areas
    std::optional<double> cost_without_usd{};    ///< of the area by density: without the rule
};
struct ExportFrontier {
    std::string process, densest; ///< densest: published chip whose density is taken; empty when there is none
    std::optional<double> density;
    std::vector<ExportCorner> corners;
};

/// A row of the table of published chips.
struct ExportTableRow {
    market::licensing::Commodity item;
    ExportClass oct_2022, oct_2023, now;
};

struct ExportAnswer {
    std::shared_ptr<const ExportLibrary> library;
    std::string date, destination, destination_groups, headquarters, headquarters_groups;
    std::vector<ExportReading> readings;
    std::vector<ExportTableRow> table;
    std::optional<ExportFrontier> frontier;

    /// All readings agree on the paragraph and on the licence.
    [[nodiscard]] bool is_ambiguous() const;
};

// "export" is a word of the language
ExportAnswer export_class(const Catalogue& catalogue, const ExportQuestion& question, const Watch& watch = {});
std::string text(const ExportAnswer& answer, const show::Page& page);

/// Corners for chips that are, and are not, for data centres; `node` (nm) prices them. Throws InputError.
ExportFrontier export_frontier(const ExportLibrary& library, const market::licensing::Commodity& item,
                               const market::licensing::Delivery& delivery, double day, int node,
                               const std::string& data_folder);
/// What holds of an item on a day, in words.
ExportClass classify(const ExportLibrary& library, const market::licensing::Commodity& item,
                     const market::licensing::Delivery& delivery, double day, std::string date);
/// How far a verdict can be relied upon: the weaker of its two supports, and how near a decisive figure is to its limit.
std::string confidence_of(const market::licensing::Judgement& judged, std::optional<Grade> grade);
/// Figures that a decision waits for; empty: it is made.
std::vector<std::string> missing_of(const market::licensing::Judgement& judged);
/// The reason of a judgement as a sentence.
std::string reason_of(const market::licensing::Judgement& judged);
/// "TPP 15,832 >= 4,800" of a test.
std::string test_text(const market::licensing::Test& test);

extern const Entry export_entry;

} // namespace autarky::answers
