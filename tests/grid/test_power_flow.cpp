// autarky: power flow against feeders that other programs solved.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>

#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/power_flow.hpp"
#include "table.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::table_of;
using autarky::test::text_of;
using nlohmann::json;

namespace {

const std::string data = AUTARKY_TEST_DATA_DIR;
const std::string feeders = std::string(AUTARKY_SOURCE_DIR) + "/catalogue/grid/feeders/";

std::string unzipped(const std::string& path) {
    const std::string command = "gzip -dc '" + path + "'";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    std::string text;
    std::array<char, 65536> chunk{};
    for (std::size_t n = 0; (n = std::fread(chunk.data(), 1, chunk.size(), pipe.get())) > 0;)
        text.append(chunk.data(), n);
    return text;
}

std::unique_ptr<PowerFlow> feeder_of(const std::string& path) {
    Diagnostics findings;
    const std::string text = text_of(path);
    check_feeder(text, path, findings);
    auto feeder = PowerFlow::make(text, path, 50.0, findings);
    INFO(findings.render());
    REQUIRE_FALSE(findings.has_errors());
    REQUIRE(feeder);
    return feeder;
}

bool without_library() {
    if (power_flow_available()) return false;
    MESSAGE("skipped: ", std::string(power_flow_missing_hint));
    return true;
}

/// Compares one row of an expected output of power-grid-model with ours.
void compare_row(const json& row, const FlowComponent& got, std::size_t scenario, double rtol, const json& atol) {
    const int id = row["id"];
    const auto place = std::find(got.id.begin(), got.id.end(), id);
    REQUIRE(place != got.id.end());
    const auto element = static_cast<std::size_t>(place - got.id.begin());
    for (const auto& [key, value] : row.items()) {
        if (key == "id" || value.is_null()) continue;
        const double absolute = atol.is_number() ? atol.get<double>() : atol.value(key, atol["default"].get<double>());
        const std::size_t width = value.is_array() ? 3 : 1;
        for (std::size_t phase = 0; phase < width; ++phase) {
            const json& one = value.is_array() ? value[phase] : value;
            if (!one.is_number()) continue;
            const double expected = one;
            const double have = got.at(key, scenario, element, phase);
            CAPTURE(got.name);
            CAPTURE(id);
            CAPTURE(key);
            CAPTURE(expected);
            CHECK(std::fabs(have - expected) <= absolute + rtol * std::fabs(expected));
        }
    }
}

void compare(const json& expected, const FlowResult& got, std::size_t scenario, double rtol, const json& atol) {
    for (const auto& [component, rows] : expected.items()) {
        const FlowComponent* ours = got.find(component);
        REQUIRE_MESSAGE(ours, component);
        for (const json& row : rows)
            compare_row(row, *ours, scenario, rtol, atol);
    }
}

/// A folder of power-grid-model's validation cases: input, expected outputs, tolerances.
void check_case(const std::filesystem::path& folder) {
    CAPTURE(folder.string());
    const json params = json::parse(text_of(folder / "params.json"));
    const auto feeder = feeder_of(folder / "input.json");
    std::vector<std::string> methods;
    if (params["calculation_method"].is_array())
        methods = params["calculation_method"].get<std::vector<std::string>>();
    else
        methods.push_back(params["calculation_method"]);
    for (const std::string& name : methods) {
        CAPTURE(name);
        for (const bool symmetric : {true, false}) {
            FlowOptions options;
            const auto known = choices(Type<FlowMethod>{});
            options.method = static_cast<FlowMethod>(std::ranges::find(known, name) - known.begin());
            options.symmetric = symmetric;
            const std::string kind = symmetric ? "sym_output" : "asym_output";
            if (std::filesystem::exists(folder / (kind + ".json"))) {
                const json expected = json::parse(text_of(folder / (kind + ".json")));
                const FlowResult result = feeder->solve(options);
                REQUIRE(result.failed.empty());
                compare(expected["data"], result, 0, params["rtol"], params["atol"]);
            }
            if (std::filesystem::exists(folder / (kind + "_batch.json"))) {
                const json expected = json::parse(text_of(folder / (kind + "_batch.json")));
                Diagnostics findings;
                const auto result =
                    feeder->solve_batch(text_of(folder / "update_batch.json"), "update", options, findings);
                REQUIRE(result);
                REQUIRE(result->failed.empty());
                for (std::size_t i = 0; i < expected["data"].size(); ++i)
                    compare(expected["data"][i], *result, i, params["rtol"], params["atol"]);
            }
        }
    }
}

} // namespace

TEST_CASE("power-grid-model's own validation cases come out within their stated tolerances") {
    const std::string oracles = AUTARKY_ORACLES_DIR;
    if (oracles.empty()) {
        MESSAGE("skipped: AUTARKY_ORACLES is not set");
        return;
    }
    if (without_library()) return;
    int n = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(oracles + "/grid/pgm_cases"))
        if (entry.path().filename() == "params.json") check_case(entry.path().parent_path()), ++n;
    CHECK(n == 9);
}

TEST_CASE("CIGRE and Kerber networks come out as in pandapower") {
    if (without_library()) return;
    for (const char* name : {"cigre_lv", "cigre_mv", "kerber_landnetz_kabel_1", "kerber_dorfnetz"}) {
        CAPTURE(name);
        const auto feeder = feeder_of(feeders + name + ".json");
        const FlowResult result = feeder->solve({});
        REQUIRE(result.failed.empty());
        const auto rows = table_of(data + "/pandapower/" + name + ".csv");
        const FlowComponent& node = *result.find("node");
        const FlowComponent& unit = *result.find("transformer");
        for (std::size_t i = 0; i < rows.at("kind").size(); ++i) {
            const int id = static_cast<int>(rows.at("id")[i]);
            const double expected = rows.at("value")[i];
            CAPTURE(id);
            // 2e-6 pu: pandapower draws the iron losses of its T model behind half the impedance, ours is a pi.
            if (rows.at("kind")[i] == 0.0) {
                const auto at =
                    static_cast<std::size_t>(std::find(node.id.begin(), node.id.end(), id) - node.id.begin());
                CHECK(std::fabs(node.at("u_pu", 0, at) - expected) < 2e-6);
            } else if (rows.at("kind")[i] == 2.0) {
                CHECK(result.find("source")->at("p", 0, 0) / 1e6 == doctest::Approx(expected).epsilon(1e-5));
            } else if (rows.at("kind")[i] == 3.0) {
                CHECK(result.find("source")->at("q", 0, 0) / 1e6 == doctest::Approx(expected).epsilon(2e-4));
            } else {
                const auto at =
                    static_cast<std::size_t>(std::find(unit.id.begin(), unit.id.end(), id) - unit.id.begin());
                CHECK(unit.at("loading", 0, at) > 0.0);
                CHECK(std::fabs(unit.at("loading", 0, at) * 100.0 - expected) < 3.1); // kVA here, current there
            }
        }
    }
}

TEST_CASE("the IEEE European feeder follows OpenDSS through all 1440 minutes") {
    if (without_library()) return;
    const auto feeder = feeder_of(feeders + "ieee_eu_lv.json");
    FlowOptions options;
    options.symmetric = false;
    options.method = FlowMethod::iterative_current;
    options.threads = 0;
    options.wanted = {{"node", "u_pu"}, {"source", "p"},           {"source", "q"},        {"line", "p_from"},
                      {"line", "p_to"}, {"transformer", "p_from"}, {"transformer", "p_to"}};
    Diagnostics findings;
    const auto result =
        feeder->solve_batch(unzipped(data + "/ieee_eu_lv/update_1440.json.gz"), "update", options, findings);
    REQUIRE(result);
    REQUIRE(result->n_scenarios == 1440);
    REQUIRE(result->failed.empty());
    const auto expected = table_of(data + "/ieee_eu_lv/opendss_1440.csv");
    const FlowComponent& node = *result->find("node");
    double worst_p = 0.0, worst_q = 0.0, worst_v = 0.0, worst_loss = 0.0, energy = 0.0, lost = 0.0;
    for (std::size_t minute = 0; minute < 1440; ++minute) {
        double p = 0.0, q = 0.0, low = 2.0, high = 0.0, loss = 0.0;
        for (std::size_t phase = 0; phase < 3; ++phase) {
            p += result->find("source")->at("p", minute, 0, phase) / 1e3;
            q += result->find("source")->at("q", minute, 0, phase) / 1e3;
            for (std::size_t i = 0; i < node.id.size(); ++i) {
                if (node.id[i] == 0) continue; // the OpenDSS column covers the low-voltage buses
                low = std::min(low, node.at("u_pu", minute, i, phase));
                high = std::max(high, node.at("u_pu", minute, i, phase));
            }
            for (const char* kind : {"line", "transformer"})
                for (std::size_t i = 0; i < result->find(kind)->id.size(); ++i)
                    loss += (result->find(kind)->at("p_from", minute, i, phase) +
                             result->find(kind)->at("p_to", minute, i, phase)) /
                            1e3;
        }
        energy += p / 60.0, lost += loss / 60.0;
        worst_p = std::max(worst_p, std::fabs(p - expected.at("p_source_kw")[minute]));
        worst_q = std::max(worst_q, std::fabs(q - expected.at("q_source_kvar")[minute]));
        worst_v = std::max({worst_v, std::fabs(low - expected.at("vmin_pu")[minute]),
                            std::fabs(high - expected.at("vmax_pu")[minute])});
        worst_loss = std::max(worst_loss, std::fabs(loss - expected.at("loss_kw")[minute]));
    }
    MESSAGE("farthest: ", worst_p, " kW, ", worst_q, " kvar, ", worst_v, " pu, losses ", worst_loss, " kW");
    CHECK(worst_p < 1e-5); // OpenDSS was run to 1e-8 and printed nine digits
    CHECK(worst_v < 1e-6);
    CHECK(worst_loss < 1e-5);
    CHECK(energy == doctest::Approx(488.45916961634936).epsilon(1e-8));
    CHECK(lost == doctest::Approx(4.545019409369975).epsilon(1e-6));

    const auto nodes = table_of(data + "/ieee_eu_lv/pgm_min566_nodes.csv");
    for (std::size_t i = 0; i < node.id.size(); ++i) {
        CHECK(std::fabs(node.at("u_pu", 565, i, 0) - nodes.at("ua_pu")[i]) < 1e-8);
        CHECK(std::fabs(node.at("u_pu", 565, i, 2) - nodes.at("uc_pu")[i]) < 1e-8);
    }
}

TEST_CASE("a batch keeps its good scenarios when one does not converge") {
    if (without_library()) return;
    const auto feeder = feeder_of(feeders + "kerber_landnetz_kabel_1.json");
    const std::size_t n = feeder->ids("sym_load").size();
    std::vector<double> p(3 * n, 5e3), q(3 * n, 0.0);
    std::fill_n(p.begin() + static_cast<std::ptrdiff_t>(n), n, 5e7);
    const FlowResult result = feeder->solve_loads("sym_load", p, q, 3, {});
    REQUIRE(result.failed.size() == 1);
    CHECK(result.failed[0].index == 1);
    CHECK(result.has_failed(1));
    CHECK(std::isnan(result.find("node")->at("u_pu", 1, 3)));
    CHECK(result.find("node")->at("u_pu", 0, 3) > 0.9);
    CHECK(result.find("node")->at("u_pu", 2, 3) == result.find("node")->at("u_pu", 0, 3));
}

TEST_CASE("one feeder is solved by several threads at once, each with its own handle and model") {
    if (without_library()) return;
    const auto feeder = feeder_of(feeders + "kerber_dorfnetz.json");
    const std::size_t n = feeder->ids("sym_load").size();
    std::vector<FlowResult> results(4);
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < results.size(); ++t)
            threads.emplace_back([&, t] {
                const std::vector<double> p(n * 50, 1000.0 * static_cast<double>(t + 1)), q(n * 50, 0.0);
                results[t] = feeder->solve_loads("sym_load", p, q, 50, {});
            });
    }
    for (std::size_t t = 0; t < results.size(); ++t) {
        REQUIRE(results[t].failed.empty());
        const std::vector<double> p(n, 1000.0 * static_cast<double>(t + 1)), q(n, 0.0);
        const FlowResult alone = feeder->solve_loads("sym_load", p, q, 1, {});
        CHECK(results[t].find("node")->at("u_pu", 49, 7) ==
              doctest::Approx(alone.find("node")->at("u_pu", 0, 7)).epsilon(1e-12));
    }
}

namespace {
json small_feeder() {
    return json::parse(R"({"version": "1.0", "type": "input", "is_batch": false, "attributes": {}, "data": {
        "node": [{"id": 1, "u_rated": 400}, {"id": 2, "u_rated": 400}, {"id": 3, "u_rated": 10000}],
        "line": [{"id": 4, "from_node": 1, "to_node": 2, "from_status": 1, "to_status": 1, "r1": 0.1, "x1": 0.1,
                  "c1": 0, "tan1": 0, "i_n": 100}],
        "transformer": [{"id": 5, "from_node": 3, "to_node": 1, "from_status": 1, "to_status": 1, "u1": 10000, "u2": 400,
                  "sn": 100000, "uk": 0.04, "pk": 1000, "i0": 0, "p0": 0, "winding_from": 2, "winding_to": 1, "clock": 5,
                  "tap_side": 0, "tap_pos": 0, "tap_min": 0, "tap_max": 0, "tap_size": 0}],
        "source": [{"id": 6, "node": 3, "status": 1, "u_ref": 1.0}],
        "sym_load": [{"id": 7, "node": 2, "status": 1, "type": 0, "p_specified": 1000, "q_specified": 0}]}})");
}
std::vector<std::string> findings_of(const json& feeder) {
    Diagnostics findings;
    check_feeder(feeder.dump(), "f.json", findings);
    std::vector<std::string> out;
    for (const Diagnostic& d : findings.items())
        out.push_back(d.message);
    return out;
}
} // namespace

TEST_CASE("what is wrong with a feeder is said before anything is solved") {
    CHECK(findings_of(small_feeder()).empty());
    auto feeder = small_feeder();
    feeder["data"]["source"][0]["status"] = 0;
    CHECK(findings_of(feeder) == std::vector<std::string>{"no source of the feeder is switched on"});
    feeder["data"].erase("source");
    CHECK(findings_of(feeder) == std::vector<std::string>{"the feeder has no source"});
    feeder = small_feeder();
    feeder["data"]["transformer"][0]["uk"] = 0;
    feeder["data"]["line"][0]["i_n"] = 0;
    CHECK(findings_of(feeder) == std::vector<std::string>{"transformer 5: uk is 0", "line 4: i_n is 0"});
    feeder = small_feeder();
    feeder["data"]["line"][0]["to_status"] = 0;
    feeder["data"]["sym_load"][0]["p_specified"] = -500;
    CHECK(findings_of(feeder) ==
          std::vector<std::string>{"1 loads are negative: they feed in",
                                   "1 nodes have no way to a source and are dead: 2; -0.5 kW of load is lost"});
    feeder = small_feeder();
    feeder["data"]["line"][0]["to_node"] = 9;
    feeder["data"]["sym_load"][0]["id"] = 6;
    CHECK(findings_of(feeder)[0] == "id 6 is used by a source and by a sym_load");
    CHECK(findings_of(feeder)[1] == "line 4: to_node 9 is no node");
    Diagnostics findings;
    check_feeder("{\n  \"data\": {,}\n}", "f.json", findings);
    CHECK(findings.items()[0].origin.line == 2);
    CHECK(findings.items()[0].origin.column == 12);
}

TEST_CASE("a field that is missing, out of range or in another unit is named with its element") {
    const auto with = [](const char* component, const char* field, const json& value) {
        auto feeder = small_feeder();
        if (value.is_null())
            feeder["data"][component][0].erase(field);
        else
            feeder["data"][component][0][field] = value;
        return findings_of(feeder);
    };
    using Said = std::vector<std::string>;
    CHECK(with("line", "r1", nullptr) == Said{"line 4: r1 is missing"});
    CHECK(with("sym_load", "p_specified", nullptr) == Said{"sym_load 7: p_specified is missing"});
    CHECK(with("line", "id", nullptr) == Said{"line[0]: id is missing"});
    CHECK(with("line", "from_status", 2) == Said{"line 4: from_status is 2"});
    CHECK(with("sym_load", "type", 9) == Said{"sym_load 7: type is 9"});
    CHECK(with("transformer", "winding_to", 7) == Said{"transformer 5: winding_to is 7"});
    CHECK(with("transformer", "clock", 13) == Said{"transformer 5: clock is 13"});
    CHECK(with("transformer", "uk", 0.001) == Said{"transformer 5: uk 0.001 is below pk/sn 0.01"});
    CHECK(with("transformer", "u1", 10) == Said{"transformer 5: u1 is 10 V at node 3 of 10000 V"});
    CHECK(with("source", "u_ref", 10000) == Said{"source 6: u_ref is 10000"});
    CHECK(with("transformer", "tap_pos", 9) == Said{"transformer 5: tap_pos 9 is outside 0 to 0"});
    CHECK(with("line", "to_node", 1)[0] == "line 4: both ends are at node 1");
    CHECK(with("line", "id", 5000000000) == Said{"line[0]: id is 5000000000, beyond the largest of 32 bits"});
    CHECK(with("node", "id", "1") == Said{"node[0]: id is the text \"1\""});
    CHECK(with("line", "from_node", 1.5) == Said{"line[0]: from_node is 1.5"});
    auto feeder = small_feeder();
    feeder["data"]["node"].push_back(5);
    CHECK(findings_of(feeder) == Said{"data/node/3 is no object"});
    feeder = small_feeder();
    feeder["type"] = 5;
    CHECK(findings_of(feeder).size() == 1);
    Diagnostics findings;
    std::string text = small_feeder().dump();
    text.replace(text.find("1000,"), 4, "1e400");
    check_feeder(text, "f.json", findings);
    CHECK(findings.items()[0].message == "number overflow parsing '1e400'");
}

TEST_CASE("what a feeder must have depends on how it is solved") {
    const auto said = [](const json& feeder, FeederPlan plan) {
        Diagnostics findings;
        check_feeder(feeder.dump(), "f.json", findings, plan);
        return findings.items().size();
    };
    auto feeder = small_feeder();
    CHECK(said(feeder, {}) == 0);
    CHECK(said(feeder, {true, false}) == 4); // r0, x0, c0, tan0
    feeder["data"]["sym_load"][0].erase("p_specified");
    CHECK(said(feeder, {}) == 1);
    CHECK(said(feeder, {std::nullopt, true}) == 0); // the batch brings it
    feeder = small_feeder();
    feeder["data"]["generic_branch"] = {{{"id", 9},
                                         {"from_node", 1},
                                         {"to_node", 2},
                                         {"from_status", 1},
                                         {"to_status", 1},
                                         {"r1", 0.1},
                                         {"x1", 0.1},
                                         {"g1", 0.0},
                                         {"b1", 0.0}}};
    CHECK(said(feeder, {false, false}) == 0);
    CHECK(said(feeder, {true, false}) == 5);
}
