// autarky: tests of exact sums.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "engine/exact_sum.hpp"

using namespace autarky::engine;

namespace {

ExactSum sum_of(const std::vector<double>& x) {
    ExactSum sum;
    for (const double v : x)
        sum.add(v);
    return sum;
}

/// Numbers of both signs whose sizes span the given powers of two.
std::vector<double> numbers(std::size_t n, int least, int most, unsigned seed) {
    std::mt19937_64 random(seed);
    std::vector<double> x;
    for (std::size_t k = 0; k < n; ++k) {
        const double fraction = static_cast<double>(random() >> 11U) * 0x1p-53 + 0.5;
        const int exponent = least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
        x.push_back(std::ldexp(random() % 2 == 0 ? fraction : -fraction, exponent));
    }
    return x;
}

/// Sum and sum of squares by add_block.
std::pair<ExactSum, ExactSum> by_block(std::vector<double> x) {
    double largest = 0.0;
    for (const double v : x)
        largest = std::max(largest, std::fabs(v));
    x.resize((x.size() + 15) / 16 * 16);
    std::pair<ExactSum, ExactSum> sums;
    add_block(x.data(), x.size(), largest, sums.first, sums.second);
    return sums;
}

} // namespace

TEST_CASE("nothing is lost, however far apart the numbers are") {
    CHECK(sum_of({1e150, 1.0, -1e150}).value() == 1.0);
    CHECK(sum_of({1e-300, 1e150, -1e150}).value() == 1e-300);
    CHECK(sum_of({5e-324, 5e-324}).value() == 1e-323);
    CHECK(sum_of({}).value() == 0.0);
    CHECK(sum_of({-0.1, -0.2}).value() == -0.30000000000000004); // the exact sum lies nearest to this double
    CHECK(sum_of({0.5, -0.75}).value() == -0.25);
}

TEST_CASE("the sum is rounded once, to nearest, ties to even") {
    constexpr double two_53 = 9007199254740992.0;
    CHECK(sum_of({two_53, 1.0}).value() == two_53);
    CHECK(sum_of({two_53, 3.0}).value() == two_53 + 4.0);
    CHECK(sum_of({two_53, 1.0, 0x1p-600}).value() == two_53 + 2.0);
    CHECK(sum_of({-two_53, -1.0, -0x1p-600}).value() == -two_53 - 2.0);
    CHECK(sum_of({-two_53, -1.0}).value() == -two_53);
}

TEST_CASE("a sum does not depend on order or grouping") {
    auto x = numbers(3000, -300, 300, 1);
    const auto reference = sum_of(x).canonical();
    std::mt19937_64 random(2);
    for (int round = 0; round < 5; ++round) {
        std::shuffle(x.begin(), x.end(), random);
        ExactSum total;
        for (std::size_t at = 0; at < x.size();) {
            const std::size_t n = std::min(x.size() - at, 1 + random() % 700);
            total.add(
                sum_of({x.begin() + static_cast<std::ptrdiff_t>(at), x.begin() + static_cast<std::ptrdiff_t>(at + n)}));
            at += n;
        }
        CHECK(total.canonical() == reference);
    }
    for (std::size_t k = 0, n = x.size(); k < n; ++k)
        x.push_back(-x[k]);
    std::shuffle(x.begin(), x.end(), random);
    CHECK(sum_of(x).value() == 0.0);
}

TEST_CASE("blocks add the same as single numbers, over narrow and very wide ranges") {
    for (const auto& [least, most] : {std::pair{0, 0}, std::pair{-3, 3}, std::pair{-30, 20}, std::pair{-200, 300},
                                      std::pair{-460, 499}, std::pair{-1021, 100}}) {
        for (const std::size_t n : {std::size_t{1}, std::size_t{16}, std::size_t{200}, std::size_t{256}}) {
            const auto x = numbers(n, least, most, static_cast<unsigned>(n));
            ExactSum sum, squares;
            for (const double v : x) {
                sum.add(v);
                squares.add(v * v);
                squares.add(std::fma(v, v, -(v * v)));
            }
            const auto [block_sum, block_squares] = by_block(x);
            CHECK(block_sum.canonical() == sum.canonical());
            CHECK(block_squares.canonical() == squares.canonical());
        }
    }
    CHECK(by_block(std::vector<double>(256, 0.0)).first.value() == 0.0);
}

TEST_CASE("squares are exact") {
    // (2^26 + 1)^2 + (2^26 - 1)^2 = 2^53 + 2, and 1e8 + 1e-8 needs more digits than a double has.
    CHECK(by_block({67108865.0, 67108863.0}).second.value() == 9007199254740994.0);
    const auto squares = by_block({1.0 + 0x1p-52}).second;
    CHECK(squares.expansion() == std::vector<double>{1.0 + 0x1p-51, 0x1p-104});
}

TEST_CASE("the expansion of a sum adds up to it without rounding") {
    const ExactSum sum = sum_of(numbers(100, -200, 200, 9));
    ExactSum rest = sum;
    for (const double term : sum.expansion())
        rest.add(-term);
    CHECK(rest.canonical() == ExactSum{}.canonical());
}
