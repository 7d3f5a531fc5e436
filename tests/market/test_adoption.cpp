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

TEST_CASE("progress takes the lead time, is kept when the case weakens, and the ramp follows") {
    const double step = 0.25 / 3.0; // a quarter of a lead time of three years
    const double lead_over_ramp = 3.0 / 1.0;
    double progress = 0.0;
    for (int q = 0; q < 12; ++q)
        progress = adoption_progress(progress, 2.0, 1.5, step);
    CHECK(progress == doctest::Approx(1.0));
    CHECK(adoption_progress(progress, 1.0, 1.5, step) == doctest::Approx(progress));
    CHECK(adopted_share(progress, lead_over_ramp) == doctest::Approx(0.0));
    CHECK(adopted_share(progress + 0.5 / 3.0, lead_over_ramp) == doctest::Approx(0.5));
    CHECK(adopted_share(9.0, lead_over_ramp) == doctest::Approx(1.0));
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
