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
    const FlowSummary s = grid::summary_of(result, scenario);
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
    const auto extreme = [&](const char* value_name, double value, const char* place_name, int place) {
        fmt::format_to(to, ",\"{}\":", value_name);
        put_number(out, place < 0 ? std::numeric_limits<double>::quiet_NaN() : value);
        fmt::format_to(to, ",\"{}\":{}", place_name, place < 0 ? "null" : fmt::format("{}", place));
    };
    extreme("u_min_pu", s.u_min_pu, "u_min_node", s.u_min_node);
    extreme("u_max_pu", s.u_max_pu, "u_max_node", s.u_max_node);
    extreme("loading_max", s.loading_max, "loading_max_branch", s.loading_max_branch);
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
                   "{}\",\"method\":\"{}\",\"symmetric\":{},"
                   "\"is_batch\":{},\"n_scenarios\":{},\"dead_nodes\":[",
                   show::json_quoted(file), grid::power_flow_version(), o.method, result.symmetric, !o.batch.empty(),
                   result.n_scenarios);
    for (std::size_t i = 0; i < facts.dead_nodes.size(); ++i)
        fmt::format_to(to, "{}{}", i > 0 ? "," : "", facts.dead_nodes[i]);
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

void print_table(const FlowResult& result) {
    FlowSummary worst;
    double energy = 0.0, lost = 0.0;
    std::size_t good = 0, lowest = 0, fullest = 0;
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        if (result.has_failed(s)) continue;
        const FlowSummary one = grid::summary_of(result, s);
        energy += one.source_w;
        lost += one.loss_w;
        if (good == 0 || one.u_min_pu < worst.u_min_pu)
            worst.u_min_pu = one.u_min_pu, worst.u_min_node = one.u_min_node, lowest = s;
        if (good == 0 || one.u_max_pu > worst.u_max_pu)
            worst.u_max_pu = one.u_max_pu, worst.u_max_node = one.u_max_node;
        if (good == 0 || one.loading_max > worst.loading_max)
            worst.loading_max = one.loading_max, worst.loading_max_branch = one.loading_max_branch, fullest = s;
        ++good;
    }
    const bool batch = result.n_scenarios > 1;
    const auto n = static_cast<double>(std::max<std::size_t>(good, 1));
    const auto in = [&](std::size_t s) { return batch ? fmt::format(" in scenario {}", s) : std::string(); };
    if (batch) print(fmt::format("scenarios         {} of {} solved\n", good, result.n_scenarios));
    if (good > 0) {
        print(fmt::format("from the source   {:.4g} kW{}\n", energy / n / 1e3, batch ? " on average" : ""));
        print(fmt::format("losses            {:.4g} kW{}\n", lost / n / 1e3,
                          energy > 0.0 ? fmt::format(" ({:.2f} %)", 100.0 * lost / energy) : ""));
        print(fmt::format("lowest voltage    {:.4f} pu at node {}{}\n", worst.u_min_pu, worst.u_min_node, in(lowest)));
        print(fmt::format("highest voltage   {:.4f} pu at node {}\n", worst.u_max_pu, worst.u_max_node));
        if (worst.loading_max_branch >= 0)
            print(fmt::format("fullest branch    {:.1f} % ({}){}\n", 100.0 * worst.loading_max,
                              worst.loading_max_branch, in(fullest)));
    }
    for (const auto& failed : result.failed)
        print(fmt::format("scenario {} failed: {}\n", failed.index, failed.message));
}

/// Scenarios in which a load feeds in.
std::size_t n_feeding_in(const FlowResult& result) {
    std::size_t n = 0;
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        bool found = false;
        for (const char* component : {"sym_load", "asym_load"}) {
            const grid::FlowComponent* loads = result.find(component);
            const grid::FlowColumn* p = loads && !result.has_failed(s) ? loads->find("p") : nullptr;
            for (std::size_t i = 0; p && !found && i < loads->id.size(); ++i)
                for (std::size_t phase = 0; phase < p->width; ++phase)
                    found |= loads->at("p", s, i, phase) < 0.0;
        }
        n += found ? 1 : 0;
    }
    return n;
}

/// Nodes that a scenario leaves without a source.
std::size_t n_dead(const FlowResult& result, std::size_t scenario) {
    const grid::FlowComponent* nodes = result.find("node");
    if (!nodes || !nodes->find("energized") || result.has_failed(scenario)) return 0;
    std::size_t n = 0;
    for (std::size_t i = 0; i < nodes->id.size(); ++i)
        n += nodes->at("energized", scenario, i) == 0.0 ? 1 : 0;
    return n;
}

/// What a result has that its reader must not overlook.
void say_what_is_odd(const FlowResult& result, const grid::FeederFacts& facts, const std::string& file) {
    Diagnostics said;
    const Origin where{file, 0, 0, 0};
    constexpr std::size_t shown = 5;
    for (std::size_t i = 0; i < std::min(shown, result.failed.size()); ++i)
        said.warning(where, "W0408",
                     fmt::format("scenario {} failed: {}", result.failed[i].index, result.failed[i].message),
                     i + 1 == std::min(shown, result.failed.size())
                         ? fmt::format("{} of {} scenarios failed; the others are kept", result.failed.size(),
                                       result.n_scenarios)
                         : "");
    std::size_t darker = 0;
    constexpr double highest_pu = 2.0; // no grid runs there: a unit is wrong, or a resonance
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        darker += n_dead(result, s) > facts.dead_nodes.size() ? 1 : 0;
        const FlowSummary one = grid::summary_of(result, s);
        if (result.has_failed(s) || one.u_max_node < 0 || one.u_max_pu <= highest_pu) continue;
        said.warning(where, "W0409", fmt::format("scenario {}: {:.4g} pu at node {}", s, one.u_max_pu, one.u_max_node),
                     "is u_ref in per unit, and are all voltages in V?");
        break;
    }
    if (darker > 0)
        said.warning(where, "W0405",
                     fmt::format("{} of {} scenarios have nodes without a way to a source", darker, result.n_scenarios),
                     "\"energized\" of a node tells which");
    if (const std::size_t n = result.n_scenarios > 1 ? n_feeding_in(result) : 0; n > 0)
        said.warning(where, "W0404",
                     fmt::format("{} of {} scenarios have negative loads: they feed in", n, result.n_scenarios), "");
    grid_settle(said);
}

/// The scenario that is drawn.
std::size_t fullest_scenario(const FlowResult& result) {
    std::size_t fullest = 0;
    double most = -1.0;
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        const double loading = result.has_failed(s) ? -1.0 : grid::summary_of(result, s).loading_max;
        if (loading > most) most = loading, fullest = s;
    }
    return fullest;
}

} // namespace

Exit grid_flow(const GridOptions& o) {
    const std::string file = feeder_file(o);
    const std::string text = grid_text_of(file);
    const auto method = grid::flow_method_named(o.method);
    if (!method)
        throw UsageError("E0503", fmt::format("there is no method '{}'", o.method),
                         "newton_raphson, iterative_current, linear or linear_current");
    if (o.symmetric && o.asymmetric) throw UsageError("E0503", "--symmetric and --asymmetric exclude each other");
    if (o.max_iterations < 1) throw UsageError("E0503", "--max-iterations must be at least 1");
    if (!(o.tolerance > 0.0)) throw UsageError("E0503", "--tolerance must be more than zero");
    grid_check_range("--frequency", o.frequency_hz, 1.0, 1000.0);
    Diagnostics findings;
    grid::FeederPlan plan;
    if (o.symmetric || o.asymmetric) plan.by_phase = o.asymmetric;
    plan.updated = !o.batch.empty();
    const grid::FeederFacts facts = grid::check_feeder(text, file, findings, plan);
    if (findings.has_errors()) throw InputError{findings};
    const auto feeder = grid::PowerFlow::make(text, file, o.frequency_hz, findings);
    grid_settle(findings);

    grid::FlowOptions options;
    options.method = *method;
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
    say_what_is_odd(result, facts, o.batch.empty() ? file : o.batch);
    if (o.json)
        print_json(o, file, result, facts);
    else
        print_table(result);
    if (!o.svg.empty()) write_file(o.svg, grid::drawn_feeder(result, fullest_scenario(result), facts));
    constexpr double failures_allowed = 1e-3;
    const bool failed =
        static_cast<double>(result.failed.size()) > failures_allowed * static_cast<double>(result.n_scenarios);
    return failed ? Exit::numerical : Exit::ok;
}

} // namespace autarky::cli
