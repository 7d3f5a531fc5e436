// autarky: standard errors of figures over futures, by hand and against repeated runs.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/estimate.hpp"
#include "analysis/information_value.hpp"
#include "core/normal.hpp"
#include "engine/sampler.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

/// Samples 0 .. n - 1 of four standard normal inputs, each made one number.
template <class Function>
std::vector<double> drawn(std::uint64_t seed, std::size_t n, engine::Sampling sampling, const Function& value) {
    Inputs inputs;
    for (int k = 0; k < 4; ++k) {
        Input row;
        row.path = "x" + std::to_string(k);
        row.distribution = {Family::normal, {0.0, 1.0}};
        row.stream = k;
        inputs.streams.push_back(row.path);
        inputs.rows.push_back(std::move(row));
    }
    inputs.strongest = inputs.streams;
    const engine::Sampler sampler(inputs, seed, sampling);
    std::vector<double> out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(value(sampler.sample(i)));
    return out;
}

} // namespace

TEST_CASE("the error of random draws is the textbook's, that of scramblings the scatter of their sums") {
    const std::vector<double> x{1.0, 2.0, 4.0, 9.0}; // mean 4, squares about it 9 + 4 + 0 + 25
    const auto random = estimate_of(x, {}, engine::Sampling::random);
    CHECK(random.mean == doctest::Approx(4.0));
    CHECK(random.error == doctest::Approx(std::sqrt(38.0 / 3.0 / 4.0)));
    // Futures 0 and 8 are of one scrambling, 1 and 9 of another: means 2.5 and 5.5, half their distance.
    const auto two = estimate_of(x, {0, 1, 8, 9}, engine::Sampling::sobol);
    CHECK(two.error == doctest::Approx(0.5 * std::fabs((1.0 + 4.0) / 2.0 - (2.0 + 9.0) / 2.0)));
    // Without numbers they are the first four, each of a scrambling of its own.
    CHECK(estimate_of(x, {}, engine::Sampling::sobol).error == doctest::Approx(random.error));
    CHECK(estimate_of({3.0}).error == 0.0);
    CHECK(estimate_of({3.0, 5.0}, {5, 13}, engine::Sampling::sobol).error == 0.0); // one scrambling tells none
    CHECK(spread_of(x, {0, 1, 8, 9}, engine::Sampling::sobol).standard_error == doctest::Approx(two.error));
}

TEST_CASE("errors of means and shares cover the truth, repeated, and are far below those of random draws") {
    const auto value = [](const std::vector<double>& z) { return std::exp(0.4 * z[0]) + z[1] * z[2] + 0.5 * z[3]; };
    const auto pays = [](const std::vector<double>& z) { return z[0] + 0.5 * z[1] > 0.3 ? 1.0 : 0.0; };
    const double mean = std::exp(0.08), share = normal_probability(-0.3 / std::sqrt(1.25));
    constexpr int n_runs = 100;
    int covers_mean = 0, covers_share = 0;
    double sobol = 0.0, random = 0.0;
    for (std::uint64_t seed = 1; seed <= n_runs; ++seed) {
        const auto of_value = estimate_of(drawn(seed, 1024, engine::Sampling::sobol, value));
        const auto of_share = estimate_of(drawn(seed, 1024, engine::Sampling::sobol, pays));
        covers_mean += std::fabs(of_value.mean - mean) <= 2.365 * of_value.error ? 1 : 0; // 7 degrees of freedom: 95 %
        covers_share += std::fabs(of_share.mean - share) <= 2.365 * of_share.error ? 1 : 0;
        sobol += of_value.error / n_runs;
        random += estimate_of(drawn(seed, 1024, engine::Sampling::random, value), {}, engine::Sampling::random).error /
                  n_runs;
    }
    CHECK(covers_mean >= 87); // of 95 expected, deviation 2.2
    CHECK(covers_share >= 87);
    CHECK(sobol < 0.5 * random);
}

TEST_CASE("what perfect knowledge is worth has an error that covers the truth, by scramblings") {
    // Payoff N(0.2, 1): the best is to choose it, and what is lost by it is E max(-X, 0) = phi(0.2) - 0.2 Phi(-0.2).
    const double pi = 3.14159265358979323846;
    const double truth = std::exp(-0.02) / std::sqrt(2.0 * pi) - 0.2 * normal_probability(-0.2);
    int covered = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        auto payoff = drawn(seed, 1024, engine::Sampling::sobol,
                            [](const std::vector<double>& z) { return 0.2 + 0.6 * z[0] + 0.8 * z[1]; });
        std::vector<std::size_t> numbers(payoff.size());
        std::iota(numbers.begin(), numbers.end(), std::size_t{0});
        const std::vector<double> nothing(payoff.size(), 0.0);
        const auto found =
            Decision({std::move(payoff), nothing}, numbers, engine::Sampling::sobol).perfect_information();
        covered += std::fabs(found.value - truth) <= 2.365 * found.error ? 1 : 0;
    }
    CHECK(covered >= 87);
}
