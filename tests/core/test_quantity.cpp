// autarky: quantities: dimensions, units, every reading.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <type_traits>

#include "core/quantities.hpp"

using namespace autarky;

static_assert(std::is_same_v<decltype(quantity(1.0, "mm"_u) * quantity(1.0, "mm"_u)), Area<double>>);
static_assert(std::is_same_v<decltype(quantity(1.0, "USD"_u) / quantity(1.0, "USD"_u)), double>);
static_assert(std::is_same_v<decltype(1.0 / quantity(1.0, "year"_u)), PerYear<double>>);
static_assert(std::is_same_v<decltype(square_root(quantity(1.0, "mm^2"_u))), Length<double>>);
static_assert(sizeof(Money<Lanes>) == sizeof(Lanes));

TEST_CASE("a price over dies and yield is the cost of a die") {
    // 20,000 USD over 100 dies, of which 80 % work: 250 USD
    const DieCost<double> cost = quantity(20'000.0, "USD/wafer"_u) / quantity(100.0, "die/wafer"_u) / 0.8;
    CHECK(cost.in("USD/die"_u) == doctest::Approx(250.0).epsilon(1e-15));
}

TEST_CASE("a quantity reads back in any unit of its dimension") {
    const auto area = quantity(4.0, "cm^2"_u);
    CHECK(area.raw() == 400.0); // mm^2
    CHECK(area.in("mm^2"_u) == 400.0);
    CHECK(area.in("cm^2"_u) == doctest::Approx(4.0).epsilon(1e-15));
    CHECK(quantity(1.0, "MUSD"_u).in("kUSD"_u) == 1000.0);
}

TEST_CASE_TEMPLATE("arithmetic and order hold in every reading", R, double, Traced) {
    Tape::current().clear();
    auto width = quantity<R>(3.0, "mm"_u);
    const auto height = quantity<R>(4.0, "mm"_u);
    CHECK(value_of((width * height).raw()) == 12.0);
    CHECK(value_of(square_root(width * width + height * height).raw()) == 5.0);
    CHECK(width < height);
    CHECK(height >= width);
    CHECK(value_of(min(width, height).raw()) == 3.0);
    CHECK(value_of(max(width, height).raw()) == 4.0);
    CHECK(value_of(clamp(width, height, height).raw()) == 4.0);
    CHECK(value_of(select(width < height, height, width).raw()) == 4.0);
    CHECK(value_of((-width).raw()) == -3.0);
    width += height;
    width -= quantity<R>(1.0, "mm"_u);
    width *= R(2.0);
    CHECK(value_of(width.raw()) == 12.0);
    CHECK(value_of((R(2.0) * width / R(3.0)).raw()) == 8.0);
}

TEST_CASE("a ratio of quantities with a zero divisor is what was asked for") {
    const auto none = quantity(0.0, "wafer"_u);
    CHECK(ratio(quantity(5.0, "USD"_u), none, 9.0).raw() == 9.0);
    CHECK(ratio(quantity(5.0, "USD"_u), quantity(2.0, "wafer"_u), 9.0).raw() == 2.5);
}

TEST_CASE("quantities of lanes choose lane by lane") {
    const std::array<double, Lanes::width> numbers{0, 1, 2, 3, 4, 5, 6, 7};
    const Length<Lanes> x(Lanes::load(numbers.data())), limit(Lanes(3.0));
    CHECK(select(x < limit, x, limit).raw().array() == std::array<double, Lanes::width>{0, 1, 2, 3, 3, 3, 3, 3});
}
