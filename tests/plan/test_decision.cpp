// autarky: orders and actions against worked examples.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <utility>

#include "plan/decision.hpp"

using namespace autarky::plan;

TEST_CASE("the order of a newsvendor, and what knowing the demand is worth") {
    constexpr double of_rounding = 1e-12;
    const auto even = newsvendor({1000.0, 200.0, 10.0, 6.0, 2.0}); // by hand: a fractile of one half, so the mean
    CHECK(even.fractile == 0.5);
    CHECK(even.order == doctest::Approx(1000.0).epsilon(of_rounding));
    CHECK(even.profit == doctest::Approx(3361.69235135771).epsilon(of_rounding)); // 4000 - 8 x 200 / sqrt(2 pi)
    CHECK(even.evpi == doctest::Approx(638.307648642292).epsilon(of_rounding));
    CHECK(even.profit == doctest::Approx(even.profit_of_mean_order));
    const auto more = newsvendor({500.0, 120.0, 25.0, 12.0, 5.0}); // evaluated with mpmath
    CHECK(more.order == doctest::Approx(546.238455968908).epsilon(of_rounding));
    CHECK(more.profit == doctest::Approx(5611.042389442).epsilon(of_rounding));
    CHECK(more.profit > more.profit_of_mean_order);
    CHECK(newsvendor({300.0, 100.0, 10.0, 6.0, 2.0}).below_zero ==
          doctest::Approx(0.001349898031630095).epsilon(of_rounding)); // Phi(-3)
    for (const double order :
         {more.order - 10.0, more.order + 10.0}) { // no other order is better: the closed form of it
        const double z = (order - 500.0) / 120.0;
        const double left_over =
            120.0 * (z * 0.5 * std::erfc(-z / std::sqrt(2.0)) + std::exp(-0.5 * z * z) / 2.5066282746310002);
        CHECK(13.0 * order - 20.0 * left_over < more.profit);
    }
}

TEST_CASE("the size of a step of capacity by Manne's condition") {
    for (const auto& [a, u] : {std::pair{0.6, 0.9474048816151514}, std::pair{0.7, 0.6754715929321078}, // by mpmath
                               std::pair{0.8, 0.4308422097842587}, std::pair{0.9, 0.20714650294424916}}) {
        const auto steps = manne(a, 0.1);
        CHECK(steps.lump == doctest::Approx(u).epsilon(1e-12));
        CHECK(steps.years == doctest::Approx(10.0 * u).epsilon(1e-12));
        CHECK(steps.worse_small > 0.0); // no other size is better
        CHECK(steps.worse_large > 0.0);
    }
    // the less a larger step saves, the smaller the steps; a rate of interest twice as high halves the years
    CHECK(manne(0.9, 0.1).lump < manne(0.8, 0.1).lump);
    CHECK(manne(0.8, 0.2).years == doctest::Approx(0.5 * manne(0.8, 0.1).years));
    CHECK(manne(0.999, 0.1).lump == doctest::Approx(0.002).epsilon(0.01)); // u / (e^u - 1) = 1 - u/2 + ...
}

TEST_CASE("a table of payoffs by every rule") {
    const PayoffTable table{{{120, 60, -40}, {80, 70, 20}, {40, 40, 40}, {95, 55, 5}}, {0.3, 0.5, 0.2}, 0.6}; // by hand
    const auto found = judge(table);
    REQUIRE(found.actions.size() == 4);
    CHECK(found.maximin == 3);
    CHECK(found.maximax == 1);
    CHECK(found.minimax_regret == 4);
    CHECK(found.emv == 2);
    CHECK(found.hurwicz == 4);
    CHECK(found.laplace == 2);
    CHECK(found.mean_with_perfect_information == doctest::Approx(79.0));
    CHECK(found.evpi == doctest::Approx(16.0));
    const double hurwicz[] = {56, 56, 40, 59}, regret[] = {80, 40, 80, 35}, mean[] = {58, 63, 40, 57},
                 lost[] = {21, 16, 39, 22};
    for (std::size_t row = 0; row < 4; ++row) {
        const auto& one = found.actions[row];
        CHECK(one.hurwicz == doctest::Approx(hurwicz[row]));
        CHECK(one.largest_regret == doctest::Approx(regret[row]));
        CHECK(one.mean == doctest::Approx(mean[row]));
        CHECK(one.mean_regret == doctest::Approx(lost[row]));
        CHECK(one.mean + one.mean_regret == doctest::Approx(79.0)); // a mean and its regret make the mean of foresight
    }
    const auto unknown = judge({table.payoff, {}, 0.6});
    CHECK(unknown.emv == 0);
    CHECK(std::isnan(unknown.evpi));
    CHECK(unknown.actions[0].laplace == doctest::Approx(140.0 / 3.0));
}
