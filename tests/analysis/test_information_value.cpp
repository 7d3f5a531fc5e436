// autarky: values of information against closed forms.
// SPDX-License-Identifier: Apache-2.0
//
// Two actions, 0 or B = mu + sum a_i X_i with independent normal X_i: with s the standard deviation of what becomes known,
// the value is s phi(|mu| / s) - |mu| Phi(-|mu| / s) (Raiffa and Schlaifer 1961). Figures at 15 digits by mpmath.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "analysis/information_value.hpp"
#include "engine/draws.hpp"
#include "engine/normal_score.hpp"

using namespace autarky;
using analysis::Decision;

namespace {

constexpr std::size_t n = std::size_t{1} << 17U;

std::vector<double> normals(std::uint32_t stream) {
    std::vector<double> out(n);
    for (std::size_t i = 0; i < n; ++i)
        out[i] = engine::normal_score(engine::uniform(7, {engine::name_hash("value"), stream}, i));
    return out;
}

/// mu + s z.
std::vector<double> scaled(const std::vector<double>& z, double mu, double s) {
    std::vector<double> out(z);
    for (double& x : out)
        x = mu + s * x;
    return out;
}

const std::vector<double> zero(n, 0.0);

// Four standard errors: one estimate in 16,000 lies beyond.
constexpr double errors = 4.0;

} // namespace

TEST_CASE("the value of knowing everything, and one input, of two actions") {
    struct Case {
        double mu;
        std::array<double, 3> s;
        double all;
        std::array<double, 3> one;
    };
    const std::array cases{
        Case{1.0, {2.0, 1.0, 0.5}, 0.499791974775686, {0.395593114802612, 0.0833154705876863, 0.00424535130841482}},
        Case{-0.5, {3.0, 2.0, 1.0}, 1.25601325895811, {0.963411064611271, 0.572689396447160, 0.197796557401303}},
        Case{0.0, {2.0, 1.0, 0.5}, 0.914091598928931, {0.797884560802865, 0.398942280401433, 0.199471140200716}}};
    const std::array z{normals(0), normals(1), normals(2)};
    for (const auto& one : cases) {
        auto payoff = std::vector<double>(n, one.mu);
        for (std::size_t k = 0; k < 3; ++k)
            for (std::size_t i = 0; i < n; ++i)
                payoff[i] += one.s[k] * z[k][i];
        const Decision decision({payoff, zero});
        const auto all = decision.perfect_information();
        CHECK(std::fabs(all.value - one.all) < errors * all.error);
        CHECK(all.error < 0.01);
        for (std::size_t k = 0; k < 3; ++k) {
            CAPTURE(k);
            const auto found = decision.partial_information(z[k]);
            CHECK(std::fabs(found.value - one.one[k]) < errors * found.error + found.bias);
            CHECK(found.error < 0.01);
            CHECK(found.bias < 0.01); // what is stated must not excuse everything
            CHECK(found.low <= found.high);
            CHECK(found.bins == 64);
        }
    }
}

TEST_CASE("a score that says nothing is worth nothing, within its stated bias") {
    const Decision decision({scaled(normals(0), 0.01, 1.0), zero});
    const auto found = decision.partial_information(normals(1));
    CHECK(found.value < errors * found.error + found.bias);
    // Where the choice is nearly even, deciding by the futures that judge finds a worth that is not there.
    CHECK(found.high > found.low);
    CHECK(found.low < errors * found.error);
}

TEST_CASE("few futures: the bounds enclose the closed form on average over repeated runs") {
    const auto x = normals(0), noise = normals(1);
    constexpr std::size_t few = 512, repeats = n / few;
    double low = 0.0, high = 0.0;
    for (std::size_t r = 0; r < repeats; ++r) {
        std::vector<double> payoff(few), score(few);
        for (std::size_t i = 0; i < few; ++i) {
            score[i] = x[r * few + i];
            payoff[i] = score[i] + 2.0 * noise[r * few + i];
        }
        const auto found = Decision({payoff, std::vector<double>(few, 0.0)}).partial_information(score);
        low += found.low / repeats;
        high += found.high / repeats;
    }
    // s phi(0) = 0.3989 with s = 1; the bounds are against the best choice by the sample's own mean, so their truth is
    // that less E max(mean, 0) = sqrt(5 / 512) phi(0) = 0.0394.
    constexpr double truth = 0.398942280401433 - 0.0394243;
    CHECK(low < truth);
    CHECK(truth < high);
    CHECK(high - low < 0.12);
}

TEST_CASE("three actions, and a payoff that is no sum of normals") {
    const std::array z{normals(0), normals(1), normals(2)};
    const auto three = Decision({scaled(z[0], 10, 2), scaled(z[1], 9, 3), scaled(z[2], 7, 5)});
    const auto all = three.perfect_information();
    CHECK(three.best() == 0);
    CHECK(std::fabs(all.value - 1.70651522291553) < errors * all.error);
    std::vector<double> lognormal(n);
    for (std::size_t i = 0; i < n; ++i)
        lognormal[i] = std::exp(0.5 * z[0][i]) - 1.0;
    const Decision decision({lognormal, zero});
    const auto known = decision.perfect_information();
    CHECK(std::fabs(known.value - 0.150381165279602) < errors * known.error);
    const auto by_score = decision.partial_information(z[0]); // the score is everything that there is to know
    CHECK(std::fabs(by_score.value - 0.150381165279602) < errors * by_score.error + by_score.bias);
}

TEST_CASE("a payoff matrix by hand: regrets, the value of perfect information, how often a choice is wrong") {
    // Three states with probabilities 0.3, 0.5 and 0.2 as ten futures.
    const std::array<std::array<double, 3>, 4> rows{{{120, 60, -40}, {80, 70, 20}, {40, 40, 40}, {95, 55, 5}}};
    std::vector<std::vector<double>> payoffs;
    for (const auto& row : rows)
        payoffs.push_back({row[0], row[0], row[0], row[1], row[1], row[1], row[1], row[1], row[2], row[2]});
    const Decision decision(payoffs);
    constexpr std::array mean{58.0, 63.0, 40.0, 57.0}, regret{21.0, 16.0, 39.0, 22.0}, most{80.0, 40.0, 80.0, 35.0};
    constexpr std::array wrong{0.7, 0.5, 0.8, 1.0};
    CHECK(decision.best() == 1);
    CHECK(decision.perfect_information().value == doctest::Approx(16.0));
    for (std::size_t c = 0; c < 4; ++c) {
        CHECK(decision.mean(c) == doctest::Approx(mean[c]));
        CHECK(decision.regret(c).mean == doctest::Approx(regret[c]));
        CHECK(decision.regret(c).largest == most[c]);
        CHECK(decision.regret(c).p_wrong == doctest::Approx(wrong[c]));
    }
}

TEST_CASE("payoffs that make no decision are refused") {
    CHECK_THROWS_AS(Decision({}), std::invalid_argument);
    const std::vector<std::vector<double>> one_future{{1.0}};
    CHECK_THROWS_AS(Decision{one_future}, std::invalid_argument);
    CHECK_THROWS_AS(Decision({{1.0, 2.0}, {1.0}}), std::invalid_argument);
    CHECK_THROWS_AS(Decision({{1.0, std::nan("")}}), std::invalid_argument);
    CHECK_THROWS_AS((void)Decision({{1.0, 2.0}}).partial_information({1.0}), std::invalid_argument);
}
