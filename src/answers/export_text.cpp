// autarky: the answer about export rules for people.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "answers/export.hpp"
#include "input/grade.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

using namespace market::licensing;

constexpr int digits = 5;

std::string figure_or(const std::optional<double>& value, std::string_view none) {
    return value ? show::figure(*value, digits) : std::string(none);
}

std::string line(std::string_view label, std::string_view words, const show::Page& page) {
    constexpr std::size_t labels = 15;
    return fmt::format("  {}{}\n", show::left(label, labels - 2), show::hanging(words, page.width, labels));
}

std::string_view licence_text(const ExportReading& r) {
    if (r.judged.needs_licence == Truth::no) return "none needed";
    return r.judged.needs_licence == Truth::yes ? "needed" : "open";
}

/// Whether a clause has a say in the verdict: what could control it or takes that back, and what follows if it is controlled.
bool has_a_say(const ExportReading& r, const Tried& tried) {
    const auto effect = tried.clause->effect;
    if (!tried.binds) return false;
    if (effect == Effect::control || effect == Effect::letter) return true;
    const auto& about = tried.clause->about;
    if (effect == Effect::exclusion) return true;
    if (effect == Effect::exception) return r.judged.controlled != Truth::no && about == r.judged.paragraph();
    return effect == Effect::review && r.judged.needs_licence != Truth::no;
}

/// Tests of the clauses that have a say.
std::string tests_table(const ExportReading& r, const show::Page& page) {
    show::Sheet sheet({"<paragraph", "<test", "figure", "limit", "margin", "<met"});
    for (const auto& tried : r.judged.tried) {
        if (!has_a_say(r, tried)) continue;
        bool is_first = true;
        for (const auto& test : tried.tests) {
            const bool is_flag = test.relation == "is";
            const auto margin = test.margin();
            const auto shown = is_flag ? std::string(!test.figure         ? "unknown"
                                                     : *test.figure > 0.0 ? "yes"
                                                                          : "no")
                                       : figure_or(test.figure, test.holds == Truth::no ? "none" : "unknown");
            const auto limit = is_flag ? std::string(test.limit > 0.0 ? "yes" : "no")
                                       : fmt::format("{} {}", test.relation, show::figure(test.limit, digits));
            const auto by = is_flag || !margin ? std::string("") : fmt::format("{:+.1f} %", 100.0 * *margin);
            const auto met = std::string(choices(Type<Truth>{})[static_cast<std::size_t>(test.holds)]);
            sheet.row({is_first ? tried.clause->paragraph : "", std::string(test.quantity), shown, limit, by, met});
            is_first = false;
        }
    }
    return sheet.text(page, 2, 2);
}

std::string change_text(const ExportReading& r) {
    if (r.judged.letter && r.judged.controlled == Truth::no)
        return "no paragraph controls it; a letter does by what is met below";
    if (r.judged.controlled == Truth::no) return "nothing: no paragraph controls it";
    if (r.item.stack_gb_s_mm2)
        return fmt::format("a bandwidth density of at most {} GB/s/mm^2",
                           show::figure(r.judged.decisive->tests.front().limit, digits));
    std::string out;
    if (r.passing.least_area_mm2)
        out += fmt::format("more than {} mm^2 at this performance", show::figure(*r.passing.least_area_mm2, digits));
    else
        out += "no area helps at this performance";
    if (r.passing.most_tpp)
        out += fmt::format("; or less than {} TPP{}", show::figure(*r.passing.most_tpp, digits),
                           r.item.area_mm2 ? " on this area" : "");
    return out;
}

std::string regimes_text(const ExportReading& r) {
    std::string out;
    for (const auto& regime : r.regimes)
        out += fmt::format("{}{:.1f} % of it from {} ({}): {}", out.empty() ? "" : "; ", 100.0 * regime.share,
                           regime.found.date, regime.rules, regime.found.short_class);
    return out;
}

std::string reading_text(const ExportReading& r, const show::Page& page) {
    std::string out = fmt::format("{}\n", show::inked(page, show::Ink::bold, r.item.title));
    if (const auto tpp = r.item.tpp()) {
        const auto area = r.item.area_mm2
                              ? fmt::format(" on {} mm^2", show::figure(*r.item.area_mm2 * r.item.units, digits))
                              : std::string(", area not known");
        out += line("performance",
                    fmt::format("{} TPP{}, density {}", show::figure(*tpp, digits), area,
                                figure_or(r.item.density(), r.item.is_planar ? "none: planar nodes" : "not known")),
                    page);
    }
    out += line("class", fmt::format("{} ({})", r.found.classification, r.found.short_class), page);
    if (!r.found.computer.empty()) out += line("computers", r.found.computer, page);
    out += line("why", r.found.reason, page);
    out += line("licence", licence_text(r), page);
    if (r.judged.exception)
        out += line(
            "exception",
            fmt::format("{}: {}{}", r.judged.exception->clause->paragraph,
                        r.judged.exception->holds == Truth::yes ? "" : "perhaps: ", r.judged.exception->clause->says),
            page);
    if (r.judged.review)
        out += line("application",
                    fmt::format("{}{} ({})", r.judged.review->holds == Truth::yes ? "" : "perhaps ",
                                r.judged.review->clause->says, r.judged.review->rule->row.citation),
                    page);
    for (const auto* tried : r.judged.besides)
        out += line(choices(Type<Effect>{})[static_cast<std::size_t>(tried->clause->effect)],
                    fmt::format("{}: {}", tried->rule->row.title, tried->clause->says), page);
    out += line("to pass", change_text(r), page);
    if (r.regimes.size() > 1) out += line("period", regimes_text(r), page);
    out += r.next
               ? line("next change", fmt::format("{}: {} ({})", r.next->date, r.next->short_class, r.next_rules), page)
               : line("next change", "none known", page);
    out += line("confidence",
                r.grade ? fmt::format("{} (figures: {})", r.confidence, grade_name(*r.grade)) : r.confidence, page);
    return out + "\n" + tests_table(r, page) + "\n";
}

std::string history_text(const ExportReading& r, const show::Page& page) {
    show::Sheet sheet({"<from", "<class", "<licence"});
    for (const auto& found : r.history)
        sheet.row({found.date, found.short_class,
                   std::string(choices(Type<Truth>{})[static_cast<std::size_t>(found.needs_licence)])});
    return sheet.text(page, 2, 2) + "\n";
}

std::string table_of(const ExportAnswer& answer, const show::Page& page) {
    show::Sheet sheet({"<chip", "TPP", "TPP/mm^2", "<2022-10-21", "<2023-11-17", "<" + answer.date, "<licence"});
    for (const auto& row : answer.table)
        sheet.row({row.item.name, figure_or(row.item.tpp(), "?"),
                   row.item.density() ? show::fixed(*row.item.density(), 2) : "?", row.oct_2022.short_class,
                   row.oct_2023.short_class, row.now.short_class,
                   std::string(choices(Type<Truth>{})[static_cast<std::size_t>(row.now.needs_licence)])});
    return sheet.text(page, 0, 2);
}

std::string frontier_of(const ExportFrontier& frontier, const show::Page& page) {
    show::Sheet sheet({"<data centres", "TPP below", "mm^2 by rule", "by density", "dies", "USD", "USD without"});
    for (const auto& c : frontier.corners)
        sheet.row({std::string(choices(Type<Marketed>{})[static_cast<std::size_t>(c.data_centre)]),
                   show::figure(c.tpp, digits), c.area_by_rule_mm2 ? show::figure(*c.area_by_rule_mm2, digits) : "any",
                   c.area_by_density_mm2 ? show::figure(*c.area_by_density_mm2) : "-",
                   c.dies ? show::figure(*c.dies) : "-", c.cost_usd ? show::figure(*c.cost_usd) : "-",
                   c.cost_without_usd ? show::figure(*c.cost_without_usd) : "-"});
    const auto density = frontier.density
                             ? fmt::format("by density: at the {} TPP/mm^2 of {}, the densest published "
                                           "chip of process {}; without: the same performance on that area",
                                           show::figure(*frontier.density), frontier.densest, frontier.process)
                             : fmt::format("no chip of process {} has a published density", frontier.process);
    const auto none = frontier.corners.empty() ? std::string("no paragraph in force catches anything of this kind\n")
                                               : sheet.text(page, 0, 2);
    return none + "\n  " + show::hanging(density, page.width, 2) + "\n";
}

} // namespace

std::string text(const ExportAnswer& answer, const show::Page& page) {
    const auto place = [](const std::string& title, const std::string& groups) {
        return fmt::format("{} ({})", title, groups.empty() ? "in none of the groups" : groups);
    };
    std::string out = fmt::format("Export to {}{} on {}\n", place(answer.destination, answer.destination_groups),
                                  answer.headquarters == answer.destination
                                      ? std::string()
                                      : ", parent in " + place(answer.headquarters, answer.headquarters_groups) + ",",
                                  answer.date);
    out += show::wrapped("groups: " + answer.library->groups_source, page.width, 2) + "\n\n";
    if (answer.frontier) return out + frontier_of(*answer.frontier, page);
    if (!answer.table.empty())
        return out + table_of(answer, page) +
               "\n  none: no paragraph is met; ?: a figure that decides is not published, or the flag is open\n";
    if (answer.is_ambiguous())
        out += show::wrapped(fmt::format("Ambiguous: its {} readings do not agree.", answer.readings.size()),
                             page.width, 0) +
               "\n\n";
    for (const auto& reading : answer.readings) {
        out += reading_text(reading, page);
        if (!reading.history.empty()) out += history_text(reading, page);
    }
    return out;
}

} // namespace autarky::answers
