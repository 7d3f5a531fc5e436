// autarky: series: linear between knots, held after the last, zero before the first.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "core/quantities.hpp"
#include "core/series.hpp"

using namespace autarky;

namespace {
template <class R> Series<WaferRate<R>> ramp() {
    return {{2026.0, 2027.0, 2029.0},
            {quantity<R>(100.0, "wafer/year"_u), quantity<R>(200.0, "wafer/year"_u), quantity<R>(0.0, "wafer/year"_u)}};
}
} // namespace

TEST_CASE("a series is linear between its knots and held after the last") {
    const auto s = ramp<double>();
    CHECK(s.at(2026.0).raw() == 100.0);
    CHECK(s.at(2026.25).raw() == 125.0);
    CHECK(s.at(2027.0).raw() == 200.0);
    CHECK(s.at(2028.0).raw() == 100.0);
    CHECK(s.at(2029.0).raw() == 0.0);
    CHECK(s.at(2050.0).raw() == 0.0);
}

TEST_CASE("before its first knot, or without any, a series is zero") {
    CHECK(ramp<double>().at(2025.999).raw() == 0.0);
    CHECK(Series<double>{}.at(2030.0) == 0.0);
}

TEST_CASE("one knot is a constant") {
    const Series<double> s{{0.0}, {5.0}};
    CHECK(s.at(2026.0) == 5.0);
}

TEST_CASE("a series gives the same bits in lanes") {
    for (const double date : {2025.0, 2026.1, 2026.9, 2027.3, 2028.7, 2031.0})
        CHECK(ramp<Lanes>().at(date).raw()[3] == ramp<double>().at(date).raw());
}
