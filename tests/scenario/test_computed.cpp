// autarky: numbers of a chip that follow from its accelerator and workload: which stand, which are computed, bad references.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "scenario/computed.hpp"
#include "scenario/load.hpp"
#include "scenario/packed.hpp"

using namespace autarky;

namespace {

LoadRequest request(std::vector<std::string> sets) {
    LoadRequest out;
    out.data_folder = AUTARKY_SOURCE_DIR;
    out.sets = std::move(sets);
    return out;
}
Loaded loaded(std::vector<std::string> sets) { return load(request(std::move(sets))); }

/// Code, message and hint of every finding.
std::string findings(std::vector<std::string> sets) {
    std::string out;
    const auto found = check(request(std::move(sets)));
    for (const auto& d : found.items())
        out += d.code + " " + d.message + (d.hint.empty() ? "" : " | " + d.hint) + "\n";
    return out;
}

const Input& row(const Loaded& from, const std::string& path) {
    for (const auto& input : from.inputs.rows)
        if (input.path == path) return input;
    FAIL("there is no input " << path);
    return from.inputs.rows.front();
}

const std::string accelerator = "chip.ai5.accelerator=ai5_like", workload = "chip.ai5.workload=driving_vision";

} // namespace

TEST_CASE("a chip that names its accelerator and workload needs none of their numbers, and outdates the catalogue's") {
    const auto s = loaded({accelerator, workload});
    for (const auto* key :
         {"width", "height", "throughput", "precision", "memory", "memory_bandwidth", "power", "utilisation_ratio"}) {
        const auto& input = row(s, std::string("chip.ai5.") + key);
        CAPTURE(key);
        CHECK(input.is_computed);
        CHECK(input.written == "computed");
        CHECK(input.stream == -1);
        CHECK_FALSE(row(s, std::string("chip.ai6.") + key).is_computed);
    }
    // no side is given: a square die
    CHECK(row(s, "chip.ai5.width").distribution.parameters[0] == doctest::Approx(20.67).epsilon(0.001));
    CHECK(row(s, "chip.ai5.height").distribution.parameters[0] == doctest::Approx(20.67).epsilon(0.001));
    // 96 x 96 x 50 multipliers at about 2.18 GHz; the rest is the centre of the accelerator's own row
    CHECK(row(s, "chip.ai5.throughput").distribution.parameters[0] / 1e12 / 8760 / 3600 ==
          doctest::Approx(2008).epsilon(0.01));
    // 3.99 chips of the merchant do its work, at 516 against 2,008 TOPS
    CHECK(row(s, "chip.ai5.utilisation_ratio").distribution.parameters[0] ==
          doctest::Approx(3.99 * 516 / 2008).epsilon(0.03));
}

TEST_CASE("a number in the same layer as the accelerator or above stands; 'computed' takes a typed one back") {
    CHECK_FALSE(row(loaded({accelerator, workload, "chip.ai5.power=150 W"}), "chip.ai5.power").is_computed);
    CHECK_FALSE(row(loaded({"chip.ai5.power=150 W", accelerator, workload}), "chip.ai5.power").is_computed);
    CHECK(row(loaded({accelerator, workload, "chip.ai5.power=computed"}), "chip.ai5.power").is_computed);
    const auto no_workload = loaded({accelerator}); // the work stays as the catalogue types it
    CHECK_FALSE(row(no_workload, "chip.ai5.utilisation_ratio").is_computed);
    CHECK(row(no_workload, "chip.ai5.throughput").is_computed);
}

TEST_CASE("one side that is given: the other follows from the area") {
    const auto s = loaded({accelerator, workload, "chip.ai5.width=25.8 mm"});
    CHECK(row(s, "chip.ai5.height").distribution.parameters[0] == doctest::Approx(16.56).epsilon(0.002));
}

TEST_CASE("an accelerator without a die area: the sum of its blocks") {
    const auto given = loaded({accelerator, workload, "chip.ai5.width=20 mm"});
    const auto summed = loaded({accelerator, workload, "chip.ai5.width=20 mm", "accelerator.ai5_like.die_area=0 mm^2"});
    const double mm2 = 20.0 * row(summed, "chip.ai5.height").distribution.parameters[0];
    CHECK(mm2 > 150.0);
    CHECK(mm2 < 20.0 * row(given, "chip.ai5.height").distribution.parameters[0]);
}

TEST_CASE("a device that names its workload needs what the network takes, and outdates what its row types") {
    const auto s = loaded({"vehicle.cars.workload=classification"});
    const auto value = [&](const std::string& key) {
        const auto& input = row(s, "vehicle.cars." + key);
        CAPTURE(key);
        CHECK(input.is_computed);
        CHECK(input.stream == -1);
        return input.distribution.parameters[0];
    };
    constexpr double seconds_a_year = 8760.0 * 3600.0;
    // ResNet-50 at 30 frames a second: 4.09 G multiply-adds and 25.5 M weights of 8 bit (He et al. 2016, torchvision)
    CHECK(value("work") / seconds_a_year == doctest::Approx(2.0 * 4.09e9 * 30.0).epsilon(0.01));
    CHECK(value("bandwidth") / seconds_a_year == doctest::Approx(8.0 * 25.5e6 * 30.0).epsilon(0.01));
    CHECK(value("memory") == doctest::Approx(8.0 * 25.5e6).epsilon(0.01));
    // what the merchant's chip really does of its peak, a frame at a time: Orin does 9 % of it (MLPerf 3.1)
    CHECK(value("utilisation") > 0.01);
    CHECK(value("utilisation") < 0.5);
    CHECK_FALSE(row(s, "robot.optimus.utilisation").is_computed);
    CHECK_FALSE(row(s, "chip.ai5.utilisation_ratio").is_computed);
    // a typed number in the same layer stands
    CHECK_FALSE(row(loaded({"vehicle.cars.workload=classification", "vehicle.cars.utilisation=20 %"}),
                    "vehicle.cars.utilisation")
                    .is_computed);
}

TEST_CASE("a scenario that names no accelerator draws none and keeps its inputs") {
    const auto s = loaded({});
    CHECK(s.scenario.accelerator.size() == 0);
    CHECK(s.scenario.workload.size() == 0);
    CHECK(s.scenario.computed == nullptr);
    CHECK(loaded({accelerator, workload}).scenario.accelerator.size() == 2); // its own and the merchant's
}

TEST_CASE("references that lead nowhere, with suggestions from the whole catalogue") {
    CHECK(findings({"chip.ai5.accelerator=ai5_lik", workload}) ==
          "E0304 chip.ai5.accelerator: there is no accelerator 'ai5_lik' | did you mean 'ai5_like'?\n");
    CHECK(findings({accelerator, "chip.ai5.workload=driving_visoin"}) ==
          "E0304 chip.ai5.workload: there is no workload 'driving_visoin' | did you mean 'driving_vision'?\n");
    CHECK(findings({accelerator, workload, "workload.driving_vision.network=hydranet-8cams"}) ==
          "E0304 workload.driving_vision.network: there is no ready network 'hydranet-8cams' | did you mean "
          "'hydranet-8cam'?\n");
    CHECK(findings({accelerator, workload, "merchant.thor.accelerator=torh"}).find("did you mean 'thor'?") !=
          std::string::npos);
}

TEST_CASE("half of what is needed") {
    CHECK(findings({workload}) ==
          "E0302 chip.ai5 names a workload but no accelerator to run it | accelerator = the name "
          "of a row of 'accelerator'\n");
    CHECK(findings({"chip.ai5.width=computed"}) ==
          "E0302 chip.ai5.width is to be computed, but chip.ai5 names no accelerator | accelerator = the name of a row "
          "of 'accelerator'\n");
    CHECK(findings({accelerator, "chip.ai5.utilisation_ratio=computed"}) ==
          "E0302 chip.ai5.utilisation_ratio is to be computed, but chip.ai5 names no workload | workload = the name "
          "of a row of 'workload'\n");
    CHECK(
        findings({accelerator, workload, R"(use=["-merchant.thor", "-outlet.*", "-fallback.china_thor"])"}) ==
        "E0302 chip.ai5: a utilisation that follows from a workload needs the accelerator of merchant.ride_elite, "
        "which "
        "names none | accelerator = \"...\" in [merchant.ride_elite], or utilisation_ratio = \"...\" in [chip.ai5]\n");
}

TEST_CASE("an accelerator that cannot do the work") {
    CHECK(findings({accelerator, workload, "accelerator.ai5_like.array_rows=0"}) ==
          "E0405 accelerator.ai5_like: an array of 0x96 has no elements\n");
    CHECK(findings({"chip.ai5.accelerator=hw3", workload, "workload.driving_vision.precision=fp16"}) ==
          "E0405 accelerator.hw3 lacks fp16 and every wider format | give it a rate_..., or the workload another "
          "precision\n");
    CHECK(findings({accelerator, workload, "accelerator.ai5_like.buffer=0.000_001 MiB"})
              .find("a tile of 96 x 96 cannot fit its buffer") != std::string::npos);
    CHECK(findings({accelerator, workload, "accelerator.ai5_like.buffer=100 to 200 MiB"}) ==
          "W0310 accelerator.ai5_like.buffer: latencies are computed at its centre | its uncertainty acts on the area "
          "only\n");
}

TEST_CASE("findings stand where the key was written") {
    const auto found = check(request({accelerator, "chip.ai5.workload=driving_visoin"}));
    REQUIRE(found.items().size() == 1);
    CHECK(found.items()[0].origin.line == 1);
    CHECK(found.items()[0].origin.column > 10); // under the value of the second --set
}

TEST_CASE("an uncertain area scatters the exact packing; its residual is measured along the computed side") {
    const auto s =
        loaded({accelerator, workload, "chip.ai5.width=25.8 mm", "accelerator.ai5_like.die_area=400 to 450 mm^2"});
    const auto& from = s.scenario.computed->rows.at(0);
    CHECK(from.area_low_mm2 == doctest::Approx(400.0).epsilon(1e-9));
    CHECK(from.area_high_mm2 == doctest::Approx(450.0).epsilon(1e-9));
    const auto& packed = s.scenario.packed->rows.at(0);
    CHECK(packed.is_uncertain);
    // by hand: five heights between 400 / 25.8 and 450 / 25.8 mm, against the exact count of each
    const double median = row(s, "chip.ai5.height").distribution.parameters[0];
    CHECK(median * 25.8 == doctest::Approx(std::sqrt(400.0 * 450.0)).epsilon(1e-6));
    const auto smooth = [](double height) {
        return silicon::gross_dies_closed_form(Length<double>(25.8), Length<double>(height), Length<double>(300.0),
                                               Length<double>(3.0), Length<double>(0.1))
            .raw();
    };
    const auto exact = [](double height) { return silicon::optimised_packing({25.8, height, 0.1}, {}).dies; };
    double worst = 0.0;
    for (const double area : {400.0, 412.5, 425.0, 437.5, 450.0}) {
        const double h = area / 25.8;
        worst = std::max(worst, std::abs(exact(median) * smooth(h) / smooth(median) / exact(h) - 1.0));
    }
    CHECK(packed.scale.worst_residual == doctest::Approx(worst).epsilon(1e-9));
    CHECK(worst > 0.001);
    // a fixed area leaves nothing to measure
    const auto fixed = loaded({accelerator, workload, "accelerator.ai5_like.die_area=420 mm^2"});
    CHECK_FALSE(fixed.scenario.packed->rows.at(0).is_uncertain);
    CHECK(fixed.scenario.packed->rows.at(0).scale.worst_residual < 1e-12);
}

TEST_CASE("the area of a die that is the sum of its blocks gets the range that all their uncertainties give") {
    const auto s = loaded({accelerator, workload});
    const auto& from = s.scenario.computed->rows.at(0);
    const double middle =
        row(s, "chip.ai5.width").distribution.parameters[0] * row(s, "chip.ai5.height").distribution.parameters[0];
    CHECK(from.area_low_mm2 < 0.99 * middle);
    CHECK(from.area_high_mm2 > 1.01 * middle);
    CHECK(from.area_high_mm2 < 1.5 * middle);
}

TEST_CASE("several workloads in turns: the chips that each takes add, on both sides of the comparison") {
    const auto central = [](std::vector<std::string> sets, const std::string& first) {
        sets.insert(sets.begin(), {accelerator, "chip.ai5.workload=" + first});
        return row(loaded(std::move(sets)), "chip.ai5.utilisation_ratio").distribution.parameters[0];
    };
    const std::string planning = "chip.ai5.also_runs.planner.workload=planning";
    const double cameras = central({}, "driving_vision"), planner = central({}, "planning");
    const double both = central({planning}, "driving_vision");
    // the ratio of sums lies between the ratios
    CHECK(both > std::min(cameras, planner));
    CHECK(both < std::max(cameras, planner));
    // next to nothing to do changes next to nothing; nor does the order
    CHECK(central({planning, "workload.planning.rate=0.00001 Hz", "workload.planning.deadline=1000 s"},
                  "driving_vision") == doctest::Approx(cameras).epsilon(1e-4));
    CHECK(central({"chip.ai5.also_runs.cameras.workload=driving_vision"}, "planning") ==
          doctest::Approx(both).epsilon(1e-12));
}

TEST_CASE("workloads in turns that make no sense") {
    CHECK(findings({accelerator, "chip.ai5.also_runs.planner.workload=planning"}) ==
          "E0302 chip.ai5 names further workloads in also_runs, but neither accelerator nor a first workload to take "
          "turns with | accelerator = \"...\" and workload = \"...\"\n");
    CHECK(findings({"chip.ai5.also_runs.planner.workload=planning"}).starts_with("E0302 chip.ai5 names further"));
    CHECK(findings({accelerator, workload, "chip.ai5.also_runs.again.workload=driving_vision"})
              .find("E0402 chip.ai5 runs 'driving_vision' twice") != std::string::npos);
    CHECK(findings({accelerator, workload, "chip.ai5.also_runs.planner.workload=plannin"}).find("did you mean") !=
          std::string::npos);
}
