// autarky: feeders that are electrically the same in other clothes give the same hosting capacity.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>

#include "grid/feeder/flow_summary.hpp"
#include "grid/hosting/feeder_places.hpp"
#include "grid/hosting/hosting.hpp"
#include "streets.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::streets;
using nlohmann::json;

namespace {

const Street& habits() {
    static const Street european = streets().street(*streets().unit("eu-station-400"), 1);
    return european;
}

json load(int id, int node, double p, double q, int type = 0) {
    return {{"id", id}, {"node", node}, {"status", 1}, {"type", type}, {"p_specified", p}, {"q_specified", q}};
}

/// A 63 kVA station with two cables of 100 and 250 m, eleven homes of different load at three nodes.
json street_feeder() {
    json data = json::parse(R"({
        "node": [{"id": 1, "u_rated": 10000}, {"id": 2, "u_rated": 400}, {"id": 3, "u_rated": 400}, {"id": 4, "u_rated": 400}],
        "transformer": [{"id": 10, "from_node": 1, "to_node": 2, "from_status": 1, "to_status": 1, "u1": 10000, "u2": 400,
            "sn": 63000, "uk": 0.04, "pk": 1000, "i0": 0.003, "p0": 120, "winding_from": 2, "winding_to": 1, "clock": 5,
            "tap_side": 0, "tap_pos": 0, "tap_min": -2, "tap_max": 2, "tap_nom": 0, "tap_size": 250}],
        "line": [{"id": 11, "from_node": 2, "to_node": 3, "from_status": 1, "to_status": 1, "r1": 0.021, "x1": 0.008, "c1": 2e-8,
                  "tan1": 0, "r0": 0.08, "x0": 0.03, "c0": 1e-8, "tan0": 0, "i_n": 200},
                 {"id": 12, "from_node": 3, "to_node": 4, "from_status": 1, "to_status": 1, "r1": 0.16, "x1": 0.02, "c1": 5e-8,
                  "tan1": 0, "r0": 0.6, "x0": 0.08, "c0": 2e-8, "tan0": 0, "i_n": 120}],
        "source": [{"id": 20, "node": 1, "status": 1, "u_ref": 1.02}], "sym_load": []})");
    for (int i = 0; i < 11; ++i)
        data["sym_load"].push_back(load(100 + i, 2 + i % 3, 1500.0 + 130.0 * i, 300.0 + 10.0 * i));
    return data;
}

std::string text_of(const json& data) {
    return json{
        {"version", "1.0"}, {"type", "input"}, {"is_batch", false}, {"attributes", json::object()}, {"data", data}}
        .dump();
}

std::unique_ptr<HostedFeeder> hosted(const std::string& text) {
    Diagnostics findings;
    auto out = hosted_feeder(text, "street.json", 50.0, habits(), findings);
    INFO(findings.render());
    REQUIRE(out);
    return out;
}
HostingResult host(const HostedFeeder& feeder, const HostingLimits& limits = {}) {
    Diagnostics findings;
    const HostingResult out = host_feeder(feeder, habits(), limits, {12, 3, 6, 0.0, 1}, "street.json", findings);
    INFO(findings.render());
    REQUIRE_FALSE(findings.has_errors());
    return out;
}
std::vector<std::string> errors_of(const std::string& text) {
    Diagnostics findings;
    (void)hosted_feeder(text, "street.json", 50.0, habits(), findings);
    std::vector<std::string> out;
    for (const Diagnostic& d : findings.items())
        if (d.severity == Severity::error) out.push_back(d.message);
    return out;
}

void check_same(const char* clothes, const std::string& text) {
    static const HostingResult plain = host(*hosted(text_of(street_feeder())));
    CAPTURE(clothes);
    const auto feeder = hosted(text);
    CHECK(feeder->customers.size() == 11);
    const HostingResult other = host(*feeder);
    REQUIRE(other.criteria.size() == plain.criteria.size());
    for (std::size_t i = 0; i < plain.criteria.size(); ++i)
        CHECK(other.criteria[i].carried == plain.criteria[i].carried);
    CHECK(other.binding == plain.binding);
}

/// Every id that is one, in all components, through `to`.
template <class To> json renumbered(json data, To to) {
    for (auto& [component, rows] : data.items())
        for (json& row : rows)
            for (auto& [key, value] : row.items())
                if (key == "id" || key.ends_with("node")) value = to(value.template get<int>());
    return data;
}

} // namespace

TEST_CASE("a feeder in other clothes carries the same cars in every placement") {
    if (!power_flow_available()) return;
    const json plain = street_feeder();
    check_same("none", text_of(plain));

    json triplets = plain; // as converters write each load: constant power, impedance, current
    for (int i = 0; i < 11; ++i)
        for (const int type : {1, 2})
            triplets["sym_load"].push_back(load(200 + 20 * type + i, 2 + i % 3, 0.0, 0.0, type));
    check_same("three loads a customer, two of them zero", text_of(triplets));

    json more = plain;
    more["sym_load"].push_back(load(300, 4, 0.0, 0.0));
    more["sym_load"].push_back(load(301, 4, 9000.0, 0.0));
    more["sym_load"].back()["status"] = 0;
    more["node"].push_back({{"id", 50}, {"u_rated", 400}});
    more["sym_load"].push_back(load(302, 50, 4000.0, 0.0));
    more["asym_load"] = json::array();
    more["sym_gen"] = {load(400, 4, 0.0, 0.0)};
    check_same("zero, switched-off and dead loads, an empty list, a generator at zero", text_of(more));

    json sunny = plain;
    sunny["sym_gen"] = {load(400, 4, 30000.0, 0.0), load(401, 2, 5000.0, 0.0)};
    sunny["sym_load"].push_back(load(402, 3, -4000.0, 0.0));
    check_same("generation, which gives nothing in the evening", text_of(sunny));

    check_same("negative ids", text_of(renumbered(plain, [](int id) { return -id; })));
    check_same("large ids", text_of(renumbered(plain, [](int id) { return 2147480000 - 7 * id; })));
    json reversed = plain;
    for (auto& [component, rows] : reversed.items())
        std::ranges::reverse(rows);
    check_same("rows from last to first", text_of(reversed));
    check_same("bare components", plain.dump());

    nlohmann::ordered_json order;
    for (const char* component : {"sym_load", "source", "line", "transformer", "node"})
        order[component] = nlohmann::ordered_json(plain[component]);
    check_same("components in another order", R"({"data": )" + order.dump() + "}");

    json columns = plain;
    for (auto& [component, rows] : columns.items()) {
        json by_column = json::object();
        for (const auto& [key, value] : rows[0].items())
            for (const json& row : rows)
                by_column[key].push_back(row[key]);
        rows = by_column;
    }
    check_same("columns", text_of(columns));

    json by_phase = plain; // a third of each load on each phase
    by_phase["asym_load"] = by_phase["sym_load"];
    by_phase.erase("sym_load");
    for (json& row : by_phase["asym_load"])
        for (const char* key : {"p_specified", "q_specified"}) {
            const double third = row[key].get<double>() / 3.0;
            row[key] = {third, third, third};
        }
    check_same("balanced loads by phase", text_of(by_phase));
}

TEST_CASE(
    "parts of constant power, impedance and current at one node are one customer, and its car is constant power") {
    if (!power_flow_available()) return;
    json parts = street_feeder(), current = street_feeder();
    for (json& row : parts["sym_load"])
        row["p_specified"] = 0.5 * row["p_specified"].get<double>();
    for (int i = 0; i < 11; ++i)
        parts["sym_load"].push_back(load(200 + i, 2 + i % 3, 0.5 * (1500.0 + 130.0 * i), 0.0, 1));
    CHECK(hosted(text_of(parts))->customers.size() == 11);
    for (json& row : current["sym_load"])
        row["type"] = 2;
    const auto feeder = hosted(text_of(current));
    const json cars = json::parse(feeder->text)["data"]["sym_load"];
    REQUIRE(cars.size() == 22);
    for (std::size_t i = 0; i < 22; ++i)
        CHECK(cars[i]["type"] == (i < 11 ? 2 : 0));
}

TEST_CASE("symmetric loads and loads by phase are customers together") {
    if (!power_flow_available()) return;
    json mixed = street_feeder();
    mixed["asym_load"] = {{{"id", 500},
                           {"node", 4},
                           {"status", 1},
                           {"type", 0},
                           {"p_specified", {2000, 0, 0}},
                           {"q_specified", {0, 0, 0}}}};
    const auto feeder = hosted(text_of(mixed));
    CHECK(feeder->by_phase);
    CHECK(feeder->customers.size() == 12);
    CHECK(std::ranges::count(feeder->customers, std::array{true, false, false}, &FeederCustomer::phases) == 1);
    CHECK(host(*feeder).most == 36);
}

TEST_CASE("a load beyond any customer's connection stands for many homes, one above 1 kV takes no car") {
    if (!power_flow_available()) return;
    json large = street_feeder();
    large["transformer"][0]["sn"] = 630000;
    large["transformer"][0]["pk"] = 6500;
    large["sym_load"].push_back(load(300, 2, 190e3, 0.0));
    large["sym_load"].push_back(load(301, 1, 15e6, 0.0));
    const auto feeder = hosted(text_of(large));
    CHECK(feeder->customers.size() == 12);
    const auto many = std::ranges::max_element(feeder->customers, {}, &FeederCustomer::homes);
    CHECK(many->homes > 50); // 190 kW over the two or so that a European home draws at the peak of many
    CHECK(many->homes < 300);
    const auto said = [&](const char* what) {
        return std::ranges::any_of(feeder->notes,
                                   [&](const std::string& n) { return n.find(what) != std::string::npos; });
    };
    CHECK(said("the load of 190 kW at node 2 is no single home"));
    CHECK(said("1 load is above 1 kV"));
    large.erase("sym_load");
    large["sym_load"] = {load(301, 1, 15e6, 0.0)};
    CHECK(errors_of(text_of(large)) == std::vector<std::string>{"the feeder has no load where a car could stand"});
}

TEST_CASE("what has no rating is not judged, and one rating of two is enough to judge by it") {
    if (!power_flow_available()) return;
    json bare = street_feeder();
    bare["line"][0].erase("i_n");
    const HostingResult partly = host(*hosted(text_of(bare)));
    CHECK(partly.criteria[2].not_judged.empty());
    CHECK(partly.notes == std::vector<std::string>{"1 of 2 lines have no rating i_n and are not judged"});
    bare["line"][1].erase("i_n");
    const HostingResult none = host(*hosted(text_of(bare)));
    CHECK(none.criteria[2].not_judged == "2 lines have no rating i_n");
    CHECK(none.criteria[2].carried.empty());
    CHECK(none.any().carried.size() == 12);
}

TEST_CASE("a feeder that cannot be solved is an error, never a capacity of nothing") {
    if (!power_flow_available()) return;
    json heavy = street_feeder();
    for (json& row : heavy["sym_load"])
        row["p_specified"] = 150e3;
    const auto said = errors_of(text_of(heavy));
    REQUIRE(said.size() == 1);
    CHECK(said[0].starts_with("the feeder has no power flow with its own loads: "));
    // A regulator of a load's voltage stays; the fast method knows none, Newton-Raphson does.
    json regulated = street_feeder();
    regulated["voltage_regulator"] = {
        {{"id", 70}, {"regulated_object", 100}, {"status", 1}, {"u_ref", 1.0}, {"q_min", -2e4}, {"q_max", 2e4}}};
    const auto feeder = hosted(text_of(regulated));
    CHECK(feeder->method == FlowMethod::newton_raphson);
    CHECK(host(*feeder).any().all() > 0);
    // One of a generator goes with it.
    json generator = street_feeder();
    generator["sym_gen"] = {load(400, 4, 5000.0, 0.0)};
    generator["voltage_regulator"] = {{{"id", 70}, {"regulated_object", 400}, {"status", 1}, {"u_ref", 1.0}}};
    check_same("a regulated generator, which gives nothing in the evening", text_of(generator));
}

TEST_CASE("transformers are judged by current: at low voltage that is more than by power") {
    if (!power_flow_available()) return;
    // 47 kW at 0.92 pu: I/In = P/(sqrt(3) U I) = 0.94 of the rating by power with the losses, over 1.02 by current.
    json low = street_feeder();
    low["source"][0]["u_ref"] = 0.92;
    low["transformer"][0]["sn"] = 50000;
    low["sym_load"] = {load(100, 2, 47000.0, 0.0)};
    Diagnostics findings;
    const std::string text = text_of(low);
    const FeederFacts facts = check_feeder(text, "low.json", findings);
    const auto flow = PowerFlow::make(text, "low.json", 50.0, findings);
    REQUIRE(flow);
    const FlowSummary summary = summary_of(flow->solve({}), 0, facts);
    const double u = summary.u_min_pu;
    CHECK(summary.loading_max < 1.0);
    CHECK(summary.loading_by_current_max > 1.0);
    // The secondary's current is P over sqrt(3) U, its rated one S over sqrt(3) Un.
    CHECK(summary.loading_by_current_max == doctest::Approx(47.0 / 50.0 / u).epsilon(2e-3));
    HostingLimits limits;
    limits.voltage_low_pu = 0.5; // only the rating is asked for
    CHECK(host(*hosted(text), limits).criteria[0].at_once > 0);
}
