// autarky: reproduces published cases.
// SPDX-License-Identifier: Apache-2.0
#include "answers/validate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analysis/backtest.hpp"
#include "analysis/validate.hpp"
#include "core/refuse.hpp"

namespace autarky::answers {

struct ValidatedCase {
    std::string_view group;
    const ValidationCase* row;
};
constexpr auto describe(Type<ValidatedCase> /*type*/) {
    using C = ValidatedCase;
    using V = std::string_view;
    return fields(
        item("group", &C::group, "Domain, peer or backtest"),
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
                                  out.push_back({group.name, &row});
                          return out;
                      },
                      "One row a case")
                      .whole());
}

ValidateAnswer validate(const Catalogue& catalogue, const ValidateQuestion& question, const Watch& watch) {
    const auto folder = catalogue.folder() / "validation";
    const auto published = analysis::validation_groups();
    const auto past = analysis::backtests(folder);
    std::vector<std::string_view> known(published.begin(), published.end());
    known.insert(known.end(), past.begin(), past.end());
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
    for (const auto& name : past)
        if (is_wanted(name))
            out.groups.push_back({name, analysis::backtest_cases(name, folder, watch.n_threads()), true});
    return out;
}

Standing standing(const ValidateAnswer& answer) {
    for (const auto& group : answer.groups)
        for (const auto& row : group.cases)
            if (!row.pass && !group.is_backtest) return Standing::gate_failed;
    return Standing::good;
}

std::string text(const ValidateAnswer& answer, const show::Page& page) {
    std::string out;
    std::size_t n = 0, passed = 0, n_past = 0, met = 0;
    const auto line = [&](std::size_t indent, const std::string& text) {
        return std::string(indent, ' ') + show::wrapped(text, page.width - indent, indent + 5) + "\n";
    };
    for (const auto& group : answer.groups) {
        const auto good = static_cast<std::size_t>(
            std::count_if(group.cases.begin(), group.cases.end(), [](const auto& row) { return row.pass; }));
        (group.is_backtest ? n_past : n) += group.cases.size();
        (group.is_backtest ? met : passed) += good;
        constexpr std::size_t source_at = 30;
        out += fmt::format("{:<16} {:>4} of {:<4} {}\n", group.name, good, group.cases.size(),
                           group.cases.empty() ? "" : show::hanging(group.cases.front().source, page.width, source_at));
        for (const auto& row : group.cases) {
            if (row.pass && !answer.all && row.note.find("defect") == std::string::npos) continue;
            const auto tolerance =
                row.relative ? fmt::format("{:g} relative", row.tolerance) : fmt::format("{:g}", row.tolerance);
            out += line(4, fmt::format("{} {}: expected {:.10g}, got {:.10g}, tolerance {}",
                                       row.pass            ? "pass"
                                       : group.is_backtest ? "MISS"
                                                           : "FAIL",
                                       row.name, row.expected, row.got, tolerance));
            if (!row.note.empty()) out += line(9, row.note);
        }
    }
    if (n > 0) out += fmt::format("{} of {} published cases reproduced\n", passed, n);
    if (n_past > 0)
        out += show::wrapped(fmt::format("{} of {} records of past times met by the median future; nothing is tuned to "
                                         "them, and a miss stays one",
                                         met, n_past),
                             page.width, 0) +
               "\n";
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
