// autarky: what `run` shows and writes.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "program_run.hpp"

using namespace autarky::test;
using Json = nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Json json_of(const std::vector<std::string>& words) {
    const auto outcome = autarky_run(words);
    REQUIRE_MESSAGE(outcome.exit == 0, outcome.err);
    return Json::parse(outcome.out);
}

} // namespace

TEST_CASE("the summary says what was run, the verdict, bands by year, drivers, sources and what next") {
    const auto outcome = autarky_run({"run", small_scenario(), "-n", "2000", "--seed", "3"});
    CHECK(outcome.exit == 0);
    const auto& text = outcome.out;
    CHECK(text.starts_with("Small test scenario, uncertain\nuncertain, 2,000 samples, seed 3   inputs "));
    CHECK(has(text, "worth more than"));
    CHECK(has(text, "Probability that making pays: "));
    CHECK(has(text, "no sample failed"));
    CHECK(has(text, "to 2030Q4"));
    CHECK(has(text, "with a fading tail behind it"));
    for (const char* year : {"2026Q4", "2027Q4", "2028Q4", "2029Q4", "2030Q4"})
        CHECK(has(text, std::string("\n  ") + year + " "));
    for (const char* heading :
         {"own chips", "bought chips", "own compute", "bought compute", "cost / cost", "cars", "biped", "what binds"})
        CHECK_MESSAGE(has(text, heading), heading);
    CHECK(has(text, "merchant.first.list_price"));
    CHECK(has(text, "rests on assumptions and defaults of the program"));
    CHECK(has(text, "autarky explain chip.unit_cost --at 2028Q4 " + small_scenario()));
    CHECK(widest_line(text.substr(0, text.find("\nNext\n"))) <= 112); // behind it stands the path of the file
    CHECK_FALSE(has(text, "nan"));
    CHECK_FALSE(has(text, "inf"));
    const auto odd = autarky_run({"run", small_scenario(), "-n", "50", "--set", "chip.one.power=200 kW"});
    CHECK(has(odd.err, "warning[W0429]")); // those of the scenario, apart from the result
    CHECK_FALSE(has(odd.out, "warning["));
}

TEST_CASE("a run of the verdict alone leaves out the tables that it has no figures for") {
    const auto quick = autarky_run({"run", small_scenario(), "-n", "200", "--quick"});
    CHECK(quick.exit == 0);
    CHECK(has(quick.out, "Probability that making pays: "));
    CHECK_FALSE(has(quick.out, "Compute of a device"));
    CHECK_FALSE(has(quick.out, "Volume of the quarter"));
    for (const char* metric : {"deploy.vehicles", "compute.own_cost", "grid.*", "binding.*"}) {
        CAPTURE(metric);
        const auto asked = autarky_run({"run", small_scenario(), "-n", "200", "--quick", "--metrics", metric});
        CHECK(asked.exit == 0);
        CHECK_FALSE(has(asked.out, "nan"));
    }
}

TEST_CASE("the bundled scenarios and the whole catalogue hold no finding") {
    const auto outcome = autarky_run({"check", "--all", "--strict"});
    CHECK(outcome.exit == 0);
    CHECK(has(outcome.out, "no findings in "));
}

TEST_CASE("without a scenario the bundled one runs, from any folder") {
    const TemporaryFolder folder;
    const auto outcome = autarky_run({"run", "-n", "8", "--json"}, {.folder = folder.path()});
    CHECK(outcome.exit == 0);
    CHECK(Json::parse(outcome.out)["scenario"]["name"] == "ai5");
}

TEST_CASE("variants and overrides reach the run and are named in it") {
    const auto base = json_of({"run", small_scenario(), "-n", "200", "--json"});
    const auto dear = json_of({"run", small_scenario(), "-n", "200", "--json", "--variant", "dear"});
    const auto set = json_of(
        {"run", small_scenario(), "-n", "200", "--json", "--set", "process.alpha.wafer_price=40_000 USD/wafer"});
    const auto cost = [](const Json& json) { return json["metrics"]["chip.unit_cost"]["p50"][8].get<double>(); };
    CHECK(cost(dear) > cost(base));
    CHECK(cost(set) == cost(dear));
    CHECK(dear["scenario"]["variant"] == "dear");
    CHECK(set["scenario"]["set"][0] == "process.alpha.wafer_price=40_000 USD/wafer");
    CHECK(base["scenario"]["sha256"] != dear["scenario"]["sha256"]);
    CHECK(base["result_sha256"] != dear["result_sha256"]);
}

TEST_CASE("a seed repeats its run, another gives another") {
    const auto one = autarky_run({"run", small_scenario(), "-n", "300", "--seed", "5", "--json"}).out;
    CHECK(autarky_run({"run", small_scenario(), "-n", "300", "--seed", "5", "--json"}).out == one);
    CHECK(Json::parse(one)["result_sha256"] !=
          json_of({"run", small_scenario(), "-n", "300", "--seed", "6", "--json"})["result_sha256"]);
}

TEST_CASE("a pattern of metrics chooses what the JSON holds") {
    const auto json =
        json_of({"run", small_scenario(), "-n", "50", "--json", "--metrics", "cash.*", "--metrics", "npv"});
    CHECK(json["metrics"].size() == 5); // make, buy, the peak of the need and its date, and the value
    const auto outcome = autarky_run({"run", small_scenario(), "--json", "--metrics", "gird.*"});
    CHECK(outcome.exit == 2);
    CHECK(outcome.out == "");
    CHECK(has(outcome.err, "error[E0505]: no metric matches 'gird.*'\n      = 'autarky metrics' lists them\n"));
}

TEST_CASE("every metric of a run is in the list of metrics, with the same unit") {
    const auto list = json_of({"metrics", "--json"});
    const auto json = json_of({"run", small_scenario(), "-n", "8", "--json", "--metrics", "*"});
    for (const auto& [id, metric] : json["metrics"].items()) {
        bool is_listed = false;
        for (const auto& row : list) {
            const auto pattern = row["id"].get<std::string>();
            const auto stem = pattern.substr(0, pattern.find('<'));
            if (id == pattern || (stem != pattern && id.starts_with(stem)))
                is_listed = is_listed || row["unit"] == metric["unit"];
        }
        CHECK_MESSAGE(is_listed, id);
    }
    CHECK(autarky_run({"metrics", "nothing.*"}).exit == 2);
    CHECK(has(autarky_run({"metrics", "silicon.*"}).out, "silicon.yield"));
}

TEST_CASE("a result is CSV when it is asked for, or when its file is named so") {
    const TemporaryFolder folder;
    const auto file = folder / "drivers.csv";
    CHECK(autarky_run({"run", small_scenario(), "-n", "200", "-o", file}).exit == 0);
    const auto table = content(file);
    CHECK(table.starts_with("input,share,gradient,unit,"));
    CHECK(autarky_run({"run", small_scenario(), "-n", "200", "--csv"}).out == table);
    CHECK(autarky_run({"run", small_scenario(), "-n", "200", "--csv", "--table", "single"}).out.starts_with("schema,"));
    CHECK(autarky_run({"run", small_scenario(), "-n", "8", "--json", "-o", file}).exit == 2);
    CHECK(autarky_run({"run", small_scenario(), "-n", "8", "--table", "drivers"}).exit == 2);
}
