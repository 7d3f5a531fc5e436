// autarky: the conventions of value: cash once, sunk before the decision, both worlds on the same inputs.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "small_run.hpp"

using autarky::test::SmallRun;

namespace {

constexpr auto musd = autarky::operator""_u < "MUSD">();

/// A chip that is never made: no line may start, so both worlds buy.
const std::vector<std::string> never{"chip.one.qualification_time=30 year"};

} // namespace

TEST_CASE("the value is the discounted difference of the two worlds' cash") {
    const SmallRun run;
    const auto make = run.series("cash.make"), buy = run.series("cash.buy"), npv = run.series("npv.make_vs_buy");
    const double before_horizon = npv[0] - (make[0] - buy[0]) * std::pow(1.08, -0.125);
    CHECK(before_horizon == doctest::Approx(0.0)); // the decision is the first day of the horizon
    double value = 0.0;
    for (std::size_t q = 0; q < run.quarters(); ++q) {
        value += (make[q] - buy[q]) * std::pow(1.08, -(0.125 + 0.25 * static_cast<double>(q)));
        CHECK(npv[q] == doctest::Approx(value).epsilon(1e-9));
    }
    // What is in stock and in progress at the horizon counts beside: never less than nothing here.
    CHECK(run.trajectory().npv.in(musd) > value);
    CHECK(run.trajectory().npv.in(musd) < 1.1 * value);
}

TEST_CASE("without own chips the worlds differ by the programme's spending alone") {
    const SmallRun run(never);
    CHECK(run.sum("foundry.wafers") == doctest::Approx(0.0));
    CHECK(run.sum("merchant.chips") == doctest::Approx(run.sum("merchant.chips_buy")));
    // Design: 500 MUSD plus two layouts of 30, spent over 2025, before the decision. Masks 2 x 30 and qualification
    // 2 x 20 MUSD are spread over the 30 years of qualification: the five of the horizon carry a sixth.
    CHECK(run.sum("cash.buy") - run.sum("cash.make") == doctest::Approx(100.0 / 6.0).epsilon(1e-9));
}

TEST_CASE("a later decision leaves earlier spending out, and only that") {
    const auto spent = [](const char* decision) {
        const SmallRun run({std::string("economy.decision_date=") + decision, "chip.one.qualification_time=30 year",
                            "economy.discount_rate=0 %/year"});
        return -run.at("npv.make_vs_buy", "2030Q4");
    };
    // 560 MUSD of design over 2025, in full before 2025, half of it by mid-2025; the rest as in the case above.
    CHECK(spent("2025Q1") == doctest::Approx(560.0 + 100.0 / 6.0).epsilon(1e-9));
    CHECK(spent("2025Q3") ==
          doctest::Approx(280.0 + 100.0 / 6.0).epsilon(1e-3)); // half of 365 days is no whole quarter
    CHECK(spent("2026Q1") == doctest::Approx(100.0 / 6.0).epsilon(1e-9));
}

TEST_CASE("take-or-pay wafers that are not started are paid all the same") {
    // signed after the decision, so that it is the make world's alone
    const std::string contract = "contract.c={ source = \"test\", signed = \"2026-02-01\", ends = \"2035Q1\", "
                                 "settling_share = \"100 %\", line = { a = { site = \"home\", source = \"test\" } }, "
                                 "minimum = { series = [[\"2026Q1\", \"9_000 wafer/month\"]] } }";
    const SmallRun with({contract});
    const SmallRun without;
    CHECK(with.at("foundry.wafers_unmet_minimum", "2028Q1") > 0.0);
    CHECK(without.at("foundry.wafers_unmet_minimum", "2028Q1") == doctest::Approx(0.0));
    CHECK(with.at("npv.make_vs_buy", "2030Q4") < without.at("npv.make_vs_buy", "2030Q4"));
    // Committed wafers are used before others, so more is made where the contract is.
    CHECK(with.at("resilience.onshore_share", "2028Q1") >= without.at("resilience.onshore_share", "2028Q1"));
}

TEST_CASE("an annuity volume exists exactly where bought compute is dearer than own compute") {
    const SmallRun dear;
    CHECK(dear.at("volume.annuity", "2028Q1") > 0.0);
    const SmallRun cheap({"merchant.first.list_price=40 USD/chip", "merchant.first.unit_cost=10 USD/chip"});
    CHECK(cheap.at("compute.merchant_price", "2028Q1") < cheap.at("compute.own_cost", "2028Q1"));
    CHECK(std::isnan(cheap.at("volume.annuity", "2028Q1")));
}

TEST_CASE("a run does not depend on what the same simulation ran before") {
    autarky::LoadRequest request;
    request.scenario = std::string(AUTARKY_TEST_DATA_DIR) + "/small.toml";
    request.data_folder = AUTARKY_SOURCE_DIR;
    const auto loaded = autarky::load(request);
    autarky::model::BoundScenario<double> bound(loaded.scenario);
    const auto set = [&](double factor) {
        bound.set([&](std::size_t row) {
            const double value = loaded.inputs.rows[row].distribution.parameters.at(0);
            return loaded.inputs.rows[row].unit == "USD/chip" ? value * factor : value;
        });
    };
    const auto all_values = [](const autarky::model::Trajectory<double>& t) {
        std::vector<double> out;
        for (const auto& quarter : t.quarters)
            for (const double* value : autarky::model::quarter_values(quarter))
                out.push_back(*value);
        return out;
    };
    autarky::model::Simulation<double> simulation(bound.scenario());
    set(1.0);
    const auto first = all_values(simulation.run());
    set(3.0);
    simulation.run();
    set(1.0);
    const auto again = all_values(simulation.run());
    REQUIRE(first.size() == again.size());
    for (std::size_t i = 0; i < first.size(); ++i)
        CHECK((first[i] == again[i] || (std::isnan(first[i]) && std::isnan(again[i]))));
}
