// autarky: tests of histograms, their quantiles, and the moments of a column.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/column_state.hpp"
#include "engine/draws.hpp"
#include "engine/normal_score.hpp"
#include "engine/result.hpp"

using namespace autarky;
using namespace autarky::engine;

namespace {

ColumnState state_of(const std::vector<double>& x, double origin = 0.0, std::size_t block = 256,
                     const std::vector<double>& often = {}) {
    ColumnState state;
    state.origin = origin;
    state.few.set_often(often);
    for (std::size_t at = 0; at < x.size(); at += block) {
        const std::size_t n = std::min(block, x.size() - at);
        std::array<double, 272> padded{};
        std::copy_n(&x[at], n, padded.begin());
        state.add_block(padded.data(), n);
    }
    return state;
}

template <class F> std::vector<double> sampled(std::size_t n, const F& of_score) {
    std::vector<double> x;
    x.reserve(n);
    for (std::uint64_t k = 0; k < n; ++k)
        x.push_back(of_score(normal_score(uniform(4, {name_hash("column"), 0}, k))));
    return x;
}

/// The k-th smallest with k = ceil(p n).
double order_statistic(std::vector<double> x, double p) {
    const auto k = static_cast<std::size_t>(std::ceil(p * static_cast<double>(x.size()))) - 1;
    std::nth_element(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(k), x.end());
    return x[k];
}

} // namespace

TEST_CASE("a bucket holds the numbers with its sign, exponent and leading bits") {
    for (const double x : {1.0, -1.0, 3.14, -2.5e-7, 1e30, -7e-20, 1.9999}) {
        const auto [low, high] = Histogram::edges(Histogram::key(x));
        CHECK(low <= x);
        CHECK(x <= high);
        CHECK(high - low <= std::fabs(x) / 128.0);
    }
    CHECK(Histogram::key(1e-39) == Histogram::key(0.0));
    CHECK(Histogram::edges(Histogram::key(1e300)).second == std::numeric_limits<double>::infinity());
}

TEST_CASE("counting by blocks is counting one by one") {
    for (const double spread : {0.0, 0.001, 0.02, 1.0, 30.0}) {
        auto x = sampled(1000, [&](double z) { return std::sinh(spread * z) + (spread < 0.1 ? 1.0 : 0.0); });
        x.insert(x.end(), {0.0, -0.0, 1e-300, -1e-300, 1e140, -1e140});
        Histogram single;
        for (const double v : x)
            single.add(Histogram::key(v), 1);
        for (const std::size_t block : {std::size_t{256}, std::size_t{100}, std::size_t{1}})
            CHECK(state_of(x, 0.0, block).histogram == single);
    }
}

TEST_CASE("every power of two of both signs finds its bucket") {
    std::vector<double> x;
    for (int exponent = -140; exponent <= 140; ++exponent)
        for (const double f : {1.0, 1.004, 1.5, 1.997})
            for (const double sign : {1.0, -1.0})
                x.push_back(sign * std::ldexp(f, exponent));
    Histogram single;
    for (const double v : x)
        single.add(Histogram::key(v), 1);
    CHECK(state_of(x).histogram == single);
    // Three buckets (1 and 1.004 share one) for each power from -127 to 128 and each sign, and one for all near zero.
    CHECK(state_of(x).histogram.buckets().size() == 2 * 3 * 256 + 1);
    std::reverse(x.begin(), x.end());
    CHECK(state_of(x).histogram == single);
    Histogram twice = single;
    twice.add(single);
    Histogram doubled = single;
    for (const double v : x)
        doubled.add(Histogram::key(v), 1);
    CHECK(twice == doubled);
}

TEST_CASE("a histogram's quantile lies in the bucket of the exact one, and in practice much nearer") {
    const auto check = [](const std::vector<double>& x, double origin, double typical) {
        const auto quantile = state_of(x, origin).quantiles();
        const double spread = order_statistic(x, 0.95) - order_statistic(x, 0.05);
        for (const double p : {0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999}) {
            const double exact = order_statistic(x, p), near = quantile(p);
            CHECK(std::fabs(near - exact) <= quantile_error * std::fabs(exact - origin));
            if (p > 0.01 && p < 0.99) CHECK(std::fabs(near - exact) <= typical * spread);
        }
    };
    constexpr std::size_t n = 100'000;
    // Beside the cubic's own error there is the gap between order statistics, some 1e-4 of the spread with 100,000.
    check(sampled(n, [](double z) { return std::exp(0.5 * z); }), 0.0, 5e-4);
    check(sampled(n, [](double z) { return 100.0 + 15.0 * z; }), 0.0, 5e-4);
    check(sampled(n, [](double z) { return 1e9 * z - 2e8; }), 0.0, 2e-3);
    check(sampled(n, [](double z) { return 1.0 + 0.01 * z; }), 0.0, 2e-2); // three buckets to a standard deviation
    check(sampled(n, [](double z) { return 2027.0 + 0.5 * z; }), 2020.0, 5e-4);
}

TEST_CASE("a histogram tells the share below a value") {
    const auto x = sampled(100'000, [](double z) { return 10.0 + 3.0 * z; });
    const auto quantile = state_of(x).quantiles();
    for (const double at : {4.0, 9.0, 10.0, 13.7})
        CHECK(quantile.share_below(at) == doctest::Approx(normal_probability((at - 10.0) / 3.0)).epsilon(0.02));
    for (const double p : {0.05, 0.3, 0.5, 0.9})
        CHECK(quantile.share_below(quantile(p)) == doctest::Approx(p).epsilon(1e-9));
    CHECK(quantile.share_below(-1e9) == 0.0);
    CHECK(quantile.share_below(1e9) == 1.0);
}

TEST_CASE("equal values give exact quantiles, an exact mean and no variance") {
    for (const double v : {0.1, -62.0, 3e-11, 1e100}) {
        const ColumnState state = state_of(std::vector<double>(1001, v));
        CHECK(state.quantiles()(0.05) == v);
        CHECK(state.quantiles()(0.95) == v);
        CHECK(state.mean() == v);
        CHECK(state.variance() == 0.0);
    }
}

TEST_CASE("quantiles of few distinct values are values, whatever parts they came by") {
    std::vector<double> x;
    for (int k = 0; k < 5000; ++k)
        x.push_back(80.0 + (k * 7919) % 63); // 63 counts of dies
    const ColumnState whole = state_of(x);
    REQUIRE_FALSE(whole.few.are_many());
    for (const double p : {0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1.0})
        CHECK(whole.quantiles()(p) == order_statistic(x, p));
    ColumnState parts = state_of({x.begin() + 3000, x.end()});
    parts.add(state_of({x.begin(), x.begin() + 3000}));
    CHECK(parts.few == whole.few);
    CHECK(whole.quantiles().share_below(90.0) ==
          doctest::Approx(static_cast<double>(std::count_if(x.begin(), x.end(), [](double v) { return v < 90.0; })) /
                          5000.0));
}

TEST_CASE("a sixty-fifth distinct value makes them many, in one part or over two") {
    std::vector<double> x;
    for (int k = 0; k < 65; ++k)
        x.push_back(-0.5 * k);
    CHECK(state_of(x).few.are_many());
    ColumnState low = state_of({x.begin(), x.begin() + 40}), high = state_of({x.begin() + 30, x.end()});
    CHECK_FALSE(low.few.are_many());
    low.add(high);
    CHECK(low.few.are_many());
    high.add(low);
    CHECK(high.few.are_many());
    const ColumnState zeros = state_of({0.0, -0.0, 0.0});
    CHECK(zeros.few.counts().size() == 1);
}

TEST_CASE("a quantile that is a whole number is that number, beside whatever else the column holds") {
    // Two chips in half of the futures, three in a fifth, and mixtures of both in the rest.
    std::vector<double> x(500, 2.0);
    x.insert(x.end(), 200, 3.0);
    for (int k = 0; k < 300; ++k)
        x.push_back(2.0 + (k + 0.5) / 300.0);
    const auto state = state_of(x);
    REQUIRE(state.few.are_many());
    for (const double p : {0.01, 0.05, 0.25, 0.5})
        CHECK(state.quantiles()(p) == 2.0);
    for (const double p : {0.81, 0.9, 0.95, 1.0})
        CHECK(state.quantiles()(p) == 3.0);
    for (const double p : {0.55, 0.65, 0.75}) {
        const double exact = order_statistic(x, p);
        CHECK(std::fabs(state.quantiles()(p) - exact) < 0.003); // linear within a bucket; ranks are 0.0033 apart
    }
    CHECK(state.quantiles().share_below(3.0) == doctest::Approx(0.8));
    CHECK(state.quantiles().share_below(2.0) == 0.0);
}

TEST_CASE("a quantile that is a value seen often is that value, beside whatever else the column holds") {
    // A price of 8,000 in half of the futures and 12,000 in a third, and anything in the others: some of it in the very
    // buckets of the two.
    std::vector<double> x(600, 8000.0);
    x.insert(x.end(), 400, 12'000.0);
    for (int k = 0; k < 200; ++k)
        x.push_back(7990.0 + 30.0 * k);
    for (const double origin : {0.0, 2026.75, -1e5}) {
        const ColumnState state = state_of(x, origin, 256, {8000.0, 12'000.0});
        REQUIRE(state.few.are_many());
        for (const double p : {0.02, 0.25, 0.5})
            CHECK(state.quantiles()(p) == 8000.0);
        for (const double p : {0.62, 0.7, 0.9, 0.94})
            CHECK(state.quantiles()(p) == 12'000.0);
        CHECK(state.quantiles()(1.0) == doctest::Approx(13'960.0));
        // One or two of the others share a bucket with a value; which side of it they lie on is not known.
        CHECK(std::fabs(state.quantiles().share_below(8000.0) - 1.0 / 1200.0) < 2.0 / 1200.0);
        CHECK(std::fabs(state.quantiles().share_below(12'000.0) - 734.0 / 1200.0) < 4.0 / 1200.0);
        for (const double p : {0.55, 0.6}) { // between them as before: in the bucket of the exact one
            const double exact = order_statistic(x, p);
            CHECK(std::fabs(state.quantiles()(p) - exact) < std::fabs(exact - origin) / 128.0);
        }
    }
}

TEST_CASE(
    "what is seen often is counted the same in any order, in parts that were still few and in those that were not") {
    std::vector<double> x(64, 7.25);
    for (int k = 0; k < 400; ++k)
        x.push_back(k % 3 == 0 ? -7.25 : 100.5 + k);
    const std::vector<double> often{-7.25, 7.25};
    const ColumnState whole = state_of(x, 0.0, 256, often);
    REQUIRE(whole.few.often() == std::vector<FewValues::Counted>{{-7.25, 134}, {7.25, 64}});
    for (const std::ptrdiff_t cut : {10, 64, 90, 300}) {
        ColumnState first = state_of({x.begin(), x.begin() + cut}, 0.0, 100, often);
        ColumnState second = state_of({x.begin() + cut, x.end()}, 0.0, 7, often);
        ColumnState other = second;
        other.add(first);
        first.add(second);
        CHECK(first.few == whole.few);
        CHECK(other.few == whole.few);
    }
    CHECK(whole.emptied().few.often() == std::vector<FewValues::Counted>{{-7.25, 0}, {7.25, 0}});
}

TEST_CASE("the values seen often among the first are those that came more than once and no histogram knows") {
    CHECK(often_seen({3.5, 1.0, 8000.0, 2.5, 8000.0, -4.0, 3.5, 0.0, 0.0, 1.0, -4.0, 300.0, 300.0, 6.0}, 0.0) ==
          std::vector<double>{-4.0, 3.5, 300.0, 8000.0});
    CHECK(often_seen({2030.0, 2030.0, 2031.0, 2031.0}, 2030.0) == std::vector<double>{2031.0});
    std::vector<double> many; // ten pairs, the last two of them with a third
    for (int k = 0; k < 10; ++k)
        many.insert(many.end(), k < 8 ? 2 : 3, k + 0.5);
    CHECK(often_seen(many, 0.0) == std::vector<double>{0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 8.5, 9.5});
    CHECK(often_seen({}, 0.0).empty());
}

TEST_CASE("where most values are zero, so are the quantiles, exactly") {
    std::vector<double> x(900, 0.0);
    for (int k = 1; k <= 100; ++k)
        x.push_back(k);
    const auto quantile = state_of(x).quantiles();
    CHECK(quantile(0.05) == 0.0);
    CHECK(quantile(0.5) == 0.0);
    CHECK(quantile(0.95) == doctest::Approx(50.0).epsilon(0.05));
    CHECK(quantile.share_below(0.5) == doctest::Approx(0.9));
}

TEST_CASE("the variance survives a mean that is a billion times larger") {
    // 1e9 + {0, 1, 2}, a thousand times each: variance 2/3 n / (n - 1), all numbers exact.
    std::vector<double> x;
    x.reserve(3000);
    for (int k = 0; k < 3000; ++k)
        x.push_back(1e9 + k % 3);
    CHECK(state_of(x).mean() == 1e9 + 1.0);
    CHECK(state_of(x).variance() == doctest::Approx(2.0 / 3.0 * 3000.0 / 2999.0).epsilon(1e-15));
}

TEST_CASE("signs and extremes are exact, padding counts for nothing") {
    const ColumnState state = state_of({-3.0, 5.0, 0.0, 7.0, -0.0}, 0.0, 3);
    CHECK(state.count == 5);
    CHECK(state.positive == 2);
    CHECK(state.negative == 1);
    CHECK(state.minimum == -3.0);
    CHECK(state.maximum == 7.0);
    CHECK(state_of({5.0, 6.0}).minimum == 5.0);
    CHECK(state_of({-5.0, -6.0}).maximum == -5.0);
}

TEST_CASE("without any value there are no figures") {
    const ColumnState empty;
    CHECK(std::isnan(empty.mean()));
    CHECK(std::isnan(empty.variance()));
    CHECK(std::isnan(empty.quantiles()(0.5)));
}
