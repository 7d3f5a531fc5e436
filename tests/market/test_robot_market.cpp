// autarky: tests of a robot's bill of materials and of its share beside rivals.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "market/rivalry.hpp"
#include "market/robot_bill.hpp"

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
    p.parts_location = "CN";
    return p;
}

double bill(const RobotProgramme<double>& p, double units, const std::vector<double>& lost) {
    return robot_bom(p, RobotBill<double>(p), quantity(units, "robot"_u), lost).in("USD/robot"_u);
}

} // namespace

TEST_CASE("each doubling of output cuts the bill above its floor by the learning rate") {
    CHECK(bill(robot(), 10.0, {0.0}) == doctest::Approx(40'000.0));
    CHECK(bill(robot(), 1000.0, {0.0}) == doctest::Approx(40'000.0));
    CHECK(bill(robot(), 2000.0, {0.0}) == doctest::Approx(10'000.0 + 30'000.0 * 0.8).epsilon(1e-12));
    CHECK(bill(robot(), 8000.0, {0.0}) == doctest::Approx(10'000.0 + 30'000.0 * 0.512).epsilon(1e-12));
    CHECK(bill(robot(), 1000.0, {1.0}) == doctest::Approx(100'000.0));
}

TEST_CASE("parts share the bill, learn each at its own rate, and suffer each for its own region") {
    auto p = robot();
    p.part.rows = {{3.0, 1.5, ""}, {1.0, 0.0, "US"}};
    CHECK(part_location(p, 0) == "CN");
    CHECK(part_location(p, 1) == "US");
    CHECK(part_location(robot(), 0) == "CN");
    CHECK(bill(p, 1000.0, {0.0, 0.0}) == doctest::Approx(40'000.0));
    // Three quarters learn 30 % a doubling, a quarter nothing.
    CHECK(bill(p, 4000.0, {0.0, 0.0}) ==
          doctest::Approx(0.75 * (10'000.0 + 30'000.0 * 0.49) + 0.25 * 40'000.0).epsilon(1e-12));
    CHECK(bill(p, 1000.0, {1.0, 0.0}) == doctest::Approx(0.75 * 100'000.0 + 0.25 * 40'000.0));
    CHECK(bill(p, 1000.0, {0.0, 0.5}) == doctest::Approx(0.75 * 40'000.0 + 0.25 * 70'000.0));
}

TEST_CASE("at equal cost of an hour the share is the stated one, and without rivals always") {
    const std::vector<double> weight{0.75, 0.25};
    const std::vector<double> none;
    const auto equal = split_market<double>(0.2, 3.0, 0.0, weight, std::vector<double>{0.0, 0.0});
    CHECK(equal.share == doctest::Approx(0.2).epsilon(1e-14));
    CHECK(equal.log_price == doctest::Approx(0.0));
    CHECK(split_market<double>(0.2, 3.0, 0.0, none, none).share == 0.2);
    // A rival with three quarters of the rest at half of the cost: 0.2 / (0.2 + 0.6 x 8 + 0.2).
    const auto cheap = split_market<double>(0.2, 3.0, 0.0, weight, std::vector<double>{-std::log(2.0), 0.0});
    CHECK(cheap.share == doctest::Approx(0.2 / 5.2).epsilon(1e-12));
    CHECK(cheap.log_price == doctest::Approx(-std::log(5.2) / 3.0).epsilon(1e-12));
}

TEST_CASE("as the buyer's cost falls its share never falls and the market's cost never rises") {
    const std::vector<double> weight{0.6, 0.4};
    for (const double rivalry : {0.5, 1.0, 4.0}) {
        double share = 0.0;
        double price = 1e9;
        for (double own = 3.0; own > -3.0; own -= 0.1) { // log of the buyer's cost; rivals stand at 0.3 and -0.4
            const auto now = split_market<double>(0.2, rivalry, own, weight, std::vector<double>{0.3, -0.4});
            CHECK(now.share >= share);
            CHECK(now.log_price + own <= price + 1e-12); // rounding of logs of order 1
            share = now.share;
            price = now.log_price + own;
        }
    }
}

TEST_CASE("a rival lags by the nodes of its state") {
    Rival<double> rival{};
    rival.process_lag = 1.0;
    rival.process_lag_closed = 3.0;
    CHECK(process_lag(rival, 0.0) == 1.0);
    CHECK(process_lag(rival, 1.0) == 3.0);
    CHECK(process_lag(rival, 0.25) == 1.5);
}
