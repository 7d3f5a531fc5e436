// autarky: tests of robots against labour.
// SPDX-License-Identifier: Apache-2.0
#include "market/labour.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace autarky;
using namespace autarky::market;

namespace {

RobotProgramme<double> robot() {
    RobotProgramme<double> p{};
    p.life = quantity(10.0, "year"_u);
    p.upkeep = quantity(5.0, "%/year"_u);
    return p;
}

Wage<double> wage(double x) { return quantity(x, "USD/worker/year"_u); }
YearlyCost<double> yearly(double x) { return quantity(x, "USD/unit/year"_u); }

Region<double> region(std::vector<Occupation<double>> jobs = {}) {
    Region<double> g{};
    g.wage_spread = 0.25;
    g.occupation.rows = std::move(jobs);
    g.site_size = quantity(80.0, "worker"_u);
    g.site_spread = 1.8;
    return g;
}

double share(double worth_over_cost, double tasks, const Region<double>& g) {
    const WageMixture<double> wages(g);
    std::vector<double> spreads;
    one_over_spread(wages, tasks, spreads);
    return undercut_share(std::log(worth_over_cost), wages, spreads);
}

} // namespace

TEST_CASE("a 20,000 USD robot over 10 years at 8 % with 5 % upkeep costs 9 % of a 45,000 USD worker") {
    // 20,000 x (0.149029 + 0.05) + 1 kW x 1752 h x 0.12 USD/kWh = 3980.6 + 210.2 = 4190.8; over 45,000: 0.09313.
    const auto recovery = capital_recovery(quantity(8.0, "%/year"_u), robot().life);
    const auto of = [&](double integration, double supervision) {
        auto p = robot();
        p.integration = integration;
        return robot_yearly_cost(quantity(20'000.0, "USD/robot"_u), p, quantity(1000.0, "W/robot"_u),
                                 quantity(1752.0, "h"_u), quantity(0.12, "USD/kWh"_u), recovery, yearly(supervision));
    };
    CHECK(of(0.0, 0.0).in("USD/robot/year"_u) == doctest::Approx(4190.829773941507).epsilon(1e-9));
    CHECK(break_even_output(of(0.0, 0.0), wage(45'000.0)).in("worker/robot"_u) ==
          doctest::Approx(0.0931295505).epsilon(1e-8));
    // Half of its price for the site: 20,000 x 0.5 x 0.149029 more. A quarter of a worker beside it in two shifts.
    CHECK(of(0.5, 0.0).in("USD/robot/year"_u) == doctest::Approx(4190.829773941507 + 1490.2948869707536).epsilon(1e-9));
    const auto people = supervision_cost(WorkersPerUnit<double>(0.25), 2.0, wage(45'000.0));
    CHECK(people.in("USD/robot/year"_u) == doctest::Approx(22'500.0));
    CHECK(of(0.0, 22'500.0).in("USD/robot/year"_u) == doctest::Approx(26'690.829773941507).epsilon(1e-9));
}

TEST_CASE("half of the work is undercut where the median wage breaks even at the median task") {
    CHECK(share(1.0, 1.0, region()) == doctest::Approx(0.5).epsilon(1e-14));
    CHECK(share(1e6, 1.0, region()) > 1.0 - 1e-12);
    CHECK(share(1e-12, 1.0, region()) < 1e-12);
    // Shares need not add to 100 %: two equal occupations are one.
    CHECK(share(0.7, 0.8, region({{3.0, 1.0, 0.25}, {5.0, 1.0, 0.25}})) ==
          doctest::Approx(share(0.7, 0.8, region())).epsilon(1e-14));
}

TEST_CASE("the share of the work never falls with wage or output, whatever the mixture") {
    const auto mixed = region({{0.6, 0.9, 0.21}, {0.4, 1.15, 0.26}});
    for (const double tasks : {0.05, 0.4, 1.0, 2.0}) {
        double before = -1.0;
        for (double worth = 0.01; worth < 100.0; worth *= 1.3) {
            const double now = share(worth, tasks, mixed);
            CHECK(now >= before);
            CHECK(now <= 1.0);
            before = now;
        }
    }
}

TEST_CASE("a wider spread over tasks opens few jobs to a poor robot and closes some to a good one") {
    CHECK(share(0.3, 1.26, region()) > share(0.3, 0.68, region()));
    CHECK(share(3.0, 1.26, region()) < share(3.0, 0.68, region()));
}

TEST_CASE("two shifts of 1,800 h at half duty and full speed are one worker; no year has more than 8760 h") {
    const auto hours = robot_hours(2.0, 0.5, quantity(1800.0, "h"_u));
    CHECK(hours.in("h"_u) == doctest::Approx(1800.0));
    CHECK(robot_output(1.0, hours, quantity(1800.0, "h"_u)).in("worker/robot"_u) == doctest::Approx(1.0));
    CHECK(robot_hours(9.0, 1.0, quantity(1800.0, "h"_u)).in("h"_u) == doctest::Approx(8760.0));
}

TEST_CASE("half of the work is at sites of the median size; none is shut out where no least size is asked") {
    const auto g = region();
    CHECK(site_share(g, quantity(8.0, "worker"_u), 0.1) == doctest::Approx(0.5));
    CHECK(site_share(g, Workers<double>(0.0), 0.1) == doctest::Approx(1.0));
    CHECK(site_share(g, quantity(8.0, "worker"_u), 0.0) < 1e-6);
    CHECK(site_share(g, quantity(8.0, "worker"_u), 0.2) > 0.5);
}

TEST_CASE("an hour at half of its cost sells 2^elasticity of the hours, a dearer one no fewer than today") {
    CHECK(cheaper_hours(std::log(2.0), 0.5) == doctest::Approx(std::sqrt(2.0)).epsilon(1e-14));
    CHECK(cheaper_hours(std::log(0.5), 0.5) == 1.0);
}
