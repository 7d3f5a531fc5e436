// autarky: hours of work that robots deliver, and what a robot costs and does in the quarterly model.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "case_run.hpp"
#include "small_run.hpp"

using autarky::test::CaseRun;
using autarky::test::Draw;
using autarky::test::SmallRun;

namespace {

/// A world of robots drawn at random: cheap and dear, scarce and plenty, with and without people beside them.
CaseRun::Changes drawn(Draw& draw) {
    return {{"robot.biped.bom", draw.between(8'000.0, 90'000.0)},
            {"robot.biped.bom_learning", draw.between(0.0, 30.0)},
            {"robot.biped.market_share", draw.between(1.0, 100.0)},
            {"robot.biped.rivalry", draw.between(0.3, 5.0)},
            {"robot.biped.elasticity", draw.between(0.0, 3.0)},
            {"robot.biped.least_site", draw.between(0.0, 10.0)},
            {"robot.biped.supervision", draw.between(0.0, 1.0)},
            {"robot.biped.integration", draw.between(0.0, 2.0)},
            {"robot.biped.productivity", draw.between(0.05, 1.2)},
            {"robot.biped.task_spread", draw.between(0.05, 1.5)},
            {"robot.biped.innovation", draw.between(0.001, 0.05)},
            {"robot.biped.part_limit", std::exp(draw.between(std::log(1e-3), std::log(30.0)))},
            {"robot.biped.lost_share", draw.between(0.0, 60.0)},
            {"rival.eastern.price", draw.between(10'000.0, 120'000.0)}};
}

/// Nothing else learns from the number of robots, or is ordered by their trend: chips arrive when they are wanted.
const std::vector<std::string> plain{
    "merchant.first.lead_time=0 quarter", "merchant.second.lead_time=0 quarter",
    "merchant.first.volume_discount=0 %", "merchant.second.volume_discount=0 %",
    "merchant.first.response=0",          "process.alpha.learning_per_wafer=0 1/kwafer"};

/// Hours never fall by more than rounding.
void check_hours(const std::vector<double>& less, const std::vector<double>& more) {
    for (std::size_t q = 0; q < less.size(); ++q)
        CHECK(more[q] >= less[q] * (1.0 - 1e-9) - 1e-12);
}

} // namespace

// Without learning by doing: robots that do more are fewer, so their bill falls more slowly, and where rivals are near that can
// cost more hours than it brings. docs/model/deployment.md says how rare and how large.
TEST_CASE("hours of work delivered never fall when robots do more") {
    CaseRun run("small.toml", plain);
    Draw draw(31);
    int fewer = 0;
    for (int i = 0; i < 200; ++i) {
        auto changes = drawn(draw);
        changes["robot.biped.bom_learning"] = 0.0;
        run.run(changes);
        const auto hours = run.series("labour.hours");
        const auto robots = run.series("deploy.fleet_robots");
        changes["robot.biped.productivity"] *= draw.between(1.0, 2.5);
        run.run(changes);
        check_hours(hours, run.series("labour.hours"));
        if (run.series("deploy.fleet_robots").back() < robots.back()) ++fewer;
    }
    CHECK(fewer > 0); // units may fall, and do: the test can tell hours from units
}

TEST_CASE("hours of work delivered never fall when robots cost less") {
    CaseRun run("small.toml", plain);
    Draw draw(32);
    for (int i = 0; i < 200; ++i) {
        auto changes = drawn(draw);
        changes["robot.biped.bom_floor"] = 8'000.0;
        run.run(changes);
        const auto hours = run.series("labour.hours");
        changes["robot.biped.bom"] *= draw.between(0.3, 1.0);
        changes["robot.biped.bom_floor"] *= draw.between(0.3, 1.0);
        run.run(changes);
        check_hours(hours, run.series("labour.hours"));
    }
}

TEST_CASE("the share undercut is that of the formula, with all inputs of the fixture") {
    // Without rivals' pull the market's cost of an hour is the buyer's. 2027Q1 in the north:
    const SmallRun run({"robot.biped.market_share=100 %"});
    const double price = run.at("robot.price", "2027Q1");
    const double recovery = 0.08 / (1.0 - std::pow(1.08, -6.0));
    const double hours = 3.0 * 0.8 * 1800.0;
    const double wage = run.at("labour.wage.north", "2027Q1");
    const double output = 0.6 * hours / 1800.0;
    CHECK(run.at("labour.output.north", "2027Q1") == doctest::Approx(output).epsilon(1e-12));
    const double cost = run.at("labour.break_even.north", "2027Q1") * wage;
    const double energy = cost - price * (1.4 * recovery + 0.08) - 0.1 * 3.0 * wage;
    // 400 W and the chips of its compute, over its hours at 0.12 USD/kWh
    CHECK(energy > 0.4 * hours * 0.12 * (1.0 - 1e-9));
    CHECK(energy < 1.2 * hours * 0.12);
    const auto part = [&](double median, double spread) {
        const double d = std::log(wage * median * output / cost) / std::sqrt(spread * spread + 0.49);
        return 50.0 * std::erfc(-d / std::sqrt(2.0));
    };
    CHECK(run.at("labour.undercut_share.north", "2027Q1") ==
          doctest::Approx(0.6 * part(0.9, 0.21) + 0.4 * part(1.15, 0.26)).epsilon(1e-9));
}

TEST_CASE("robots in service are those before, less the retired, plus the deployed") {
    const SmallRun run;
    const auto fleet = run.series("deploy.fleet_robots");
    const auto deployed = run.series("deploy.robots");
    const auto retired = run.series("deploy.robots_retired");
    for (std::size_t q = 1; q < fleet.size(); ++q)
        CHECK(fleet[q] == doctest::Approx(fleet[q - 1] + deployed[q] - retired[q]).epsilon(1e-12));
    CHECK(fleet.back() > 0.0);
}

TEST_CASE("foundries that close to a rival make its hours dearer and the buyer's share larger") {
    const SmallRun open;
    const SmallRun closed({"event.foundries.hazard=100_000 %/year", "event.foundries.duration=10 year"});
    CHECK(closed.at("robot.market_share.north", "2027Q1") > open.at("robot.market_share.north", "2027Q1"));
}

TEST_CASE("people beside robots cost hours; larger least sites too") {
    const SmallRun base;
    const SmallRun watched({"robot.biped.supervision={ series = [[\"2026Q1\", \"0.6 worker/robot\"]] }"});
    const SmallRun large({"robot.biped.least_site=30 worker"});
    CHECK(watched.at("labour.hours", "2029Q4") < base.at("labour.hours", "2029Q4"));
    CHECK(large.at("labour.hours", "2029Q4") < base.at("labour.hours", "2029Q4"));
}

TEST_CASE("a robot without output takes no place") {
    const SmallRun idle({"robot.biped.duty=0 %"});
    CHECK(idle.at("deploy.robots", "2030Q4") == 0.0);
    CHECK(SmallRun().at("deploy.robots", "2030Q4") > 0.0);
}
