// autarky: time to market against runs of ttm-cas, and what must hold of it.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "silicon/time_to_market.hpp"

using namespace autarky::silicon;

namespace {

MarketChip a11(double chips = 10e6) { return {chips, 4.6e9, 514e6, 100.0, 0.6, 0.0, 1.0}; }

} // namespace

TEST_CASE("weeks and cost are those of ttm-cas for another chip at three nodes") {
    struct Run {
        int nm;
        double tapeout, fab, osat, cost;
    };
    // ttm-cas @d98ac05, 10e6 chips of 4.3e9 transistors, 0.5e9 unique, 100 engineers, parallel 0.9; printed to 1e-4 weeks, 1 USD.
    constexpr std::array runs{Run{5, 7.7646, 20.2082, 6.3961, 345807647}, Run{7, 5.2290, 18.2588, 6.3963, 320683376},
                              Run{14, 2.4228, 14.6481, 6.3978, 348275113}};
    for (const auto& run : runs) {
        const auto* node = find_market_node(run.nm);
        REQUIRE(node != nullptr);
        const auto found = time_to_market(*node, {10e6, 4.3e9, 0.5e9, 100.0, 0.9, 0.0, 1.0});
        CHECK(std::fabs(found.tapeout_weeks - run.tapeout) < 5.1e-5);
        CHECK(std::fabs(found.fab_weeks - run.fab) < 5.1e-5);
        CHECK(std::fabs(found.osat_weeks - run.osat) < 5.1e-5);
        CHECK(std::fabs(found.cost_usd() - run.cost) < 0.51);
    }
}

TEST_CASE("the agility score is one over the slope of the time, behind a queue too") {
    for (const double queue : {0.0, 4.0}) {
        auto chip = a11();
        chip.queue_weeks = queue;
        auto node = *find_market_node(7);
        const double agility = time_to_market(node, chip).agility;
        // Central difference over the rate; the wafers ahead stay the same number, so the weeks of queue change with it.
        const double step = 1e-4 * node.wafers_per_h, rate = node.wafers_per_h;
        const auto weeks_at = [&](double at) {
            node.wafers_per_h = at;
            chip.queue_weeks = queue * rate / at;
            return time_to_market(node, chip).weeks();
        };
        const double slope = (weeks_at(rate + step) - weeks_at(rate - step)) / (2.0 * step);
        constexpr double of_difference =
            1e-7; // a hyperbola: the square of the relative step, 1e-8, and rounding of 30 weeks
        CHECK(1.0 / agility == doctest::Approx(-slope).epsilon(of_difference));
    }
}

TEST_CASE("half the rate doubles the queue and the wafers' weeks, and quarters the agility") {
    auto chip = a11();
    chip.queue_weeks = 4.0;
    const auto* node = find_market_node(7);
    const auto full = time_to_market(*node, chip);
    chip.capacity = 0.5;
    const auto half = time_to_market(*node, chip);
    CHECK(half.queue_weeks == 8.0);
    CHECK(half.fab_weeks - node->fab_weeks == doctest::Approx(2.0 * (full.fab_weeks - node->fab_weeks)));
    CHECK(half.agility == doctest::Approx(full.agility / 4.0));
    CHECK(half.cost_usd() == full.cost_usd());
    CHECK(half.tapeout_weeks == full.tapeout_weeks);
}

TEST_CASE("every node is found once, and engineers help as far as the work is parallel") {
    CHECK(market_nodes().size() == 12);
    for (const auto& node : market_nodes())
        CHECK(find_market_node(node.nm) == &node);
    CHECK(find_market_node(6) == nullptr);
    auto chip = a11();
    chip.parallel = 0.0;
    const auto* node = find_market_node(5);
    const double alone = time_to_market(*node, chip).tapeout_weeks;
    chip.engineers = 1.0;
    CHECK(time_to_market(*node, chip).tapeout_weeks == alone);
    chip.engineers = 100.0;
    chip.parallel = 1.0;
    CHECK(time_to_market(*node, chip).tapeout_weeks == doctest::Approx(alone / 100.0));
}
