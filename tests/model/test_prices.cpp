// autarky: quotes between floor and list, rivals, bargains, threats.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "case_run.hpp"

using autarky::test::CaseRun;
using autarky::test::Draw;

namespace {

const std::string rival = "merchant.second={ source = \"test\", location = \"US\", throughput = \"500 TOPS\", memory = "
                          "\"64 GB\", memory_bandwidth = "
                          "\"300 GB/s\", bandwidth_efficiency = \"80 %\", cadence = \"100 year\", throughput_gain = "
                          "\"1 x\", bandwidth_gain = \"1 x\", "
                          "memory_gain = \"1 x\", generation_price = \"1 x\", export_luck = \"0.5\", list_price = "
                          "\"700 USD/chip\", unit_cost = \"250 "
                          "USD/chip\", price_date = \"2026Q1\", price_decline = \"0 %/year\", cost_decline = \"0 "
                          "%/year\", volume_discount = \"0 %\", "
                          "minimum_margin = \"30 %\", conduct = \"0\", response = \"0\", bargain = \"0 %\", supply = { "
                          "series = [[\"2026Q1\", "
                          "\"1_000_000_000 chip/year\"]] }, lead_time = \"0 quarter\", power = \"150 W\" }";

double price(CaseRun& run, const CaseRun::Changes& changes) {
    run.run(changes);
    return run.at("merchant.price", 8);
}

} // namespace

TEST_CASE("the quote lies between floor and list and never falls as the rival's floor rises") {
    CaseRun run("plain.toml", {rival});
    Draw draw(7);
    for (int i = 0; i < 500; ++i) {
        CaseRun::Changes changes{{"merchant.first.conduct", draw.between(0.0, 1.0)},
                                 {"merchant.first.list_price", draw.between(200.0, 650.0)},
                                 {"merchant.first.unit_cost", draw.between(20.0, 300.0)},
                                 {"merchant.second.unit_cost", draw.between(100.0, 400.0)},
                                 {"merchant.second.list_price", 5'000.0}};
        const double before = price(run, changes);
        const double list = run.at("merchant.list_price", 8);
        const double floor = run.at("merchant.floor", 8);
        CHECK(before <= std::max(list, floor) * (1.0 + 1e-12));
        CHECK(before >= floor * (1.0 - 1e-12));
        changes["merchant.second.unit_cost"] *= 1.1;
        CHECK(price(run, changes) >= before * (1.0 - 1e-12));
    }
}

TEST_CASE("with conduct 0 the list price stands, with 1 the rival's floor is undercut") {
    CaseRun run("plain.toml", {rival});
    CHECK(price(run, {{"merchant.first.conduct", 0.0}}) == doctest::Approx(500.0));
    // The rival's floor is 250 / 0.7; the port of 40 MUSD over four years of two million cars makes the first dearer by 5.
    CHECK(price(run, {{"merchant.first.conduct", 1.0}, {"merchant.first.porting_cost", 0.0}}) ==
          doctest::Approx(250.0 / 0.7));
}

TEST_CASE("without bargain the outside option is irrelevant; a threat never makes buying dearer") {
    CaseRun run("plain.toml", {"buyer.announced=2026Q1", "buyer.agreement={ is = \"3 year\", source = \"test\" }"});
    CaseRun plain("plain.toml");
    Draw draw(8);
    for (int i = 0; i < 300; ++i) {
        CaseRun::Changes changes{{"merchant.first.list_price", draw.between(300.0, 2'000.0)},
                                 {"process.alpha.wafer_price", draw.between(2'000.0, 40'000.0)}};
        CHECK(price(run, changes) == doctest::Approx(price(plain, changes)).epsilon(1e-12));
        changes["merchant.first.bargain"] = draw.between(0.0, 100.0);
        const double threatened = price(run, changes);
        CHECK(threatened <= price(plain, changes) * (1.0 + 1e-12));
        CHECK(threatened >= run.at("merchant.floor", 8) * (1.0 - 1e-12));
    }
    // It ends with the agreement.
    run.run({{"merchant.first.bargain", 100.0}, {"merchant.first.list_price", 2'000.0}});
    CHECK(run.at("merchant.price", 10) < run.at("merchant.price", 14));
}

TEST_CASE("the value falls with own cost and rises with the merchant's price") {
    CaseRun run("plain.toml");
    Draw draw(9);
    for (int i = 0; i < 500; ++i) {
        CaseRun::Changes changes{{"vehicle.cars.work", draw.between(10.0, 1'000.0)},
                                 {"process.alpha.wafer_price", draw.between(3'000.0, 30'000.0)},
                                 {"merchant.first.list_price", draw.between(100.0, 2'000.0)}};
        const double base = (run.run(changes), run.npv());
        auto dearer = changes;
        dearer["process.alpha.wafer_price"] *= 1.1;
        CHECK((run.run(dearer), run.npv()) < base);
        dearer = changes;
        dearer["merchant.first.list_price"] *= 1.1;
        run.run(dearer);
        const bool at_floor = dearer["merchant.first.list_price"] <= 200.0 / 0.7; // then the list price moves nothing
        if (at_floor)
            CHECK(run.npv() >= base - 1e-9);
        else
            CHECK(run.npv() > base);
    }
}
