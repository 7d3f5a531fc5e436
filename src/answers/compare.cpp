// autarky: compares scenarios.
// SPDX-License-Identifier: Apache-2.0
#include "answers/compare.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "answers/watched.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {

constexpr auto describe(Type<CompareAnswer> /*type*/) {
    using A = CompareAnswer;
    return fields(
        item("first", &A::first, "The first side"), item("second", &A::second, "The second side"),
        item(
            "samples", [](const A& a) { return a.both.samples; }, "1"_u, "Futures, good on both sides"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"),
        item(
            "p_make_first", [](const A& a) { return a.both.p_make_first; }, "1"_u,
            "Share of the futures in which making is worth more, first side"),
        item(
            "p_make_second", [](const A& a) { return a.both.p_make_second; }, "1"_u, "The same of the second side"),
        item(
            "inputs", [](const A& a) -> const auto& { return a.both.inputs; }, "Inputs that differ"),
        item("results", [](const A& a) -> const auto& { return a.both.results; }, "Results side by side"));
}

namespace {

std::string name_of(const ScenarioChoice& choice) {
    std::string out = choice.scenario;
    if (!choice.variant.empty()) out += fmt::format(" + {}", fmt::join(choice.variant, " + "));
    if (choice.set.size() == 1) out += ", " + choice.set.front();
    if (choice.set.size() > 1) out += fmt::format(", {} keys set", choice.set.size());
    return out;
}

std::string inputs_text(const std::vector<analysis::DifferentInput>& inputs, const show::Page& page) {
    if (inputs.empty()) return "No input differs.\n";
    constexpr std::size_t most = 20; // rows of a text; JSON has all
    show::Sheet sheet({"<input", "<first", "<second"});
    for (std::size_t i = 0; i < std::min(inputs.size(), most); ++i)
        sheet.row({inputs[i].path, inputs[i].first.value_or("-"), inputs[i].second.value_or("-")});
    std::string out = sheet.text(page);
    if (inputs.size() > most) out += fmt::format("and {} more inputs\n", inputs.size() - most);
    return out;
}

} // namespace

CompareAnswer compare(const Catalogue& /*catalogue*/, const CompareQuestion& question, const Watch& watch) {
    const ScenarioChoice other{question.against.empty() ? question.scenario : question.against,
                               question.against_variant, question.against_set};
    const auto first = Session::open(question), second = Session::open(other);
    watch.settle(first->loaded().warnings);
    const analysis::CompareRequest asked{question.metrics, question.at, question.samples, question.seed};
    return {name_of(question), name_of(other), question.seed,
            analysis::compare(first->model(), second->model(), asked, watch.n_threads(), watched(watch))};
}

std::string text(const CompareAnswer& a, const show::Page& page) {
    const auto& both = a.both;
    std::string out = show::inked(page, show::Ink::bold, fmt::format("{} against {}", a.first, a.second)) + "\n";
    out += fmt::format("{} futures, the same draws on both sides, seed {}\n\n", both.samples, a.seed);
    out += inputs_text(both.inputs, page) + "\n";
    out += fmt::format("Making is worth more in {} of the futures, against {}.\n\n",
                       show::share_text(both.p_make_first), show::share_text(both.p_make_second));
    show::Sheet sheet({"<result", "first", "second", "difference", "5 %", "95 %", "greater in", "<unit"});
    for (const auto& row : both.results)
        sheet.row({row.quarter ? row.metric + " @ " + *row.quarter : row.metric, show::figure(row.first.mean),
                   show::figure(row.second.mean), show::signed_figure(row.difference.mean),
                   show::signed_figure(row.difference.p05), show::signed_figure(row.difference.p95),
                   show::share_text(row.p_greater), row.unit});
    return out + sheet.text(page) +
           "\nFirst and second are means; the difference is first less second, future by future.\n";
}

const Entry compare_entry = threaded(entry_of<&compare, CompareQuestion, CompareAnswer>(
    "", "compare", "Two scenarios on the same draws: what differs, and by how much"));

} // namespace autarky::answers
