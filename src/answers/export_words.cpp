// autarky: what a judgement says, in words.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "answers/export.hpp"
#include "show/figure_text.hpp"

namespace autarky::answers {
namespace {

using namespace market::licensing;

bool is_flag(const Test& test) { return test.relation == "is"; }

std::string tests_text(const Tried& tried, Truth holds) {
    std::vector<std::string> out;
    for (const auto& test : tried.tests)
        if (test.holds == holds) out.push_back(test_text(test));
    return fmt::format("{}", fmt::join(out, ", "));
}

/// "3A090.a", "3A090.a, NAC", "3A090.b?", "Note 2", "letter", "none".
std::string short_class(const Judgement& judged) {
    if (judged.controlled == Truth::unknown) return fmt::format("{}?", judged.paragraph());
    if (judged.controlled == Truth::yes) {
        const bool has_exception = judged.exception && judged.exception->holds == Truth::yes;
        if (!has_exception) return std::string(judged.paragraph());
        const auto& by = judged.exception->clause->paragraph;
        return fmt::format("{}, {}", judged.paragraph(), by.substr(by.rfind(' ') + 1));
    }
    if (judged.letter) return judged.letter->holds == Truth::yes ? "letter" : "letter?";
    if (judged.excluded_by) return judged.excluded_by->clause->paragraph.substr(0, std::string_view("Note 2").size());
    return "none";
}

std::string letter_text(const Tried& letter) {
    return fmt::format("{}: {}{}", letter.rule->row.title, letter.clause->says,
                       letter.holds == Truth::yes ? "" : ", if a figure that is not published is so");
}

} // namespace

std::vector<std::string> missing_of(const Judgement& judged) {
    std::vector<std::string> out;
    const auto add = [&out](const Tried* tried) {
        if (!tried) return;
        for (const auto& test : tried->tests)
            if (test.holds == Truth::unknown && std::ranges::find(out, test.quantity) == out.end())
                out.emplace_back(test.quantity);
    };
    add(judged.decisive);
    add(judged.exception);
    add(judged.letter);
    add(judged.review);
    std::ranges::replace(out, std::string("performance density"), std::string("die area"));
    return out;
}

std::string confidence_of(const Judgement& judged, std::optional<Grade> of_figures) {
    if (judged.controlled == Truth::unknown || judged.needs_licence == Truth::unknown)
        return "open: a figure that decides is not published";
    constexpr double near = 0.05;
    double nearest = 1.0;
    const Tried* decisive = judged.decisive ? judged.decisive : nearest_miss(judged);
    if (decisive)
        for (const auto& test : decisive->tests)
            if (const auto margin = test.margin()) nearest = std::min(nearest, std::fabs(*margin));
    const auto grade = of_figures.value_or(Grade::filing);
    const bool is_near = nearest < near;
    if (grade >= Grade::rumour) return is_near ? "weak, and near a limit" : "weak: so are the figures";
    if (is_near) return "fair: a figure lies within 5 % of a limit";
    return grade == Grade::press ? "fair" : "firm";
}

std::string test_text(const Test& test) {
    if (is_flag(test)) {
        const auto* state = !test.figure ? "not known" : *test.figure > 0.0 ? "yes" : "no";
        return fmt::format("{}: {}", test.quantity, state);
    }
    constexpr int digits = 5;
    if (!test.figure && test.holds == Truth::no) return fmt::format("no {}: planar nodes only", test.quantity);
    const auto figure = test.figure ? show::figure(*test.figure, digits) : std::string("unknown");
    const bool is_met = test.holds == Truth::yes;
    const bool is_missed = test.holds == Truth::no;
    std::string_view relation = test.relation;
    if (is_missed) relation = relation == ">=" ? "<" : relation == "<" ? ">=" : "<=";
    const auto limit = show::figure(test.limit, digits);
    const auto unit = test.unit == "TPP" ? std::string() : fmt::format(" {}", test.unit);
    if (is_met || is_missed) return fmt::format("{} {} {} {}{}", test.quantity, figure, relation, limit, unit);
    return fmt::format("{} not known, limit {} {}{}", test.quantity, relation, limit, unit);
}

std::string reason_of(const Judgement& judged) {
    std::string out;
    if (judged.controlled == Truth::yes) {
        out = fmt::format("{} of {}: {}", judged.decisive->clause->paragraph, judged.decisive->rule->row.citation,
                          tests_text(*judged.decisive, Truth::yes));
        if (!judged.decisive->reaches) out += "; the rule does not reach this delivery";
    } else if (judged.controlled == Truth::unknown) {
        out = fmt::format("{} of {} depends on what is not published: {}", judged.decisive->clause->paragraph,
                          judged.decisive->rule->row.citation, fmt::join(missing_of(judged), ", "));
    } else if (judged.excluded_by) {
        out = fmt::format("{} of {}: {}", judged.excluded_by->clause->paragraph, judged.excluded_by->rule->row.citation,
                          judged.excluded_by->clause->says);
    } else if (const auto* miss = nearest_miss(judged)) {
        out = fmt::format("no paragraph in force is met; nearest is {}: {}", miss->clause->paragraph,
                          tests_text(*miss, Truth::no));
    } else {
        out = "no paragraph in force looks at it";
    }
    if (judged.letter) out += fmt::format("; {}", letter_text(*judged.letter));
    return out;
}

ExportClass classify(const ExportLibrary& library, const Commodity& item, const Delivery& delivery, double day,
                     std::string date) {
    const auto judged = judge(library.book, item, delivery, day);
    ExportClass out;
    out.date = std::move(date);
    out.classification = judged.controlled == Truth::yes  ? "controlled"
                         : judged.controlled == Truth::no ? "not controlled"
                                                          : "open";
    out.paragraph = judged.paragraph();
    if (judged.decisive && judged.controlled != Truth::no) out.computer = judged.decisive->clause->computer;
    out.short_class = short_class(judged);
    out.reason = reason_of(judged);
    out.needs_licence = judged.needs_licence;
    return out;
}

} // namespace autarky::answers
