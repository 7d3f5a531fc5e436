// autarky: tests of surfaces in the three readings.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "core/surface.hpp"

using namespace autarky;

namespace {
Surface bowl() {
    std::vector<double> x{0, 0.2, 0.5, 1.0}, y{-1, 0, 2, 3, 4};
    std::vector<double> values;
    for (const double a : x)
        for (const double b : y)
            values.push_back(a * a * (1.0 + b * b / 10.0) + 0.1 * b);
    return {{{"x", "1", x}, {"y", "1", y}}, values, 0.01, "a test"};
}
} // namespace

TEST_CASE("a surface goes through its points and holds its edge") {
    const Surface s = bowl();
    CHECK(s.at<double>({0.5, 2.0}) == doctest::Approx(0.25 * 1.4 + 0.2).epsilon(1e-14));
    CHECK(s.at<double>({7.0, 9.0}) == s.at<double>({1.0, 4.0}));
    CHECK(s.at<double>({-7.0, -9.0}) == s.at<double>({0.0, -1.0}));
}

TEST_CASE("a plane comes back exactly, and a monotone line makes no bumps") {
    std::vector<double> values;
    for (const double a : {0.0, 1.0, 3.0})
        for (const double b : {0.0, 2.0, 3.0})
            values.push_back(2.0 * a - b + 5.0);
    const Surface plane({{"a", "1", {0, 1, 3}}, {"b", "1", {0, 2, 3}}}, values, 0.0, "");
    CHECK(plane.at<double>({2.2, 1.1}) == doctest::Approx(2.0 * 2.2 - 1.1 + 5.0).epsilon(1e-13));
    const Surface step({{"x", "1", {0, 1, 2, 3, 4}}}, {0, 0, 1, 1, 1}, 0.0, "");
    double before = -1e-15;
    for (double x = 0.0; x <= 4.0; x += 0.01) {
        const double now = step.at<double>({x});
        CHECK(now >= before - 1e-14);
        CHECK(now <= 1.0 + 1e-14);
        before = now;
    }
}

TEST_CASE("the slope of a surface is continuous over its cells") {
    const Surface s = bowl();
    constexpr double h = 1e-6;
    for (const double x : {0.2, 0.5}) {
        const double left = (s.at<double>({x, 1.3}) - s.at<double>({x - h, 1.3})) / h;
        const double right = (s.at<double>({x + h, 1.3}) - s.at<double>({x, 1.3})) / h;
        CHECK(left == doctest::Approx(right).epsilon(1e-4));
    }
}

TEST_CASE("lanes, numbers and derivations read one surface alike") {
    const Surface s = bowl();
    const std::array<double, 8> x{-1, 0, 0.1, 0.2, 0.49, 0.7, 1.0, 2.0}, y{-1, -0.5, 0, 0.3, 1.9, 2.5, 3.5, 4};
    const Lanes all = s.at<Lanes>({Lanes::load(x.data()), Lanes::load(y.data())});
    const Curve<Lanes> line = s.along_first<Lanes>({Lanes::load(y.data())});
    const Lanes along = line.at(Lanes::load(x.data()));
    for (std::size_t i = 0; i < 8; ++i) {
        CHECK(all[i] == s.at<double>({x[i], y[i]}));
        CHECK(along[i] == doctest::Approx(all[i]).epsilon(1e-13));
        CHECK(along[i] == s.along_first<double>({y[i]}).at(x[i]));
    }
    Tape::current().clear();
    const Traced a(0.3, Tape::current().push_input(0.3, 0)), b(1.3, Tape::current().push_input(1.3, 1));
    const Traced z = s.at<Traced>({a, b});
    CHECK(z.value == s.at<double>({0.3, 1.3}));
    const auto gradient = Tape::current().gradient(z.node, 2);
    CHECK(gradient[0] ==
          doctest::Approx((s.at<double>({0.3 + 1e-6, 1.3}) - s.at<double>({0.3 - 1e-6, 1.3})) / 2e-6).epsilon(1e-6));
    CHECK(gradient[1] ==
          doctest::Approx((s.at<double>({0.3, 1.3 + 1e-6}) - s.at<double>({0.3, 1.3 - 1e-6})) / 2e-6).epsilon(1e-6));
}
