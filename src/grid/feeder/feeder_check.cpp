// autarky: what is wrong with a feeder before any power flow is tried.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder/feeder_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "grid/feeder/feeder_fields.hpp"

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

/// Components with two ends, and with three.
constexpr const char* two_ended[]{"line", "link", "transformer", "asym_line", "generic_branch"};
constexpr const char* appliances[]{"source", "sym_load", "asym_load", "sym_gen", "asym_gen", "shunt"};

class Check {
public:
    Check(const json& data, const std::string& file, FeederPlan plan, Diagnostics& findings)
        : data_(data), file_(file), plan_(plan), findings_(findings) {}

    FeederFacts run() {
        if (!is_table_of_objects()) return facts_;
        for (const char* kind : {"asym_load", "asym_gen", "asym_line"})
            facts_.needs_phases |= !rows(kind).empty();
        const bool by_phase = plan_.by_phase.value_or(facts_.needs_phases);
        check_feeder_fields(data_, file_, {by_phase, plan_.updated}, findings_);
        unique_ids();
        for (const json& node : rows("node")) {
            islands_.add(whole(node, "id"));
            u_rated_[whole(node, "id")] = number(node, "u_rated", 0.0);
        }
        for (const char* kind : two_ended)
            for (const json& branch : rows(kind))
                two_ends(kind, branch);
        three_ends();
        for (const char* kind : appliances)
            for (const json& row : rows(kind))
                known_node(kind, row, "node");
        impedances();
        units();
        if (by_phase && !rows("generic_branch").empty())
            error("E0411",
                  fmt::format("generic_branch {} has no values by phase", whole(rows("generic_branch")[0], "id")),
                  "power-grid-model solves it with --symmetric only");
        sources();
        loads();
        return facts_;
    }

private:
    const json& rows(const char* kind) const {
        static const json none = json::array();
        const auto found = data_.find(kind);
        return found == data_.end() || !found->is_array() ? none : *found;
    }
    static int whole(const json& row, const char* key) {
        const auto found = row.find(key);
        if (found == row.end() || !found->is_number_integer()) return -1;
        const auto value = found->get<long long>();
        return value < 0 || value > std::numeric_limits<int>::max() ? -1 : static_cast<int>(value);
    }
    static double number(const json& row, const char* key, double otherwise) {
        return row.contains(key) && row[key].is_number() ? row[key].get<double>() : otherwise;
    }
    static bool closed(const json& row, const char* key) { return !row.contains(key) || whole(row, key) != 0; }
    void error(const char* code, const std::string& message, const char* hint) {
        findings_.error({file_, 0, 0, 0}, code, message, hint);
    }
    void warn(const char* code, const std::string& message, const char* hint) {
        findings_.warning({file_, 0, 0, 0}, code, message, hint);
    }
    bool is_table_of_objects() {
        for (const auto& [kind, list] : data_.items()) {
            if (!list.is_array()) {
                error("E0801", fmt::format("data/{} is no list", kind), "every component is a list of elements");
                return false;
            }
            for (std::size_t i = 0; i < list.size(); ++i)
                if (!list[i].is_object()) {
                    error("E0801", fmt::format("data/{}/{} is no object", kind, i),
                          "an element is an object, or a list of as many values as \"attributes\" names");
                    return false;
                }
        }
        return true;
    }
    bool known_node(const char* kind, const json& row, const char* key) {
        const int node = whole(row, key);
        if (islands_.has(node)) return true;
        if (!row.contains(key) || row[key].is_null()) return false; // said already: it is missing
        error("E0304", fmt::format("{} {}: {} {} is no node", kind, whole(row, "id"), key, node),
              "every end must be the id of a node");
        return false;
    }
    void unique_ids() {
        std::map<int, std::string> seen;
        for (const auto& [kind, list] : data_.items()) {
            for (const json& row : list) {
                if (whole(row, "id") < 0) continue;
                const auto [first, fresh] = seen.emplace(whole(row, "id"), kind);
                if (!fresh)
                    error("E0102",
                          fmt::format("id {} is used by a {} and by a {}", whole(row, "id"), first->second, kind),
                          "ids are unique over all components");
            }
        }
    }
    void two_ends(const char* kind, const json& branch) {
        const bool both = known_node(kind, branch, "from_node") & known_node(kind, branch, "to_node");
        if (both && whole(branch, "from_node") == whole(branch, "to_node"))
            warn("W0406",
                 fmt::format("{} {}: both ends are at node {}", kind, whole(branch, "id"), whole(branch, "to_node")),
                 "it carries nothing from place to place");
        facts_.ends[whole(branch, "id")] = {whole(branch, "from_node"), whole(branch, "to_node")};
        const bool open = !closed(branch, "from_status") || !closed(branch, "to_status");
        if (both)
            facts_.branches.push_back(
                {whole(branch, "id"), whole(branch, "from_node"), whole(branch, "to_node"), open});
        if (both && !open) islands_.join(whole(branch, "from_node"), whole(branch, "to_node"));
    }
    void three_ends() {
        for (const json& unit : rows("three_winding_transformer")) {
            std::vector<int> live;
            for (const char* end : {"1", "2", "3"}) {
                const bool known = known_node("three_winding_transformer", unit, fmt::format("node_{}", end).c_str());
                if (!known) continue;
                const int node = whole(unit, fmt::format("node_{}", end).c_str());
                const bool open = !closed(unit, fmt::format("status_{}", end).c_str());
                if (*end != '1') facts_.branches.push_back({whole(unit, "id"), whole(unit, "node_1"), node, open});
                if (!open) live.push_back(node);
            }
            for (std::size_t i = 1; i < live.size(); ++i)
                islands_.join(live[0], live[i]);
        }
    }
    void impedances() {
        for (const char* kind : {"line", "generic_branch"})
            for (const json& line : rows(kind))
                if (number(line, "r1", 1.0) == 0.0 && number(line, "x1", 1.0) == 0.0)
                    error("E0402", fmt::format("{} {}: r1 and x1 are both 0", kind, whole(line, "id")),
                          "a connection without impedance is a link");
        for (const json& line : rows("asym_line"))
            for (const char* phase : {"aa", "bb", "cc"})
                if (number(line, fmt::format("r_{}", phase).c_str(), 1.0) == 0.0 &&
                    number(line, fmt::format("x_{}", phase).c_str(), 1.0) == 0.0)
                    error("E0402", fmt::format("asym_line {0}: r_{1} and x_{1} are both 0", whole(line, "id"), phase),
                          "a connection without impedance is a link");
    }
    /// What only together makes no sense of a transformer: losses over impedance, voltages in another unit, taps.
    void units() {
        for (const json& unit : rows("transformer")) {
            const int id = whole(unit, "id");
            const double rating = number(unit, "sn", 1.0);
            const double uk = number(unit, "uk", 1.0);
            const double loss = number(unit, "pk", 0.0);
            if (rating > 0.0 && uk > 0.0 && uk * rating < loss)
                error("E0205", fmt::format("transformer {}: uk {:g} is below pk/sn {:g}", id, uk, loss / rating),
                      "the short-circuit voltage has the load losses in it; pk is in W, sn in VA");
            winding_voltage(unit, "transformer", "u1", "from_node");
            winding_voltage(unit, "transformer", "u2", "to_node");
            tap(unit, "transformer");
        }
        for (const json& unit : rows("three_winding_transformer")) {
            winding_voltage(unit, "three_winding_transformer", "u1", "node_1");
            winding_voltage(unit, "three_winding_transformer", "u2", "node_2");
            winding_voltage(unit, "three_winding_transformer", "u3", "node_3");
            tap(unit, "three_winding_transformer");
        }
    }
    void winding_voltage(const json& unit, const char* kind, const char* key, const char* end) {
        const auto node = u_rated_.find(whole(unit, end));
        if (node == u_rated_.end()) return;
        constexpr double far = 5.0; // no winding is that far off its node; a unit of kV is by a thousand
        const double u = number(unit, key, node->second);
        if (u > 0.0 && node->second > 0.0 && (u > far * node->second || far * u < node->second))
            error("E0205",
                  fmt::format("{} {}: {} is {:g} V at node {} of {:g} V", kind, whole(unit, "id"), key, u, node->first,
                              node->second),
                  "both are in V");
    }
    void tap(const json& unit, const char* kind) {
        const double low = number(unit, "tap_min", 0.0);
        const double high = number(unit, "tap_max", 0.0);
        const double position = number(unit, "tap_pos", low);
        if (position < std::min(low, high) || position > std::max(low, high))
            warn("W0407",
                 fmt::format("{} {}: tap_pos {:g} is outside {:g} to {:g}", kind, whole(unit, "id"), position, low,
                             high),
                 "power-grid-model takes the nearest position");
    }
    void sources() {
        std::vector<int> fed;
        for (const json& source : rows("source"))
            if (closed(source, "status") && islands_.has(whole(source, "node"))) {
                if (fed.empty()) facts_.source_node = whole(source, "node");
                fed.push_back(islands_.root(whole(source, "node")));
            }
        if (fed.empty()) {
            error("E0403",
                  rows("source").empty() ? "the feeder has no source" : "no source of the feeder is switched on",
                  "a power flow needs at least one source with status 1");
            return;
        }
        for (const json& node : rows("node")) {
            const int id = whole(node, "id");
            if (std::ranges::find(fed, islands_.root(id)) == fed.end()) facts_.dead_nodes.push_back(id);
        }
    }
    void loads() {
        for (const char* kind : {"sym_load", "asym_load"})
            for (const json& load : rows(kind)) {
                double p = 0.0;
                bool negative = false;
                const auto take = [&](const json& value) {
                    if (!value.is_number()) return;
                    p += value.get<double>();
                    negative |= value.get<double>() < 0.0;
                };
                if (load.contains("p_specified")) {
                    if (load["p_specified"].is_array())
                        for (const json& phase : load["p_specified"])
                            take(phase);
                    else
                        take(load["p_specified"]);
                }
                facts_.n_negative_loads += negative ? 1U : 0U;
                if (std::ranges::find(facts_.dead_nodes, whole(load, "node")) != facts_.dead_nodes.end())
                    facts_.lost_load_w += p;
            }
        if (facts_.n_negative_loads > 0)
            findings_.warning({file_, 0, 0, 0}, "W0404",
                              fmt::format("{} loads are negative: they feed in", facts_.n_negative_loads), "");
        if (!facts_.dead_nodes.empty()) {
            const std::size_t shown = std::min<std::size_t>(facts_.dead_nodes.size(), 10);
            findings_.warning(
                {file_, 0, 0, 0}, "W0405",
                fmt::format("{} nodes have no way to a source and are dead: {}{}; {:.3g} kW of load is lost",
                            facts_.dead_nodes.size(),
                            fmt::join(facts_.dead_nodes.begin(),
                                      facts_.dead_nodes.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                            shown < facts_.dead_nodes.size() ? ", ..." : "", facts_.lost_load_w / 1e3),
                "close a branch or give the island a source");
        }
    }

    const json& data_;
    const std::string& file_;
    FeederPlan plan_;
    Diagnostics& findings_;
    Islands islands_;
    std::map<int, double> u_rated_;
    FeederFacts facts_;
};

/// The compact form writes rows as lists under a header "attributes"; this gives every row its keys.
json spelled_out(const json& document) {
    json data = document["data"];
    const auto header = document.find("attributes");
    if (header == document.end() || !header->is_object()) return data;
    for (auto& [kind, rows] : data.items()) {
        const auto keys = header->find(kind);
        if (keys == header->end() || !keys->is_array() || !rows.is_array()) continue;
        for (json& row : rows) {
            if (!row.is_array()) continue;
            json spelled = json::object();
            for (std::size_t i = 0; i < std::min(row.size(), keys->size()); ++i)
                spelled[(*keys)[i].get<std::string>()] = row[i];
            row = std::move(spelled);
        }
    }
    return data;
}

/// Line and column of a byte.
Origin place_of(const std::string& text, const std::string& file, std::size_t byte) {
    byte = std::min(byte, text.size());
    const auto begin = text.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(byte);
    const auto line = static_cast<std::size_t>(std::count(begin, end, '\n')) + 1;
    const std::size_t before = byte == 0 ? std::string::npos : text.rfind('\n', byte - 1);
    return {file, line, before == std::string::npos ? byte + 1 : byte - before, 1};
}

} // namespace

FeederFacts check_feeder(const std::string& text, const std::string& file, Diagnostics& findings, FeederPlan plan) {
    json document;
    try {
        document = json::parse(text);
    } catch (const json::parse_error& error) {
        findings.remember_source(file, text);
        findings.error(place_of(text, file, error.byte == 0 ? 0 : error.byte - 1), "E0801",
                       "this is no valid JSON here", "a feeder is power-grid-model's input JSON");
        return {};
    } catch (const json::out_of_range& error) {
        const std::string why = error.what(); // "[...] number overflow parsing '1e400'"
        findings.error({file, 0, 0, 0}, "E0205", why.substr(std::min(why.find("] ") + 2, why.size())),
                       "numbers are below 1.8e308");
        return {};
    }
    const auto data = document.find("data");
    if (!document.is_object() || data == document.end() || !data->is_object() ||
        document.value("type", json("input")) != json("input")) {
        findings.error({file, 1, 1, 1}, "E0801",
                       "this is no feeder: an object of type \"input\" with an object \"data\" is expected",
                       "a feeder is power-grid-model's input JSON");
        return {};
    }
    const json rows = spelled_out(document);
    return Check(rows, file, plan, findings).run();
}

} // namespace autarky::grid
