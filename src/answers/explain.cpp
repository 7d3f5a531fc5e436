// autarky: explains a metric, and describes the explanation.
// SPDX-License-Identifier: Apache-2.0
#include "answers/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/input_doc.hpp"
#include "analysis/selection.hpp"
#include "answers/codes.hpp"
#include "answers/run_describe.hpp"
#include "core/refuse.hpp"
#include "input/grade.hpp"
#include "scenario/codes.hpp"

namespace autarky {

constexpr auto describe(Type<Formula> /*type*/) {
    return fields(item("id", &Formula::id, "Name of the formula"), item("label", &Formula::label, "What it gives"),
                  item("expression", &Formula::expression, "The formula"),
                  item("source", &Formula::source, "Who published it"));
}

} // namespace autarky

namespace autarky::analysis {

constexpr auto describe(Type<Lever> /*type*/) {
    return fields(
        item("input", &Lever::name, "The input"),
        item("elasticity", &Lever::elasticity, "1"_u, "Change of the result in percent when it rises by one percent")
            .null_if("the result is zero"));
}

} // namespace autarky::analysis

namespace autarky::answers {
namespace {

using analysis::Reason;

struct CitedSource {
    const Source* source;
};
constexpr auto describe(Type<CitedSource> /*type*/) {
    using C = CitedSource;
    using V = std::string_view;
    return fields(
        item(
            "id", [](const C& c) -> V { return c.source->id; }, "What the scenario cites it by"),
        item(
            "title", [](const C& c) -> V { return c.source->title; }, "Its title"),
        item(
            "date", [](const C& c) -> V { return c.source->date; }, "As published"),
        item(
            "grade", [](const C& c) { return grade_name(c.source->grade); }, "How well it supports a number"),
        item(
            "url", [](const C& c) { return c.source->url.empty() ? std::optional<V>() : c.source->url; }, "Where it is")
            .null_if("nobody gave one"));
}

struct ReasonInput {
    const Input* input;
    const Inputs* inputs;
};
constexpr auto describe(Type<ReasonInput> /*type*/) {
    using I = ReasonInput;
    using V = std::string_view;
    return fields(item(
                      "path", [](const I& i) -> V { return i.input->path; }, "Its key"),
                  item(
                      "doc", [](const I& i) { return analysis::input_doc(i.input->path); }, "What it is"),
                  item(
                      "written", [](const I& i) -> V { return i.input->written; }, "As written"),
                  item(
                      "unit", [](const I& i) -> V { return i.input->unit; }, "Its unit"),
                  item(
                      "is_default", [](const I& i) { return i.input->is_default; }, "The file leaves it out"),
                  item(
                      "note", [](const I& i) -> V { return i.input->note; }, "Remark"),
                  item(
                      "source",
                      [](const I& i) {
                          return i.input->source < 0
                                     ? std::optional<CitedSource>()
                                     : CitedSource{&i.inputs->sources[static_cast<std::size_t>(i.input->source)]};
                      },
                      "Where it comes from")
                      .null_if("it has none"));
}

std::string_view kind_name(Reason::Kind kind) {
    switch (kind) {
    case Reason::Kind::result: return "value";
    case Reason::Kind::call: return "formula";
    case Reason::Kind::input: return "input";
    case Reason::Kind::constant: return "constant";
    case Reason::Kind::reference: return "reference";
    case Reason::Kind::rest: return "rest";
    }
    return {};
}

/// A line of the tree.
struct TreeLine {
    const Reason* reason;
    const Inputs* inputs;

    [[nodiscard]] bool is_rest() const { return reason->kind == Reason::Kind::rest; }
    template <class T> [[nodiscard]] std::optional<T> unless_rest(T value) const {
        return is_rest() ? std::optional<T>() : std::optional<T>(std::move(value));
    }
    [[nodiscard]] std::vector<TreeLine> parts() const;
};
constexpr auto describe(Type<TreeLine> /*type*/) {
    using L = TreeLine;
    using V = std::string_view;
    const char* of_rest = "these are values of less weight that are not shown";
    return fields(
        item(
            "kind", [](const L& l) { return kind_name(l.reason->kind); },
            "value, formula, input, constant, reference or rest"),
        item(
            "role", [](const L& l) -> V { return l.reason->role; }, "What it is for the line above")
            .absent_if("it has none"),
        item(
            "context", [](const L& l) -> V { return l.reason->context; },
            "What tells it from neighbours of the same name")
            .absent_if("there are none"),
        item(
            "remark", [](const L& l) -> V { return l.reason->remark; },
            "What its formula does not say: rule, limit, day and paragraph behind a refusal")
            .absent_if("there is nothing"),
        item(
            "value", [](const L& l) { return l.unless_rest<V>(l.reason->text); }, "In a readable unit")
            .absent_if(of_rest),
        item(
            "base_value", [](const L& l) { return l.unless_rest(l.reason->value); }, "1"_u, "In base units")
            .absent_if(of_rest),
        item(
            "elasticity", [](const L& l) { return l.unless_rest(l.reason->elasticity); }, "1"_u,
            "Change of the result in percent when it rises by one percent")
            .absent_if(of_rest),
        item(
            "formula", [](const L& l) -> const Formula* { return l.reason->formula; }, "The formula")
            .absent_if("it is none"),
        item(
            "input",
            [](const L& l) {
                return l.reason->input == nullptr ? std::optional<ReasonInput>()
                                                  : ReasonInput{l.reason->input, l.inputs};
            },
            "The input")
            .absent_if("it is none"),
        item(
            "see", [](const L& l) { return l.reason->kind == Reason::Kind::reference ? l.reason->number : 0; }, "1"_u,
            "Number of the line that stands for it")
            .absent_if("it stands here"),
        item(
            "number", [](const L& l) { return l.reason->kind == Reason::Kind::reference ? 0 : l.reason->number; },
            "1"_u, "Number that other lines refer to")
            .absent_if("none does"),
        item(
            "hidden", [](const L& l) { return l.reason->n_hidden; }, "1"_u, "Parts that are not opened")
            .absent_if("all are"),
        item("parts", &L::parts, "What it is made of").absent_if("nothing, or nothing is opened"));
}

std::vector<TreeLine> TreeLine::parts() const {
    std::vector<TreeLine> out;
    for (const auto& part : reason->parts)
        out.push_back({&part, inputs});
    return out;
}

/// What the samples of a small run say, in the metric's unit.
struct ExplainSamples {
    std::uint64_t count;
    double mean, p05, p50, p95, none;
};
constexpr auto describe(Type<ExplainSamples> /*type*/) {
    using S = ExplainSamples;
    const auto unit = unit_in("unit");
    const char* none = "it exists in no sample";
    return fields(item("count", &S::count, "1"_u, "Samples"), item("mean", &S::mean, unit, "Mean").null_if(none),
                  item("p05", &S::p05, unit, "5 % of futures lie below").null_if(none),
                  item("p50", &S::p50, unit, "Median").null_if(none),
                  item("p95", &S::p95, unit, "95 % of futures lie below").null_if(none),
                  item("none", &S::none, "1"_u, "Share in which it does not exist"));
}

ExplainSamples samples_of(const ExplainAnswer& answer) {
    const auto& e = answer.explanation;
    const double unit = e.metric->info.unit_factor;
    return {e.n_samples,          e.samples.mean / unit, e.samples.p05 / unit,
            e.samples.p50 / unit, e.samples.p95 / unit,  e.samples.none_share};
}

/// The claim that named the metric.
struct ExplainedClaim {
    const Claim* claim;
};
constexpr auto describe(Type<ExplainedClaim> /*type*/) {
    using C = ExplainedClaim;
    using V = std::string_view;
    return fields(
        item(
            "id", [](const C& c) -> V { return c.claim->id; }, "Its name"),
        item(
            "text", [](const C& c) -> V { return c.claim->text; }, "What is claimed"),
        item(
            "stated", [](const C& c) -> V { return c.claim->written; }, "What is stated, as written"),
        item(
            "compare",
            [](const C& c) { return choices(Type<Comparison>{})[static_cast<std::size_t>(c.claim->comparison)]; },
            "How it is held against the metric"),
        item(
            "less", [](const C& c) -> V { return c.claim->less; },
            "Metric that is taken off, which the tree does not show; empty: none"),
        item(
            "given", [](const C& c) -> V { return c.claim->given; },
            "Event or claim without which a future does not count; empty: none"),
        item("why", [](const C& c) -> V { return c.claim->why; }, "How a sentence became a number"));
}

/// The claim of that name; null if there is none. One that no metric judges has nothing to explain.
const Claim* claim_named(const std::vector<Claim>& claims, const std::string& id) {
    const auto found = std::find_if(claims.begin(), claims.end(), [&](const Claim& claim) { return claim.id == id; });
    if (found == claims.end()) return nullptr;
    if (found->metric.empty())
        refuse_field("metric", "E0505", fmt::format("claim {} has no metric: {}", id, found->text), found->why);
    return &*found;
}

/// The metric of that name; a word that looks like the name of a claim gets the claims as suggestions.
const analysis::MetricColumns& metric_or_refuse(const analysis::ScenarioModel& model, const std::string& name) {
    const auto& claims = model.loaded().claims;
    const bool is_like_claim = name.find('.') == std::string::npos && model.find(name) == nullptr;
    std::vector<std::string_view> ids;
    for (const auto& claim : claims)
        if (is_like_claim) ids.push_back(claim.id);
    if (auto hint = did_you_mean(name, ids); !hint.empty())
        refuse_field("metric", "E0505", fmt::format("there is no metric or claim '{}'", name), std::move(hint));
    return analysis::metric_named(model, name);
}

std::size_t quarter_row(const analysis::ScenarioModel& model, const std::string& at) {
    const auto& quarters = model.quarters();
    if (at.empty()) return quarters.size() - 1;
    const auto parsed = parse_quarter(at);
    if (!parsed) refuse_field("at", "E0504", fmt::format("'{}' is no quarter", at), "a quarter is written like 2028Q2");
    const auto found = std::find(quarters.begin(), quarters.end(), parsed->text());
    if (found == quarters.end())
        refuse_field("at", "E0504", fmt::format("{} is outside the scenario", at),
                     fmt::format("it runs from {} to {}", quarters.front(), quarters.back()));
    return static_cast<std::size_t>(found - quarters.begin());
}

} // namespace

constexpr auto describe(Type<ExplainAnswer> /*type*/) {
    using A = ExplainAnswer;
    using V = std::string_view;
    return fields(
        item(
            "scenario",
            [](const A& a) {
                const auto& l = a.session->loaded();
                return ScenarioFacts{&l.name, &l.variant, &l.sha256};
            },
            "The scenario"),
        item(
            "claim",
            [](const A& a) { return a.claim == nullptr ? std::optional<ExplainedClaim>() : ExplainedClaim{a.claim}; },
            "The claim that named the metric")
            .absent_if("the metric was named by itself"),
        item(
            "metric", [](const A& a) -> V { return a.explanation.metric->info.id; }, "The metric"),
        item(
            "doc", [](const A& a) -> V { return a.explanation.metric->info.doc; }, "What it is"),
        item(
            "unit", [](const A& a) -> V { return a.explanation.metric->info.unit; }, "Its unit"),
        item(
            "quarter",
            [](const A& a) { return a.explanation.quarter.empty() ? std::optional<V>() : a.explanation.quarter; },
            "The quarter")
            .null_if("it is one value for the whole run"),
        item(
            "value_at_medians", [](const A& a) { return a.explanation.value; }, unit_in("unit"),
            "With every input at its median")
            .null_if("it does not exist in that case"),
        item("samples", &samples_of, "What the samples of a small run say"),
        item(
            "complete", [](const A& a) { return a.explanation.is_complete; }, "Nothing is folded"),
        item(
            "levers", [](const A& a) { return a.explanation.levers; }, "Inputs, strongest first"),
        item(
            "tree", [](const A& a) { return TreeLine{&a.explanation.root, &a.session->model().inputs()}; },
            "The value and what it is made of"));
}

ExplainAnswer explain(const Catalogue& /*catalogue*/, const ExplainQuestion& question, const Watch& watch) {
    ExplainAnswer out{Session::open(question), {}, nullptr};
    const auto& model = out.session->model();
    watch.settle(out.session->loaded().warnings);
    out.claim = claim_named(out.session->loaded().claims, question.metric);
    const auto& metric = metric_or_refuse(model, out.claim != nullptr ? out.claim->metric : question.metric);
    const bool takes_claimed_time = question.at.empty() && out.claim != nullptr && out.claim->at && metric.count > 1;
    const auto at = takes_claimed_time ? out.claim->at->text() : question.at;
    if (metric.count == 1 && !question.at.empty())
        refuse_field("at", "E0506", fmt::format("{} is one value for the whole run", question.metric),
                     "leave the quarter out");
    analysis::ExplainOptions options;
    if (question.depth) options.depth = *question.depth;
    out.explanation = analysis::explain(model, metric, quarter_row(model, at), options);
    return out;
}

const Entry explain_entry = entry_of<&explain, ExplainQuestion, ExplainAnswer>(
    "", "explain", "Where a number comes from: formulas, inputs, sources");

bool is_code(const std::string& word) {
    return word.size() == 5 && (word.front() == 'E' || word.front() == 'W') &&
           word.find_first_not_of("0123456789", 1) == std::string::npos;
}

CodeAnswer code(const Catalogue& /*catalogue*/, const CodeQuestion& question, const Watch& /*watch*/) {
    if (const auto* row = explain_code(question.code))
        return {std::string(row->code), std::string(row->title), std::string(row->meaning), std::string(row->wrong),
                std::string(row->right)};
    for (const auto& row : question_codes())
        if (row.code == question.code)
            return {question.code, std::string(row.meaning), std::string(row.meaning), {}, {}};
    refuse({}, "E0505", fmt::format("there is no code '{}'", question.code), "docs/reference lists them");
}

std::string text(const CodeAnswer& answer, const show::Page& page) {
    auto out = fmt::format("{}: {}\n", answer.code, answer.title);
    if (answer.meaning != answer.title) out += "\n" + show::wrapped(answer.meaning, page.width, 0) + "\n";
    if (!answer.wrong.empty()) out += fmt::format("\nInstead of\n\n{}\n\nwrite\n\n{}\n", answer.wrong, answer.right);
    return out;
}

const Entry code_entry =
    entry_of<&code, CodeQuestion, CodeAnswer>("", "code", "What a message means and how its cause is mended");

} // namespace autarky::answers
