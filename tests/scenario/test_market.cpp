// autarky: makers, rivals, jobs and robots that cannot be reckoned with are refused, with the place and what to do.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "scenario/load.hpp"

using namespace autarky;

namespace {

/// Code and message of every error of the bundled scenario with these settings.
std::string errors(std::vector<std::string> sets) {
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    request.sets = std::move(sets);
    std::string out;
    const auto found = check(request);
    for (const auto& d : found.items())
        if (d.code.starts_with('E')) out += d.code + " " + d.message + "\n";
    return out;
}

} // namespace

TEST_CASE("a maker without vehicles, a robot without tasks, shares of nothing are told") {
    CHECK(errors({}).empty());
    CHECK(errors({"maker.nio.volume={ series = [[\"2021Q1\", \"0 Mvehicle/year\"]] }"}) ==
          "E0402 maker.nio.volume: this maker sells no vehicle at any time\n");
    CHECK(errors({"robot.optimus.productivity={ series = [[\"2018Q1\", \"0 x\"]] }"}) ==
          "E0402 robot.optimus.productivity: there is no task that it does: its output is always 0\n");
    CHECK(errors({"rival.chinese.weight=0", "rival.western.weight=0"}) ==
          "E0402 rival: the weights of the rivals add to nothing\n");
    CHECK(errors({"region.india.occupation.all.share=0 %", "region.india.occupation.all.wage=1 x"}) ==
          "E0402 region.india.occupation: the shares of its occupations add to nothing\n");
    CHECK(errors({"robot.optimus.part.actuators.share=0 %", "robot.optimus.part.hands.share=0 %",
                  "robot.optimus.part.rest.share=0 %"}) ==
          "E0402 robot.optimus.part: the shares of its parts add to nothing\n");
}

TEST_CASE("an empty distribution over tasks, negative supervision, a rival without a process do not read") {
    CHECK(errors({"robot.optimus.task_spread={ series = [] }"}).starts_with("E0208 "));
    CHECK(errors({"robot.optimus.task_spread=0"}).starts_with("E0205 robot.optimus.task_spread"));
    CHECK(errors({"robot.optimus.supervision=-0.1 worker/robot"}).starts_with("E0205 robot.optimus.supervision"));
    CHECK(errors({"rival.new.location=CN", "rival.new.price=20_000 USD/robot", "rival.new.die_area=400 mm^2",
                  "rival.new.compute_rest=500 USD/robot", "rival.new.compute_power=80 W/robot"}) ==
          "E0302 rival.new needs 'process'\n");
    CHECK(errors({"rival.chinese.process=n77"}).starts_with("E0304 rival.chinese.process"));
    CHECK(errors({"maker.nio.hazard=-5 %/year"}).starts_with("E0205 maker.nio.hazard"));
}
