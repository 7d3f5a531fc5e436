// autarky: stocks and flows of devices by region: what comes in, leaves, waits and is lost adds up in each region by itself.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include "case_run.hpp"
#include "model/fleet.hpp"

using namespace autarky;
using autarky::test::Draw;

namespace {

constexpr std::size_t n_regions = 4;

/// What a quarter does to one region.
struct Flow {
    double wanted = 0.0, blocked = 0.0;
};
/// What it does to all of them alike.
struct Shortage {
    double parts = 1e18, share = 1.0, lost = 0.1, chip_power = 90.0;
};
constexpr double life = 6.0;
// Of a handful of sums and products of doubles, each within 1e-16 of its value.
constexpr double rounding = 1e-12;

Units<double> units(double n) { return quantity(n, "unit"_u); }
double number(const Units<double>& n) { return n.in("unit"_u); }

void run(model::Fleet<double>& fleet, const std::vector<Flow>& flows, const Shortage& quarter) {
    for (std::size_t r = 0; r < flows.size(); ++r) {
        fleet.eligible[r] = units(flows[r].wanted) + fleet.backlog[r];
        fleet.gated[r] = fleet.eligible[r];
        fleet.block(r, flows[r].blocked);
    }
    fleet.hold_to_parts(units(quarter.parts));
    fleet.deliver(quarter.share, quantity(quarter.chip_power, "W/unit"_u), quantity(life, "year"_u), quarter.lost);
}

std::vector<Flow> drawn(Draw& draw) {
    std::vector<Flow> out(n_regions);
    for (auto& flow : out)
        flow = {draw.between(0.0, 5'000.0), draw.between(0.0, 0.9)};
    return out;
}

} // namespace

TEST_CASE("in each region devices in service are those before, less one in 24 of them, plus those delivered") {
    Draw draw(41);
    for (int world = 0; world < 50; ++world) {
        model::Fleet<double> fleet;
        fleet.reset(n_regions);
        for (int q = 0; q < 40; ++q) {
            const auto before = fleet.service;
            const auto waited = fleet.backlog;
            const auto computed = fleet.compute;
            const auto flows = drawn(draw);
            const Shortage quarter{draw.between(100.0, 20'000.0), draw.between(0.0, 1.0), draw.between(0.0, 0.6),
                                   draw.between(50.0, 200.0)};
            run(fleet, flows, quarter);
            double retired = 0.0, delivered = 0.0;
            for (std::size_t r = 0; r < n_regions; ++r) {
                const double leaving = number(before[r]) * 0.25 / life;
                retired += leaving;
                delivered += number(fleet.delivered[r]);
                CHECK(number(fleet.service[r]) ==
                      doctest::Approx(number(before[r]) - leaving + number(fleet.delivered[r])).epsilon(rounding));
                // New and waiting devices are delivered, lost or wait on: nothing appears and nothing is forgotten.
                const double asked = flows[r].wanted + number(waited[r]);
                const double open = asked - number(fleet.delivered[r]);
                CHECK(number(fleet.backlog[r]) == doctest::Approx(open * (1.0 - quarter.lost)).epsilon(rounding));
                CHECK(number(fleet.delivered[r]) >= 0.0);
                // No more than the street lets through.
                CHECK(number(fleet.delivered[r]) <= asked * (1.0 - flows[r].blocked) * (1.0 + rounding));
                // Each device's chips come into service and leave it with the device, of the power of its quarter.
                CHECK(fleet.compute[r].in("W"_u) == doctest::Approx(computed[r].in("W"_u) * (1.0 - 0.25 / life) +
                                                                    number(fleet.delivered[r]) * quarter.chip_power)
                                                        .epsilon(rounding));
            }
            CHECK(delivered <= quarter.parts * quarter.share * (1.0 + rounding));
            CHECK(number(fleet.retired) == doctest::Approx(retired).epsilon(rounding));
        }
    }
}

TEST_CASE("where no common part is short, what one region wants changes that region alone") {
    Draw draw(42);
    for (int world = 0; world < 50; ++world) {
        model::Fleet<double> one, other;
        one.reset(n_regions);
        other.reset(n_regions);
        for (int q = 0; q < 20; ++q) {
            auto flows = drawn(draw);
            const Shortage quarter{1e18, draw.between(0.0, 1.0), draw.between(0.0, 0.6)};
            run(one, flows, quarter);
            flows[1].wanted *= 3.0;
            run(other, flows, quarter);
            for (std::size_t r = 0; r < n_regions; ++r) {
                if (r == 1) continue;
                CHECK(number(other.service[r]) == number(one.service[r]));
                CHECK(number(other.backlog[r]) == number(one.backlog[r]));
            }
        }
        CHECK(number(other.service[1]) > number(one.service[1]));
    }
}

TEST_CASE("a part that is short holds every region to the same share of what its streets let through") {
    model::Fleet<double> fleet;
    fleet.reset(n_regions);
    run(fleet, {{1'000.0, 0.0}, {3'000.0, 0.5}, {0.0, 0.2}, {2'500.0, 0.0}}, {1'000.0, 1.0, 0.0});
    CHECK(number(fleet.delivered[0]) == doctest::Approx(200.0)); // 1,000 of 1,000 + 1,500 + 0 + 2,500
    CHECK(number(fleet.delivered[1]) == doctest::Approx(300.0));
    CHECK(number(fleet.delivered[2]) == 0.0);
    CHECK(number(fleet.delivered[3]) == doctest::Approx(500.0));
}
