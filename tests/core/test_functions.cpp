// autarky: the functions of formulas: ties, zero divisors, the side that is not taken, derivatives one by one.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>

#include "core/real.hpp"

using namespace autarky;

namespace {

template <class R> double first(const R& x) { return value_of(x); }
template <> double first(const Lanes& x) { return x[0]; }

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

Traced input(double x, std::int32_t number) { return {x, Tape::current().push_input(x, number)}; }

/// d f / d x at x by the tape.
template <class F> double slope(F&& f, double x) {
    Tape::current().clear();
    const Traced result = f(input(x, 0));
    return Tape::current().gradient(result.node, 1)[0];
}

} // namespace

TEST_CASE_TEMPLATE("at a tie min and max take the left side, also between the two zeros", R, double, Lanes, Traced) {
    CHECK(bits(first(min(R(0.0), R(-0.0)))) == bits(0.0));
    CHECK(bits(first(min(R(-0.0), R(0.0)))) == bits(-0.0));
    CHECK(bits(first(max(R(0.0), R(-0.0)))) == bits(0.0));
    CHECK(bits(first(max(R(-0.0), R(0.0)))) == bits(-0.0));
    CHECK(first(min(R(2.0), R(3.0))) == 2.0);
    CHECK(first(max(R(2.0), R(3.0))) == 3.0);
}

TEST_CASE("at a tie the derivative goes to the left side of min and max") {
    Tape::current().clear();
    const auto a = input(1.0, 0), b = input(1.0, 1);
    CHECK(Tape::current().gradient(min(a, b).node, 2) == std::vector<double>{1.0, 0.0});
    CHECK(Tape::current().gradient(max(a, b).node, 2) == std::vector<double>{1.0, 0.0});
}

TEST_CASE_TEMPLATE("a ratio with a zero divisor has the value that was asked for", R, double, Lanes, Traced) {
    CHECK(first(ratio(R(5.0), R(0.0), R(7.0))) == 7.0);
    CHECK(first(ratio(R(5.0), R(-0.0), R(7.0))) == 7.0);
    CHECK(first(ratio(R(5.0), R(2.0), R(7.0))) == 2.5);
    CHECK(first(ratio(R(0.0), R(0.0), R(0.0))) == 0.0);
}

TEST_CASE("a ratio with a zero divisor has finite derivatives") {
    Tape::current().clear();
    const auto a = input(5.0, 0), b = input(0.0, 1);
    const auto gradient = Tape::current().gradient(ratio(a, b, Traced(0.0)).node, 2);
    CHECK(gradient == std::vector<double>{0.0, 0.0});
}

TEST_CASE("the side of a select that is not taken gets no adjoint, however steep it is") {
    Tape::current().clear();
    const auto x = input(0.0, 0);
    const auto steep = Traced(1.0) / x; // infinite here
    const auto result = select(x > Traced(-1.0), x * Traced(3.0), steep);
    CHECK(result.value == 0.0);
    CHECK(Tape::current().gradient(result.node, 1)[0] == 3.0);
}

TEST_CASE_TEMPLATE("clamp keeps a value within its bounds", R, double, Lanes, Traced) {
    CHECK(first(clamp(R(-2.0), R(0.0), R(1.0))) == 0.0);
    CHECK(first(clamp(R(0.5), R(0.0), R(1.0))) == 0.5);
    CHECK(first(clamp(R(2.0), R(0.0), R(1.0))) == 1.0);
}

TEST_CASE_TEMPLATE("an indicator is 1 where its condition holds and 0 elsewhere", R, double, Lanes, Traced) {
    CHECK(first(indicator<R>(R(1.0) < R(2.0))) == 1.0);
    CHECK(first(indicator<R>(R(2.0) < R(1.0))) == 0.0);
}

TEST_CASE("masks of lanes combine lane by lane") {
    const std::array<double, Lanes::width> numbers{0, 1, 2, 3, 4, 5, 6, 7};
    const auto x = Lanes::load(numbers.data());
    CHECK((x < Lanes(3.0)).bits() == 0b00000111U);
    CHECK(((x < Lanes(3.0)) | (x > Lanes(5.0))).bits() == 0b11000111U);
    CHECK(((x >= Lanes(1.0)) & (x <= Lanes(2.0))).bits() == 0b00000110U);
    CHECK((!(x == Lanes(4.0))).bits() == 0b11101111U);
}

TEST_CASE("exp, log and pow are within 2 units in the last place of the C library and equal it at exact points") {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> number(-20.0, 20.0);
    const auto is_close = [](double a, double b) { return std::fabs(a - b) <= 4.5e-16 * std::fabs(b); };
    for (int i = 0; i < 2000; ++i) {
        const double x = number(random), p = std::fabs(x) + 1e-3, y = 0.25 * number(random);
        CHECK(is_close(autarky::exp(x), std::exp(x)));
        CHECK(std::fabs(autarky::log(p) - std::log(p)) <= 4.5e-16 * std::max(1.0, std::fabs(std::log(p))));
        CHECK(is_close(autarky::pow(p, y), std::pow(p, y)));
    }
    CHECK(autarky::exp(0.0) == 1.0);
    CHECK(autarky::log(1.0) == 0.0);
    CHECK(autarky::pow(2.0, 10.0) == 1024.0);
    CHECK(autarky::pow(0.0, 0.0) == 1.0);
}

TEST_CASE("each function has the derivative of the textbook") {
    CHECK(slope([](const Traced& x) { return exp(x); }, 0.7) == doctest::Approx(std::exp(0.7)).epsilon(1e-12));
    CHECK(slope([](const Traced& x) { return log(x); }, 0.7) == doctest::Approx(1.0 / 0.7).epsilon(1e-12));
    CHECK(slope([](const Traced& x) { return sqrt(x); }, 0.7) == doctest::Approx(0.5 / std::sqrt(0.7)).epsilon(1e-12));
    CHECK(slope([](const Traced& x) { return pow(x, Traced(3.0)); }, 0.7) ==
          doctest::Approx(3.0 * 0.49).epsilon(1e-12));
    CHECK(slope([](const Traced& x) { return pow(Traced(2.0), x); }, 0.7) ==
          doctest::Approx(std::pow(2.0, 0.7) * std::log(2.0)).epsilon(1e-12));
    CHECK(slope([](const Traced& x) { return erfc(x); }, 0.7) ==
          doctest::Approx(-1.1283791670955126 * std::exp(-0.49)).epsilon(1e-12));
    CHECK(slope([](const Traced& x) { return abs(x); }, -0.7) == -1.0);
    CHECK(slope([](const Traced& x) { return floor(x); }, 0.7) == 0.0);
    CHECK(slope([](const Traced& x) { return fma(x, x, x); }, 0.7) == doctest::Approx(2.4).epsilon(1e-12));
    CHECK(slope([](const Traced& x) { return x / (x + Traced(1.0)); }, 1.0) == doctest::Approx(0.25).epsilon(1e-12));
    CHECK(slope([](const Traced& x) { return -x - x; }, 1.0) == -2.0);
}

TEST_CASE("at their ends power and root have derivatives that are finite") {
    CHECK(slope([](const Traced& x) { return pow(x, Traced(2.0)); }, 0.0) == 0.0);
    CHECK(slope([](const Traced& x) { return pow(x, Traced(1.0)); }, 0.0) == 1.0);
    CHECK(slope([](const Traced& x) { return sqrt(x); }, 0.0) == 0.0);
}

TEST_CASE("constants leave nothing on the tape") {
    Tape::current().clear();
    const Traced x = exp(Traced(1.0)) * Traced(2.0) + Traced(3.0);
    CHECK(x.node == -1);
    CHECK(Tape::current().nodes().empty());
    CHECK(Tape::current().gradient(x.node, 2) == std::vector<double>{0.0, 0.0});
}

TEST_CASE("an input that is used twice gets the sum of both ways") {
    Tape::current().clear();
    const auto x = input(3.0, 1);
    CHECK(Tape::current().gradient((x * x).node, 2) == std::vector<double>{0.0, 6.0});
}
