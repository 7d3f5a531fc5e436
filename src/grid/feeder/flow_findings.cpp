// autarky: what a reader of a power flow must not overlook.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/flow_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grid/feeder/flow_summary.hpp"

namespace autarky::grid {
namespace {

bool feeds_in(const FlowResult& result, std::size_t scenario) {
    for (const char* component : {"sym_load", "asym_load"}) {
        const FlowComponent* loads = result.find(component);
        const FlowColumn* p = loads ? loads->find("p") : nullptr;
        for (std::size_t i = 0; p && i < loads->id.size(); ++i)
            for (std::size_t phase = 0; phase < p->width; ++phase)
                if (loads->at("p", scenario, i, phase) < 0.0) return true;
    }
    return false;
}

void say_failures(const FlowResult& result, const Origin& where, Diagnostics& findings) {
    constexpr std::size_t most = 5;
    const std::size_t shown = std::min(most, result.failed.size());
    for (std::size_t i = 0; i < shown; ++i)
        findings.warning(where, "W0408",
                         fmt::format("scenario {} failed: {}", result.failed[i].index, result.failed[i].message),
                         i + 1 == shown ? fmt::format("{} of {} scenarios failed; the others are kept",
                                                      result.failed.size(), result.n_scenarios)
                                        : "");
}

/// Voltage regulators whose generator could not give the reactive power that their voltage asks for.
void say_missed_voltages(const FlowResult& result, const Origin& where, Diagnostics& findings) {
    const FlowComponent* regulators = result.find("voltage_regulator");
    if (!regulators || !regulators->find("limit_violated")) return;
    for (std::size_t i = 0; i < regulators->id.size(); ++i) {
        std::size_t n = 0;
        for (std::size_t s = 0; s < result.n_scenarios; ++s)
            n += regulators->at("limit_violated", s, i) > 0.0 ? 1 : 0;
        if (n > 0)
            findings.warning(where, "W0413",
                             fmt::format("voltage_regulator {} does not hold its voltage{}", regulators->id[i],
                                         result.n_scenarios > 1 ? fmt::format(" in {} scenarios", n) : ""),
                             "its generator is at q_min or q_max");
    }
}

} // namespace

void say_what_is_odd(const FlowResult& result, const FeederFacts& facts, const std::string& file,
                     Diagnostics& findings) {
    const Origin where{file, 0, 0, 0};
    say_failures(result, where, findings);
    const bool batch = result.n_scenarios > 1;
    std::size_t darker = 0, feeding = 0;
    bool said_voltage = false;
    constexpr double highest_pu = 2.0; // no grid runs there: a unit is wrong, or a resonance
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        if (result.has_failed(s)) continue;
        darker += dead_nodes_of(result, s).empty() ? 0 : 1;
        feeding += feeds_in(result, s) ? 1 : 0;
        const FlowSummary one = summary_of(result, s, facts);
        if (said_voltage || !one.u_max_node || one.u_max_pu <= highest_pu) continue;
        said_voltage = true;
        findings.warning(where, "W0409",
                         fmt::format("scenario {}: {:.4g} pu at node {}", s, one.u_max_pu, *one.u_max_node),
                         "is u_ref in per unit, and are all voltages in V?");
    }
    if (darker > 0 && (batch || facts.dead_nodes.empty()))
        findings.warning(
            where, "W0405",
            fmt::format("{} of {} scenarios have nodes without a way to a source", darker, result.n_scenarios),
            "\"energized\" of a node tells which");
    if (batch && feeding > 0)
        findings.warning(
            where, "W0404",
            fmt::format("{} of {} scenarios have negative loads: they feed in", feeding, result.n_scenarios), "");
    say_missed_voltages(result, where, findings);
}

std::vector<int> always_dead_nodes(const FlowResult& result) {
    std::vector<int> out;
    bool first = true;
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        if (result.has_failed(s)) continue;
        const std::vector<int> dead = dead_nodes_of(result, s);
        if (first)
            out = dead;
        else
            std::erase_if(out, [&](int id) { return std::ranges::find(dead, id) == dead.end(); });
        first = false;
    }
    return out;
}

std::size_t fullest_scenario(const FlowResult& result, const FeederFacts& facts) {
    std::size_t fullest = 0;
    double most = -1.0;
    for (std::size_t s = 0; s < result.n_scenarios; ++s) {
        if (result.has_failed(s)) continue;
        const double loading = summary_of(result, s, facts).loading_by_current_max;
        if (loading > most) most = loading, fullest = s;
    }
    return fullest;
}

} // namespace autarky::grid
