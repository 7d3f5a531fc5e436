// autarky: what is wrong with a feeder before any power flow is tried.
// SPDX-License-Identifier: Apache-2.0
#include "grid/feeder_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

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
    Check(const json& data, const std::string& file, Diagnostics& findings)
        : data_(data), file_(file), findings_(findings) {}

    FeederFacts run() {
        unique_ids();
        for (const json& node : rows("node")) {
            islands_.add(whole(node, "id"));
            positive("node", node, "u_rated", "a voltage of 0 leaves nothing to compute");
        }
        for (const char* kind : two_ended)
            for (const json& branch : rows(kind))
                two_ends(kind, branch);
        three_ends();
        for (const char* kind : appliances)
            for (const json& row : rows(kind))
                known_node(kind, row, "node");
        impedances();
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
        return row.contains(key) && row[key].is_number() ? row[key].get<int>() : -1;
    }
    static double number(const json& row, const char* key, double otherwise) {
        return row.contains(key) && row[key].is_number() ? row[key].get<double>() : otherwise;
    }
    static bool closed(const json& row, const char* key) { return !row.contains(key) || whole(row, key) != 0; }
    void error(const char* code, const std::string& message, const char* hint) {
        findings_.error({file_, 0, 0, 0}, code, message, hint);
    }
    void positive(const char* kind, const json& row, const char* key, const char* hint) {
        if (row.contains(key) && row[key].is_number() && !(row[key].get<double>() > 0.0))
            error("E0205", fmt::format("{} {}: {} is {}", kind, whole(row, "id"), key, row[key].get<double>()), hint);
    }
    bool known_node(const char* kind, const json& row, const char* key) {
        const int node = whole(row, key);
        if (islands_.has(node)) return true;
        error("E0304", fmt::format("{} {}: {} {} is no node", kind, whole(row, "id"), key, node),
              "every end must be the id of a node");
        return false;
    }
    void unique_ids() {
        std::map<int, std::string> seen;
        for (const auto& [kind, list] : data_.items()) {
            if (!list.is_array()) continue;
            for (const json& row : list) {
                if (!row.is_object()) return;
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
        facts_.ends[whole(branch, "id")] = {whole(branch, "from_node"), whole(branch, "to_node")};
        if (both && closed(branch, "from_status") && closed(branch, "to_status"))
            islands_.join(whole(branch, "from_node"), whole(branch, "to_node"));
    }
    void three_ends() {
        for (const json& unit : rows("three_winding_transformer")) {
            std::vector<int> live;
            for (const char* end : {"1", "2", "3"})
                if (known_node("three_winding_transformer", unit, fmt::format("node_{}", end).c_str()) &&
                    closed(unit, fmt::format("status_{}", end).c_str()))
                    live.push_back(whole(unit, fmt::format("node_{}", end).c_str()));
            for (std::size_t i = 1; i < live.size(); ++i)
                islands_.join(live[0], live[i]);
        }
    }
    void impedances() {
        for (const json& unit : rows("transformer")) {
            positive("transformer", unit, "sn", "a rating of 0 carries nothing");
            positive("transformer", unit, "uk",
                     "a transformer without impedance has no answer; uk is the short-circuit voltage, such as 0.04");
            positive("transformer", unit, "u1", "the rated voltage of a winding");
            positive("transformer", unit, "u2", "the rated voltage of a winding");
        }
        for (const json& line : rows("line")) {
            if (number(line, "r1", 1.0) == 0.0 && number(line, "x1", 1.0) == 0.0)
                error("E0402", fmt::format("line {}: r1 and x1 are both 0", whole(line, "id")),
                      "a connection without impedance is a link");
            positive("line", line, "i_n", "a rating of 0 carries nothing; leave i_n out when it is unknown");
        }
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
        for (const char* kind : {"asym_load", "asym_gen", "asym_line"})
            facts_.needs_phases |= !rows(kind).empty();
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
    Diagnostics& findings_;
    Islands islands_;
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

FeederFacts check_feeder(const std::string& text, const std::string& file, Diagnostics& findings) {
    json document;
    try {
        document = json::parse(text);
    } catch (const json::parse_error& error) {
        findings.remember_source(file, text);
        findings.error(place_of(text, file, error.byte == 0 ? 0 : error.byte - 1), "E0801",
                       "this is no valid JSON here", "a feeder is power-grid-model's input JSON");
        return {};
    }
    const auto data = document.find("data");
    if (!document.is_object() || data == document.end() || !data->is_object() ||
        document.value("type", "input") != "input") {
        findings.error({file, 1, 1, 1}, "E0801",
                       "this is no feeder: an object of type \"input\" with an object \"data\" is expected",
                       "a feeder is power-grid-model's input JSON");
        return {};
    }
    const json rows = spelled_out(document);
    return Check(rows, file, findings).run();
}

} // namespace autarky::grid
