// autarky: judges claims, and describes the judgements.
// SPDX-License-Identifier: Apache-2.0
#include "answers/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/calendar.hpp"
#include "show/figure_text.hpp"

namespace autarky::answers {

using analysis::AuditRow;
using analysis::Judgement;

/// 5 %, median and 95 % of what the model recomputes.
struct Recomputed {
    double p05, p50, p95;
};
constexpr auto describe(Type<Recomputed> /*type*/) {
    using R = Recomputed;
    const auto unit = unit_in("unit");
    const char* none = "the metric exists in no future, or there is none";
    return fields(item("p05", &R::p05, unit, "5 % of futures lie below").null_if(none),
                  item("p50", &R::p50, unit, "Median").null_if(none),
                  item("p95", &R::p95, unit, "95 % of futures lie below").null_if(none));
}

struct AuditedClaim {
    const AuditRow* row;
};
constexpr auto describe(Type<AuditedClaim> /*type*/) {
    using C = AuditedClaim;
    using V = std::string_view;
    return fields(
        item(
            "id", [](const C& c) -> V { return c.row->claim->id; }, "Number of the claim"),
        item(
            "claim", [](const C& c) -> V { return c.row->claim->text; }, "What is claimed"),
        item(
            "stated", [](const C& c) -> V { return c.row->claim->written; }, "What is stated, as written"),
        item(
            "unit", [](const C& c) -> V { return c.row->claim->unit; }, "Its unit"),
        item(
            "metric", [](const C& c) -> V { return c.row->claim->metric; },
            "The metric that recomputes it; empty: none"),
        item(
            "at", [](const C& c) { return c.row->claim->at ? std::optional(c.row->claim->at->text()) : std::nullopt; },
            "Quarter of the metric")
            .null_if("it has no time, or its whole horizon counts"),
        item(
            "recomputed", [](const C& c) { return Recomputed{c.row->p05, c.row->p50, c.row->p95}; },
            "What the model says"),
        item(
            "share", [](const C& c) { return c.row->share; }, "1"_u, "Share of futures in which the claim is true"),
        item(
            "verdict", [](const C& c) { return analysis::name_of(c.row->judgement); },
            "holds, holds if, fails, cannot be judged"),
        item("why", [](const C& c) -> V { return c.row->why; }, "Why"));
}

constexpr auto describe(Type<AuditAnswer> /*type*/) {
    return fields(item(
                      "claims",
                      [](const AuditAnswer& answer) {
                          std::vector<AuditedClaim> out;
                          for (const auto& row : answer.rows)
                              out.push_back({&row});
                          return out;
                      },
                      "One row a claim")
                      .whole());
}

AuditAnswer audit(const Catalogue& /*catalogue*/, const AuditQuestion& question, const Watch& watch) {
    AuditAnswer out{Session::open(question), question, {}};
    watch.settle(out.session->loaded().warnings);
    out.rows = analysis::audit(out.session->model(), {question.samples, question.seed, watch.n_threads()});
    return out;
}

Standing standing(const AuditAnswer& answer) {
    const bool fails = std::any_of(answer.rows.begin(), answer.rows.end(),
                                   [](const AuditRow& row) { return row.judgement == Judgement::fails; });
    return fails && answer.question.fail_on == AuditGate::fails ? Standing::gate_failed : Standing::good;
}

namespace {

std::string band_text(const AuditRow& row) {
    if (std::isnan(row.p50)) return "-";
    const bool is_date = row.claim->unit == "year" && show::looks_like_a_date(row.p50);
    const auto text = [is_date](double x) { return is_date ? quarter_of(x).text() : show::figure(x); };
    const bool has_unit = !is_date && row.claim->unit != "1";
    return fmt::format("{} ({} to {}){}", text(row.p50), text(row.p05), text(row.p95),
                       has_unit ? " " + row.claim->unit : "");
}

} // namespace

std::string text(const AuditAnswer& answer, const show::Page& page) {
    std::array<int, 4> count{};
    for (const auto& row : answer.rows)
        ++count[static_cast<std::size_t>(row.judgement)];
    const auto& loaded = answer.session->loaded();
    std::string out = fmt::format("{}{}, {} futures, seed {}\n", loaded.name,
                                  loaded.variant.empty() ? "" : " (" + loaded.variant + ")",
                                  show::fixed(static_cast<double>(answer.question.samples), 0), answer.question.seed);
    out += show::wrapped(fmt::format("{} claims: {} hold, {} hold under a condition, {} fail, {} cannot be judged",
                                     answer.rows.size(), count[0], count[1], count[2], count[3]),
                         page.width, 0) +
           "\n";
    out += show::wrapped(
               "A claim holds if it is true in at least 80 % of futures and fails if in less than 5 %. Recomputed: "
               "median (5 % to 95 % of futures).",
               page.width, 0) +
           "\n";
    for (const auto& row : answer.rows) {
        const auto& claim = *row.claim;
        const std::string what =
            claim.metric.empty() ? "no metric" : claim.metric + (claim.at ? " in " + claim.at->text() : "");
        constexpr std::size_t indent = 6;
        const auto line = [&](const std::string& text) {
            return std::string(indent, ' ') + show::wrapped(text, page.width - indent, indent) + "\n";
        };
        out += "\n" +
               show::wrapped(fmt::format("{:<5} {:<17} {}", claim.id, analysis::name_of(row.judgement), claim.text),
                             page.width, indent) +
               "\n";
        const char* relation = claim.comparison == Comparison::at_least  ? "at least "
                               : claim.comparison == Comparison::at_most ? "at most "
                                                                         : "";
        out += line(fmt::format("stated {}{}; recomputed {}: {}", relation, claim.written, band_text(row), what));
        out += line(row.why);
    }
    return out;
}

const Entry audit_entry = threaded(entry_of<&audit, AuditQuestion, AuditAnswer>(
    "", "audit", "Claims of the scenario, held against what the model recomputes"));

} // namespace autarky::answers
