// autarky: other makers: each its own case, caused by the buyer only as far as its proof counts, some of them stopped.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "small_run.hpp"

using autarky::test::SmallRun;

namespace {

/// A second maker beside the fixture's.
std::vector<std::string> with_second(std::vector<std::string> more = {}) {
    std::vector<std::string> sets;
    for (const auto* set :
         {"volume={ series = [[\"2026Q1\", \"9 Mvehicle/year\"]] }", "equipped={ series = [[\"2026Q1\", \"20 %\"]] }",
          "content=1.5 chip/vehicle", "own_chips=1 chip/vehicle", "process=alpha", "die_area=300 mm^2",
          "wafer_premium=1.1 x", "chip_rest=40 USD/chip", "nre=500 MUSD", "hurdle=2 x", "benchmark_relief=50 %",
          "hazard=0 %/year", "luck=0.5", "progress_lost=90 %", "lead_time=2 year", "generation_life=5 year",
          "ramp_time=1 year"})
        sets.push_back(std::string("maker.second.") + set);
    sets.insert(sets.end(), more.begin(), more.end());
    return sets;
}

} // namespace

TEST_CASE("caused adoption goes to 0 with relief, and not before") {
    const std::string dear = "maker.follower.hurdle=25 x"; // dares only after the proof
    const SmallRun with({dear, "maker.follower.benchmark_relief=90 %"});
    CHECK(with.sum("adopters.caused") > 0.0);
    CHECK(with.sum("adopters.caused") ==
          doctest::Approx(with.sum("adopters.vehicles") - with.sum("adopters.vehicles_buy")).epsilon(1e-12));
    const SmallRun without({dear, "maker.follower.benchmark_relief=0 %", "maker.follower.lead_relief=0 %"});
    for (const double caused : without.series("adopters.caused"))
        CHECK(caused == 0.0);
    // Earlier quotes alone cause something too, where the maker dares anyway.
    const SmallRun sooner({"maker.follower.benchmark_relief=0 %", "maker.follower.lead_relief=30 %"});
    CHECK(sooner.sum("adopters.caused") > 0.0);
}

TEST_CASE("one maker removed changes its own row only") {
    const SmallRun one;
    const SmallRun two(with_second());
    CHECK(two.series("adopters.share.follower") == one.series("adopters.share.follower"));
    CHECK(two.series("adopters.caused_of.follower") == one.series("adopters.caused_of.follower"));
    CHECK(two.sum("adopters.vehicles") > one.sum("adopters.vehicles"));
    CHECK(two.sum("adopters.caused") ==
          doctest::Approx(two.sum("adopters.caused_of.follower") + two.sum("adopters.caused_of.second")));
}

TEST_CASE("no maker goes in-house by assumption: its own volume, yield, process and design cost decide") {
    CHECK(SmallRun().at("adopters.share.follower", "2030Q4") > 0.0);
    for (const auto* set :
         {"maker.follower.volume={ series = [[\"2026Q1\", \"0.2 Mvehicle/year\"]] }", "maker.follower.nre=20_000 MUSD",
          "maker.follower.die_area=20_000 mm^2", "maker.follower.wafer_premium=20 x",
          "maker.follower.own_chips=12 chip/vehicle", "process.alpha.wafer_price=400_000 USD/wafer"}) {
        CAPTURE(set);
        CHECK(SmallRun({set}).sum("adopters.vehicles") == 0.0);
    }
    CHECK(SmallRun({"maker.follower.most=30 %"}).at("adopters.share.follower", "2030Q4") == doctest::Approx(30.0));
}

TEST_CASE("a programme at risk is stopped and comes late; a luckier one does not") {
    const SmallRun safe;
    const SmallRun unlucky({"maker.follower.hazard=60 %/year", "maker.follower.luck=0.4"});
    const SmallRun lucky({"maker.follower.hazard=60 %/year", "maker.follower.luck=0.999"});
    CHECK(unlucky.sum("adopters.vehicles") < safe.sum("adopters.vehicles"));
    CHECK(lucky.sum("adopters.vehicles") == doctest::Approx(safe.sum("adopters.vehicles")).epsilon(1e-12));
}
