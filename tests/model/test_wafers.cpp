// autarky: wafers among named customers; what a second source is worth; a site's whole profit; the tail.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "case_run.hpp"

using autarky::test::CaseRun;
using autarky::test::Draw;

namespace {

const std::string rival =
    "customer.rival={ source = \"test\", site = \"home\", request = { series = [[\"2026Q1\", \"50 %\"]] }, "
    "firm = \"100 %\" }";
const std::string abroad =
    "site.abroad={ source = \"test\", location = \"TW\", process = \"alpha\", capacity = { series = "
    "[[\"2026Q1\", \"1_000_000 wafer/month\"]] }, cash_cost_share = \"50 %\" }";
const std::string second =
    "allocation.one_abroad={ source = \"test\", chip = \"one\", site = \"abroad\", share = \"100 %\" }";

} // namespace

TEST_CASE("raising one customer's reservation in the end binds, and what is granted never exceeds what is there") {
    CaseRun run("plain.toml", {rival, "buyer.buys_shortfall=false"});
    double before = 1e300;
    for (const double request : {0.0, 50.0, 90.0, 99.0, 99.9, 100.0}) {
        run.run({{"customer.rival.request", request}, {"site.home.capacity", 3'000.0}});
        CHECK(run.at("foundry.wafers", 8) <= before * (1.0 + 1e-12));
        CHECK(run.at("foundry.wafers", 8) <= 9'000.0 * (1.0 - request / 100.0) * (1.0 + 1e-12));
        before = run.at("foundry.wafers", 8);
    }
    CHECK(before == doctest::Approx(0.0));
    CHECK(run.at("binding.own_wafers", 8) == 1.0);
    CHECK(run.at("foundry.wafers_short", 8) > 0.0);
}

TEST_CASE("requests beyond contracts share what is left, pro rata") {
    CaseRun run("plain.toml", {rival, "buyer.buys_shortfall=false"});
    run.run({{"vehicle.cars.volume", 20.0},
             {"customer.rival.firm", 0.0},
             {"customer.rival.request", 100.0},
             {"site.home.capacity", 10'000.0}});
    const double per_quarter = run.at("foundry.wafers", 0);
    CaseRun alone("plain.toml");
    alone.run({{"vehicle.cars.volume", 20.0}});
    const double wanted = alone.at("foundry.wafers", 0);
    CHECK(per_quarter == doctest::Approx(wanted * 30'000.0 / (30'000.0 + wanted)).epsilon(1e-6));
}

TEST_CASE("a second source is worth at least nothing before its cost, in every sample, under any outage") {
    const std::string outage =
        "event.outage={ source = \"test\", kind = \"supply_loss\", location = \"US\", earliest = \"2027Q1\", "
        "hazard = \"100_000 %/year\", luck = \"0.5\", duration = \"1 year\", severity = \"100 %\" }";
    CaseRun one("plain.toml", {outage, abroad});
    CaseRun two("plain.toml", {outage, abroad, second});
    Draw draw(11);
    for (int i = 0; i < 300; ++i) {
        const CaseRun::Changes changes{{"event.outage.severity", draw.between(0.0, 100.0)},
                                       {"event.outage.duration", draw.between(0.1, 3.0)},
                                       {"merchant.first.list_price", draw.between(400.0, 3'000.0)},
                                       {"vehicle.cars.volume", draw.between(0.1, 5.0)}};
        one.run(changes);
        two.run(changes);
        // One mask set and one qualification are the second source's own cost: before 2026, sunk.
        CHECK(two.npv() >= one.npv() - 1e-6 * std::fabs(one.npv()) - 1e-3);
    }
}

TEST_CASE("an event at one site by its name leaves the others of its country alone; wafers of sites add up") {
    const std::string twin =
        "site.twin={ source = \"test\", location = \"US\", process = \"alpha\", capacity = { series = "
        "[[\"2026Q1\", \"1_000_000 wafer/month\"]] }, cash_cost_share = \"50 %\" }";
    const std::string both =
        "allocation.one_twin={ source = \"test\", chip = \"one\", site = \"twin\", share = \"100 %\" }";
    const auto run = [&](const std::string& place) {
        CaseRun out("plain.toml", {twin, both,
                                   "event.it={ source = \"test\", kind = \"supply_loss\", location = \"" + place +
                                       "\", earliest = \"2027Q1\", hazard = \"1_000_000 %/year\", luck = \"0.5\", "
                                       "duration = \"1 year\" }"});
        out.run();
        for (std::size_t q = 0; q < out.quarters(); ++q)
            CHECK(out.at("foundry.wafers.home", q) + out.at("foundry.wafers.twin", q) ==
                  doctest::Approx(out.at("foundry.wafers", q)).epsilon(1e-12));
        return out;
    };
    const auto one = run("home"), all = run("US");
    CHECK(one.at("foundry.wafers.home", 6) == doctest::Approx(0.0));
    CHECK(one.at("foundry.wafers", 6) > 0.0);
    CHECK(one.at("foundry.wafers.home", 2) == all.at("foundry.wafers.home", 2));
    CHECK(all.at("foundry.wafers", 6) == doctest::Approx(0.0));
}

TEST_CASE("what an anchor customer adds to yield is learned from its wafers: points per 1,000 wafers a month, none "
          "without learning") {
    // The buyer's wafers at home against the same wafers abroad, where lessons do not travel.
    const auto points = [](const std::string& per_wafer) {
        const std::vector<std::string> common{"process.alpha.transfer=0 %",
                                              "process.alpha.learning_per_wafer=" + per_wafer};
        auto anchor = common, none = common;
        anchor.emplace_back("allocation.one_abroad.share=0 %");
        none.emplace_back("allocation.one_home.share=0 %");
        CaseRun with("small.toml", anchor), without("small.toml", none);
        with.run();
        without.run();
        double months = 0.0, wafers = 0.0;
        for (std::size_t q = 0; q < 16; ++q, months += 3.0)
            wafers += with.at("foundry.wafers.home", q) - without.at("foundry.wafers.home", q);
        CHECK(wafers > 0.0);
        const double gained =
            with.at("foundry.line_yield.one.home", 16) - without.at("foundry.line_yield.one.home", 16); // in %
        return gained / (wafers / months / 1'000.0);
    };
    CHECK(points("0 1/kwafer") == 0.0);
    CHECK(points("0.001 1/kwafer") > 0.0);
    CHECK(points("0.002 1/kwafer") > points("0.001 1/kwafer"));
}

TEST_CASE("a least share keeps the second source running") {
    CaseRun run("plain.toml",
                {abroad, second, "allocation.one_abroad.share=0 %", "allocation.one_abroad.least_share=0 %"});
    run.run();
    CHECK(run.at("foundry.wafers.abroad", 8) == doctest::Approx(0.0));
    CaseRun kept("plain.toml",
                 {abroad, second, "allocation.one_abroad.share=20 %", "allocation.one_abroad.least_share=20 %"});
    kept.run();
    CHECK(kept.at("foundry.wafers.abroad", 8) > 0.1 * kept.at("foundry.wafers", 8));
}

TEST_CASE("a site's profit is that of the whole site and can be negative") {
    CaseRun run("plain.toml", {rival});
    run.run({{"site.home.capacity", 100'000.0},
             {"site.home.capital", 0.5},
             {"site.home.depreciation", 5.0},
             {"customer.rival.request", 0.0}});
    CHECK(run.at("foundry.profit.home", 8) < 0.0);
    const double alone = run.at("foundry.wafers", 8) / 300'000.0;
    CHECK(run.at("foundry.filled.home", 8) == doctest::Approx(100.0 * alone).epsilon(1e-9));
    run.run({{"site.home.capacity", 100'000.0},
             {"site.home.capital", 0.5},
             {"site.home.depreciation", 5.0},
             {"customer.rival.request", 95.0}});
    // 95 % of 300,000 wafers at half of 10,000 USD are 1,425 MUSD; depreciation 2,500 a quarter
    const double own = run.at("foundry.wafers", 8) * 5'000.0 / 1e6;
    CHECK(run.at("foundry.profit.home", 8) == doctest::Approx(1'425.0 + own - 2'500.0).epsilon(1e-9));
    CHECK(run.at("foundry.filled.home", 8) ==
          doctest::Approx(100.0 * (0.95 + run.at("foundry.wafers", 8) / 300'000.0)).epsilon(1e-9));
}

TEST_CASE("of several paths at one site each saves on the wafers that it has") {
    const auto path = [](const std::string& name, const std::string& capacity, const std::string& own) {
        return "path." + name +
               "={ source = \"test\", site = \"home\", taken = true, decision = \"2024Q1\", lead_time = " +
               "\"1 year\", capacity = \"" + capacity + "\", capex = \"0.5 MUSD*month/wafer\", own_share = \"" + own +
               "\", fee = \"0 %\", life = \"10 year\", utilisation = \"90 %\", volatility = \"30 %\", payout = " +
               "\"5 %/year\" }";
    };
    const std::string home = "site.home.capacity={ series = [[\"2026Q1\", \"3_000 wafer/month\"]] }";
    const std::string orders = "event.it={ source = \"test\", kind = \"rated_orders\", location = \"US\", earliest = "
                               "\"2028Q1\", hazard = \"1_000_000 %/year\", luck = \"0.5\", duration = \"1 year\", "
                               "severity = \"50 %\" }";
    const auto small = path("a_small", "1_000 wafer/month", "100 %"),
               large = path("b_large", "3_000 wafer/month", "50 %");
    CaseRun both("plain.toml", {home, small, large, orders}), turned("plain.toml", {home, large, small, orders});
    both.run();
    turned.run();
    // the small one saves half of a wafer's price, the large one a quarter: on average 5/16; they are 4,000 of 7,000 wafers
    const double price = 10'000.0 * (1.0 - 4.0 / 7.0 * 5.0 / 16.0);
    CHECK(both.at("foundry.wafer_cost.home", 5) == doctest::Approx(both.at("foundry.wafers", 5) * price / 1e6));
    // half of 12,000 wafers a quarter go to the state at 10,000 USD, of which the buyer keeps 5/16
    CHECK(both.at("rated.income", 9) == doctest::Approx(6'000.0 * 10'000.0 * 5.0 / 16.0 / 1e6));
    CHECK(turned.npv() == doctest::Approx(both.npv()).epsilon(1e-12)); // in either order
    CaseRun one("plain.toml", {home, small, path("b_large", "3_000 wafer/month", "100 %")}),
        whole("plain.toml", {home, path("a_small", "4_000 wafer/month", "100 %")});
    one.run();
    whole.run();
    CHECK(one.npv() == doctest::Approx(whole.npv()).epsilon(1e-12)); // equal paths are one
}

TEST_CASE("the tail: geometric flows agree with a longer horizon to 1e-9; a horizon of one quarter has recurring flows "
          "only") {
    const std::vector<std::string> even{"economy.terminal_growth=0 %/year", "merchant.first.support_cost=0 MUSD/year",
                                        "merchant.first.porting_cost=0 MUSD"};
    CaseRun once("plain.toml", even);
    auto longer = even;
    longer.emplace_back("horizon.end=2035Q4");
    CaseRun twice("plain.toml", longer);
    const double short_value = once.run().npv_with_tail.raw();
    const double long_value = twice.run().npv_with_tail.raw();
    CHECK(short_value == doctest::Approx(long_value).epsilon(1e-9));
    auto quarter = even;
    quarter.emplace_back("horizon.end=2026Q1");
    CaseRun shortest("plain.toml", quarter);
    const auto& t = shortest.run();
    CHECK(std::isfinite(t.npv_with_tail.raw()));
    CHECK(t.npv_with_tail.raw() == doctest::Approx(long_value).epsilon(1e-6));
}

TEST_CASE("a growth at or above the discount rate has no sum and fails the sample") {
    CaseRun run("plain.toml");
    CHECK(std::isnan(run.run({{"economy.terminal_growth", 8.0}}).npv_with_tail.raw()));
    CHECK(std::isfinite(run.run({{"economy.terminal_growth", 7.9}}).npv_with_tail.raw()));
}

TEST_CASE("tax takes its share of every difference of cash") {
    CaseRun run("plain.toml");
    const double before = (run.run(), run.npv());
    run.run({{"economy.tax_rate", 25.0}});
    CHECK(run.npv() == doctest::Approx(0.75 * before).epsilon(1e-12));
}
