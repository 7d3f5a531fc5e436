// autarky: a one-quarter pulse in volume, followed through every stage.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "small_run.hpp"

using autarky::test::SmallRun;

namespace {

/// Cars are wanted in 2028Q1 only (its middle is 2028.125), robots never; wafers take one quarter, assembly another.
const std::vector<std::string> pulse{
    "merchant.first.lead_time=0 quarter", "merchant.second.lead_time=0 quarter",
    "vehicle.cars.volume={ series = [[\"2026Q1\", \"0 Mvehicle/year\"], [\"2028Q1\", \"0 Mvehicle/year\"], "
    "[\"2028-02-15\", \"1 Mvehicle/year\"], [\"2028-02-16\", \"1 Mvehicle/year\"], [\"2028Q2\", \"0 Mvehicle/year\"]] "
    "}",
    "robot.biped.market_share=0 %"};

/// Quarters in which a series is not zero.
std::vector<std::size_t> moments(const std::vector<double>& series) {
    std::vector<std::size_t> out;
    for (std::size_t q = 0; q < series.size(); ++q)
        if (series[q] > 1e-9) out.push_back(q);
    return out;
}

} // namespace

TEST_CASE("a pulse of demand arrives at each stage in the stated quarter") {
    const SmallRun run(pulse);
    const std::size_t wanted = 8; // 2028Q1, counted from 2026Q1
    CHECK(moments(run.series("foundry.wafers")) == std::vector<std::size_t>{wanted - 2});
    CHECK(moments(run.series("foundry.wafers_finished")) == std::vector<std::size_t>{wanted - 1});
    CHECK(moments(run.series("foundry.wafers_scrapped")) == std::vector<std::size_t>{wanted - 1});
    CHECK(moments(run.series("foundry.dies_good")) == std::vector<std::size_t>{wanted - 1});
    CHECK(moments(run.series("foundry.wafers_in_progress")) == std::vector<std::size_t>{wanted - 2});
    CHECK(moments(run.series("foundry.dies_in_progress")) == std::vector<std::size_t>{wanted - 1});
    CHECK(moments(run.series("foundry.chips")) == std::vector<std::size_t>{wanted});
    CHECK(moments(run.series("foundry.chips_used")) == std::vector<std::size_t>{wanted});
    CHECK(moments(run.series("deploy.vehicles")) == std::vector<std::size_t>{wanted});
    CHECK(moments(run.series("deploy.vehicles_buy")) == std::vector<std::size_t>{wanted});
    CHECK(moments(run.series("merchant.chips_buy")) == std::vector<std::size_t>{wanted});
    CHECK(moments(run.series("grid.average_power")).front() == wanted);
    CHECK(moments(run.series("deploy.fleet_vehicles")).front() == wanted);
    CHECK(moments(run.series("deploy.vehicles_retired")).front() == wanted + 1);
    CHECK(run.at("deploy.vehicles", "2028Q1") == doctest::Approx(250'000.0).epsilon(1e-3)); // the knot is a day off
}

TEST_CASE("a longer lead time starts the same pulse earlier, split over the two quarters around it") {
    auto sets = pulse;
    sets.emplace_back("process.alpha.cycle_time=136.875 day"); // one and a half quarters
    const SmallRun run(sets);
    const auto started = moments(run.series("foundry.wafers"));
    REQUIRE(started.size() >= 2);
    CHECK(started[0] == 5);
    CHECK(started[1] == 6);
}
