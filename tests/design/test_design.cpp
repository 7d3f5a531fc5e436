// autarky: exploration of chips: every point of the front is feasible, none beats another, threads do not matter.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <tbb/global_control.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "design/space.hpp"
#include "silicon/packing.hpp"

using namespace autarky;
using namespace autarky::design;

namespace {

const std::string data = AUTARKY_SOURCE_DIR;

DesignAxes small_axes() {
    DesignAxes axes;
    axes.sides = {32, 64, 128};
    axes.cores = {1, 4, 16};
    axes.buffers_mib = {8, 32, 128};
    axes.channels = {4, 12};
    axes.nodes = {{5, 1.6, die_costing("n5", "", data)}, {3, 1.9, die_costing("n3", "", data)}};
    return axes;
}

bool dominates(const DesignPoint& a, const DesignPoint& b) {
    bool better = false;
    for (std::size_t i = 0; i < n_objectives; ++i) {
        if (a.objectives[i] > b.objectives[i]) return false;
        better = better || a.objectives[i] < b.objectives[i];
    }
    return better;
}

} // namespace

TEST_CASE("the front holds feasible designs that do not beat one another") {
    const auto axes = small_axes();
    const auto job = load_job("driving-vision", data);
    const auto e = explore({job}, axes);
    CHECK(e.points == axes.points());
    CHECK(e.points == 3 * 3 * 2 * 3 * 2 * 5 * 2);
    REQUIRE(!e.front.empty());
    CHECK(e.feasible >= e.front.size());
    for (const auto& a : e.front) {
        CHECK(a.objectives[2] <= job.workload.deadline.in("ms"_u));
        CHECK(a.load <= 1.0);
        CHECK(a.width_mm * a.height_mm == doctest::Approx(a.objectives[0]));
        const auto design = design_at(axes, a.index);
        CHECK(a.width_mm <= design.part.width_mm() * (1 + 1e-12));
        CHECK(a.height_mm <= design.part.height_mm() * (1 + 1e-12));
        for (const auto& b : e.front)
            CHECK_FALSE(dominates(a, b));
    }
}

TEST_CASE("the front costs its dies by the exact packing, and a smaller die never costs more") {
    const auto axes = small_axes();
    const auto e = explore({load_job("driving-vision", data)}, axes);
    for (const auto& p : e.front) {
        const auto& costing = axes.nodes[design_at(axes, p.index).node].costing;
        const silicon::WaferShape wafer{300.0, costing.median.edge_exclusion.in("mm"_u)};
        const auto dies =
            silicon::optimised_packing({p.width_mm, p.height_mm, costing.median.scribe.in("mm"_u)}, wafer).dies;
        const double die =
            costing.wafer_price.in("USD/wafer"_u) / dies / costing.yield(quantity(p.objectives[0], "mm^2"_u));
        CHECK(p.objectives[1] == doctest::Approx(die + 0.02 * p.objectives[0]).epsilon(1e-12));
    }
    double before = 0.0;
    for (double area = 5.0; area < 800.0; area *= 1.02) {
        const double usd = axes.nodes[0].costing.of_area(quantity(area, "mm^2"_u)).in("USD/die"_u);
        CHECK(usd >= before);
        before = usd;
    }
}

TEST_CASE("the front does not depend on the number of threads") {
    const auto axes = small_axes();
    const std::vector<Job> jobs{load_job("robot-pi0", data)};
    const auto many = explore(jobs, axes);
    const tbb::global_control one_thread(tbb::global_control::max_allowed_parallelism, 1);
    const auto one = explore(jobs, axes);
    REQUIRE(many.front.size() == one.front.size());
    for (std::size_t i = 0; i < many.front.size(); ++i) {
        CHECK(many.front[i].index == one.front[i].index);
        CHECK(many.front[i].objectives == one.front[i].objectives);
    }
}

TEST_CASE("an exploration that is stopped is the front of what was looked at") {
    const auto job = load_job("driving-vision", data);
    const auto axes = small_axes();
    const auto whole = explore({job}, axes);
    CHECK(whole.points == axes.points());
    const auto part = explore({job}, axes, {}, [](std::uint64_t, std::uint64_t) { return true; });
    CHECK(part.is_stopped);
    CHECK(part.points > 0);
    CHECK(part.points < whole.points);
    CHECK(part.feasible <= whole.feasible);
    for (const auto& found : part.front) // no design of the part beats the whole front
        CHECK(std::any_of(whole.front.begin(), whole.front.end(), [&](const auto& best) {
            bool at_most = true;
            for (std::size_t i = 0; i < n_objectives; ++i)
                at_most = at_most && best.objectives[i] <= found.objectives[i];
            return at_most;
        }));
}

TEST_CASE("the fastest design of the grid is on the front, and a harder deadline only takes designs away") {
    const auto axes = small_axes();
    auto job = load_job("driving-vision", data);
    const auto wide = explore({job}, axes);
    job.workload.deadline = quantity(10.0, "ms"_u);
    const auto tight = explore({job}, axes);
    CHECK(tight.feasible <= wide.feasible);
    const auto latency = [](const DesignPoint& p) { return p.objectives[2]; };
    if (!tight.front.empty())
        CHECK(std::ranges::min(tight.front, {}, latency).index == std::ranges::min(wide.front, {}, latency).index);
    job.workload.deadline = quantity(0.001, "ms"_u);
    CHECK(explore({job}, axes).front.empty());
}

TEST_CASE("a Pareto front of hand-made points") {
    const auto point = [](std::uint32_t index, double area, double cost, double latency, double energy) {
        DesignPoint p;
        p.index = index;
        p.objectives = {area, cost, latency, energy};
        return p;
    };
    const auto front = pareto_front(
        {point(0, 1, 1, 5, 1), point(1, 2, 2, 2, 2), point(2, 2, 2, 2, 2), point(3, 3, 3, 3, 3), point(4, 9, 9, 1, 9)});
    REQUIRE(front.size() == 3);
    CHECK(front[0].index == 0);
    CHECK(front[1].index == 1); // of equal points the first
    CHECK(front[2].index == 4);
}

TEST_CASE("the picture of the front has a mark for each design") {
    const auto e = explore({load_job("driving-vision", data)}, small_axes());
    const auto svg = front_svg(e);
    std::size_t marks = 0;
    for (auto at = svg.find("<title>"); at != std::string::npos; at = svg.find("<title>", at + 1))
        ++marks;
    CHECK(marks == e.front.size() + 1); // and its own name
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(svg.find("nan") == std::string::npos);
}
