// autarky: tests of robots against labour.
// SPDX-License-Identifier: Apache-2.0
#include "market/labour.hpp"

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::market;

namespace {

RobotProgramme<double> robot() {
    RobotProgramme<double> p{};
    p.bom = quantity(40'000.0, "USD/robot"_u);
    p.bom_floor = quantity(10'000.0, "USD/robot"_u);
    p.bom_learning = 0.2;
    p.bom_units = quantity(1000.0, "robot"_u);
    p.parts_closed_multiple = 2.5;
    p.life = quantity(10.0, "year"_u);
    p.upkeep = quantity(5.0, "%/year"_u);
    p.duty = 0.2;
    return p;
}

Wage<double> wage(double x) { return quantity(x, "USD/worker/year"_u); }
YearlyCost<double> yearly(double x) { return quantity(x, "USD/unit/year"_u); }

} // namespace

TEST_CASE("a 20,000 USD robot over 10 years at 8 % with 5 % upkeep costs 9 % of a 45,000 USD worker") {
    // 20,000 x (0.149029 + 0.05) + 1 kW x 1752 h x 0.12 USD/kWh = 3980.6 + 210.2 = 4190.8; over 45,000: 0.09313.
    const auto cost =
        robot_yearly_cost(quantity(20'000.0, "USD/robot"_u), robot(), quantity(1000.0, "W/robot"_u),
                          quantity(0.12, "USD/kWh"_u), capital_recovery(quantity(8.0, "%/year"_u), robot().life));
    CHECK(cost.in("USD/robot/year"_u) == doctest::Approx(4190.829773941507).epsilon(1e-9));
    CHECK(break_even_output(cost, wage(45'000.0)).in("worker/robot"_u) == doctest::Approx(0.0931295505).epsilon(1e-8));
}

TEST_CASE("each doubling of output cuts the bill above its floor by the learning rate") {
    const auto at = [](double units) {
        return robot_bom(robot(), learning_exponent(robot().bom_learning), quantity(units, "robot"_u), 0.0)
            .in("USD/robot"_u);
    };
    CHECK(at(10.0) == doctest::Approx(40'000.0));
    CHECK(at(1000.0) == doctest::Approx(40'000.0));
    CHECK(at(2000.0) == doctest::Approx(10'000.0 + 30'000.0 * 0.8).epsilon(1e-12));
    CHECK(at(8000.0) == doctest::Approx(10'000.0 + 30'000.0 * 0.512).epsilon(1e-12));
    CHECK(robot_bom(robot(), learning_exponent(robot().bom_learning), quantity(1000.0, "robot"_u), 1.0)
              .in("USD/robot"_u) == doctest::Approx(100'000.0));
}

TEST_CASE("half of the jobs are undercut where the median wage breaks even") {
    const auto output = WorkersPerUnit<double>(0.5);
    CHECK(undercut_share(yearly(5000.0), wage(10'000.0), output, 7.0) == doctest::Approx(0.5));
    CHECK(undercut_share(yearly(2500.0), wage(10'000.0), output, 7.0) > 0.99);
    CHECK(undercut_share(yearly(50'000.0), wage(10'000.0), WorkersPerUnit<double>(0.0), 7.0) < 1e-9);
}

TEST_CASE("the share of jobs falls with cost and rises with wage and output") {
    double before = 1.0;
    for (double cost = 1000.0; cost < 60'000.0; cost *= 1.5) {
        const double share = undercut_share(yearly(cost), wage(20'000.0), WorkersPerUnit<double>(0.8), 6.0);
        CHECK(share < before);
        CHECK(share > 0.0);
        before = share;
    }
}

TEST_CASE("a robot that works half of all hours at full speed does the work of 2.43 people of 1,800 hours") {
    CHECK(robot_output(1.0, 0.5, quantity(1800.0, "h"_u)).in("worker/robot"_u) == doctest::Approx(4380.0 / 1800.0));
}
