// autarky: tests of sampled inputs: bits, independence from the rest of the scenario, correlation.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/sampler.hpp"
#include "small_models.hpp"

using namespace autarky;
using namespace autarky::engine;
using autarky::engine::test::add_input;

namespace {

Inputs mixed_inputs() {
    Inputs inputs;
    add_input(inputs, "price", {Family::lognormal, {9.9, 0.1}});
    add_input(inputs, "share", {Family::logit_normal, {0.0, 1.0}});
    add_input(inputs, "date", {Family::pert, {1.0, 2.0, 4.0}});
    add_input(inputs, "hours", {Family::uniform, {2.0, 5.0}});
    add_input(inputs, "respins", {Family::discrete, {0.0, 1.0, 2.0}, {0.5, 0.3, 0.2}});
    add_input(inputs, "yield", {Family::normal, {0.9, 0.1}, {}, 0.0, 1.0});
    add_input(inputs, "load", {Family::triangular, {1.0, 2.0, 4.0}});
    Input second_knot; // moves with the price
    second_knot.path = "price[2027Q1]";
    second_knot.distribution = {Family::lognormal, {10.4, 0.2}};
    second_knot.stream = 0;
    inputs.rows.push_back(second_knot);
    Input fixed;
    fixed.path = "fixed";
    fixed.distribution = {Family::constant, {7.0}};
    inputs.rows.push_back(fixed);
    return inputs;
}

/// Factor of a correlation matrix of two.
CorrelationGroup pair(int first, int second, double rho) {
    return {"pair", {first, second}, {1.0, 0.0, rho, std::sqrt(1.0 - rho * rho)}};
}

/// Two columns of n samples.
std::pair<std::vector<double>, std::vector<double>> columns_of(const Inputs& inputs, std::size_t n, std::size_t a,
                                                               std::size_t b) {
    const Sampler sampler(inputs, 11);
    Draws draws;
    std::vector<Lanes> values(inputs.rows.size());
    std::pair<std::vector<double>, std::vector<double>> out;
    for (std::uint64_t chunk = 0; chunk * chunk_size < n; ++chunk) {
        sampler.draw(chunk, draws);
        for (std::size_t group = 0; group < groups_a_chunk; ++group) {
            sampler.write_values(draws, group, values.data());
            for (std::size_t lane = 0; lane < 8; ++lane) {
                out.first.push_back(values[a][lane]);
                out.second.push_back(values[b][lane]);
            }
        }
    }
    return out;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const auto n = static_cast<double>(x.size());
    const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n, my = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xx = 0.0, yy = 0.0, xy = 0.0;
    for (std::size_t k = 0; k < x.size(); ++k) {
        xx += (x[k] - mx) * (x[k] - mx);
        yy += (y[k] - my) * (y[k] - my);
        xy += (x[k] - mx) * (y[k] - my);
    }
    return xy / std::sqrt(xx * yy);
}

std::vector<double> ranks(const std::vector<double>& x) {
    std::vector<std::size_t> order(x.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto i, auto j) { return x[i] < x[j]; });
    std::vector<double> rank(x.size());
    for (std::size_t k = 0; k < order.size(); ++k)
        rank[order[k]] = static_cast<double>(k);
    return rank;
}

} // namespace

TEST_CASE("a chunk has the bits of its samples drawn one by one, correlated or not") {
    Inputs inputs = mixed_inputs();
    inputs.groups.push_back({"three", {0, 3, 5}, {1.0, 0.0, 0.0, 0.6, 0.8, 0.0, 0.0, 0.6, 0.8}});
    const Sampler sampler(inputs, 77);
    Draws draws;
    std::vector<Lanes> values(inputs.rows.size());
    sampler.write_constants(values.data());
    for (const std::uint64_t chunk : {std::uint64_t{0}, std::uint64_t{5}, max_samples / chunk_size - 1}) {
        sampler.draw(chunk, draws);
        for (std::size_t group = 0; group < groups_a_chunk; ++group) {
            sampler.write_values(draws, group, values.data());
            for (std::size_t lane = 0; lane < 8; ++lane) {
                const auto single = sampler.sample(chunk * chunk_size + group * 8 + lane);
                for (std::size_t i = 0; i < values.size(); ++i)
                    CHECK(values[i][lane] == single[i]);
            }
        }
    }
}

TEST_CASE("adding an input, or moving one, shifts no other") {
    const Inputs before = mixed_inputs();
    Inputs after;
    add_input(after, "new", {Family::normal, {0.0, 1.0}});
    add_input(after, "yield", {Family::normal, {0.9, 0.1}, {}, 0.0, 1.0});
    add_input(after, "hours", {Family::uniform, {2.0, 5.0}});
    const Sampler a(before, 3), b(after, 3);
    for (std::uint64_t sample = 0; sample < 20; ++sample) {
        CHECK(a.sample(sample)[5] == b.sample(sample)[1]);
        CHECK(a.sample(sample)[3] == b.sample(sample)[2]);
    }
}

TEST_CASE("numbers that share a stream move by one quantile") {
    const Sampler sampler(mixed_inputs(), 3);
    for (std::uint64_t sample = 0; sample < 20; ++sample) {
        const auto x = sampler.sample(sample);
        const double score = (std::log(x[0]) - 9.9) / 0.1;
        CHECK((std::log(x[7]) - 10.4) / 0.2 == doctest::Approx(score).epsilon(1e-9)); // 1e-16 of log 1e4, over 0.1
    }
}

TEST_CASE("medians are the values at score zero") {
    const auto medians = Sampler(mixed_inputs(), 3).medians();
    CHECK(medians[0] == doctest::Approx(std::exp(9.9)).epsilon(1e-14));
    CHECK(medians[1] == 0.5);
    CHECK(medians[3] == 3.5);
    CHECK(medians[8] == 7.0);
    CHECK(medians[2] == doctest::Approx(2.127437521012363).epsilon(1e-8)); // PERT(1, 2, 4), mpmath
}

TEST_CASE("rank correlation comes out as asked, whatever the marginals") {
    // Spearman's rho of a Gaussian copula is 6/pi asin(rho/2): 0.7 needs rho = 0.7167358990906.
    constexpr double rank_correlation = 0.7, rho = 0.7167358990906004;
    constexpr std::size_t n = 100'000;
    const double error = 4.0 * (1.0 - rank_correlation * rank_correlation) / std::sqrt(static_cast<double>(n));
    for (const auto& [a, b] : {std::pair{0, 3}, std::pair{2, 5}, std::pair{6, 1}}) {
        Inputs inputs = mixed_inputs();
        inputs.groups.push_back(pair(a, b, rho));
        const auto [x, y] = columns_of(inputs, n, static_cast<std::size_t>(a), static_cast<std::size_t>(b));
        CHECK(correlation(ranks(x), ranks(y)) == doctest::Approx(rank_correlation).epsilon(error / rank_correlation));
    }
}

TEST_CASE("the linear correlation of lognormal numbers is that of the closed form") {
    // (exp(rho s1 s2) - 1) / sqrt((exp(s1^2) - 1)(exp(s2^2) - 1)) for rho = 0.5, s = 0.5 is 0.46879062662624377.
    Inputs inputs;
    add_input(inputs, "a", {Family::lognormal, {0.0, 0.5}});
    add_input(inputs, "b", {Family::lognormal, {1.0, 0.5}});
    inputs.groups.push_back(pair(0, 1, 0.5));
    const auto [x, y] = columns_of(inputs, 400'000, 0, 1);
    // Four standard errors; the heavier tails of the lognormal double those of normal theory, 0.78 / sqrt(n).
    CHECK(correlation(x, y) == doctest::Approx(0.46879062662624377).epsilon(8.0 * 0.78 / std::sqrt(400'000.0)));
}

TEST_CASE("a wrong distribution or correlation is named") {
    Inputs inputs;
    add_input(inputs, "process.sf2.alpha", {Family::normal, {1.0, -1.0}});
    CHECK_THROWS_WITH(Sampler(inputs, 1), "process.sf2.alpha: a standard deviation is negative");
    Inputs pair_twice = mixed_inputs();
    pair_twice.groups = {pair(0, 1, 0.5), pair(1, 2, 0.5)};
    CHECK_THROWS_WITH(Sampler(pair_twice, 1), "correlation 'pair': 'share' is in two groups");
    Inputs no_factor = mixed_inputs();
    no_factor.groups = {{"odd", {0, 1}, {1.0, 0.0, 0.5, 0.5}}};
    CHECK_THROWS_WITH(Sampler(no_factor, 1), "correlation 'odd': row 2 of the factor has variance 0.5 instead of 1");
}
