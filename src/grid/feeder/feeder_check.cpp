// autarky: what is wrong with a feeder before any power flow is tried.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/feeder_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "grid/feeder/feeder_fields.hpp"
#include "grid/feeder/feeder_rows.hpp"
#include "grid/feeder/feeder_units.hpp"

namespace autarky::grid {
namespace {

using nlohmann::json;

/// Sets of nodes joined by closed branches.
class Islands {
public:
    void add(int node) { parent_.emplace(node, node); }
    [[nodiscard]] bool has(int node) const { return parent_.contains(node); }
    int root(int node) {
        while (parent_.at(node) != node)
            node = parent_.at(node) = parent_.at(parent_.at(node));
        return node;
    }
    void join(int a, int b) { parent_[root(a)] = root(b); }

private:
    std::map<int, int> parent_;
};

/// Components with two ends, and those at one node.
constexpr const char* two_ended[]{"line", "link", "transformer", "asym_line", "generic_branch"};
constexpr const char* appliances[]{"source", "sym_load", "asym_load", "sym_gen", "asym_gen", "shunt"};

class Check {
public:
    Check(const FeederDocument& feeder, const std::string& file, FeederPlan plan, Diagnostics& findings)
        : feeder_(feeder), file_(file), plan_(plan), findings_(findings) {}

    FeederFacts run() {
        for (const char* kind : {"asym_load", "asym_gen", "asym_line"})
            facts_.needs_phases |= !feeder_.rows(kind).empty();
        const bool by_phase =
            plan_.short_circuit ? has_unbalanced_fault() : plan_.by_phase.value_or(facts_.needs_phases);
        check_feeder_fields(feeder_.data(), file_, {by_phase, plan_.updated, plan_.short_circuit}, findings_);
        unique_ids();
        for (const json& node : feeder_.rows("node"))
            if (const auto id = whole_of(node, "id")) islands_.add(*id);
        for (const char* kind : two_ended)
            for (const json& branch : feeder_.rows(kind))
                two_ends(kind, branch);
        for (const json& unit : feeder_.rows("three_winding_transformer"))
            three_ends(unit);
        for (const char* kind : appliances)
            for (const json& row : feeder_.rows(kind))
                known_node(kind, row, "node");
        check_feeder_units(feeder_, file_, findings_);
        say_idle_components(feeder_, plan_.short_circuit, file_, findings_);
        if (plan_.short_circuit && feeder_.rows("fault").empty())
            error("E0402", "the feeder has no fault to compute",
                  R"(add "fault": [{"id": 60, "status": 1, "fault_type": 0, "fault_object": 3}], a node's id)");
        if (by_phase && !feeder_.rows("generic_branch").empty())
            error("E0411",
                  fmt::format("{} has no values by phase", name("generic_branch", feeder_.rows("generic_branch")[0])),
                  "power-grid-model solves it only when the calculation is symmetric");
        ratings();
        regulators();
        taps();
        sources();
        loads();
        return facts_;
    }

private:
    /// A fault of three phases needs no zero-sequence values; a batch may change its type.
    [[nodiscard]] bool has_unbalanced_fault() const {
        return plan_.updated || std::ranges::any_of(feeder_.rows("fault"), [](const json& row) {
                   return is_on(row, "status") && whole_of(row, "fault_type") != 0;
               });
    }
    static std::string name(const char* kind, const json& row) {
        return fmt::format("{} {}", kind, whole_of(row, "id").value_or(0));
    }
    void error(const char* code, const std::string& message, const char* hint) {
        findings_.error({file_, 0, 0, 0}, code, message, hint);
    }
    void warn(const char* code, const std::string& message, const char* hint) {
        findings_.warning({file_, 0, 0, 0}, code, message, hint);
    }
    /// The node at an end, or none when there is no such node.
    std::optional<int> known_node(const char* kind, const json& row, const char* key) {
        const auto node = whole_of(row, key);
        if (!node) return std::nullopt; // said already: it is missing
        if (islands_.has(*node)) return node;
        error("E0304", fmt::format("{}: {} {} is no node", name(kind, row), key, *node),
              "every end must be the id of a node");
        return std::nullopt;
    }
    void unique_ids() {
        std::map<int, std::string> seen;
        for (const auto& [kind, list] : feeder_.data().items())
            for (const json& row : list) {
                const auto id = whole_of(row, "id");
                if (!id) continue;
                const auto [first, fresh] = seen.emplace(*id, kind);
                if (!fresh)
                    error("E0102", fmt::format("id {} is used by a {} and by a {}", *id, first->second, kind),
                          "ids are unique over all components");
            }
    }
    void two_ends(const char* kind, const json& branch) {
        const auto from = known_node(kind, branch, "from_node");
        const auto to = known_node(kind, branch, "to_node");
        if (!from || !to) return;
        const int id = whole_of(branch, "id").value_or(0); // without one it is said elsewhere
        if (*from == *to)
            warn("W0406", fmt::format("{}: both ends are at node {}", name(kind, branch), *to),
                 "it carries nothing from place to place");
        facts_.ends[id] = {*from, *to};
        const bool open = !is_on(branch, "from_status") || !is_on(branch, "to_status");
        facts_.branches.push_back({id, *from, *to, open});
        if (!open) islands_.join(*from, *to);
    }
    void three_ends(const json& unit) {
        const auto first = known_node("three_winding_transformer", unit, "node_1");
        const bool first_on = is_on(unit, "status_1");
        std::optional<int> live = first_on ? first : std::nullopt;
        for (const char* end : {"2", "3"}) {
            const auto node = known_node("three_winding_transformer", unit, fmt::format("node_{}", end).c_str());
            if (!node || !first) continue;
            const bool on = is_on(unit, fmt::format("status_{}", end).c_str());
            facts_.branches.push_back({whole_of(unit, "id").value_or(0), *first, *node, !on || !first_on});
            if (!on) continue;
            if (live) islands_.join(*live, *node);
            live = node;
        }
    }
    /// Rated currents of windings, S over sqrt(3) U, and lines without one.
    void ratings() {
        const auto add = [this](const json& unit, std::initializer_list<std::pair<const char*, const char*>> windings) {
            const auto id = whole_of(unit, "id");
            for (const auto& [power, voltage] : windings)
                if (id && number_of(unit, voltage, 0.0) > 0.0)
                    facts_.rated_a[*id].push_back(number_of(unit, power, 0.0) /
                                                  (std::sqrt(3.0) * number_of(unit, voltage, 0.0)));
        };
        for (const json& unit : feeder_.rows("transformer"))
            add(unit, {{"sn", "u1"}, {"sn", "u2"}});
        for (const json& unit : feeder_.rows("three_winding_transformer"))
            add(unit, {{"sn_1", "u1"}, {"sn_2", "u2"}, {"sn_3", "u3"}});
        for (const char* kind : {"line", "asym_line"})
            for (const json& line : feeder_.rows(kind))
                ++facts_.n_lines, facts_.n_unrated_lines += line.contains("i_n") ? 0U : 1U;
    }
    void regulators() {
        for (const json& row : feeder_.rows("transformer_tap_regulator"))
            facts_.has_tap_regulators |= is_on(row, "status");
        for (const json& row : feeder_.rows("voltage_regulator"))
            facts_.has_voltage_regulators |= is_on(row, "status");
    }
    /// power-grid-model takes the nearest position that there is.
    void taps() {
        std::set<int> regulated;
        for (const json& row : feeder_.rows("transformer_tap_regulator"))
            if (const auto id = whole_of(row, "regulated_object"); id && is_on(row, "status")) regulated.insert(*id);
        for (const char* kind : {"transformer", "three_winding_transformer"})
            for (const json& unit : feeder_.rows(kind)) {
                const auto id = whole_of(unit, "id");
                if (!id || regulated.contains(*id) || number_of(unit, "tap_size", 0.0) == 0.0) continue;
                const double low = number_of(unit, "tap_min", 0.0), high = number_of(unit, "tap_max", 0.0);
                const double nominal = number_of(unit, "tap_nom", 0.0);
                const double position =
                    std::clamp(number_of(unit, "tap_pos", nominal), std::min(low, high), std::max(low, high));
                facts_.taps.push_back({*id, position, nominal});
            }
    }
    void sources() {
        std::vector<int> fed;
        for (const json& source : feeder_.rows("source")) {
            const auto node = whole_of(source, "node");
            if (!is_on(source, "status") || !node || !islands_.has(*node)) continue;
            if (fed.empty()) facts_.source_node = *node;
            fed.push_back(islands_.root(*node));
        }
        if (fed.empty() && (!plan_.updated || feeder_.rows("source").empty())) {
            error("E0403",
                  feeder_.rows("source").empty() ? "the feeder has no source"
                                                 : "no source of the feeder is switched on",
                  "a power flow needs at least one source with status 1");
            return;
        }
        for (const json& node : feeder_.rows("node"))
            if (const auto id = whole_of(node, "id"); id && std::ranges::find(fed, islands_.root(*id)) == fed.end())
                facts_.dead_nodes.push_back(*id);
    }
    void loads() {
        for (const char* kind : {"sym_load", "asym_load"})
            for (const json& load : feeder_.rows(kind)) {
                double p = 0.0;
                bool negative = false;
                const json given = load.value("p_specified", json());
                for (const json& value : given.is_array() ? given : json::array({given})) {
                    if (!value.is_number()) continue;
                    p += value.get<double>();
                    negative |= value.get<double>() < 0.0;
                }
                facts_.n_negative_loads += negative ? 1U : 0U;
                const auto node = whole_of(load, "node");
                if (node && is_on(load, "status") &&
                    std::ranges::find(facts_.dead_nodes, *node) != facts_.dead_nodes.end())
                    facts_.lost_load_w += p;
            }
        if (facts_.n_negative_loads > 0)
            warn("W0404", fmt::format("{} loads are negative: they feed in", facts_.n_negative_loads), "");
        if (!facts_.dead_nodes.empty() && !plan_.updated) say_dead_nodes();
    }
    void say_dead_nodes() {
        const std::size_t shown = std::min<std::size_t>(facts_.dead_nodes.size(), 10);
        warn("W0405",
             fmt::format("{} nodes have no way to a source and are dead: {}{}; {:.3g} kW of load is lost",
                         facts_.dead_nodes.size(),
                         fmt::join(facts_.dead_nodes.begin(),
                                   facts_.dead_nodes.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                         shown < facts_.dead_nodes.size() ? ", ..." : "", facts_.lost_load_w / 1e3),
             "close a branch or give the island a source");
    }

    const FeederDocument& feeder_;
    const std::string& file_;
    FeederPlan plan_;
    Diagnostics& findings_;
    Islands islands_;
    FeederFacts facts_;
};

} // namespace

FeederFacts check_feeder(const FeederDocument& feeder, const std::string& file, Diagnostics& findings,
                         FeederPlan plan) {
    return Check(feeder, file, plan, findings).run();
}

FeederFacts check_feeder(const std::string& text, const std::string& file, Diagnostics& findings, FeederPlan plan) {
    const auto feeder = FeederDocument::read(text, file, findings);
    return feeder ? check_feeder(*feeder, file, findings, plan) : FeederFacts{};
}

} // namespace autarky::grid
