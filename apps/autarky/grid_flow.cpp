// autarky: `grid flow`: a power flow, or a batch of them.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/flow_findings.hpp"
#include "grid/feeder/flow_summary.hpp"
#include "grid/feeder/picture.hpp"
#include "grid/feeder/power_flow.hpp"
#include "show/json.hpp"

namespace autarky::cli {
namespace {

using grid::FlowComponent;
using grid::FlowResult;
using grid::FlowSummary;
using Buffer = fmt::memory_buffer;

std::string feeder_file(const GridOptions& o) {
    if (o.targets.size() != 1) throw UsageError("E0504", "flow wants one feeder", "autarky grid flow feeder.json");
    const std::string& name = o.targets.front();
    if (name == "-" || name.ends_with(".json")) return name;
    const std::string known = grid_catalogue_file("feeders/" + name + ".json");
    return known.empty() ? name : known;
}

void put_number(Buffer& out, double x) {
    if (std::isfinite(x))
        fmt::format_to(std::back_inserter(out), "{}", x);
    else
        fmt::format_to(std::back_inserter(out), "null");
}

/// One element's attributes, by phase where the calculation is.
void put_element(Buffer& out, const FlowComponent& component, std::size_t scenario, std::size_t element,
                 const grid::FeederFacts& facts, bool is_branch) {
    auto to = std::back_inserter(out);
    fmt::format_to(to, "{{\"id\":{}", component.id[element]);
    if (is_branch) {
        fmt::format_to(to, ",\"component\":\"{}\"", component.name);
        if (const auto ends = facts.ends.find(component.id[element]); ends != facts.ends.end())
            fmt::format_to(to, ",\"from_node\":{},\"to_node\":{}", ends->second.first, ends->second.second);
    }
    for (const grid::FlowColumn& column : component.columns) {
        fmt::format_to(to, ",\"{}\":", column.name);
        if (column.width > 1) out.push_back('[');
        for (std::size_t phase = 0; phase < column.width; ++phase) {
            if (phase > 0) out.push_back(',');
            put_number(out, component.at(column.name, scenario, element, phase));
        }
        if (column.width > 1) out.push_back(']');
    }
    if (is_branch && component.find("loading")) {
        fmt::format_to(to, ",\"loading_by_current\":");
        put_number(out, grid::loading_by_current(component, scenario, element, facts));
    }
    if (is_branch && component.find("p_from") && component.find("p_to")) {
        fmt::format_to(to, ",\"p_loss\":");
        put_number(out, grid::branch_loss(component, scenario, element, "p"));
    }
    out.push_back('}');
}

bool is_branch(const FlowComponent& c) { return c.find("p_from") != nullptr || c.find("p_1") != nullptr; }

void put_scenario(Buffer& out, const FlowResult& result, std::size_t scenario, const grid::FeederFacts& facts,
                  bool elements) {
    auto to = std::back_inserter(out);
    const FlowSummary s = grid::summary_of(result, scenario, facts);
    fmt::format_to(to, "\"converged\":{},\"losses\":{{\"p_w\":", !result.has_failed(scenario));
    put_number(out, s.loss_w);
    fmt::format_to(to, ",\"q_var\":");
    put_number(out, s.loss_var);
    for (const auto& [component, loss] : s.loss_by_component) {
        fmt::format_to(to, ",\"{}_p_w\":", component);
        put_number(out, loss);
    }
    fmt::format_to(to, "}},\"summary\":{{\"p_source_w\":");
    put_number(out, s.source_w);
    fmt::format_to(to, ",\"q_source_var\":");
    put_number(out, s.source_var);
    // A failed scenario has no extremes, a feeder without branches no loading.
    const auto extreme = [&](const char* value_name, double value, const char* place_name, std::optional<int> place) {
        fmt::format_to(to, ",\"{}\":", value_name);
        put_number(out, place ? value : std::numeric_limits<double>::quiet_NaN());
        fmt::format_to(to, ",\"{}\":{}", place_name, place ? fmt::format("{}", *place) : "null");
    };
    extreme("u_min_pu", s.u_min_pu, "u_min_node", s.u_min_node);
    extreme("u_max_pu", s.u_max_pu, "u_max_node", s.u_max_node);
    extreme("loading_max", s.loading_max, "loading_max_branch", s.loading_max_branch);
    extreme("loading_by_current_max", s.loading_by_current_max, "loading_by_current_max_branch",
            s.loading_by_current_max_branch);
    fmt::format_to(to, "}}");
    if (!elements) return;
    const auto list = [&](const char* name, auto wanted) {
        fmt::format_to(to, ",\"{}\":[", name);
        bool first = true;
        for (const FlowComponent& component : result.components) {
            if (!wanted(component)) continue;
            for (std::size_t e = 0; e < component.id.size(); ++e) {
                if (!first) out.push_back(',');
                first = false;
                put_element(out, component, scenario, e, facts, is_branch(component));
            }
        }
        out.push_back(']');
    };
    list("nodes", [](const FlowComponent& c) { return c.name == "node"; });
    list("branches", is_branch);
    for (const FlowComponent& component : result.components)
        if (component.name != "node" && !is_branch(component))
            list(component.name.c_str(), [&](const FlowComponent& c) { return c.name == component.name; });
}

void print_json(const GridOptions& o, const std::string& file, const FlowResult& result,
                const grid::FeederFacts& facts) {
    Buffer out;
    auto to = std::back_inserter(out);
    fmt::format_to(to,
                   "{{\"command\":\"grid flow\",\"feeder\":{},\"library\":\"power-grid-model "
                   "{}\",\"method\":\"{}\",\"taps\":{},\"symmetric\":{},"
                   "\"is_batch\":{},\"n_scenarios\":{},\"dead_nodes\":[",
                   show::json_quoted(file), grid::power_flow_version(), o.method,
                   facts.has_tap_regulators ? show::json_quoted(o.taps) : "null", result.symmetric, !o.batch.empty(),
                   result.n_scenarios);
    const std::vector<int> dead = o.batch.empty() ? facts.dead_nodes : grid::always_dead_nodes(result);
    for (std::size_t i = 0; i < dead.size(); ++i)
        fmt::format_to(to, "{}{}", i > 0 ? "," : "", dead[i]);
    fmt::format_to(to, "],\"failed\":[");
    for (std::size_t i = 0; i < result.failed.size(); ++i)
        fmt::format_to(to, "{}{{\"scenario\":{},\"message\":{}}}", i > 0 ? "," : "", result.failed[i].index,
                       show::json_quoted(result.failed[i].message));
    fmt::format_to(to, "],");
    if (o.batch.empty()) {
        put_scenario(out, result, 0, facts, !o.summary);
    } else {
        fmt::format_to(to, "\"scenarios\":[");
        for (std::size_t s = 0; s < result.n_scenarios; ++s) {
            fmt::format_to(to, "{}\n{{\"scenario\":{},", s > 0 ? "," : "", s);
            put_scenario(out, result, s, facts, !o.summary);
            out.push_back('}');
            print({out.data(), out.size()});
            out.clear();
        }
        out.push_back(']');
    }
    fmt::format_to(to, "}}\n");
    print({out.data(), out.size()});
}

/// Tap positions that regulators chose, of a single flow.
void print_taps(const FlowResult& result) {
    const FlowComponent* regulators = result.find("transformer_tap_regulator");
    for (std::size_t i = 0; regulators && result.n_scenarios == 1 && i < regulators->id.size(); ++i)
        if (const double tap = regulators->at("tap_pos", 0, i); std::isfinite(tap))
            print(fmt::format("tap               {:g} by regulator {}\n", tap, regulators->id[i]));
}

void print_table(const FlowResult& result, const grid::FeederFacts& facts) {
    const grid::BatchSummary all = grid::batch_summary(result, facts);
    const FlowSummary& worst = all.worst;
    const bool batch = result.n_scenarios > 1;
    const auto in = [&](std::size_t s) { return batch ? fmt::format(" in scenario {}", s) : std::string(); };
    if (batch) print(fmt::format("scenarios         {} of {} solved\n", all.n_solved, result.n_scenarios));
    if (all.n_live < all.n_solved)
        print(fmt::format("without a source  {} of {}: no node is live; not in what follows\n",
                          all.n_solved - all.n_live, all.n_solved));
    if (all.n_live > 0) {
        print(fmt::format("from the source   {:.4g} kW{}\n", all.source_w / 1e3, batch ? " on average" : ""));
        print(fmt::format("losses            {:.4g} kW{}\n", all.loss_w / 1e3,
                          all.source_w > 0.0 ? fmt::format(" ({:.2f} %)", 100.0 * all.loss_w / all.source_w) : ""));
        print(fmt::format("lowest voltage    {:.4f} pu at node {}{}\n", worst.u_min_pu, *worst.u_min_node,
                          in(all.lowest)));
        print(fmt::format("highest voltage   {:.4f} pu at node {}{}\n", worst.u_max_pu, *worst.u_max_node,
                          in(all.highest)));
        if (worst.loading_by_current_max_branch)
            print(fmt::format("fullest branch    {:.1f} % of rated current ({}){}\n",
                              100.0 * worst.loading_by_current_max, *worst.loading_by_current_max_branch,
                              in(all.fullest_by_current)));
        if (worst.loading_max_branch && facts.rated_a.contains(*worst.loading_max_branch))
            print(fmt::format("  by power        {:.1f} % of rated power ({}){}\n", 100.0 * worst.loading_max,
                              *worst.loading_max_branch, in(all.fullest)));
        if (facts.n_unrated_lines > 0)
            print(fmt::format("without rating    {} of {} lines have no i_n and are not judged\n",
                              facts.n_unrated_lines, facts.n_lines));
        print_taps(result);
    }
    for (const auto& failed : result.failed)
        print(fmt::format("scenario {} failed: {}\n", failed.index, failed.message));
}

} // namespace

Exit grid_flow(const GridOptions& o) {
    const std::string file = feeder_file(o);
    const std::string text = grid_text_of(file);
    const auto method = grid::flow_method_named(o.method);
    if (!method)
        throw UsageError("E0503", fmt::format("there is no method '{}'", o.method),
                         "newton_raphson, iterative_current, linear or linear_current");
    const auto taps = grid::tap_strategy_named(o.taps);
    if (!taps)
        throw UsageError("E0503", fmt::format("there is no tap strategy '{}'", o.taps), "any, low, high, fast or off");
    const auto start = grid::start_voltages_named(o.initial);
    if (!start)
        throw UsageError("E0503", fmt::format("there are no initial voltages '{}'", o.initial),
                         "automatic, flat, linear or average_source");
    if (o.symmetric && o.asymmetric) throw UsageError("E0503", "--symmetric and --asymmetric exclude each other");
    if (o.max_iterations < 1) throw UsageError("E0503", "--max-iterations must be at least 1");
    if (!(o.tolerance > 0.0)) throw UsageError("E0503", "--tolerance must be more than zero");
    grid_check_range("--frequency", o.frequency_hz, 1.0, 1000.0);
    Diagnostics findings;
    grid::FeederPlan plan;
    if (o.symmetric || o.asymmetric) plan.by_phase = o.asymmetric;
    plan.updated = !o.batch.empty();
    const auto document = grid::FeederDocument::read(text, file, findings);
    if (!document) throw InputError{findings};
    const grid::FeederFacts facts = grid::check_feeder(*document, file, findings, plan);
    if (findings.has_errors()) throw InputError{findings};
    const auto feeder = grid::PowerFlow::make(document->text(), file, o.frequency_hz, findings);
    grid_settle(findings);

    grid::FlowOptions options;
    options.method = *method;
    options.taps = *taps;
    options.start = *start;
    options.symmetric = o.symmetric || (!o.asymmetric && !facts.needs_phases);
    options.tolerance = o.tolerance;
    options.max_iterations = o.max_iterations;
    options.threads = o.threads == 1 ? -1 : o.threads;
    FlowResult result;
    if (o.batch.empty()) {
        result = feeder->solve(options);
    } else {
        Diagnostics of_batch;
        auto solved = feeder->solve_batch(grid_text_of(o.batch), o.batch, options, of_batch);
        grid_settle(of_batch);
        result = std::move(*solved);
    }
    Diagnostics odd;
    grid::say_what_is_odd(result, facts, o.batch.empty() ? file : o.batch, odd);
    grid_settle(odd);
    if (o.json)
        print_json(o, file, result, facts);
    else
        print_table(result, facts);
    if (!o.svg.empty()) write_file(o.svg, grid::drawn_feeder(result, grid::fullest_scenario(result, facts), facts));
    constexpr double failures_allowed = 1e-3;
    const bool failed =
        static_cast<double>(result.failed.size()) > failures_allowed * static_cast<double>(result.n_scenarios);
    return failed ? Exit::numerical : Exit::ok;
}

} // namespace autarky::cli
