// autarky: tests of the mass-conserving lag.
// SPDX-License-Identifier: Apache-2.0
#include "foundry/lag.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace autarky;
using namespace autarky::foundry;

namespace {

/// What leaves a pipeline of `weeks` in each quarter after one start of 100 wafers in quarter 0.
std::vector<double> pulse(double weeks, int quarters) {
    Pipeline<Wafers<double>, double> fab;
    fab.reset(FractionalLag<double>(quantity(weeks, "week"_u)));
    std::vector<double> out;
    for (int q = 0; q < quarters; ++q)
        out.push_back(fab.advance(quantity(q == 0 ? 100.0 : 0.0, "wafer"_u)).in("wafer"_u));
    return out;
}

} // namespace

TEST_CASE("a lag of a whole number of quarters delivers everything in that quarter") {
    const double quarter_in_weeks = 365.0 / 7.0 / 4.0;
    const auto out = pulse(2.0 * quarter_in_weeks, 5);
    CHECK(out[0] == doctest::Approx(0.0));
    CHECK(out[1] == doctest::Approx(0.0));
    CHECK(out[2] == doctest::Approx(100.0));
    CHECK(out[3] == doctest::Approx(0.0));
}

TEST_CASE("a lag of 20 weeks splits between the first and the second quarter after the start") {
    // 20 weeks = 140 days of 91.25 a quarter = 1.53425 quarters: 46.575 % one quarter later, 53.425 % two later.
    const auto out = pulse(20.0, 4);
    CHECK(out[0] == doctest::Approx(0.0));
    CHECK(out[1] == doctest::Approx(46.5753424657534));
    CHECK(out[2] == doctest::Approx(53.4246575342466));
    CHECK(out[3] == doctest::Approx(0.0));
}

TEST_CASE("what entered has left or is in progress, for any lag the pipeline holds") {
    for (const double weeks : {0.0, 1.0, 6.5, 13.0, 20.0, 26.0, 52.0, 104.0}) {
        CAPTURE(weeks);
        Pipeline<Wafers<double>, double> fab;
        fab.reset(FractionalLag<double>(quantity(weeks, "week"_u)));
        double entered = 0.0;
        double left = 0.0;
        for (int q = 0; q < 40; ++q) {
            const double start = 10.0 + 7.0 * (q % 5);
            entered += start;
            left += fab.advance(quantity(start, "wafer"_u)).in("wafer"_u);
            // sums of some 40 numbers: a few rounding errors
            CHECK(left + fab.in_progress().in("wafer"_u) == doctest::Approx(entered).epsilon(1e-12));
        }
    }
}
