// autarky: judges claims, and describes the judgements.
// SPDX-License-Identifier: Apache-2.0
#include "answers/audit.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "answers/watched.hpp"
#include "core/calendar.hpp"
#include "core/refuse.hpp"
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
            "holds (80 % of the futures or more), leans (50 % or more), open (20 % or more), unlikely (5 % or more), "
            "fails, cannot be judged"),
        item(
            "why", [](const C& c) -> V { return c.row->why; }, "Why"),
        item(
            "section", [](const C& c) -> V { return c.row->claim->section; }, "Section of its source; empty: none"),
        item(
            "less", [](const C& c) -> V { return c.row->claim->less; },
            "Metric that is taken off, so that a difference is judged; empty: none"),
        item(
            "given", [](const C& c) -> V { return c.row->claim->given; },
            "Event or claim without which a future does not count; empty: none"),
        item(
            "futures", [](const C& c) { return c.row->futures; }, "1"_u, "Futures that it is judged on"),
        item(
            "only_if",
            [](const C& c) { return c.row->only_if.empty() ? std::optional<V>() : std::optional<V>(c.row->only_if); },
            "Condition on one input that lifts the share to 80 %")
            .null_if("it holds anyway, or no single input does"),
        item(
            "border", [](const C& c) { return c.row->border; }, "1"_u,
            "Border of two verdicts that lies within two sampling errors of the share")
            .null_if("there is none"));
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

namespace {

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// The judgement that a word names, if it names one.
std::optional<Judgement> judgement_of(const std::string& word) {
    for (const auto judgement : {Judgement::holds, Judgement::leans, Judgement::open, Judgement::unlikely,
                                 Judgement::fails, Judgement::cannot_be_judged})
        if (lower(word) == analysis::name_of(judgement)) return judgement;
    return std::nullopt;
}

/// Every section once, in the order of the claims.
std::vector<std::string_view> sections_of(const std::vector<Claim>& claims) {
    std::vector<std::string_view> out;
    for (const auto& claim : claims)
        if (!claim.section.empty() && std::find(out.begin(), out.end(), claim.section) == out.end())
            out.push_back(claim.section);
    return out;
}

/// The words that a search could have meant.
std::vector<std::string> words_of(const std::vector<Claim>& claims) {
    std::vector<std::string> out;
    for (const auto& claim : claims)
        for (const auto& part : {claim.id, claim.text, claim.metric}) {
            std::string word;
            for (const char c : lower(part) + " ") {
                if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0) {
                    word += c;
                } else if (!word.empty()) {
                    out.push_back(std::exchange(word, {}));
                }
            }
        }
    return out;
}

[[noreturn]] void refuse_word(const std::vector<Claim>& claims, const AuditQuestion& question) {
    const auto words = words_of(claims);
    auto hint = did_you_mean(lower(question.word), {words.begin(), words.end()});
    if (hint.empty()) hint = "without it all claims are judged";
    const auto where = question.section.empty() ? "" : " of section " + question.section;
    refuse_field("word", "E0505", fmt::format("no claim{} has '{}' in it", where, question.word), std::move(hint));
}

/// Rows of the claims that are asked for.
std::vector<std::size_t> chosen(const std::vector<Claim>& claims, const AuditQuestion& question) {
    const auto sections = sections_of(claims);
    if (!question.section.empty() && std::find(sections.begin(), sections.end(), question.section) == sections.end()) {
        auto hint = did_you_mean(question.section, sections);
        if (hint.empty())
            hint = sections.empty() ? "its claims name no section"
                                    : fmt::format("sections are {}", fmt::join(sections, ", "));
        refuse_field("section", "E0505", fmt::format("no claim is of section '{}'", question.section), std::move(hint));
    }
    const auto word = judgement_of(question.word) ? std::string() : lower(question.word);
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < claims.size(); ++c) {
        const auto& claim = claims[c];
        const auto text = lower(claim.id + "\n" + claim.text + "\n" + claim.metric);
        if (!question.section.empty() && claim.section != question.section) continue;
        if (text.find(word) != std::string::npos) out.push_back(c);
    }
    if (out.empty() && !question.word.empty()) refuse_word(claims, question);
    return out;
}

} // namespace

AuditAnswer audit(const Catalogue& /*catalogue*/, const AuditQuestion& question, const Watch& watch) {
    AuditAnswer out{Session::open(question), question, {}, 0, false};
    const auto& loaded = out.session->loaded();
    watch.settle(loaded.warnings);
    auto found = analysis::audit(out.session->model(), chosen(loaded.claims, question),
                                 {question.samples, question.seed, watch.n_threads(), watched(watch)});
    if (found.is_stopped && found.rows.empty()) refuse_stopped("samples");
    out.rows = std::move(found.rows);
    out.samples = found.samples;
    out.is_stopped = found.is_stopped;
    if (const auto asked = judgement_of(question.word))
        std::erase_if(out.rows, [&](const AuditRow& row) { return row.judgement != *asked; });
    return out;
}

std::string_view relation_text(const Claim& claim) {
    switch (claim.comparison) {
    case Comparison::at_least: return "at least ";
    case Comparison::at_most: return "at most ";
    case Comparison::about: return "about ";
    case Comparison::within: return "";
    }
    return "";
}

Standing standing(const AuditAnswer& answer) {
    if (answer.is_stopped) return Standing::interrupted;
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

namespace {

/// "foundry.wafers less foundry.wafers_buy in 2030Q4, given event.strait_crisis".
std::string looked_at(const Claim& claim) {
    return claim.metric + (claim.less.empty() ? "" : " less " + claim.less) +
           (claim.at ? " in " + claim.at->text() : "") + (claim.given.empty() ? "" : ", given " + claim.given);
}

std::string head_text(const AuditAnswer& answer, const show::Page& page) {
    const auto& loaded = answer.session->loaded();
    const auto n = [&](Judgement is) {
        return std::count_if(answer.rows.begin(), answer.rows.end(),
                             [is](const AuditRow& row) { return row.judgement == is; });
    };
    const auto count = answer.rows.size() == loaded.claims.size()
                           ? fmt::format("{} claims", answer.rows.size())
                           : fmt::format("{} of {} claims", answer.rows.size(), loaded.claims.size());
    return fmt::format("{}{}, {} futures, seed {}\n", loaded.name,
                       loaded.variant.empty() ? "" : " (" + loaded.variant + ")",
                       show::fixed(static_cast<double>(answer.samples), 0), answer.question.seed) +
           (answer.is_stopped ? "It was stopped: fewer futures or claims than asked for, and no conditions (only if).\n"
                              : "") +
           show::wrapped(fmt::format("{}: {} hold, {} lean to true, {} are open, {} are unlikely, {} fail, {} cannot "
                                     "be judged",
                                     count, n(Judgement::holds), n(Judgement::leans), n(Judgement::open),
                                     n(Judgement::unlikely), n(Judgement::fails), n(Judgement::cannot_be_judged)),
                         page.width, 0) +
           "\n" +
           show::wrapped(
               "True in at least 80 % of futures: holds; 50 %: leans; 20 %: open; 5 %: unlikely; less: fails. "
               "Only if: one input lifts it to 80 %. Recomputed: median (5 % to 95 % of futures).",
               page.width, 0) +
           "\n";
}

std::string row_text(const AuditRow& row, const show::Page& page) {
    const auto& claim = *row.claim;
    constexpr std::size_t indent = 6;
    const auto line = [&](const std::string& text) {
        return std::string(indent, ' ') + show::wrapped(text, page.width - indent, indent) + "\n";
    };
    std::string out =
        "\n" +
        show::wrapped(fmt::format("{:<5} {:<17} {}", claim.id, analysis::name_of(row.judgement), claim.text),
                      page.width, indent) +
        "\n";
    if (!claim.metric.empty())
        out += line(fmt::format("stated {}{}; recomputed {}: {}", relation_text(claim), claim.written, band_text(row),
                                looked_at(claim)));
    if (!row.only_if.empty()) out += line("only if " + row.only_if);
    return out + line(row.why);
}

} // namespace

std::string text(const AuditAnswer& answer, const show::Page& page) {
    std::string out = head_text(answer, page);
    for (const auto& row : answer.rows)
        out += row_text(row, page);
    return out;
}

const Entry audit_entry = threaded(entry_of<&audit, AuditQuestion, AuditAnswer>(
    "", "audit", "Claims of the scenario, held against what the model recomputes"));

} // namespace autarky::answers
