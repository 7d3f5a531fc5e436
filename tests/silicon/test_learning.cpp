// autarky: tests of how defect density falls and jumps.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/learning.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::silicon;

namespace {

DefectDensity<double> per_cm2(double x) { return quantity(x, "1/cm^2"_u); }
Wafers<double> wafers(double x) { return quantity(x, "wafer"_u); }
Duration<double> quarters(double x) { return quantity(x, "quarter"_u); }

double n5_like(double elapsed_quarters, double n_wafers) {
    const auto rate_time = 1.0 / quarters(3.0);
    const auto rate_wafers = quantity(0.002, "1/kwafer"_u);
    return defect_density(per_cm2(0.11), per_cm2(0.06), rate_time, quarters(elapsed_quarters), rate_wafers,
                          wafers(n_wafers))
        .in("1/cm^2"_u);
}

} // namespace

TEST_CASE("the N5-like curve passes its anchors to the printed digits") {
    // floor 0.06, 0.11 at volume production, time constant 3 quarters: derived anchors .1574 .1100 .0784 .0635
    CHECK(n5_like(-2.0, 0.0) == doctest::Approx(0.1574).epsilon(0.00006 / 0.15));
    CHECK(n5_like(0.0, 0.0) == doctest::Approx(0.11).epsilon(1e-12));
    CHECK(n5_like(3.0, 0.0) == doctest::Approx(0.0784).epsilon(0.00006 / 0.07));
    CHECK(n5_like(8.0, 0.0) == doctest::Approx(0.0635).epsilon(0.00006 / 0.06));
}

TEST_CASE("time and wafers teach together, and neither goes below the floor") {
    CHECK(n5_like(4.0, 500'000.0) == doctest::Approx(0.06 + 0.05 * std::exp(-4.0 / 3.0 - 1.0)).epsilon(1e-12));
    CHECK(n5_like(4.0, 0.0) > n5_like(4.0, 1000.0));
    CHECK(n5_like(4.0, 1000.0) > n5_like(5.0, 1000.0));
    CHECK(n5_like(400.0, 1e9) == doctest::Approx(0.06).epsilon(1e-12));
}

TEST_CASE("a sister site teaches in part") {
    CHECK(learning_wafers(wafers(100.0), wafers(1000.0), 0.0).raw() == 100.0);
    CHECK(learning_wafers(wafers(100.0), wafers(1000.0), 0.4).raw() == doctest::Approx(500.0).epsilon(1e-15));
}

TEST_CASE("the experience curve loses a fixed share of the excess a doubling") {
    const auto at = [](double volume) {
        return defect_density_wright(per_cm2(0.5), per_cm2(0.1), 0.8, wafers(volume), wafers(1000.0)).in("1/cm^2"_u);
    };
    CHECK(at(0.0) == doctest::Approx(0.5).epsilon(1e-12));
    CHECK(at(1000.0) == doctest::Approx(0.5).epsilon(1e-12));
    CHECK(at(2000.0) == doctest::Approx(0.1 + 0.4 * 0.8).epsilon(1e-12));
    CHECK(at(8000.0) == doctest::Approx(0.1 + 0.4 * 0.512).epsilon(1e-12));
}

TEST_CASE("the Gompertz yield starts low, ends at its end value, and always rises") {
    const auto at = [](double years) {
        return yield_gompertz(0.85, 2.0, quantity(1.2, "1/year"_u), quantity(years, "year"_u));
    };
    CHECK(at(0.0) == doctest::Approx(0.85 * std::exp(-2.0)).epsilon(1e-12));
    CHECK(at(40.0) == doctest::Approx(0.85).epsilon(1e-12));
    for (double t = 0.0; t < 5.0; t += 0.25)
        CHECK(at(t + 0.25) > at(t));
}

TEST_CASE("an excursion jumps when it starts and decays afterwards") {
    const auto at = [](double since) { return excursion(per_cm2(0.3), quarters(2.0), quarters(since)).in("1/cm^2"_u); };
    CHECK(at(-0.001) == 0.0);
    CHECK(at(-40.0) == 0.0);
    CHECK(at(0.0) == doctest::Approx(0.3).epsilon(1e-15));
    CHECK(at(2.0) == doctest::Approx(0.3 * std::exp(-1.0)).epsilon(1e-12));
}
