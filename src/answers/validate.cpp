// autarky: reproduces published cases.
// SPDX-License-Identifier: Apache-2.0
#include "answers/validate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/backtest.hpp"
#include "analysis/validate.hpp"
#include "core/refuse.hpp"
#include "show/figure_text.hpp"

namespace autarky::answers {

struct ValidatedCase {
    std::string_view group;
    std::string_view kind;
    const ValidationCase* row;
};
constexpr std::string_view name_of(ValidateAnswer::Kind kind) {
    using enum ValidateAnswer::Kind;
    return kind == published ? "published" : kind == record ? "record" : "decision";
}
constexpr auto describe(Type<ValidatedCase> /*type*/) {
    using C = ValidatedCase;
    using V = std::string_view;
    return fields(
        item("group", &C::group, "Domain, peer or backtest"),
        item("kind", &C::kind,
             "published (a case of others), record (the median future is to lie in it), decision (the band is to hold "
             "what came)"),
        item(
            "case", [](const C& c) -> V { return c.row->name; }, "What is compared, with its inputs"),
        item(
            "source", [](const C& c) -> V { return c.row->source; }, "Who published or recorded it"),
        item(
            "expected", [](const C& c) { return c.row->expected; }, "1"_u,
            "As published, in the unit of the case; the middle of what a backtest's record says"),
        item(
            "got", [](const C& c) { return c.row->got; }, "1"_u,
            "As computed here; of a backtest the median over futures")
            .null_if("there is no such value"),
        item(
            "low", [](const C& c) { return c.row->low; }, "1"_u, "5 % of futures lie below")
            .null_if("the case has no futures"),
        item(
            "high", [](const C& c) { return c.row->high; }, "1"_u, "95 % of futures lie below")
            .null_if("the case has no futures"),
        item(
            "tolerance", [](const C& c) { return c.row->tolerance; }, "1"_u, "By which they may differ"),
        item(
            "relative", [](const C& c) { return c.row->relative; }, "The tolerance is a share of what is expected"),
        item(
            "pass", [](const C& c) { return c.row->pass; }, "It is reproduced"),
        item(
            "note", [](const C& c) -> V { return c.row->note; },
            "A known defect of the peer, a difference of convention"));
}
constexpr auto describe(Type<ValidateAnswer> /*type*/) {
    return fields(item(
                      "cases",
                      [](const ValidateAnswer& answer) {
                          std::vector<ValidatedCase> out;
                          for (const auto& group : answer.groups)
                              for (const auto& row : group.cases)
                                  out.push_back({group.name, name_of(group.kind), &row});
                          return out;
                      },
                      "One row a case")
                      .whole());
}

ValidateAnswer validate(const Catalogue& catalogue, const ValidateQuestion& question, const Watch& watch) {
    const auto folder = catalogue.folder() / "validation";
    const auto published = analysis::validation_groups();
    const auto past = analysis::backtests(folder, analysis::PastKind::record);
    const auto decisions = analysis::backtests(folder, analysis::PastKind::decision);
    std::vector<std::string_view> known(published.begin(), published.end());
    known.insert(known.end(), past.begin(), past.end());
    known.insert(known.end(), decisions.begin(), decisions.end());
    for (const auto& wanted : question.peer)
        if (std::find(known.begin(), known.end(), wanted) == known.end())
            refuse_field("peer", "E0505", fmt::format("nobody called '{}' is reproduced", wanted),
                         fmt::format("{} known: {}", did_you_mean(wanted, known), fmt::join(known, ", ")));
    ValidateAnswer out{{}, question.all};
    const auto is_wanted = [&](std::string_view name) {
        return question.peer.empty() ||
               std::find(question.peer.begin(), question.peer.end(), name) != question.peer.end();
    };
    for (const auto name : published)
        if (is_wanted(name)) out.groups.push_back({std::string(name), analysis::validation_cases(name, folder)});
    const auto add = [&](const std::vector<std::string>& names, analysis::PastKind kind, ValidateAnswer::Kind as) {
        for (const auto& name : names)
            if (is_wanted(name))
                out.groups.push_back({name, analysis::backtest_cases(name, folder, watch.n_threads(), kind), as});
    };
    add(past, analysis::PastKind::record, ValidateAnswer::Kind::record);
    add(decisions, analysis::PastKind::decision, ValidateAnswer::Kind::decision);
    return out;
}

Standing standing(const ValidateAnswer& answer) {
    for (const auto& group : answer.groups)
        for (const auto& row : group.cases)
            if (!row.pass && group.kind == ValidateAnswer::Kind::published) return Standing::gate_failed;
    return Standing::good;
}

namespace {

std::string wrapped_line(const show::Page& page, std::size_t indent, const std::string& text) {
    return std::string(indent, ' ') + show::wrapped(text, page.width - indent, indent + 5) + "\n";
}

/// What came of a decision, and the median future; a year has no thousands.
std::string outcome_text(const ValidationCase& row) {
    const auto figure = [&](double value) {
        return row.unit == "year" ? fmt::format("{:.1f}", value) : show::figure(value);
    };
    if (!(row.tolerance > 0.0)) return fmt::format("came {}, median {}", figure(row.expected), figure(row.got));
    return fmt::format("came {} to {}, median {}", figure(row.expected - row.tolerance),
                       figure(row.expected + row.tolerance), figure(row.got));
}

std::string row_text(const ValidateAnswer::Group& group, const ValidationCase& row, const show::Page& page) {
    const bool is_published = group.kind == ValidateAnswer::Kind::published;
    const char* verdict = row.pass ? "pass" : is_published ? "FAIL" : "MISS";
    const auto tolerance =
        row.relative ? fmt::format("{:g} relative", row.tolerance) : fmt::format("{:g}", row.tolerance);
    const auto compared =
        group.kind == ValidateAnswer::Kind::decision
            ? outcome_text(row)
            : fmt::format("expected {:.10g}, got {:.10g}, tolerance {}", row.expected, row.got, tolerance);
    auto out = wrapped_line(page, 4, fmt::format("{} {}: {}", verdict, row.name, compared));
    if (!row.note.empty()) out += wrapped_line(page, 9, row.note);
    return out;
}

std::string group_text(const ValidateAnswer::Group& group, bool all, const show::Page& page) {
    constexpr std::size_t source_at = 30;
    const auto good = std::ranges::count_if(group.cases, [](const auto& row) { return row.pass; });
    auto out = fmt::format("{:<16} {:>4} of {:<4} {}\n", group.name, good, group.cases.size(),
                           group.cases.empty() ? "" : show::hanging(group.cases.front().source, page.width, source_at));
    for (const auto& row : group.cases)
        if (!row.pass || all || row.note.find("defect") != std::string::npos) out += row_text(group, row, page);
    return out;
}

std::string decisions_text(const std::vector<ValidationCase>& rows, const show::Page& page) {
    const auto coverage = analysis::coverage_of(rows);
    auto text = fmt::format(
        "{} of {} records of what decisions came to are met by the band of 5 to 95 % of futures; a record that "
        "is an interval or a bound is met more easily than the nine in ten that are due for a point",
        coverage.met, coverage.rows);
    if (!std::isnan(coverage.ratio))
        text += fmt::format("; bands are a factor of {} wide", show::figure(coverage.ratio));
    if (!std::isnan(coverage.years)) text += fmt::format(", those of dates {:.1f} years", coverage.years);
    return show::wrapped(text + " (medians)", page.width, 0) + "\n";
}

} // namespace

std::string text(const ValidateAnswer& answer, const show::Page& page) {
    std::string out;
    std::array<std::size_t, 3> n{}, good{}; // by kind
    std::vector<ValidationCase> decisions;
    for (const auto& group : answer.groups) {
        out += group_text(group, answer.all, page);
        const auto kind = static_cast<std::size_t>(group.kind);
        n[kind] += group.cases.size();
        for (const auto& row : group.cases)
            good[kind] += row.pass ? 1 : 0;
        if (group.kind == ValidateAnswer::Kind::decision)
            decisions.insert(decisions.end(), group.cases.begin(), group.cases.end());
    }
    if (n[0] > 0) out += fmt::format("{} of {} published cases reproduced\n", good[0], n[0]);
    if (n[1] > 0)
        out += show::wrapped(fmt::format("{} of {} records of past times met by the median future; nothing is tuned to "
                                         "them, and a miss stays one",
                                         good[1], n[1]),
                             page.width, 0) +
               "\n";
    if (n[2] > 0) out += decisions_text(decisions, page);
    if (!answer.all)
        out +=
            show::wrapped(fmt::format("{} lists every one; known defects of peers are listed above", field_mark("all")),
                          page.width, 0) +
            "\n";
    return out;
}

const Entry validate_entry = entry_of<&validate, ValidateQuestion, ValidateAnswer>(
    "", "validate", "Published cases, reproduced by the model's formulas");

} // namespace autarky::answers
