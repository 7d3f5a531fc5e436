// autarky: `autarky grid` as another program sees it: JSON, messages, exit codes.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "grid/feeder/power_flow.hpp"

using nlohmann::json;

namespace {

struct Ran {
    std::string text;
    int exit = -1;
};

/// Standard output, or with `errors` standard error, of `autarky grid ...`.
Ran run(const std::string& arguments, bool errors = false) {
    const std::string command =
        std::string("'") + AUTARKY_PROGRAM + "' grid " + arguments + (errors ? " 2>&1 >/dev/null" : " 2>/dev/null");
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    Ran out;
    std::array<char, 65536> chunk{};
    for (std::size_t n = 0; (n = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
        out.text.append(chunk.data(), n);
    out.exit = WEXITSTATUS(pclose(pipe));
    return out;
}

/// A file that is gone when the test is.
class Scratch {
public:
    Scratch(const std::string& name, const std::string& text)
        : path((std::filesystem::temp_directory_path() / (std::to_string(getpid()) + "-" + name)).string()) {
        std::ofstream(path) << text;
    }
    ~Scratch() { std::filesystem::remove(path); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::string path;
};

const char* small_feeder = R"({"version": "1.0", "type": "input", "is_batch": false, "attributes": {}, "data": {
  "node": [{"id": 1, "u_rated": 400}, {"id": 2, "u_rated": 400}],
  "line": [{"id": 4, "from_node": 1, "to_node": 2, "from_status": 1, "to_status": 1, "r1": 0.1, "x1": 0.1, "c1": 0, "tan1": 0, "i_n": 100}],
  "source": [{"id": 6, "node": 1, "status": 1, "u_ref": 1.0}],
  "sym_load": [{"id": 7, "node": 2, "status": 1, "type": 0, "p_specified": 1000, "q_specified": 0}]}})";

} // namespace

TEST_CASE("grid age gives the standard's temperatures and the loss of life as JSON") {
    const std::string data = AUTARKY_TEST_DATA_DIR;
    const Scratch sheet("sheet.toml",
                        "I_r = \"577.3502691896258 A\"\nload_loss = \"4600 W\"\nno_load_loss = \"430 W\"\n"
                        "delta_theta_or = \"60 K\"\nambient_surcharge = 10\ng_r = 23\nH = 1.2\nx = 0.8\ny = 1.6\n"
                        "k11 = 1\nk21 = 1\nk22 = 2\ntau_o = \"3 h\"\ntau_w = \"4 min\"\n");
    const Ran ran = run("age --model iec60076-7 --load '" + data + "/iec60076/dist400_const_K1.csv' --spec '" +
                        sheet.path + "' --json");
    REQUIRE(ran.exit == 0);
    const json out = json::parse(ran.text);
    CHECK(std::fabs(out["series"]["top_oil_c"][1].get<double>() - 25.5968909759) < 1e-7);
    CHECK(std::fabs(out["series"]["hot_spot_c"][1].get<double>() - 48.9642938910) < 1e-7);
    CHECK(out["loss_of_life_days"].get<double>() == doctest::Approx(25.71364001011858).epsilon(1e-7));
    for (const char* model : {"c57.91", "c57.91-ode"}) {
        const Ran other =
            run(std::string("age --model ") + model + " --load '" + data + "/iec60076/dist400_const_K1.csv' --json");
        CHECK(other.exit == 0);
        CHECK(json::parse(other.text)["paper"] == "upgraded");
    }
}

TEST_CASE("grid age says what is wrong with a series and a sheet, and exits with 3") {
    const Scratch series("bad.csv", "minute,load,ambient_c\n0,1,20\n0,1,20\n15,,20\n");
    const Ran bad = run("age --load '" + series.path + "'", true);
    CHECK(bad.exit == 3);
    CHECK(bad.text.find("time step 0: minute 0 stands twice") != std::string::npos);
    CHECK(bad.text.find("load is missing") != std::string::npos);
    const Scratch good("good.csv", "minute,load,ambient_c\n0,1,20\n15,-1,20\n");
    CHECK(run("age --load '" + good.path + "'", true).text.find("1 rows have reverse flow") != std::string::npos);
    const Scratch sheet("sheet.toml", "I_r = 0\ntau_q = 1\n");
    const Ran wrong = run("age --load '" + good.path + "' --spec '" + sheet.path + "'", true);
    CHECK(wrong.exit == 3);
    CHECK(wrong.text.find("I_r must be more than zero, not 0") != std::string::npos);
    CHECK(wrong.text.find("unknown key 'tau_q'") != std::string::npos);
    CHECK(run("age --model iec --load '" + good.path + "'", true).exit == 2);
    CHECK(run("age", true).exit == 2);
}

TEST_CASE("grid flow gives nodes, branches and losses, alone and in a batch that goes on over a failure") {
    if (!autarky::grid::power_flow_available()) return;
    const Scratch feeder("feeder.json", small_feeder);
    const Ran one = run("flow '" + feeder.path + "' --json");
    REQUIRE(one.exit == 0);
    const json out = json::parse(one.text);
    CHECK(out["nodes"].size() == 2);
    CHECK(out["branches"][0]["from_node"] == 1);
    // 1 kW over 0.1 + j0.1 ohm at 400 V: the loss is r (P/U)^2, about 0.1 (1000/400)^2 W
    CHECK(out["losses"]["p_w"].get<double>() == doctest::Approx(0.625).epsilon(2e-3));
    const Scratch batch("update.json",
                        R"({"version": "1.0", "type": "update", "is_batch": true, "attributes": {}, "data": [
        {"sym_load": [{"id": 7, "p_specified": 2000}]}, {"sym_load": [{"id": 7, "p_specified": 1e9}]}, {"sym_load": [{"id": 7, "p_specified": 0}]}]})");
    const Ran many = run("flow '" + feeder.path + "' --batch '" + batch.path + "' --json");
    CHECK(many.exit == 4); // one of three failed
    const json scenarios = json::parse(many.text);
    CHECK(scenarios["failed"].size() == 1);
    CHECK(scenarios["failed"][0]["scenario"] == 1);
    CHECK(scenarios["scenarios"][0]["converged"] == true);
    CHECK(scenarios["scenarios"][1]["converged"] == false);
    CHECK(scenarios["scenarios"][1]["nodes"][1]["u_pu"].is_null());
    CHECK(scenarios["scenarios"][1]["summary"]["u_min_pu"].is_null());
    CHECK(scenarios["scenarios"][1]["summary"]["u_min_node"].is_null());
    const Scratch feeds("feeds.json",
                        R"({"version": "1.0", "type": "update", "is_batch": true, "attributes": {}, "data": [
        {"sym_load": [{"id": 7, "p_specified": -2000}]}, {"sym_load": [{"id": 7, "p_specified": 10}]}]})");
    const Ran feeding = run("flow '" + feeder.path + "' --batch '" + feeds.path + "'", true);
    CHECK(feeding.exit == 0);
    CHECK(feeding.text.find("1 of 2 scenarios have negative loads: they feed in") != std::string::npos);
    const Scratch hopeless("hopeless.json",
                           R"({"version": "1.0", "type": "update", "is_batch": true, "attributes": {}, "data": [
        {"sym_load": [{"id": 7, "p_specified": 1e9}]}]})");
    const Ran none = run("flow '" + feeder.path + "' --batch '" + hopeless.path + "'");
    CHECK(none.exit == 4);
    CHECK(none.text.find("scenario 0 failed") != std::string::npos);
    CHECK(none.text.find("lowest voltage") == std::string::npos); // nothing is shown that nobody found
    CHECK(scenarios["scenarios"][2]["losses"]["p_w"].get<double>() == doctest::Approx(0.0));
    const Scratch dark("dark.json",
                       std::string(small_feeder)
                           .replace(std::string(small_feeder).find("\"status\": 1, \"u_ref\""), 11, "\"status\": 0"));
    const Ran refused = run("flow '" + dark.path + "'", true);
    CHECK(refused.exit == 3);
    CHECK(refused.text.find("no source of the feeder is switched on") != std::string::npos);
    CHECK(run("flow nowhere.json", true).exit == 5);
}

TEST_CASE("grid flow says on standard error which scenarios failed, went dark or cannot be") {
    if (!autarky::grid::power_flow_available()) return;
    const Scratch feeder("odd.json", small_feeder);
    const auto said = [&](const char* data) {
        const Scratch batch("odd-batch.json", std::string(R"({"version": "1.0", "type": "update", "is_batch": true,
            "attributes": {}, "data": )") + data + "}");
        return run("flow " + feeder.path + " --json --batch " + batch.path, true);
    };
    const Ran failed = said(R"([{"sym_load": [{"id": 7, "p_specified": 1e9}]}, {}])");
    CHECK(failed.exit == 4);
    CHECK(failed.text.find("scenario 0 failed: Iteration failed to converge") != std::string::npos);
    CHECK(failed.text.find("1 of 2 scenarios failed; the others are kept") != std::string::npos);
    const Ran dark = said(R"([{"source": [{"id": 6, "status": 0}]}, {}])");
    CHECK(dark.exit == 0);
    CHECK(dark.text.find("1 of 2 scenarios have nodes without a way to a source") != std::string::npos);
    CHECK(said(R"([{"source": [{"id": 6, "u_ref": 400}]}])").text.find("is u_ref in per unit") != std::string::npos);
    CHECK(said("[]").exit == 3);
    const Ran misspelt = said(R"([{"sym_load": [{"id": 7, "p_spec": 5, "p_specified": 5}]}, {"line": [{"id": 4}]}])");
    CHECK(misspelt.exit == 0);
    CHECK(misspelt.text.find("sym_load has no 'p_spec' to update; it is ignored") != std::string::npos);
    CHECK(misspelt.text.find("'p_specified' to") == std::string::npos);
}

TEST_CASE("grid age refuses a load that is in another unit and names the limits by the unit's class") {
    const Scratch load("unit.csv", "minute,load,ambient_c\n0,400000,20\n15,400000,20\n");
    CHECK(run("age --load " + load.path).exit == 3);
    const Scratch good("good.csv", "minute,load_pu,ambient_c\n0,1.4,20\n15,1.4,20\n");
    const Scratch large("large.toml", "type = \"large\"\ncooling = \"ONAF\"\n");
    const json of_large = json::parse(run("age --json --load " + good.path + " --spec " + large.path).text);
    CHECK(of_large["limits"][0]["current_pu"] == 1.3); // IEC 60076-7, table 2: 1.5 of a distribution unit
    CHECK(of_large["limits"][0]["kept"] == false);
    CHECK(of_large["spec"]["tau_o"] == 150.0);
    CHECK(json::parse(run("age --json --load " + good.path).text)["limits"][0]["kept"] == true);
}

TEST_CASE("grid host gives a distribution by criterion and refuses what homes cannot hold") {
    const Ran ran = run("host us-pole-25 --placements 16 --devices 3 --json");
    REQUIRE(ran.exit == 0);
    const json out = json::parse(ran.text);
    CHECK(out["criteria"].size() == 4);
    CHECK(out["criteria"][3]["criterion"] == "any");
    CHECK(out["criteria"][3]["carried"].size() == 16);
    const Ran refused = run("host us-pole-25 --devices 40", true);
    CHECK(refused.exit == 2);
    CHECK(refused.text.find("40 devices: the homes of us-pole-25 have room for 0 to 9") != std::string::npos);
    const Ran typo = run("host us-pol-25", true);
    CHECK(typo.text.find("did you mean 'us-pole-25'?") != std::string::npos);
    CHECK(run("host us-pole-25 --managed 1.5", true).text.find("--managed: 1.5 is not possible") != std::string::npos);
    CHECK(run("host us-pole-25 --region us", true).text.find("--region: it changes nothing at the street us-pole-25") !=
          std::string::npos);
}

TEST_CASE("grid host prints its limits, and refuses at a feeder what only a street has") {
    CHECK(run("host us-pole-25 --placements 8").text.find("limits: 1.25 of the rating, hot spot 120 C") !=
          std::string::npos);
    CHECK(run("host us-pole-25 --hot-spot -5").exit == 2);
    if (!autarky::grid::power_flow_available()) return;
    const json of_feeder = json::parse(run("host kerber_landnetz_kabel_1 --placements 2 --json").text);
    CHECK(of_feeder["limits"]["voltage_low_pu"] == 0.9);
    for (const char* vain : {"--homes 5", "--hot-spot 90", "--ageing 2", "--device robot", "--devices 17"})
        CHECK(run(std::string("host kerber_landnetz_kabel_1 ") + vain).exit == 2);
}

TEST_CASE("grid host says what it left out and what stands at the ceiling of the test; grid flow shows both loadings") {
    if (!autarky::grid::power_flow_available()) return;
    std::string text = small_feeder;
    text.replace(text.find(", \"i_n\": 100"), 12, "");
    text.replace(
        text.find("\"sym_load\": ["), 13,
        R"("sym_gen": [{"id": 8, "node": 2, "status": 1, "type": 0, "p_specified": 5000, "q_specified": 0}], "sym_load": [)");
    const Scratch feeder("left-out.json", text);
    const json out = json::parse(run("host " + feeder.path + " --placements 2 --json").text);
    CHECK(out["loads"] == 1);
    CHECK(out["notes"].size() == 1); // the generator
    CHECK(out["criteria"][0]["judged"] == false);
    CHECK(out["criteria"][2]["why"] == "1 line has no rating i_n");
    CHECK(out["criteria"][1]["at_least"].size() == 7); // two cars at 400 V and 0.14 ohm
    const Ran table = run("host " + feeder.path + " --placements 2");
    CHECK(table.text.find("2+: at least 2, all that were tried") != std::string::npos);
    CHECK(table.text.find("note: 1 generator of 5 kW together gives nothing in the evening") != std::string::npos);
    const json flow = json::parse(run("flow " + feeder.path + " --json").text);
    CHECK(flow["taps"].is_null());
    CHECK(flow["branches"][0].contains("loading_by_current"));
    CHECK(run("flow " + feeder.path + " --taps best", true).exit == 2);
}

TEST_CASE("grid fault gives the currents of a feeder's faults, largest and smallest") {
    if (!autarky::grid::power_flow_available()) return;
    std::string text = small_feeder;
    text.replace(
        text.find("\"sym_load\": ["), 13,
        R"("fault": [{"id": 60, "status": 1, "fault_type": 0, "fault_phase": 0, "fault_object": 2, "r_f": 0, "x_f": 0}], "sym_load": [)");
    const Scratch feeder("fault.json", text);
    const auto current = [&](const char* which) {
        const json out = json::parse(run("fault " + feeder.path + " --json --currents " + which).text);
        return out["scenarios"][0]["fault"][0]["i_f"][0].get<double>();
    };
    // c U / (sqrt(3) Z), the line's 0.1 + j0.1 ohm; the source of 1e10 VA adds 16 microohm.
    const double rated = 400.0 / std::sqrt(3.0) / std::hypot(0.1, 0.1);
    CHECK(current("largest") == doctest::Approx(1.10 * rated).epsilon(2e-3));
    CHECK(current("smallest") == doctest::Approx(0.95 * rated).epsilon(2e-3));
    CHECK(run("fault " + feeder.path).text.find("node 2, three phases") != std::string::npos);
    const Scratch none("no-fault.json", small_feeder);
    CHECK(run("fault " + none.path, true).text.find("the feeder has no fault to compute") != std::string::npos);
}

TEST_CASE("grid age names the unit that it computes, takes a street's, and answers questions about its columns") {
    const Scratch load("columns.csv",
                       "Time,P (kW),S (kVA),T_amb\n2024-01-01T00:00Z,90,100,20\n2024-01-01T00:15Z,90,100,20\n");
    CHECK(run("age eu-station-400 --load " + load.path, true).text.find("2 columns could be 'load'") !=
          std::string::npos);
    const Ran kva = run("age eu-station-400 --column 'S (kVA)' --load " + load.path);
    CHECK(kva.text.find("unit             eu-station-400: 400 kVA") == 0);
    CHECK(kva.text.find("highest load     0.250 of the rated current") != std::string::npos);
    const Ran kw = run("age --column 'P (kW)' --power-factor 0.9 --load " + load.path);
    CHECK(kw.text.find("unit             400 kVA, 577.4 A (assumed: nothing is said of the unit)") == 0);
    CHECK(kw.text.find("highest load     0.250 of the rated current") != std::string::npos);
    CHECK(run("age --column 'P (kW)' --load " + load.path, true).text.find("the transformer carries kVA") !=
          std::string::npos);
    CHECK(run("age nowhere --load " + load.path, true).exit == 2);
    CHECK(run("age eu-station-400 other.csv --load " + load.path, true).exit == 2);
}

TEST_CASE("grid fix, nation, cap, claims and list answer in JSON") {
    CHECK(json::parse(run("fix us-pole-25 --devices 6 --json").text)["needed"] == true);
    const json nation = json::parse(run("nation --region europe --units 80 --penetration 0.5 --json").text);
    CHECK(nation["rows"].size() == 2);
    const json us = json::parse(run("cap --futures 50 --json").text),
               eu = json::parse(run("cap --region europe --futures 50 --json").text);
    CHECK(us["cases"].size() == 3);
    CHECK(us["scenario"] == "all-makers");
    // American pole units are overloaded by a car or two, European stations are not.
    CHECK(us["cases"][1]["quarters"].back()["waiting_share_median"] >
          eu["cases"][1]["quarters"].back()["waiting_share_median"]);
    const json claims = json::parse(run("claims --json").text);
    CHECK(claims.size() > 20);
    CHECK(claims.back()["statement"] == "so: 10 to 20 cars overheat a transformer of 50 to 200 homes");
    CHECK(claims.back()["verdict"].get<std::string>().starts_with("false in Europe unless all charge at once"));
    CHECK(json::parse(run("list --json").text)["feeders"].size() >= 5);
}

TEST_CASE("grid futures says when the grid binds before chips do, managed and unmanaged") {
    const Ran ran = run("futures --futures 400 --json");
    REQUIRE(ran.exit == 0);
    const json out = json::parse(ran.text);
    REQUIRE(out["cases"].size() == 3);
    CHECK(out["cases"][1]["case"] == "unmanaged");
    CHECK(out["cases"][2]["managed_share"] == "80 %");
    CHECK(out["cases"][1]["more_than_one_percent_wait"] >= out["cases"][0]["more_than_one_percent_wait"]);
    CHECK(out["cases"][0]["more_than_one_percent_wait"] >= out["cases"][2]["more_than_one_percent_wait"]);
    CHECK(out["cases"][0]["quarters"].size() == 41);
    const Ran table = run("futures dojo --futures 40");
    CHECK(table.exit == 0);
    CHECK(table.text.find("unmanaged") != std::string::npos);
    CHECK(run("futures nowhere", true).exit == 5);
    CHECK(run("futures --futures 3", true).exit == 2);
}

TEST_CASE("the taps that a result hangs on and what was odd are in text and JSON") {
    if (!autarky::grid::power_flow_available()) return;
    std::string text = small_feeder;
    text.replace(text.find("\"i_n\": 100"), 10, "\"i_n\": 0.1");
    const Scratch odd("odd.json", text);
    const json out = json::parse(run("flow '" + odd.path + "' --json").text);
    CHECK(out["tap_positions"].empty());
    REQUIRE(out["warnings"].size() == 1);
    CHECK(out["warnings"][0]["code"] == "W0414");
    CHECK(run("flow '" + odd.path + "'", true).text.find("i_n is 0.1 A") != std::string::npos);
    const Ran unit = run("flow cigre_lv");
    CHECK(unit.exit == 0);
    const json positions = json::parse(run("flow cigre_lv --json").text)["tap_positions"];
    const bool told = unit.text.find("as the file has it") != std::string::npos;
    CHECK(told == !positions.empty());
}
