// autarky: tests of makers that go in-house.
// SPDX-License-Identifier: Apache-2.0
#include "market/adoption.hpp"

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::market;

TEST_CASE("NIO's own figures: 300 MUSD and 1,477 USD a car break even at 203,000 cars") {
    // SCMP via bellwether 2025: 10,000 CNY (1,477 USD) saved a car; first chips of this class cost 300 to 400 MUSD.
    const double multiple = break_even_multiple(quantity(203'114.0, "vehicle/year"_u), quantity(1.0, "year"_u),
                                                quantity(1477.0, "USD/vehicle"_u), quantity(300.0, "MUSD"_u));
    CHECK(multiple == doctest::Approx(1.0).epsilon(1e-5)); // the car count is rounded to whole cars
}

TEST_CASE("progress takes the lead time, waits while the case is weak, and the ramp follows") {
    const double step = 0.25 / 3.0; // a quarter of a lead time of three years
    const double lead_over_ramp = 3.0 / 1.0;
    const auto quarter = [&](const Programme<double>& before, double multiple) {
        return advance_programme(before, multiple, 1.5, step, 0.25, 1e4, 0.9);
    };
    Programme<double> programme;
    for (int q = 0; q < 12; ++q)
        programme = quarter(programme, 2.0);
    CHECK(programme.progress == doctest::Approx(1.0));
    CHECK(quarter(programme, 1.2).progress == doctest::Approx(programme.progress));
    CHECK(adopted_share(programme.progress, lead_over_ramp, 1.0) == doctest::Approx(0.0));
    CHECK(adopted_share(programme.progress + 0.5 / 3.0, lead_over_ramp, 1.0) == doctest::Approx(0.5));
    CHECK(adopted_share(9.0, lead_over_ramp, 1.0) == doctest::Approx(1.0));
    CHECK(adopted_share(9.0, lead_over_ramp, 0.4) == doctest::Approx(0.4));
}

TEST_CASE("a stopped programme loses its progress, before its first cars and not after") {
    const auto quarter = [](const Programme<double>& before, double multiple, double survives) {
        return advance_programme(before, multiple, 1.5, 0.1, 0.25, survives, 0.9);
    };
    Programme<double> half{0.5, 1.0, 0.0};
    const auto failed = quarter(half, 2.0, 1.2); // 1.25 years at risk
    CHECK(failed.progress == doctest::Approx(0.06));
    CHECK(failed.exposed == 0.0);
    CHECK(failed.attempts == 1.0);
    const auto given_up = quarter(half, 0.9, 1e4);
    CHECK(given_up.progress == doctest::Approx(0.05));
    CHECK(given_up.attempts == 0.0);
    const Programme<double> in_cars{1.2, 3.0, 0.0};
    CHECK(quarter(in_cars, 0.9, 0.1).progress == doctest::Approx(1.2));
}

TEST_CASE("a pioneer's proof shortens the lead time by the relief") {
    CHECK(lead_after(0.2, 0.0) == 1.0);
    CHECK(lead_after(0.2, 1.0) == doctest::Approx(0.8));
}

TEST_CASE("a pioneer's proof lowers the hurdle above 1 by the relief") {
    CHECK(hurdle_after(3.0, 0.5, 0.0) == doctest::Approx(3.0));
    CHECK(hurdle_after(3.0, 0.5, 1.0) == doctest::Approx(2.0));
    CHECK(hurdle_after(3.0, 1.0, 1.0) == doctest::Approx(1.0));
}

TEST_CASE("a negative saving is no reason to go in-house") {
    CHECK(break_even_multiple(quantity(1e6, "vehicle/year"_u), quantity(5.0, "year"_u),
                              quantity(-100.0, "USD/vehicle"_u), quantity(300.0, "MUSD"_u)) == 0.0);
}
