// autarky: a contract that was signed before the decision is sunk in both worlds; free wafers serve what pays.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "case_run.hpp"

using autarky::test::CaseRun;
using autarky::test::Draw;

namespace {

std::string contract(const std::string& signed_on, const std::string& minimum) {
    return "contract.c={ source = \"test\", signed = \"" + signed_on +
           "\", ends = \"2031Q1\", minimum = { series = [[\"2026Q1\", \"" + minimum +
           "\"]] }, settling_share = \"60 %\", resale_share = \"0 %\", line = { a = { site = \"home\", source = "
           "\"test\" } } }";
}
const std::string outlet = "outlet.dc={ source = \"test\", merchant = \"first\", demand = { series = [[\"2026Q1\", "
                           "\"50_000 unit/year\"]] }, price = { "
                           "series = [[\"2026Q1\", \"4_000 USD/unit\"]] }, system_cost = \"2_500 USD/unit\", porting = "
                           "\"0 USD/unit\", work = { series "
                           "= [[\"2026Q1\", \"150 TOPS\"]] }, utilisation = \"40 %\", bandwidth = { series = "
                           "[[\"2026Q1\", \"10 GB/s\"]] }, memory = { "
                           "series = [[\"2026Q1\", \"32 GB\"]] }, redundancy = { series = [[\"2026Q1\", \"1\"]] } }";

double discount(std::size_t q) { return std::pow(1.08, -(0.125 + 0.25 * static_cast<double>(q))); }

} // namespace

TEST_CASE("a signed contract changes the worlds' difference by what buy settles less make's unmet minimum, to 1e-9") {
    CaseRun without("plain.toml");
    CaseRun with("plain.toml", {contract("2025-07-01", "30_000 wafer/month")});
    const double base = (without.run(), without.npv());
    with.run();
    double expected = base;
    for (std::size_t q = 0; q < with.quarters(); ++q) {
        CHECK(with.at("contract.settled_buy", q) ==
              doctest::Approx(0.6 * 3.0 * 30'000.0 * 10'000.0 / 1e6).epsilon(1e-12));
        expected += (with.at("contract.settled_buy", q) - with.at("contract.settled", q)) * discount(q);
    }
    CHECK(with.npv() == doctest::Approx(expected).epsilon(1e-9));
    CHECK(with.npv() > base); // what is paid for anyway makes own chips cheaper
}

TEST_CASE("where settling is free and nothing is started there, a contract changes nothing") {
    const std::vector<std::string> never{"chip.one.qualification_time=360 month"};
    CaseRun without("plain.toml", never);
    auto sets = never;
    sets.push_back(contract("2025-07-01", "30_000 wafer/month"));
    CaseRun with("plain.toml", sets);
    without.run();
    with.run({{"contract.c.settling_share", 0.0}});
    CHECK(with.npv() == doctest::Approx(without.npv()).epsilon(1e-12));
}

TEST_CASE("a contract signed after the decision is the make world's alone") {
    CaseRun run("plain.toml", {contract("2026-02-01", "30_000 wafer/month")});
    run.run();
    for (std::size_t q = 0; q < run.quarters(); ++q)
        CHECK(run.at("contract.settled_buy", q) == 0.0);
    CHECK(run.at("contract.settled", 8) > 0.0);
}

TEST_CASE("at a site of two contracts no wafer counts twice: together they settle what one of both minima would") {
    auto second = contract("2025-07-01", "20_000 wafer/month");
    second.replace(0, std::string("contract.c").size(), "contract.d");
    CaseRun one("plain.toml", {contract("2025-07-01", "30_000 wafer/month")});
    CaseRun two("plain.toml", {contract("2025-07-01", "10_000 wafer/month"), second});
    for (const double volume : {0.5, 2.0, 8.0, 40.0}) {
        one.run({{"vehicle.cars.volume", volume}});
        two.run({{"vehicle.cars.volume", volume}});
        CAPTURE(volume);
        for (std::size_t q = 0; q < one.quarters(); ++q)
            CHECK(two.at("contract.settled", q) == doctest::Approx(one.at("contract.settled", q)).epsilon(1e-12));
        CHECK(two.npv() == doctest::Approx(one.npv()).epsilon(1e-9));
    }
}

TEST_CASE("a dearer outlet never lowers the value of either world; free wafers are started where it pays") {
    CaseRun run("plain.toml", {contract("2025-07-01", "30_000 wafer/month"), outlet});
    Draw draw(6);
    for (int i = 0; i < 300; ++i) {
        const double settling = draw.between(0.0, 100.0);
        CaseRun::Changes changes{{"contract.c.settling_share", settling},
                                 {"merchant.first.list_price", draw.between(100.0, 3'000.0)},
                                 {"outlet.dc.price", draw.between(1'000.0, 9'000.0)}};
        const auto values = [&] {
            run.run(changes);
            double make = 0.0;
            double buy = 0.0;
            for (std::size_t q = 0; q < run.quarters(); ++q) {
                make += run.at("cash.make", q) * discount(q);
                buy += run.at("cash.buy", q) * discount(q);
            }
            return std::pair{make, buy};
        };
        const auto [make, buy] = values();
        changes["outlet.dc.price"] *= 1.2;
        const auto [more_make, more_buy] = values();
        CHECK(more_make >= make - 1e-6);
        CHECK(more_buy >= buy - 1e-6);
        for (std::size_t q = 0; q < run.quarters(); ++q)
            CHECK(run.at("foundry.wafers_to_outlets", q) >= 0.0);
    }
    run.run({{"contract.c.settling_share", 100.0}});
    CHECK(run.at("outlet.systems", 8) == doctest::Approx(12'500.0)); // all of the demand: wafers cost nothing more
    const double with = run.run().npv.raw();
    const double without = run.run().without_outlets.raw();
    CHECK(with > without);
}

TEST_CASE("a contract of several lines counts wafers at each") {
    const std::string second =
        "site.abroad={ source = \"test\", location = \"TW\", process = \"alpha\", capacity = { series = "
        "[[\"2026Q1\", \"1_000_000 wafer/month\"]] }, cash_cost_share = \"50 %\" }";
    const std::string line =
        "allocation.one_abroad={ source = \"test\", chip = \"one\", site = \"abroad\", share = \"100 %\" }";
    auto sets = std::vector<std::string>{second, line, contract("2025-07-01", "1_500 wafer/month"),
                                         "contract.c.line.b={ site = \"abroad\", source = \"test\" }"};
    CaseRun run("plain.toml", sets);
    run.run();
    CHECK(run.at("foundry.wafers", 8) > 4'500.0); // more than the minimum, in part at either site
    CHECK(run.at("contract.settled", 8) == doctest::Approx(0.0));
}

TEST_CASE("what a contract of two sites leaves unmet stands at each by how much it is short of its part") {
    const std::string abroad =
        "site.abroad={ source = \"test\", location = \"TW\", process = \"alpha\", capacity = { series = "
        "[[\"2026Q1\", \"90_000 wafer/month\"]] }, cash_cost_share = \"50 %\" }";
    const std::vector<std::string> sets{
        abroad, "site.home.capacity={ series = [[\"2026Q1\", \"30_000 wafer/month\"]] }",
        contract("2025-07-01", "40_000 wafer/month"), "contract.c.line.b={ site = \"abroad\", source = \"test\" }"};
    CaseRun run("plain.toml", sets);
    run.run();
    // 120,000 wafers a quarter: a quarter of them is home's to give, three quarters abroad's, where nothing is made
    const double started = run.at("foundry.wafers", 8);
    REQUIRE(started > 0.0);
    REQUIRE(started < 30'000.0);
    const double at_home = 30'000.0 - started, away = 90'000.0, unmet = 120'000.0 - started;
    CHECK(run.at("foundry.wafers_unmet_minimum", 8) == doctest::Approx(unmet));
    CHECK(run.at("foundry.wafers_unmet_minimum.home", 8) == doctest::Approx(unmet * at_home / (at_home + away)));
    CHECK(run.at("foundry.wafers_unmet_minimum.abroad", 8) == doctest::Approx(unmet * away / (at_home + away)));
    // what is settled is earned where it stands
    CaseRun without("plain.toml", {sets[0], sets[1]});
    without.run();
    const double settled = run.at("contract.settled", 8);
    CHECK(run.at("foundry.profit.abroad", 8) - without.at("foundry.profit.abroad", 8) ==
          doctest::Approx(settled * away / (at_home + away)));
    CHECK(run.at("foundry.profit.home", 8) - without.at("foundry.profit.home", 8) ==
          doctest::Approx(settled * at_home / (at_home + away)));
}
