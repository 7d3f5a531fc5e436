// autarky: the answer about export rules as JSON and tables have it.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "answers/export.hpp"
#include "input/grade.hpp"

namespace autarky::market::licensing {

constexpr auto describe(Type<Test> /*type*/) {
    using T = Test;
    return fields(item("quantity", &T::quantity, "What is looked at"),
                  item("relation", &T::relation, "How it must stand to the limit: >=, <, >; is: yes 1, no 0"),
                  item("figure", &T::figure, unit_in("unit"), "Figure of the chip").null_if("it is not published"),
                  item("limit", &T::limit, unit_in("unit"), "Limit of the rule"),
                  item("unit", &T::unit, "Unit of both"),
                  item("margin", &T::margin, "1"_u, "How far the figure lies above the limit, as a share of it")
                      .null_if("figure or limit is none"),
                  item("holds", &T::holds, "The test is met"));
}

constexpr auto describe(Type<Rate> /*type*/) {
    return fields(item("precision", &Rate::precision, "Number format"),
                  item("bits", &Rate::bits, "1"_u, "Longer input of the multiplication, in bit"),
                  item("tops", &Rate::tops, "TOPS"_u, "Dense peak of one unit"));
}

} // namespace autarky::market::licensing

namespace autarky::answers {
namespace {

using namespace market::licensing;

struct TriedView {
    const Tried* tried;
};
constexpr auto describe(Type<TriedView> /*type*/) {
    using V = TriedView;
    using S = std::string;
    return fields(item(
                      "rule", [](const V& v) -> S { return v.tried->rule->id; }, "Row of the rule"),
                  item(
                      "title", [](const V& v) -> S { return v.tried->rule->row.title; }, "Its name"),
                  item(
                      "citation", [](const V& v) -> S { return v.tried->rule->row.citation; }, "Where it stands"),
                  item(
                      "effective", [](const V& v) -> S { return v.tried->rule->effective; }, "First day of force"),
                  item(
                      "grade", [](const V& v) { return v.tried->rule->grade; }, "How well it is known"),
                  item(
                      "paragraph", [](const V& v) -> S { return v.tried->clause->paragraph; }, "Paragraph"),
                  item(
                      "effect", [](const V& v) { return v.tried->clause->effect; }, "What it does when its tests hold"),
                  item(
                      "holds", [](const V& v) { return v.tried->holds; }, "All of its tests hold"),
                  item(
                      "reaches", [](const V& v) { return v.tried->reaches; }, "The rule applies to this delivery"),
                  item(
                      "binds", [](const V& v) { return v.tried->binds; }, "It must be complied with on this day"),
                  item(
                      "says", [](const V& v) -> S { return v.tried->clause->says; }, "What follows"),
                  item("tests", [](const V& v) { return v.tried->tests; }, "Its tests"));
}

std::optional<std::string> some(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

constexpr const char* no_paragraph = "no paragraph controls it";

std::vector<TriedView> tried_in(const ExportReading& reading) {
    std::vector<TriedView> out;
    for (const auto& tried : reading.judged.tried)
        out.push_back({&tried});
    return out;
}

std::optional<TriedView> view(const Tried* tried) { return tried ? std::optional(TriedView{tried}) : std::nullopt; }

/// The reading under which most is controlled: its figures stand at the top of the answer.
const ExportReading& strictest(const ExportAnswer& answer) {
    return *std::ranges::max_element(answer.readings, {}, [](const ExportReading& r) {
        return std::pair(r.judged.needs_licence, std::pair(r.judged.controlled, r.item.tpp().value_or(0.0)));
    });
}

struct VerdictView {
    const ExportAnswer* answer;
    const ExportReading* top;
};
constexpr auto describe(Type<VerdictView> /*type*/) {
    using V = VerdictView;
    using S = std::string;
    return fields(
        item(
            "tpp", [](const V& v) { return v.top->item.tpp(); }, "TPP"_u,
            "Total processing performance; of several readings that of the strictest")
            .null_if("a memory stack has none"),
        item(
            "pd", [](const V& v) { return v.top->item.density(); }, "TPP/mm^2"_u, "Its performance density")
            .null_if("the area is not published"),
        item(
            "classification",
            [](const V& v) -> S { return v.answer->is_ambiguous() ? "ambiguous" : v.top->found.classification; },
            "controlled, not controlled, open (a figure is missing) or ambiguous (readings differ)"),
        item(
            "paragraph",
            [](const V& v) { return v.answer->is_ambiguous() ? std::nullopt : some(v.top->found.paragraph); },
            "Paragraph that controls it, or may")
            .null_if("no paragraph controls it, or readings differ"),
        item(
            "reason", [](const V& v) -> S { return v.top->found.reason; }, "Why"),
        item(
            "by_rule", [](const V& v) { return tried_in(*v.top); },
            "Clauses in force, each tried on it; of several readings on the strictest"));
}

} // namespace

constexpr auto describe(Type<ExportClass> /*type*/) {
    using C = ExportClass;
    return fields(item("date", &C::date, "Day or period"),
                  item("classification", &C::classification, "controlled, not controlled or open"),
                  item(
                      "paragraph", [](const C& c) { return some(c.paragraph); }, "Paragraph that controls it, or may")
                      .null_if(no_paragraph),
                  item(
                      "computer", [](const C& c) { return some(c.computer); }, "Paragraph of computers with it")
                      .null_if(no_paragraph),
                  item("needs_licence", &C::needs_licence, "A licence is needed for this delivery"),
                  item("in_short", &C::short_class, "Paragraph with exception, or why there is none"),
                  item("reason", &C::reason, "Why"));
}

constexpr auto describe(Type<ExportRegime> /*type*/) {
    using R = ExportRegime;
    return fields(item("share", &R::share, "1"_u, "Share of the period"),
                  item("rules", &R::rules, "Where the paragraphs in force stand"),
                  item("found", &R::found, "What holds in it"));
}

/// What would have to change in a chip that a paragraph controls or may control; none is needed in any other.
static std::optional<double> needed(const ExportReading& reading, std::optional<double> figure) {
    return reading.judged.controlled == market::licensing::Truth::no ? std::nullopt : figure;
}
constexpr auto describe(Type<ExportReading> /*type*/) {
    using R = ExportReading;
    using S = std::string;
    return fields(
        item(
            "chip", [](const R& r) -> S { return r.item.name; }, "Its row, or: as given"),
        item(
            "title", [](const R& r) -> S { return r.item.title; }, "What is read how"),
        item(
            "rates", [](const R& r) { return r.item.rates; }, "Peak rates"),
        item(
            "tpp", [](const R& r) { return r.item.tpp(); }, "TPP"_u, "Total processing performance")
            .null_if("a memory stack has none"),
        item(
            "pd", [](const R& r) { return r.item.density(); }, "TPP/mm^2"_u, "Performance density")
            .null_if("the area is not published"),
        item(
            "area", [](const R& r) { return r.item.area_mm2; }, "mm^2"_u, "Applicable die area of one unit")
            .null_if("it is not published"),
        item(
            "data_centre", [](const R& r) { return r.item.data_centre; }, "Designed or marketed for data centres"),
        item("found", &R::found, "What holds"),
        item("regimes", &R::regimes, "Parts of the period between changes of the rules"),
        item(
            "exception", [](const R& r) { return view(r.judged.exception); }, "Exception that may be used")
            .null_if("none fits, or none is needed"),
        item(
            "review", [](const R& r) { return view(r.judged.review); }, "How an application is judged")
            .null_if("no licence is needed"),
        item(
            "besides",
            [](const R& r) {
                std::vector<TriedView> out;
                for (const auto* tried : r.judged.besides)
                    out.push_back({tried});
                return out;
            },
            "Tariffs, closures and notices that reach it"),
        item(
            "least_area", [](const R& r) { return needed(r, r.passing.least_area_mm2); }, "mm^2"_u,
            "With more area than this no paragraph controls it")
            .null_if("no area helps, or none is needed"),
        item(
            "most_tpp", [](const R& r) { return needed(r, r.passing.most_tpp); }, "TPP"_u,
            "With less performance than this no paragraph controls it")
            .null_if("it passes as it is, or has no rates"),
        item(
            "next", [](const R& r) { return r.next; }, "What holds from the next change of the rules on")
            .null_if("no later change is known"),
        item(
            "next_rules", [](const R& r) { return some(r.next_rules); }, "Which rules change then")
            .null_if("no later change is known"),
        item("history", &R::history, "What held from each change of the rules on").absent_if("it was not asked for"),
        item(
            "grade", [](const R& r) { return r.grade; }, "Support of its weakest figure")
            .null_if("the figures were given"),
        item("confidence", &R::confidence, "How far that can be relied upon"));
}

constexpr auto describe(Type<ExportTableRow> /*type*/) {
    using R = ExportTableRow;
    using S = std::string;
    return fields(
        item(
            "chip", [](const R& r) -> S { return r.item.name; }, "Its row"),
        item(
            "title", [](const R& r) -> S { return r.item.title; }, "Its name"),
        item(
            "tpp", [](const R& r) { return r.item.tpp(); }, "TPP"_u, "Total processing performance")
            .null_if("no rate is published"),
        item(
            "pd", [](const R& r) { return r.item.density(); }, "TPP/mm^2"_u, "Performance density")
            .null_if("the area is not published"),
        item(
            "data_centre", [](const R& r) { return r.item.data_centre; }, "Designed or marketed for data centres"),
        item("oct_2022", &R::oct_2022, "Under the rule of October 2022"),
        item("oct_2023", &R::oct_2023, "Under the rule of October 2023"), item("now", &R::now, "On the date"));
}

constexpr auto describe(Type<ExportCorner> /*type*/) {
    using C = ExportCorner;
    return fields(
        item("data_centre", &C::data_centre, "Designed or marketed for data centres"),
        item("tpp", &C::tpp, "TPP"_u, "All of less performance passes on that area"),
        item("area_by_rule", &C::area_by_rule_mm2, "mm^2"_u, "Least area by the rules").null_if("any area passes"),
        item("area_by_density", &C::area_by_density_mm2, "mm^2"_u, "Area at the densest published chip's density")
            .null_if("no chip of the process has a published density"),
        item("dies", &C::dies, "1"_u, "Dies of equal size, none larger than a field").null_if("no area is known"),
        item("cost", &C::cost_usd, "USD"_u, "Good dies of the larger of both areas").null_if("no area is known"),
        item("cost_without", &C::cost_without_usd, "USD"_u, "Good dies of the area by density")
            .null_if("no chip of the process has a published density"));
}

constexpr auto describe(Type<ExportFrontier> /*type*/) {
    using F = ExportFrontier;
    return fields(item("process", &F::process, "Process that prices the dies"),
                  item(
                      "densest", [](const F& f) { return some(f.densest); }, "Published chip whose density is taken")
                      .null_if("no chip of the process has a published density"),
                  item("density", &F::density, "TPP/mm^2"_u, "Its density")
                      .null_if("no chip of the process has a published density"),
                  item("corners", &F::corners, "Largest performances, with the areas on which they pass"));
}

constexpr auto describe(Type<ExportAnswer> /*type*/) {
    using A = ExportAnswer;
    return fields(
        item("date", &A::date, "Day or period that was asked about"),
        item("destination", &A::destination, "Where it goes"),
        item("destination_groups", &A::destination_groups, "Its country groups; empty: none that rules look at"),
        item("headquarters", &A::headquarters, "Where the buyer's parent sits"),
        item("headquarters_groups", &A::headquarters_groups, "The same of that country"),
        item(
            "groups_source", [](const A& a) -> std::string { return a.library->groups_source; },
            "Source of the groups, with its date and grade"),
        item(
            "verdict",
            [](const A& a) {
                return a.readings.empty() ? std::nullopt : std::optional(VerdictView{&a, &strictest(a)});
            },
            "The verdict")
            .merged_if("no chip was named"),
        item("readings", &A::readings, "Each reading of the chip").absent_if("no chip was named"),
        item("table", &A::table, "Published chips").absent_if("a chip was named"),
        item(
            "n_licence",
            [](const A& a) -> std::optional<std::uint64_t> {
                if (a.table.empty()) return std::nullopt;
                const auto needs = [](const ExportTableRow& row) { return row.now.needs_licence == Truth::yes; };
                return static_cast<std::uint64_t>(std::ranges::count_if(a.table, needs));
            },
            "1"_u, "How many of them need a licence on that day")
            .absent_if("a chip was named"),
        item("frontier", &A::frontier, "The largest designs that pass").absent_if("it was not asked for"));
}

const Entry export_entry = entry_of<&export_class, ExportQuestion, ExportAnswer>(
    "", "export", "Which export rule catches a chip, by how much, and what would have to change");

} // namespace autarky::answers
