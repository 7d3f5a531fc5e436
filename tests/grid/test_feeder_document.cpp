// autarky: feeders in the forms that people save them in, and what is said of what nobody reads.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>

#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/feeder_document.hpp"
#include "grid/feeder/flow_findings.hpp"
#include "grid/feeder/flow_summary.hpp"
#include "grid/feeder/library_names.hpp"
#include "grid/feeder/power_flow.hpp"

using namespace autarky;
using namespace autarky::grid;
using nlohmann::json;

namespace {

/// 10 kV, a regulated 400 kVA unit, 80 m of cable, one load.
const std::string components = R"(
  "node": [{"id": 1, "u_rated": 10000}, {"id": 2, "u_rated": 400}, {"id": 3, "u_rated": 400}],
  "transformer": [{"id": 10, "from_node": 1, "to_node": 2, "from_status": 1, "to_status": 1, "u1": 10000, "u2": 400, "sn": 400000,
    "uk": 0.04, "pk": 4600, "i0": 0.002, "p0": 430, "winding_from": 2, "winding_to": 1, "clock": 5, "tap_side": 0, "tap_pos": 0,
    "tap_min": -4, "tap_max": 4, "tap_nom": 0, "tap_size": 250}],
  "line": [{"id": 11, "from_node": 2, "to_node": 3, "from_status": 1, "to_status": 1, "r1": 0.05, "x1": 0.02, "c1": 0, "tan1": 0}],
  "source": [{"id": 20, "node": 1, "status": 1, "u_ref": 0.97}],
  "sym_load": [{"id": 30, "node": 3, "status": 1, "type": 0, "p_specified": 90000, "q_specified": 20000}])";
const std::string whole =
    R"({"version": "1.0", "type": "input", "is_batch": false, "attributes": {}, "data": {)" + components + "}}";
const std::string regulator =
    R"(, "transformer_tap_regulator": [{"id": 40, "regulated_object": 10, "status": 1, "control_side": 1, "u_set": 402, "u_band": 11}])";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

struct Said {
    std::vector<std::string> messages;
    bool read = false;
};
Said said_of(const std::string& text) {
    Diagnostics findings;
    const auto feeder = FeederDocument::read(text, "f.json", findings);
    if (feeder) check_feeder(*feeder, "f.json", findings);
    Said out{{}, feeder != nullptr};
    for (const Diagnostic& d : findings.items())
        out.messages.push_back(d.code + " " + d.message);
    return out;
}
using Messages = std::vector<std::string>;

/// Voltage of node 3 per unit.
double solved(const std::string& text, const FlowOptions& options = {}) {
    Diagnostics findings;
    const auto feeder = FeederDocument::read(text, "f.json", findings);
    REQUIRE(feeder);
    const auto flow = PowerFlow::make(feeder->text(), "f.json", 50.0, findings);
    REQUIRE(flow);
    const FlowResult result = flow->solve(options);
    REQUIRE(result.failed.empty());
    return result.find("node")->at("u_pu", 0, 2);
}

} // namespace

TEST_CASE("a feeder is read with and without its heading, by rows, lists and columns, with NaN for null") {
    if (!power_flow_available()) return;
    const double plain = solved(whole);
    CHECK(said_of(whole).messages.empty());
    CHECK(solved("{" + components + "}") == plain);
    CHECK(solved(R"({"data": {)" + components + "}}") == plain);
    CHECK(said_of("{" + components + "}").messages.empty());
    const std::string lists =
        replaced(replaced(whole, R"("attributes": {})", R"("attributes": {"node": ["id", "u_rated"]})"),
                 R"([{"id": 1, "u_rated": 10000}, {"id": 2, "u_rated": 400}, {"id": 3, "u_rated": 400}])",
                 "[[1, 10000], [2, 400], [3, 400]]");
    CHECK(solved(lists) == plain);
    const std::string columns =
        replaced(whole, R"([{"id": 1, "u_rated": 10000}, {"id": 2, "u_rated": 400}, {"id": 3, "u_rated": 400}])",
                 R"({"id": [1, 2, 3.0], "u_rated": [10000, 400, 400]})");
    CHECK(solved(columns) == plain);
    const std::string with_nan = replaced(whole, R"("u_ref": 0.97)", R"("u_ref": 0.97, "sk": NaN, "rx_ratio": NaN)");
    CHECK(solved(with_nan) == plain);
    CHECK(said_of(with_nan).messages == Messages{"W0411 NaN stands 2 times; it is read as null: not given"});
    CHECK(solved(replaced(whole, R"("u_ref": 0.97)", R"("u_ref": 0.97, "u_ref_angle": null)")) == plain);
    CHECK(solved(replaced(whole, R"("status": 1, "u_ref")", R"("status": true, "u_ref")")) == plain);
    // What power-grid-model-io adds for itself is nobody's mistake.
    CHECK(said_of(replaced(whole, R"("u_ref": 0.97)",
                           R"("u_ref": 0.97, "id_reference": {"table": "ext_grid", "index": 0})"))
              .messages.empty());
}

TEST_CASE("what nobody would read is said by name, in any component") {
    if (!power_flow_available()) return;
    const json plain = json::parse(whole);
    for (const auto& [component, rows] : plain["data"].items()) {
        json odd = plain;
        odd["data"][component][0]["colour"] = 3;
        CHECK(said_of(odd.dump()).messages == Messages{"W0410 " + component + " has no 'colour'; it is ignored"});
    }
    const Said misspelt = said_of(replaced(whole, "tap_nom", "tapnom"));
    CHECK(misspelt.messages == Messages{"W0410 transformer has no 'tapnom'; it is ignored"});
    Diagnostics findings;
    CHECK_FALSE(FeederDocument::read(replaced(whole, "\"line\"", "\"lines\""), "f.json", findings));
    CHECK(findings.items()[0].message == "there is no component 'lines'");
    CHECK(findings.items()[0].hint == "did you mean 'line'?");
}

TEST_CASE("a key that is no heading is told, and an attribute that a row has already is no likely name") {
    if (!power_flow_available()) return;
    CHECK(said_of(replaced(whole, "\"attributes\"", "\"attribtues\"")).messages ==
          Messages{"W0410 'attribtues' is no key of power-grid-model's JSON; it is ignored"});
    CHECK(
        said_of(replaced(whole, "\"attributes\"", "\"source\": \"a plan of 2024\", \"attributes\"")).messages.empty());
    CHECK(said_of(replaced(whole, "\"attributes\"", "\"source\": [], \"attributes\"")).messages ==
          Messages{"W0410 'source' is no key of power-grid-model's JSON; it is ignored"});
    Diagnostics findings;
    const auto feeder =
        FeederDocument::read(replaced(whole, "\"tan1\": 0", "\"tan1\": 0, \"in\": 270"), "f.json", findings);
    REQUIRE(findings.items().size() == 1);
    CHECK(findings.items()[0].hint == "did you mean 'i_n'?");
}

TEST_CASE("a passive element that would give power is told") {
    if (!power_flow_available()) return;
    CHECK(said_of(replaced(whole, "\"tan1\": 0", "\"tan1\": -0.1")).messages ==
          Messages{"W0415 line 11: tan1 is -0.1"});
    const Said both = said_of(replaced(whole, "\"r1\": 0.0", "\"r1\": -0.0"));
    REQUIRE_FALSE(both.messages.empty());
    CHECK(both.messages[0].starts_with("W0415 line 11: r1 is -0.0"));
}

TEST_CASE("a file that is no text in UTF-8 is told what it is") {
    const auto told = [](const std::string& bytes) {
        Diagnostics findings;
        CHECK_FALSE(FeederDocument::read(bytes, "f.json", findings));
        return findings.items()[0].message;
    };
    CHECK(told("") == "the file is empty");
    CHECK(told(" \n") == "the file is empty");
    CHECK(told(std::string("\xff\xfe{\0", 4)) == "the file is UTF-16; save it as UTF-8");
    CHECK(told("\x1f\x8b\x08") == "the file is compressed by gzip; unpack it first");
    CHECK(told("PK\x03\x04") == "the file is a zip archive or a workbook; unpack it, or save the sheet as CSV");
    CHECK(told("hello") == "this is no valid JSON here");
}

TEST_CASE("ratings off by a thousand are told, and a line between two voltages is refused") {
    if (!power_flow_available()) return;
    CHECK(said_of(replaced(whole, "\"tan1\": 0", "\"tan1\": 0, \"i_n\": 0.27")).messages ==
          Messages{"W0414 line 11: i_n is 0.27 A"});
    CHECK(said_of(replaced(whole, "\"tan1\": 0", "\"tan1\": 0, \"i_n\": 270")).messages.empty());
    CHECK(said_of(replaced(replaced(whole, "\"sn\": 400000", "\"sn\": 400"), "\"pk\": 4600", "\"pk\": 4.6")).messages ==
          Messages{"W0414 transformer 10: sn is 400 VA"});
    CHECK(said_of(replaced(whole, R"({"id": 3, "u_rated": 400})", R"({"id": 3, "u_rated": 0.4})")).messages ==
          Messages{"E0205 line 11: it joins node 2 of 400 V and node 3 of 0.4 V"});
    // one voltage, but for the last digits that a factor of a thousand leaves
    CHECK(said_of(replaced(whole, R"({"id": 3, "u_rated": 400})", R"({"id": 3, "u_rated": 400.00000000000006})"))
              .messages.empty());
}

TEST_CASE("ids that are texts, fractions or beyond 32 bits are named where they stand") {
    if (!power_flow_available()) return;
    CHECK(said_of(replaced(whole, R"("id": 3, "u_rated")", R"("id": "3", "u_rated")")).messages ==
          Messages{"E0205 node[2]: id is the text \"3\""});
    CHECK(said_of(replaced(whole, R"("id": 30)", R"("id": 3000000000)")).messages ==
          Messages{"E0205 sym_load[0]: id is 3000000000, beyond the largest of 32 bits"});
    CHECK(said_of(replaced(whole, R"("id": 30)", R"("id": 30.5)")).messages ==
          Messages{"E0205 sym_load[0]: id is 30.5"});
    CHECK(said_of(replaced(whole, "90000", "\"90 kW\"")).messages ==
          Messages{"E0205 sym_load[0]: p_specified is the text \"90 kW\""});
    CHECK_FALSE(said_of("[1, 2]").read);
    CHECK_FALSE(said_of(R"({"version": "1.0", "type": "update", "is_batch": true, "data": []})").read);
    CHECK(said_of(replaced(whole, R"("node": [{"id": 1, "u_rated": 10000})", R"("node": [[1, 10000])")).messages ==
          Messages{"E0801 data/node/0 is a list, and \"attributes\" names no node"});
}

TEST_CASE("negative ids are ids: islands and lost load behind them are found") {
    if (!power_flow_available()) return;
    std::string text =
        replaced(whole, R"({"id": 3, "u_rated": 400}])", R"({"id": -3, "u_rated": 400}, {"id": -4, "u_rated": 400}])");
    text = replaced(replaced(text, R"("to_node": 3)", R"("to_node": -3)"), R"("node": 3)", R"("node": -3)");
    text = replaced(
        text, R"("sym_load": [)",
        R"("sym_load": [{"id": -9, "node": -4, "status": 1, "type": 0, "p_specified": 50000, "q_specified": 0}, )");
    Diagnostics findings;
    const FeederFacts facts = check_feeder(text, "f.json", findings);
    CHECK(facts.dead_nodes == std::vector<int>{-4});
    CHECK(facts.lost_load_w == 50000.0);
    CHECK(findings.items().size() == 1);
    CHECK(findings.items()[0].message == "1 nodes have no way to a source and are dead: -4; 50 kW of load is lost");
}

TEST_CASE("a tap regulator holds its voltage, by each strategy; what was not computed is no number") {
    if (!power_flow_available()) return;
    const std::string text = R"({"data": {)" + components + regulator + "}}";
    Diagnostics findings;
    const auto feeder = FeederDocument::read(text, "f.json", findings);
    const FeederFacts facts = check_feeder(*feeder, "f.json", findings);
    CHECK(findings.empty());
    CHECK(facts.has_tap_regulators);
    const auto flow = PowerFlow::make(feeder->text(), "f.json", 50.0, findings);
    for (const TapStrategy taps : {TapStrategy::any, TapStrategy::low, TapStrategy::high, TapStrategy::fast}) {
        FlowOptions options;
        options.taps = taps;
        const FlowResult result = flow->solve(options);
        REQUIRE(result.failed.empty());
        const double u = result.find("node")->at("u", 0, 1);
        CHECK(u > 402.0 - 5.5);
        CHECK(u < 402.0 + 5.5);
        // Without the regulator node 2 is at about 0.96 pu: the tap takes windings off the high side.
        CHECK(result.find("transformer_tap_regulator")->at("tap_pos", 0, 0) < 0.0);
    }
    FlowOptions off;
    off.taps = TapStrategy::off;
    const FlowResult result = flow->solve(off);
    CHECK(result.find("node")->at("u", 0, 1) < 396.0);
    CHECK(std::isnan(result.find("transformer_tap_regulator")->at("tap_pos", 0, 0)));
    // The set point of a batch moves the tap: a higher voltage needs a lower one.
    const auto batch = flow->solve_batch(R"([{"transformer_tap_regulator": [{"id": 40, "u_set": 412}]},
                                             {"transformer_tap_regulator": [{"id": 40, "u_set": 392}]}])",
                                         "batch.json", {}, findings);
    REQUIRE(batch);
    CHECK(batch->find("transformer_tap_regulator")->at("tap_pos", 0, 0) <
          batch->find("transformer_tap_regulator")->at("tap_pos", 1, 0));
    CHECK(said_of(replaced(text, R"("regulated_object": 10)", R"("regulated_object": 11)")).messages ==
          Messages{"E0304 transformer_tap_regulator 40: regulated_object 11 is no transformer"});
    CHECK(said_of(replaced(text, R"("u_set": 402)", R"("u_set": 1.0)")).messages ==
          Messages{"E0205 transformer_tap_regulator 40: u_set is 1 V at a node of 400 V"});
}

TEST_CASE("measurements and faults have no part in a power flow, and that is said") {
    if (!power_flow_available()) return;
    const std::string more =
        R"(, "sym_voltage_sensor": [{"id": 50, "measured_object": 2, "u_measured": 400, "u_sigma": 1}],
            "fault": [{"id": 60, "status": 1, "fault_type": 0, "fault_phase": 0, "fault_object": 3, "r_f": 0, "x_f": 0}])";
    const std::string text = R"({"data": {)" + components + more + "}}";
    CHECK(said_of(text).messages == Messages{"W0412 1 sym_voltage_sensor has no part in this calculation",
                                             "W0412 1 fault has no part in this calculation"});
    CHECK(solved(text) == solved(whole));
}

TEST_CASE("a batch may switch the source on or a line closed; what is dead is what every scenario leaves dead") {
    if (!power_flow_available()) return;
    const std::string off = replaced(whole, R"("status": 1, "u_ref")", R"("status": 0, "u_ref")");
    FeederPlan plan;
    plan.updated = true;
    Diagnostics findings;
    const FeederFacts facts = check_feeder(off, "f.json", findings, plan);
    CHECK(findings.empty());
    const auto flow = PowerFlow::make(off, "f.json", 50.0, findings);
    const auto on =
        flow->solve_batch(R"({"data": [{"source": [{"id": 20, "status": 1}]}, {}]})", "batch.json", {}, findings);
    REQUIRE(on);
    REQUIRE(on->failed.empty());
    CHECK(on->find("node")->at("u_pu", 0, 2) == doctest::Approx(solved(whole)).epsilon(1e-12));
    CHECK(dead_nodes_of(*on, 1) == std::vector<int>{1, 2, 3});
    CHECK(always_dead_nodes(*on).empty());
    const BatchSummary all = batch_summary(*on, facts);
    CHECK(all.n_solved == 2);
    CHECK(all.n_live == 1);
    CHECK(all.worst.u_min_node == 3);
    CHECK(all.lowest == 0);
    CHECK(all.source_w > 90e3); // of the scenario that has a source, not half of it
}

TEST_CASE("NaN in an update is read as null, and a wrong name in its header is an error") {
    if (!power_flow_available()) return;
    Diagnostics findings;
    const auto flow = PowerFlow::make(whole, "f.json", 50.0, findings);
    const auto nan = flow->solve_batch(
        R"({"version": "1.0", "type": "update", "is_batch": true, "attributes": {}, "data": [{"sym_load": [{"id": 30, "p_specified": NaN}]}]})",
        "batch.json", {}, findings);
    REQUIRE(nan);
    CHECK(findings.items()[0].message == "NaN stands 1 times; it is read as null: not given");
    CHECK(nan->find("node")->at("u_pu", 0, 2) == doctest::Approx(solved(whole)).epsilon(1e-12));
    // In the compact form the library itself refuses a name that it does not know.
    Diagnostics compact;
    CHECK_FALSE(flow->solve_batch(
        R"({"version": "1.0", "type": "update", "is_batch": true, "attributes": {"sym_load": ["id", "p_spec"]}, "data": [{"sym_load": [[30, 5]]}]})",
        "batch.json", {}, compact));
    CHECK(compact.has_errors());
}

TEST_CASE("taps that nothing regulates are told as the library takes them") {
    const auto facts = [](const std::string& text) {
        Diagnostics findings;
        return check_feeder(text, "f.json", findings);
    };
    if (!power_flow_available()) return;
    const auto off = facts(replaced(whole, "\"tap_pos\": 0", "\"tap_pos\": -3"));
    REQUIRE(off.taps.size() == 1);
    CHECK(off.taps[0].transformer == 10);
    CHECK(off.taps[0].position == -3.0);
    CHECK(off.taps[0].nominal == 0.0);
    CHECK(facts(replaced(whole, "\"tap_pos\": 0", "\"tap_pos\": 9")).taps.at(0).position == 4.0); // the end
    CHECK(facts(replaced(whole, "\"sym_load\"", regulator.substr(2) + ", \"sym_load\"")).taps.empty());
    CHECK(facts(replaced(whole, "\"tap_size\": 250", "\"tap_size\": 0")).taps.empty());
}

TEST_CASE("keys of an update that are none are told, with what was meant") {
    if (!power_flow_available()) return;
    Diagnostics findings;
    const auto flow = PowerFlow::make(whole, "f.json", 50.0, findings);
    const auto said = [&](const std::string& update) {
        Diagnostics of_update;
        (void)flow->solve_batch(update, "batch.json", {}, of_update);
        REQUIRE_FALSE(of_update.empty());
        return of_update.items()[0].code + " " + of_update.items()[0].hint;
    };
    const std::string update =
        R"({"version": "1.0", "type": "update", "is_batch": true, "attributes": {}, "data": [{"sym_load": [{"id": 30}]}]})";
    CHECK(said(replaced(update, "sym_load", "sym_laod")) == "E0411 did you mean 'sym_load'?");
    CHECK(said(replaced(update, "\"attributes\": {}", "\"attributes\": {}, \"atributes\": {}")) ==
          "W0410 the keys there are version, type, is_batch, attributes, data");
    CHECK(
        said(
            R"({"version": "1.0", "type": "update", "is_batch": true, "attributes": {}, "data": {"sym_load": {"id": [30]}}})")
            .find("a list of scenarios") != std::string::npos);
}

TEST_CASE("the library's tables name every component of its newest release") {
    if (!power_flow_available()) return;
    CHECK(library_components("input").size() == 22);
    CHECK(library_component("input", "transformer")->find("tap_pos")->is_whole);
    CHECK_FALSE(library_component("input", "transformer")->find("uk")->is_whole);
    CHECK(library_component("update", "line")->find("r1") == nullptr);
}
