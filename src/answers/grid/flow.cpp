// autarky: solves feeders, and describes voltages, currents and losses by element, scenario and in short.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "answers/grid/element_view.hpp"
#include "answers/grid/feeder.hpp"
#include "core/refuse.hpp"
#include "engine/result.hpp"
#include "grid/feeder/flow_findings.hpp"
#include "grid/feeder/flow_summary.hpp"
#include "grid/feeder/picture.hpp"

namespace autarky::grid {

/// Extremes have no place, and then no value, in a scenario that failed or without a live node.
constexpr double of_place(double value, const std::optional<int>& place) {
    return place ? value : std::numeric_limits<double>::quiet_NaN();
}

struct FlowLosses {
    const FlowSummary* of;
    [[nodiscard]] std::vector<std::pair<std::string, double>> by_component() const {
        std::vector<std::pair<std::string, double>> out;
        for (const auto& [component, loss] : of->loss_by_component)
            out.emplace_back(component + "_p_w", loss);
        return out;
    }
};
constexpr auto describe(Type<FlowLosses> /*type*/) {
    using L = FlowLosses;
    constexpr auto failed = "the scenario failed";
    return fields(item(
                      "p_w", [](const L& l) { return l.of->loss_w; }, "W"_u, "Active losses of all branches")
                      .null_if(failed),
                  item(
                      "q_var", [](const L& l) { return l.of->loss_var; }, unit_named("var"), "Reactive losses")
                      .null_if(failed),
                  item("component_p_w", &L::by_component, "W"_u, "Active losses of one kind of branch: line_p_w, ...")
                      .null_if(failed)
                      .beside());
}

constexpr auto describe(Type<TapPosition> /*type*/) {
    using T = TapPosition;
    return fields(item("transformer", &T::transformer, "1"_u, "Its id"),
                  item("position", &T::position, "1"_u, "Tap position, the nearest that there is"),
                  item("nominal", &T::nominal, "1"_u, "At which the ratio is that of the rated voltages"));
}

constexpr auto describe(Type<FlowSummary> /*type*/) {
    using S = FlowSummary;
    constexpr auto failed = "the scenario failed";
    constexpr auto dark = "no node is live";
    constexpr auto unrated = "no branch has a rating";
    return fields(
        item("p_source_w", &S::source_w, "W"_u, "Active power from the sources").null_if(failed),
        item("q_source_var", &S::source_var, unit_named("var"), "Reactive power from the sources").null_if(failed),
        item(
            "u_min_pu", [](const S& s) { return of_place(s.u_min_pu, s.u_min_node); }, "1"_u,
            "Lowest voltage over rated voltage")
            .null_if(dark),
        item("u_min_node", &S::u_min_node, "1"_u, "Where").null_if(dark),
        item(
            "u_max_pu", [](const S& s) { return of_place(s.u_max_pu, s.u_max_node); }, "1"_u, "Highest voltage")
            .null_if(dark),
        item("u_max_node", &S::u_max_node, "1"_u, "Where").null_if(dark),
        item(
            "loading_max", [](const S& s) { return of_place(s.loading_max, s.loading_max_branch); }, "1"_u,
            "Highest loading as power-grid-model has it: of a transformer power over rated power")
            .null_if(unrated),
        item("loading_max_branch", &S::loading_max_branch, "1"_u, "Where").null_if(unrated),
        item(
            "loading_by_current_max",
            [](const S& s) { return of_place(s.loading_by_current_max, s.loading_by_current_max_branch); }, "1"_u,
            "Highest current over rated current, of a transformer that of its fullest winding and phase")
            .null_if(unrated),
        item("loading_by_current_max_branch", &S::loading_by_current_max_branch, "1"_u, "Where").null_if(unrated));
}

} // namespace autarky::grid

namespace autarky::answers {
namespace {

struct ScenarioView {
    const FlowAnswer* answer;
    std::size_t scenario;
    grid::FlowSummary summary;

    ScenarioView(const FlowAnswer& of, std::size_t row)
        : answer(&of), scenario(row), summary(grid::summary_of(of.result, row, of.facts)) {}
    [[nodiscard]] std::optional<std::size_t> row() const {
        return answer->is_batch() ? std::optional(scenario) : std::nullopt;
    }
    template <class Wanted> [[nodiscard]] std::optional<std::vector<ElementView>> elements(const Wanted& wanted) const {
        if (answer->question.summary) return std::nullopt;
        std::vector<ElementView> out;
        for (const auto& component : answer->result.components)
            if (wanted(component)) append_elements(out, component, scenario, &answer->facts);
        return out;
    }
    [[nodiscard]] std::vector<std::pair<std::string_view, std::vector<ElementView>>> others() const {
        std::vector<std::pair<std::string_view, std::vector<ElementView>>> out;
        if (answer->question.summary) return out;
        for (const auto& component : answer->result.components) {
            if (component.name == "node" || is_branch(component)) continue;
            out.emplace_back(component.name, std::vector<ElementView>{});
            append_elements(out.back().second, component, scenario, &answer->facts);
        }
        return out;
    }
};
constexpr auto describe(Type<ScenarioView> /*type*/) {
    using S = ScenarioView;
    constexpr auto short_answer = "only a summary was asked for";
    return fields(
        item("scenario", &S::row, "1"_u, "Its row in the batch, from 0").absent_if("there is no batch"),
        item(
            "converged", [](const S& s) { return !s.answer->result.has_failed(s.scenario); },
            "Whether it has a solution"),
        item(
            "losses", [](const S& s) { return grid::FlowLosses{&s.summary}; }, "Losses"),
        item("summary", &S::summary, "Source and extremes, over live nodes and all phases"),
        item(
            "nodes",
            [](const S& s) { return s.elements([](const grid::FlowComponent& c) { return c.name == "node"; }); },
            "Nodes, in the order of the feeder")
            .absent_if(short_answer),
        item(
            "branches", [](const S& s) { return s.elements(is_branch); }, "Branches of all kinds")
            .absent_if(short_answer),
        item("component", &S::others, "Elements of every other kind: source, sym_load, ...").beside());
}

std::optional<ScenarioView> single_of(const FlowAnswer& a) {
    if (a.is_batch()) return std::nullopt;
    return ScenarioView(a, 0);
}

std::optional<std::vector<ScenarioView>> scenarios_of(const FlowAnswer& a) {
    if (!a.is_batch()) return std::nullopt;
    std::vector<ScenarioView> out;
    out.reserve(a.result.n_scenarios);
    for (std::size_t s = 0; s < a.result.n_scenarios; ++s)
        out.emplace_back(a, s);
    return out;
}

std::optional<grid::TapStrategy> taps_of(const FlowAnswer& a) {
    return a.facts.has_tap_regulators ? std::optional(a.question.taps) : std::nullopt;
}

} // namespace

constexpr auto describe(Type<FlowAnswer> /*type*/) {
    using A = FlowAnswer;
    return fields(item(
                      "command", [](const A&) { return "grid flow"; }, "What was asked"),
                  item("feeder", &A::file, "File of the feeder"),
                  item(
                      "library", [](const A&) { return "power-grid-model " + grid::power_flow_version(); },
                      "What computes the power flow"),
                  item(
                      "method", [](const A& a) { return a.question.method; }, "How it is solved"),
                  item("taps", &taps_of, "Which tap regulated transformers take").null_if("nothing regulates taps"),
                  item(
                      "tap_positions", [](const A& a) { return a.facts.taps; },
                      "Taps that no regulator moves, as the feeder's file has them"),
                  item(
                      "symmetric", [](const A& a) { return a.result.symmetric; }, "One phase stands for three"),
                  item("is_batch", &A::is_batch, "Whether there are scenarios"),
                  item(
                      "n_scenarios", [](const A& a) { return a.result.n_scenarios; }, "1"_u, "Scenarios"),
                  item(
                      "dead_nodes",
                      [](const A& a) { return a.is_batch() ? grid::always_dead_nodes(a.result) : a.facts.dead_nodes; },
                      "1"_u, "Nodes without a way to a source, in every scenario"),
                  item(
                      "lines_not_judged", [](const A& a) { return a.facts.n_unrated_lines; }, "1"_u,
                      "Lines without i_n, of whose loading nothing is said"),
                  item(
                      "failed", [](const A& a) { return a.result.failed; }, "Scenarios without a solution"),
                  item("single", &single_of, "The flow").merged_if("there is a batch"),
                  item("scenarios", &scenarios_of, "One row a scenario").absent_if("there is no batch"));
}

FlowAnswer flow(const Catalogue& catalogue, const FlowQuestion& q, const Watch& watch) {
    if (q.symmetric && q.asymmetric)
        refuse_field("asymmetric", "E0504", fmt::format("it and {} exclude each other", field_mark("symmetric")));
    grid::FeederPlan plan;
    if (q.symmetric || q.asymmetric) plan.by_phase = q.asymmetric;
    plan.updated = !q.batch.empty();
    auto feeder = SolvableFeeder::open(catalogue, q.feeder, plan, q.frequency, watch);
    // A batch may switch a regulator on.
    if (q.taps != FlowQuestion{}.taps && q.batch.empty() && !feeder.facts.has_tap_regulators)
        refuse_field("taps", "E0506", fmt::format("it changes nothing: {} has no tap regulator that is on", q.feeder));
    grid::FlowOptions options;
    options.method = q.method;
    options.taps = q.taps;
    options.start = q.initial;
    options.symmetric = q.symmetric || (!q.asymmetric && !feeder.facts.needs_phases);
    options.tolerance = q.tolerance;
    options.max_iterations = q.max_iterations;
    FlowAnswer out{q, feeder.file, {}, feeder.solved(q.batch, options, watch)};
    out.facts = std::move(feeder.facts);
    Diagnostics odd;
    grid::say_what_is_odd(out.result, out.facts, q.batch.empty() ? out.file : q.batch, odd);
    watch.settle(odd);
    return out;
}

namespace {

void line(std::string& out, std::string_view label, const std::string& value) {
    out += fmt::format("{:<18}{}\n", label, value);
}

/// Tap positions that regulators chose, of a single flow.
void add_taps(std::string& out, const grid::FlowResult& result) {
    const auto* regulators = result.find("transformer_tap_regulator");
    for (std::size_t i = 0; regulators != nullptr && result.n_scenarios == 1 && i < regulators->id.size(); ++i)
        if (const double tap = regulators->at("tap_pos", 0, i); std::isfinite(tap))
            line(out, "tap", fmt::format("{:g} by regulator {}", tap, regulators->id[i]));
}

/// Those of the file, on which the voltages hang as much.
void add_fixed_taps(std::string& out, const std::vector<grid::TapPosition>& taps) {
    constexpr std::size_t most = 3;
    for (std::size_t i = 0; i < std::min(taps.size(), most); ++i)
        line(out, "tap",
             fmt::format("{:g} of transformer {}, as the file has it (nominal {:g})", taps[i].position,
                         taps[i].transformer, taps[i].nominal));
    if (taps.size() > most) line(out, "", fmt::format("and {} more", taps.size() - most));
}

void add_extremes(std::string& out, const FlowAnswer& a, const grid::BatchSummary& all) {
    const auto& worst = all.worst;
    const bool is_batch = a.result.n_scenarios > 1;
    const auto in = [&](std::size_t s) { return is_batch ? fmt::format(" in scenario {}", s) : std::string(); };
    line(out, "from the source", fmt::format("{:.4g} kW{}", all.source_w / 1e3, is_batch ? " on average" : ""));
    line(out, "losses",
         fmt::format("{:.4g} kW{}", all.loss_w / 1e3,
                     all.source_w > 0.0 ? fmt::format(" ({:.2f} %)", 100.0 * all.loss_w / all.source_w) : ""));
    line(out, "lowest voltage",
         fmt::format("{:.4f} pu at node {}{}", worst.u_min_pu, *worst.u_min_node, in(all.lowest)));
    line(out, "highest voltage",
         fmt::format("{:.4f} pu at node {}{}", worst.u_max_pu, *worst.u_max_node, in(all.highest)));
    if (worst.loading_by_current_max_branch)
        line(out, "fullest branch",
             fmt::format("{:.1f} % of rated current ({}){}", 100.0 * worst.loading_by_current_max,
                         *worst.loading_by_current_max_branch, in(all.fullest_by_current)));
    if (worst.loading_max_branch && a.facts.rated_a.contains(*worst.loading_max_branch))
        line(out, "  by power",
             fmt::format("{:.1f} % of rated power ({}){}", 100.0 * worst.loading_max, *worst.loading_max_branch,
                         in(all.fullest)));
    if (a.facts.n_unrated_lines > 0)
        line(out, "without rating",
             fmt::format("{} of {} lines have no i_n and are not judged", a.facts.n_unrated_lines, a.facts.n_lines));
}

} // namespace

std::string text(const FlowAnswer& answer, const show::Page& /*page*/) {
    const auto& result = answer.result;
    const auto all = grid::batch_summary(result, answer.facts);
    std::string out;
    if (result.n_scenarios > 1)
        line(out, "scenarios", fmt::format("{} of {} solved", all.n_solved, result.n_scenarios));
    if (all.n_live < all.n_solved)
        line(out, "without a source",
             fmt::format("{} of {}: no node is live; not in what follows", all.n_solved - all.n_live, all.n_solved));
    if (all.n_live > 0) {
        add_extremes(out, answer, all);
        add_taps(out, result);
        if (!answer.is_batch()) add_fixed_taps(out, answer.facts.taps);
    }
    return out + failures_text(result);
}

std::string picture(const FlowAnswer& answer) {
    return grid::drawn_feeder(answer.result, grid::fullest_scenario(answer.result, answer.facts), answer.facts,
                              std::filesystem::path(answer.file).stem().string());
}

Standing standing(const FlowAnswer& answer) {
    const bool too_many = engine::too_many_failed(answer.result.failed.size(), answer.result.n_scenarios);
    return too_many ? Standing::unreliable : Standing::good;
}

const Entry flow_entry = threaded(entry_of<&flow, FlowQuestion, FlowAnswer>(
    "grid", "flow", "Voltages, currents and losses of a feeder, once or over a batch"));

} // namespace autarky::answers
