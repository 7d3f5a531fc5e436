// autarky: scrambled Sobol points: an independent source, nets, prefixes, errors that cover.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <boost/random/sobol.hpp>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/normal.hpp"
#include "engine/dimension_order.hpp"
#include "engine/normal_score.hpp"
#include "engine/philox.hpp"
#include "engine/result.hpp"
#include "engine/run.hpp"
#include "engine/sampler.hpp"
#include "engine/sobol.hpp"
#include "small_models.hpp"

using namespace autarky;
using namespace autarky::engine;

namespace {

using Dimension = std::optional<std::size_t>;
constexpr Dimension made{}; ///< no dimension of the table

StreamKey key_of(Dimension dimension) {
    const std::size_t d = dimension.value_or(77);
    return {name_hash("stream " + std::to_string(d)), static_cast<std::uint32_t>(d % 3)};
}

/// Coordinates of the first points of one scrambling.
std::vector<double> points(std::uint64_t seed, Dimension dimension, std::uint64_t scrambling, std::size_t n) {
    const SobolStream stream(seed, key_of(dimension), dimension);
    std::vector<double> out;
    for (std::size_t p = 0; p < n; ++p)
        out.push_back(stream.at(p * n_scramblings + scrambling));
    return out;
}

/// One column made of standard normal inputs.
test::FunctionModel model_of(std::size_t n, double (*y)(const std::vector<double>& z)) {
    auto inputs = test::independent(n, {Family::normal, {0.0, 1.0}});
    inputs.strongest = inputs.streams;
    return {std::move(inputs), {{"y"}}, [=](const auto& x, auto& columns) {
                columns[0] = y(x);
                return true;
            }};
}

std::uint32_t bits_of(double u) { return static_cast<std::uint32_t>(u * 0x1p32); }

} // namespace

TEST_CASE("sobol: the points are Boost's, but for the scrambling, which keeps how far two of them agree") {
    // Boost skips the origin and walks in the order of Gray's code: its point k is ours at the code of k + 1.
    constexpr std::size_t n_dimensions = 500, n = 256;
    boost::random::sobol theirs(n_dimensions);
    std::vector<std::vector<std::uint64_t>> expected(n, std::vector<std::uint64_t>(n_dimensions));
    for (std::size_t k = 1; k < n; ++k)
        for (std::size_t d = 0; d < n_dimensions; ++d)
            expected[k ^ (k >> 1U)][d] = theirs();
    for (std::size_t d = 0; d < n_dimensions; ++d) {
        const auto ours = points(5, d, d % n_scramblings, n);
        for (std::size_t k = 1; k < n; ++k) {
            const std::size_t other = k / 2;
            const auto apart = bits_of(ours[k]) ^ bits_of(ours[other]);
            const auto expected_apart = static_cast<std::uint32_t>((expected[k][d] ^ expected[other][d]) >> 32U);
            REQUIRE(std::countl_zero(apart) == std::countl_zero(expected_apart));
        }
    }
}

TEST_CASE(
    "sobol: each scrambling holds one point in each of n equal intervals, and the first two fill a square evenly") {
    for (const Dimension d :
         {Dimension(0), Dimension(1), Dimension(7), Dimension(300), Dimension(sobol_dimensions() - 1), made})
        for (const std::size_t n : {2UL, 64UL, 1024UL}) {
            std::set<std::size_t> cells;
            for (const double u : points(11, d, 3, n)) {
                REQUIRE((u > 0.0 && u < 1.0));
                cells.insert(static_cast<std::size_t>(u * static_cast<double>(n)));
            }
            CHECK(cells.size() == n);
        }
    // A (0, m, 2)-net: each of the 2^m boxes of 2^-a by 2^-(m - a) has one point.
    constexpr unsigned m = 8;
    const auto x = points(3, 0, 5, 1U << m), y = points(3, 1, 5, 1U << m);
    for (unsigned a = 0; a <= m; ++a) {
        std::set<std::pair<std::uint32_t, std::uint32_t>> boxes;
        for (std::size_t p = 0; p < x.size(); ++p)
            boxes.emplace(static_cast<std::uint32_t>(std::ldexp(x[p], static_cast<int>(a))),
                          static_cast<std::uint32_t>(std::ldexp(y[p], static_cast<int>(m - a))));
        CHECK(boxes.size() == x.size());
    }
}

TEST_CASE(
    "sobol: a block has the bits of its samples alone; seeds, names and scramblings are independent of each other") {
    const SobolStream stream(9, key_of(4), 4);
    std::vector<double> block(256);
    for (const std::uint64_t first : {0ULL, 256ULL, 65'536ULL, 4'294'967'040ULL}) {
        stream.fill(first, block);
        for (std::size_t k = 0; k < block.size(); ++k)
            REQUIRE(block[k] == stream.at(first + k));
    }
    // Two scramblings of the same points are correlated one way or the other, by up to 1, and over many keys not at all: the
    // mean of 400 such correlations scatters by 1/20 at most, and five times that is seen once in two million.
    const auto correlation = [](const std::vector<double>& a, const std::vector<double>& b) {
        double sum = 0.0;
        for (std::size_t k = 0; k < a.size(); ++k)
            sum += (a[k] - 0.5) * (b[k] - 0.5) * 12.0;
        return sum / static_cast<double>(a.size());
    };
    double by_seed = 0.0, by_scrambling = 0.0, by_name = 0.0;
    constexpr int n = 400;
    for (std::uint64_t seed = 1; seed <= n; ++seed) {
        by_seed += correlation(points(seed, 4, 0, 64), points(seed + 1, 4, 0, 64)) / n;
        by_scrambling += correlation(points(seed, 4, 2, 64), points(seed, 4, 7, 64)) / n;
        by_name += correlation(points(seed, 4, 0, 64), points(seed, 5, 0, 64)) / n;
    }
    for (const double mean : {by_seed, by_scrambling, by_name})
        CHECK(std::fabs(mean) < 0.25);
}

TEST_CASE(
    "sobol: means of 8 scramblings tell an error that covers the truth, and it is far below that of random draws") {
    // Y = exp(0.4 Z1) + Z2 Z3 + 0.5 Z4: mean exp(0.08). 7 degrees of freedom: within 2.365 errors in 95 % of the runs.
    const auto model =
        model_of(4, [](const std::vector<double>& z) { return std::exp(0.4 * z[0]) + z[1] * z[2] + 0.5 * z[3]; });
    const double truth = std::exp(0.08);
    int covered = 0;
    double sobol_error = 0.0, random_error = 0.0;
    constexpr int n_runs = 100;
    for (std::uint64_t seed = 1; seed <= n_runs; ++seed) {
        RunOptions options;
        options.samples = 4096;
        options.seed = seed;
        options.driver_column = 0;
        options.sampling = Sampling::sobol;
        const Result result = summarise(run(model, options));
        REQUIRE(result.errors.has_value());
        covered += std::fabs(result.columns[0].mean - truth) <= 2.365 * result.errors->mean ? 1 : 0;
        sobol_error += std::pow(result.columns[0].mean - truth, 2);
        options.sampling = Sampling::random;
        const Result random = summarise(run(model, options));
        CHECK(!random.errors.has_value());
        random_error += std::pow(random.columns[0].mean - truth, 2);
    }
    CHECK(covered >= 87); // of 95 expected, deviation 2.2: 87 is 3.7 of them below
    CHECK(covered <= 100);
    CHECK(random_error > 10.0 * sobol_error);
}

TEST_CASE("sobol: the same bits for threads, shards and any order; a longer run begins with the shorter one's points") {
    const auto model = model_of(3, [](const std::vector<double>& z) { return z[0] * z[1] + z[2]; });
    RunOptions options;
    options.samples = 5000;
    options.driver_column = 0;
    options.sampling = Sampling::sobol;
    const State whole = run(model, options);
    options.threads = 2;
    CHECK(run(model, options).hash() == whole.hash());
    State parts = Runner(model, options).blank();
    for (const std::uint64_t index : {3, 1, 2}) {
        options.range = shard(options.samples, index, 3);
        parts.merge(State::parse(run(model, options).bytes()));
    }
    CHECK(parts.hash() == whole.hash());
    CHECK(parts.bytes() == whole.bytes());

    options.range = SampleRange{0, 5000};
    options.samples = 10'000;
    const State begun = run(model, options);
    CHECK(begun.columns[0].sum.value() == whole.columns[0].sum.value());

    options.sampling = Sampling::random;
    State random = run(model, options);
    CHECK_THROWS_WITH_AS(random.merge(begun), doctest::Contains("sampling sobol instead of random"), StateError);
}

TEST_CASE("sobol: an order of a name's own, by an independent writing of what the header says") {
    const std::uint64_t seed = 0x123456789abcdef0;
    const StreamKey key{name_hash("vehicle.mine.volume"), 1};
    const SobolStream stream(seed, key, made);
    const auto word = [&](std::uint32_t w) {
        return philox::words({0xffffffffU - w / 4, key.occurrence, static_cast<std::uint32_t>(key.name),
                              static_cast<std::uint32_t>(key.name >> 32U)},
                             {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)})[w % 4];
    };
    const auto reversed = [](std::uint32_t x) {
        std::uint32_t out = 0;
        for (int bit = 0; bit < 32; ++bit)
            out = out << 1U | (x >> bit & 1U);
        return out;
    };
    const auto owen = [&](std::uint32_t x, std::uint32_t k) { // of a number whose first bit is the highest
        x = reversed(x);
        x ^= x * 0x3d20adeaU;
        x = (x + k) * (k >> 16U | 1U);
        x ^= x * 0x05526c56U;
        x ^= x * 0x53a22864U;
        return reversed(x);
    };
    for (const std::uint64_t sample : {0ULL, 1ULL, 7ULL, 8ULL, 12'345ULL, 4'294'967'295ULL}) {
        const auto r = static_cast<std::uint32_t>(sample % 8);
        const auto p = static_cast<std::uint32_t>(sample / 8);
        const std::uint32_t x = owen(reversed(owen(p, word(8 + r))), word(r));
        CHECK(stream.at(sample) == (2.0 * x + 1.0) * 0x1p-33);
    }
}

TEST_CASE("sobol: a point hangs on names alone, whatever else the scenario has") {
    auto few = test::independent(3, {Family::normal, {0.0, 1.0}}),
         many = test::independent(5, {Family::normal, {0.0, 1.0}});
    few.strongest = many.strongest = {few.streams[2], "somebody.else's", few.streams[0]};
    std::swap(many.streams[0], many.streams[3]); // the first row of few is the fourth of many
    const auto draw = [](const Inputs& inputs, std::size_t row) {
        const Sampler sampler(inputs, 7, Sampling::sobol);
        std::vector<double> out;
        for (std::uint64_t i = 0; i < 64; ++i)
            out.push_back(sampler.sample(i)[row]);
        return out;
    };
    const auto point = [&](std::size_t stream, Dimension dimension) {
        const SobolStream stream_of(7, {name_hash(few.streams[stream]), 0}, dimension);
        std::vector<double> out;
        for (std::uint64_t i = 0; i < 64; ++i)
            out.push_back(normal_score(stream_of.at(i)));
        return out;
    };
    CHECK(draw(many, 2) == point(2, 0));
    CHECK(draw(many, 3) == point(0, 2));
    CHECK(draw(many, 1) == point(1, made)); // no place among the strongest
    for (const auto& [mine, others] : {std::pair{0U, 3U}, std::pair{1U, 1U}, std::pair{2U, 2U}})
        CHECK(draw(few, mine) == draw(many, others));
    few.strongest.clear();
    CHECK(draw(few, 0) == point(0, made));
}

TEST_CASE("sobol: what streams of orders of their own do together scatters at most twice as at random") {
    // The mean of Z1 Z2 over n points of one scrambling has variance 1/n at random. Each half of both holds half of every pair of
    // points in a row, so what the halves do together scatters twice as much, and finer parts less.
    double squares = 0.0;
    constexpr int n_pairs = 4000, n_points = 64;
    for (int pair = 0; pair < n_pairs; ++pair) {
        const SobolStream a(3, {name_hash("a" + std::to_string(pair)), 0}, made),
            b(3, {name_hash("b" + std::to_string(pair)), 0}, made);
        double mean = 0.0;
        for (std::uint64_t p = 0; p < n_points; ++p)
            mean += normal_score(a.at(8 * p)) * normal_score(b.at(8 * p)) / n_points;
        squares += mean * mean / n_pairs;
    }
    CHECK(squares * n_points < 2.0);
    CHECK(squares * n_points > 0.5); // or they would not be independent of each other
}

TEST_CASE("sobol: streams by strength, without those that do nothing") {
    const auto model =
        model_of(3, [](const std::vector<double>& z) { return 0.3 * z[0] + 3.0 * z[1] + std::exp(z[2]); });
    CHECK(dimension_order(model, 0, 4) == std::vector<std::size_t>{1, 2, 0});
}
