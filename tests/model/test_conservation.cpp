// autarky: what is started, finished, scrapped, in progress, shipped, used and written off adds up.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "small_run.hpp"

using autarky::test::SmallRun;

namespace {

double sum_to(const std::vector<double>& series, std::size_t q) {
    double sum = 0.0;
    for (std::size_t i = 0; i <= q; ++i)
        sum += series[i];
    return sum;
}

/// Every balance holds in every quarter, each flow and each stock being recorded on its own.
void check_balances(const SmallRun& run) {
    const auto get = [&](const char* metric) { return run.series(metric); };
    const auto wafers = get("foundry.wafers"), finished = get("foundry.wafers_finished"),
               scrapped = get("foundry.wafers_scrapped"), in_fab = get("foundry.wafers_in_progress"),
               good = get("foundry.dies_good"), bad = get("foundry.dies_scrapped"), gross = get("silicon.gross_dies"),
               in_assembly = get("foundry.dies_in_progress"), chips = get("foundry.chips"),
               failed = get("foundry.chips_scrapped"), used = get("foundry.chips_used"),
               stock = get("foundry.chips_stock"), written_off = get("foundry.chips_written_off");
    for (std::size_t q = 0; q < run.quarters(); ++q) {
        CAPTURE(q);
        const double eps = 1e-9; // sums of some twenty numbers of similar size
        CHECK(sum_to(wafers, q) == doctest::Approx(sum_to(finished, q) + sum_to(scrapped, q) + in_fab[q]).epsilon(eps));
        CHECK(finished[q] * gross[q] == doctest::Approx(good[q] + bad[q]).epsilon(eps));
        CHECK(sum_to(good, q) == doctest::Approx(sum_to(chips, q) + sum_to(failed, q) + in_assembly[q]).epsilon(eps));
        CHECK(sum_to(chips, q) == doctest::Approx(sum_to(used, q) + sum_to(written_off, q) + stock[q]).epsilon(eps));
        CHECK(stock[q] >= 0.0);
        CHECK(in_fab[q] >= 0.0);
    }
}

} // namespace

TEST_CASE("mass is conserved from wafer start to device") {
    check_balances(SmallRun());
    check_balances(SmallRun({"process.alpha.cycle_time=20 week", "chip.one.assembly_time=5 week"}));
    check_balances(SmallRun({"site.home.capacity={ series = [[\"2026Q1\", \"500 wafer/month\"]] }"}));
    check_balances(SmallRun({"chip.one.safety_stock=26 week"}));
}

TEST_CASE("devices in service are those delivered less those retired") {
    const SmallRun run;
    const auto vehicles = run.series("deploy.vehicles"), retired = run.series("deploy.vehicles_retired"),
               fleet = run.series("deploy.fleet_vehicles"), robots = run.series("deploy.robots"),
               gone = run.series("deploy.robots_retired"), fleet_robots = run.series("deploy.fleet_robots");
    for (std::size_t q = 0; q < run.quarters(); ++q) {
        CHECK(fleet[q] == doctest::Approx(sum_to(vehicles, q) - sum_to(retired, q)).epsilon(1e-9));
        CHECK(fleet_robots[q] == doctest::Approx(sum_to(robots, q) - sum_to(gone, q)).epsilon(1e-9));
    }
}

TEST_CASE("exactly one constraint binds in each quarter") {
    for (const auto& sets : std::vector<std::vector<std::string>>{
             {},
             {"site.home.capacity={ series = [[\"2026Q1\", \"100 wafer/month\"]] }", "buyer.buys_shortfall=false"}}) {
        const SmallRun run(sets);
        for (const auto& quarter : run.trajectory().quarters) {
            double binding = 0.0;
            for (const double b : quarter.binding)
                binding += b;
            CHECK(binding == doctest::Approx(1.0));
        }
    }
}

TEST_CASE("what is reported by line and by use adds up to the whole") {
    const SmallRun run;
    const auto added = [&](const std::vector<std::string>& parts) {
        std::vector<double> out(run.quarters(), 0.0);
        for (const auto& part : parts) {
            const auto series = run.series(part);
            for (std::size_t q = 0; q < out.size(); ++q)
                out[q] += series[q];
        }
        return out;
    };
    const auto check_equal = [&](const std::vector<double>& a, const std::vector<double>& b) {
        for (std::size_t q = 0; q < run.quarters(); ++q)
            CHECK(a[q] == doctest::Approx(b[q]).epsilon(1e-12)); // sums of two numbers
    };
    check_equal(added({"foundry.line_wafers.one.home", "foundry.line_wafers.one.abroad"}),
                run.series("foundry.wafers"));
    check_equal(added({"foundry.line_to_outlets.one.home", "foundry.line_to_outlets.one.abroad"}),
                run.series("foundry.wafers_to_outlets"));
    check_equal(added({"foundry.chips_into.one.cars", "foundry.chips_into.one.biped"}),
                run.series("foundry.chips_used"));
    // Of one chip at one line, wafers give chips by its yields alone: line yield, dies, assembly and final test of the file.
    const auto wafers = run.series("foundry.line_wafers.one.home"), chips = run.series("foundry.line_chips.one.home"),
               gross = run.series("silicon.gross_dies");
    const auto last = run.quarters() - 1;
    REQUIRE(wafers[last] > 0.0);
    const double of_dies = chips[last] / (wafers[last] * gross[last] * 0.97 * 0.99 * 0.98);
    CHECK(of_dies > 0.5); // a yield: D0 of 0.08 to 0.2 a cm^2 on 4.2 cm^2
    CHECK(of_dies < 0.98);
}
