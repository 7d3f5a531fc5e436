// autarky: tests of the closed forms of gross dies per wafer.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/geometry.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "silicon/packing.hpp"

using namespace autarky;
using namespace autarky::silicon;

namespace {

Length<double> mm(double x) { return quantity(x, "mm"_u); }

double closed_form(double width, double height, double edge, double scribe) {
    return gross_dies_closed_form(mm(width), mm(height), mm(300.0), mm(edge), mm(scribe)).in("die/wafer"_u);
}

} // namespace

TEST_CASE("the closed form of a 10 x 10 mm die is what pencil and paper give") {
    // u = 294, A' = 10.1^2: pi 147^2 / 102.01 - pi 294 / sqrt(204.02)
    const double expected = M_PI * 147.0 * 147.0 / 102.01 - M_PI * 294.0 / std::sqrt(204.02);
    CHECK(closed_form(10.0, 10.0, 3.0, 0.1) == doctest::Approx(expected).epsilon(1e-12));
}

TEST_CASE("closed forms reproduce published and derived counts to their printed digits") {
    // H100, 814 mm^2: area bound 86.84, classic 63.483, on the usable wafer 60.006
    const double side = std::sqrt(814.0);
    CHECK(gross_dies_area_bound(mm(side), mm(side), mm(300.0)).raw() == doctest::Approx(86.84).epsilon(0.005 / 86.84));
    CHECK(gross_dies_classic(quantity(25.5 * 31.92, "mm^2"_u), mm(300.0)).raw() ==
          doctest::Approx(63.483).epsilon(0.0005 / 63.0));
    CHECK(closed_form(side, side, 3.0, 0.1) == doctest::Approx(60.006).epsilon(0.0005 / 60.0));
    // Tesla HW3, 20 x 13 mm: 217.572, published 217
    CHECK(closed_form(20.0, 13.0, 3.0, 0.1) == doctest::Approx(217.572).epsilon(0.0005 / 217.0));
    CHECK(closed_form(20.0, 20.0, 3.0, 0.1) == doctest::Approx(135.539).epsilon(0.0005 / 135.0));
    CHECK(closed_form(26.0, 16.5, 3.0, 0.0) == doctest::Approx(126.7).epsilon(0.05 / 126.0));
    CHECK(closed_form(26.0, 16.5, 3.0, 0.1) == doctest::Approx(125.3).epsilon(0.05 / 125.0));
    // NVIDIA P100 at 24.7 mm square, Tesla D1 at 25.4 mm square
    CHECK(gross_dies_classic(quantity(24.7 * 24.7, "mm^2"_u), mm(300.0)).raw() ==
          doctest::Approx(88.880).epsilon(0.0005 / 88.0));
    CHECK(gross_dies_classic(quantity(25.4 * 25.4, "mm^2"_u), mm(300.0)).raw() ==
          doctest::Approx(83.326).epsilon(0.0005 / 83.0));
}

TEST_CASE("a die too large for the wafer has no gross dies, never a negative number") {
    CHECK(closed_form(200.0, 200.0, 3.0, 0.1) == 0.0);
    CHECK(closed_form(10.0, 10.0, 150.0, 0.1) == 0.0);
    CHECK(closed_form(10.0, 10.0, 400.0, 0.1) == 0.0);
}

TEST_CASE("gross dies fall with area, edge exclusion and scribe") {
    for (double side = 2.0; side < 60.0; side += 0.7) {
        const double here = closed_form(side, side, 3.0, 0.1);
        CHECK(closed_form(side + 0.1, side, 3.0, 0.1) < here);
        CHECK(closed_form(side, side, 3.1, 0.1) < here);
        CHECK(closed_form(side, side, 3.0, 0.11) < here);
    }
}

TEST_CASE("the closed form lies below the exact packing, by 2 to 13 percent from 100 to 800 square millimetres") {
    for (double area = 100.0; area <= 800.0; area += 25.0) {
        for (const double aspect : {1.0, 0.8, 0.6}) {
            const double width = std::sqrt(area * aspect);
            const double height = area / width;
            const double estimate = closed_form(width, height, 3.0, 0.1);
            const int exact = optimised_packing({width, height, 0.1}, {}).dies;
            CAPTURE(area);
            CAPTURE(aspect);
            CHECK(estimate / exact > 0.87);
            CHECK(estimate / exact < 0.98);
        }
    }
}
