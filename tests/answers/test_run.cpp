// autarky: the JSON of a run, which other programs rely on.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <stop_token>
#include <utility>

#include "../analysis/scenarios.hpp"
#include "answers/explain.hpp"
#include "answers/run.hpp"

using namespace autarky;
using namespace autarky::analysis;
using Json = nlohmann::json;

namespace {

Json json_of(Summary summary) {
    const auto done = summary.result.done;
    return Json::parse(answers::reply_of({"uncertain", std::move(summary), done}).json());
}

} // namespace

TEST_CASE("the JSON of an explanation has the tree, the samples and the unit") {
    const auto file = std::string(AUTARKY_SOURCE_DIR) + "/tests/model/data/uncertain.toml";
    const auto given = answers::given_in_json(
        R"({"metric": "chip.unit_cost", "at": "2028Q1", "depth": 3, "scenario": ")" + file + "\"}");
    const auto reply = answers::explain_entry.ask(answers::explain_entry, answers::Catalogue(), given, {});
    const auto json = Json::parse(reply.json());
    CHECK(json["schema"] == "autarky.explain/1");
    CHECK(json["metric"] == "chip.unit_cost");
    CHECK(json["quarter"] == "2028Q1");
    CHECK(json["unit"] == "USD/chip");
    CHECK(json["tree"]["parts"].size() > 1);
    CHECK(json["samples"]["count"] == 2000);
}

TEST_CASE("the JSON of a run keeps its contract") {
    const auto on = test::small();
    const auto json = json_of(test::run(*on, 600));
    CHECK(json["scenario"]["name"] == "uncertain");
    CHECK(json["scenario"]["variant"].is_null());
    CHECK(json["scenario"]["sha256"].get<std::string>().size() == 64);
    CHECK(json["engine"]["samples"] == 600);
    CHECK(json["engine"]["seed"] == 1);
    CHECK(json["quarters"].size() == 20);
    for (const char* id : {"silicon.gross_dies",
                           "silicon.yield",
                           "silicon.good_die_cost",
                           "chip.unit_cost",
                           "chip.full_cost",
                           "merchant.price",
                           "advantage.price_to_cost",
                           "advantage.cost_to_cost",
                           "volume.annuity",
                           "foundry.wafers",
                           "foundry.chips",
                           "deploy.vehicles",
                           "deploy.robots",
                           "labour.break_even.north",
                           "merchant.revenue_lost",
                           "adopters.vehicles",
                           "grid.average_power",
                           "grid.coincident_power",
                           "grid.energy",
                           "grid.transformers_overloaded",
                           "grid.upgrade_cost",
                           "export.tpp",
                           "export.pd",
                           "programme.tapeout",
                           "compute.own_cost",
                           "deploy.fleet_vehicles",
                           "deploy.fleet_robots",
                           "labour.displaced",
                           "resilience.onshore_share",
                           "npv.make_vs_buy"}) {
        REQUIRE_MESSAGE(json["metrics"].contains(id), id);
        const auto& metric = json["metrics"][id];
        CHECK(metric["unit"].is_string());
        CHECK(!metric["doc"].get<std::string>().empty());
        for (const char* figure : {"mean", "p05", "p25", "p50", "p75", "p95"})
            CHECK_MESSAGE(metric[figure].size() == 20, id);
    }
    CHECK(json["metrics"]["volume.annuity"]["none"].size() == 20);
    CHECK_FALSE(json["metrics"]["chip.unit_cost"].contains("none"));
    const auto& verdict = json["verdict"];
    CHECK(verdict["p_make"]["low"].get<double>() <= verdict["p_make"]["high"].get<double>());
    for (const char* figure : {"mean", "standard_error", "p05", "p50", "p95"})
        CHECK(verdict["npv_usd"][figure].is_number());
    // exactly one constraint binds in a quarter of a future
    double sum = 0.0;
    for (const auto& [name, shares] : verdict["binding"].items())
        sum += shares[7].get<double>();
    CHECK(sum == doctest::Approx(1.0).epsilon(1e-12));
    CHECK(json["drivers"][0]["input"] == "merchant.first.list_price");
    CHECK(json["drivers"][0]["gradient"].get<double>() > 0.0);
    CHECK(json["drivers"][0]["share"].get<double>() > 0.5);
    CHECK(json["unexplained"].is_number());
    CHECK(json["failed"]["count"] == 0);
    CHECK(json["failed"]["first"].empty());
    CHECK(json["result_sha256"].get<std::string>().size() == 64);
}

TEST_CASE("a metric is in its own unit, the verdict in USD") {
    const auto on = test::small();
    auto summary = test::run(*on, 300);
    const auto json = json_of(std::move(summary));
    CHECK(json["metrics"]["npv"]["unit"] == "MUSD");
    CHECK(json["metrics"]["npv"]["mean"][0].get<double>() * 1e6 ==
          doctest::Approx(json["verdict"]["npv_usd"]["mean"].get<double>()).epsilon(1e-12));
    const double yield = json["metrics"]["silicon.yield"]["p50"][5].get<double>();
    CHECK(json["metrics"]["silicon.yield"]["unit"] == "%");
    CHECK(yield > 1.0);
    CHECK(yield < 100.0);
}

TEST_CASE("the value as equally likely futures agrees with its quantiles and with the probability") {
    const auto on = test::small();
    const auto verdict = json_of(test::run(*on, 300))["verdict"];
    const auto dots = verdict["npv_dots_usd"].get<std::vector<double>>();
    REQUIRE(dots.size() == 50);
    CHECK(std::is_sorted(dots.begin(), dots.end()));
    // dot i stands at (i + 1/2) / 50
    CHECK(dots[2] == verdict["npv_usd"]["p05"]);
    CHECK(dots[12] == verdict["npv_usd"]["p25"]);
    CHECK(dots[37] == verdict["npv_usd"]["p75"]);
    CHECK(dots[47] == verdict["npv_usd"]["p95"]);
    const auto n_positive = std::count_if(dots.begin(), dots.end(), [](double value) { return value > 0.0; });
    CHECK(verdict["npv_dots_make"] == n_positive);
    // a dot at zero counts on one side
    CHECK(std::abs(static_cast<double>(n_positive) / 50.0 - verdict["p_make"]["low"].get<double>()) <= 1.0 / 50.0);
    CHECK(verdict["p_make_error"].get<double>() > 0.0);
}

TEST_CASE("a run that is stopped before its first sample says that it has none") {
    answers::RunQuestion question;
    question.scenario = std::string(AUTARKY_SOURCE_DIR) + "/tests/model/data/uncertain.toml";
    question.samples = 1'000'000'000;
    std::stop_source stop;
    stop.request_stop();
    answers::Watch watch;
    watch.stop = stop.get_token();
    try { // what was at work by then, if anything
        auto answer = answers::run(answers::Catalogue(), question, watch);
        CHECK(answers::standing(answer) == answers::Standing::interrupted);
        const auto done = answer.summary.result.done;
        CHECK((done > 0 && done < 100'000));
        CHECK(Json::parse(answers::reply_of(std::move(answer)).json())["engine"]["samples"] == done);
    } catch (const InputError& error) { // no answer, rather than one of probability 0
        CHECK(error.diagnostics.items().front().message.find("stopped before a sample was finished") !=
              std::string::npos);
    }
}

TEST_CASE("a value that exists in no future is null, with a share of one in none") {
    // a merchant that gives its chips away: no volume pays
    const auto on =
        test::small({"merchant.first.list_price=\"1 USD/chip\"", "merchant.second.list_price=\"1 USD/chip\"",
                     "merchant.first.unit_cost=\"0.5 USD/chip\"", "merchant.second.unit_cost=\"0.5 USD/chip\""});
    const auto json = json_of(test::run(*on, 100));
    const auto& volume = json["metrics"]["volume.annuity"];
    for (std::size_t q = 0; q < 20; ++q) {
        CHECK(volume["p50"][q].is_null());
        CHECK(volume["none"][q] == 1.0);
    }
    CHECK(json["verdict"]["p_make"]["high"] == 0.0);
}

TEST_CASE("a pattern of metrics limits the JSON, not the verdict") {
    const auto on = test::small();
    const auto json = json_of(test::run(*on, 300, 1, {"cash.make", "cash.buy", "silicon.yield"}));
    CHECK(json["metrics"].size() == 3);
    CHECK(json["verdict"]["npv_usd"]["mean"].is_number());
}
