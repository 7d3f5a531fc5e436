// autarky: the two worlds differ only by the decision; what waits is sold later, less what is lost.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "case_run.hpp"

using autarky::test::CaseRun;
using autarky::test::Draw;

TEST_CASE("ample supply, no event, no price response: equal devices in both worlds, every quarter") {
    CaseRun run("plain.toml");
    Draw draw(4);
    for (int i = 0; i < 500; ++i) {
        run.run({{"vehicle.cars.volume", draw.between(0.0, 20.0)},
                 {"vehicle.cars.work", draw.between(1.0, 2'000.0)},
                 {"merchant.first.list_price", draw.between(50.0, 3'000.0)},
                 {"chip.one.throughput", draw.between(100.0, 2'000.0)},
                 {"chip.one.ramp_time", draw.between(0.1, 30.0)}});
        for (std::size_t q = 0; q < run.quarters(); ++q)
            CHECK(run.at("deploy.vehicles", q) == doctest::Approx(run.at("deploy.vehicles_buy", q)).epsilon(1e-12));
        CHECK(run.run().induced.raw() == doctest::Approx(0.0));
    }
}

TEST_CASE("a shortage of one quarter delays sales and loses lost_share of them, nothing more") {
    // Merchants deliver nothing in 2027Q1 (middle 2027.125) and the whole demand in all other quarters.
    const std::string supply =
        "merchant.first.supply={ series = [[\"2026Q1\", \"1_000_000_000 chip/year\"], [\"2027-01-10\", \"1_000_000_000 "
        "chip/year\"], [\"2027-01-11\", \"0 chip/year\"], [\"2027-03-20\", \"0 chip/year\"], [\"2027-03-21\", "
        "\"1_000_000_000 chip/year\"]] }";
    CaseRun run("plain.toml", {supply});
    run.run();
    const auto buy = run.series("deploy.vehicles_buy");
    CHECK(buy[4] == doctest::Approx(0.0));
    CHECK(buy[3] == doctest::Approx(500'000.0));
    CHECK(buy[5] == doctest::Approx(500'000.0 + 0.9 * 500'000.0)); // lost_share is 10 %
    CHECK(buy[6] == doctest::Approx(500'000.0));
    double lost = 0.0;
    for (const double x : run.series("sales.lost_buy.merchant_chips"))
        lost += x;
    CHECK(lost == doctest::Approx(50'000.0));
}

TEST_CASE("where a merchant's site is full or stands still, the buyer counts on the others and goes short of nothing") {
    const std::vector<std::string> scarce{
        "customer.rival={ source = \"test\", site = \"home\", request = { series = [[\"2026Q1\", \"100 %\"]] }, firm = "
        "\"0 %\" }",
        "merchant.first.site=\"home\"",
        "merchant.first.chips_per_wafer=100 chip/wafer",
        "merchant.first.firm=20 %",
        "merchant.first.lead_time=3 quarter",
        "merchant.dear={ source = \"test\", location = \"TW\", throughput = \"500 TOPS\", memory = \"64 GB\", "
        "memory_bandwidth = \"300 GB/s\", bandwidth_efficiency = \"80 %\", cadence = \"100 year\", "
        "throughput_gain = \"1 x\", bandwidth_gain = \"1 x\", memory_gain = \"1 x\", generation_price = \"1 x\", "
        "export_luck = \"0.5\", list_price = \"700 USD/chip\", unit_cost = \"200 USD/chip\", "
        "price_date = \"2026Q1\", price_decline = \"0 %/year\", cost_decline = \"0 %/year\", "
        "volume_discount = \"0 %\", minimum_margin = \"30 %\", conduct = \"0\", response = \"0\", "
        "bargain = \"0 %\", supply = { series = [[\"2026Q1\", \"1_000_000_000 chip/year\"]] }, "
        "lead_time = \"3 quarter\", power = \"150 W\", porting_cost = \"40 MUSD\", "
        "support_cost = \"20 MUSD/year\" }"};
    CaseRun run("plain.toml", scarce);
    // 500,000 chips a quarter are 5,000 wafers beside the rival's request of the whole capacity.
    for (const double capacity : {0.0, 500.0, 1'500.0, 3'000.0, 10'000.0, 100'000.0}) {
        run.run({{"site.home.capacity", capacity}});
        const auto buy = run.series("deploy.vehicles_buy");
        CAPTURE(capacity);
        double sum = 0.0;
        for (std::size_t q = 8; q < buy.size(); ++q)
            sum += buy[q];
        const double mean = sum / static_cast<double>(buy.size() - 8);
        // What waits at the window's two ends is under 1 % of its 6 million devices.
        CHECK(mean == doctest::Approx(500'000.0).epsilon(0.01));
    }
}

TEST_CASE("wanted + waited = deployed + lost + waiting, to 1e-9, whatever is scarce") {
    CaseRun run("small.toml");
    Draw draw(5);
    const char* causes[] = {"demand", "market_access", "grid", "parts", "programme", "own_wafers", "merchant_chips"};
    for (int i = 0; i < 300; ++i) {
        run.run({{"vehicle.cars.part_limit", draw.between(0.2, 4.0)},
                 {"site.home.capacity", draw.between(0.0, 20'000.0)},
                 {"merchant.first.supply", draw.between(0.0, 4e6)},
                 {"event.east_closes.hazard", draw.between(0.0, 100.0)},
                 {"grid.north.blocks_sale", draw.between(0.0, 100.0)},
                 {"vehicle.cars.lost_share", draw.between(0.0, 100.0)}});
        for (std::size_t q = 0; q < run.quarters(); ++q) {
            double lost = 0.0;
            double waiting = 0.0;
            for (const auto* cause : causes) {
                lost += run.at(std::string("sales.lost.") + cause, q);
                waiting += run.at(std::string("sales.waiting_for.") + cause, q);
            }
            const double deployed = run.at("deploy.vehicles", q) + run.at("deploy.robots", q);
            const double all = run.at("sales.wanted", q) + run.at("sales.waited", q);
            CHECK(all == doctest::Approx(deployed + lost + waiting).epsilon(1e-9));
            CHECK(waiting == doctest::Approx(run.at("sales.waiting", q)).epsilon(1e-12));
            if (q > 0)
                CHECK(run.at("sales.waited", q) == doctest::Approx(run.at("sales.waiting", q - 1)).epsilon(1e-9));
        }
    }
}

TEST_CASE("a price that falls with own chips sells more, and that part of the value stands by itself") {
    CaseRun elastic("plain.toml", {"vehicle.cars.elasticity=2", "vehicle.cars.pass_through=50 %",
                                   "vehicle.cars.price=40_000 USD/vehicle"});
    elastic.run();
    CHECK(elastic.at("deploy.vehicles", 6) > elastic.at("deploy.vehicles_buy", 6));
    CHECK(elastic.run().induced.raw() > 0.0);
    // The plan holds where compute is bought.
    CHECK(elastic.at("deploy.vehicles_buy", 6) == doctest::Approx(500'000.0));
}
