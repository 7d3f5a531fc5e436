// autarky: what waiting a year costs, against the same scenario with its dates written a year later.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "analysis/worth.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

TEST_CASE("making a year later is the scenario whose dates are a year later, on the same draws") {
    const auto value_with = [](const char* tapeout) {
        const auto on = test::small({std::string("chip.one.tapeout='") + tapeout + "'"});
        return worth(on->model, {.most = 1, .samples = 512, .seed = 3}, 1);
    };
    const auto now = value_with("2026-10 to 2026-10-02"), later = value_with("2027-10 to 2027-10-02");
    REQUIRE(now.later.has_value());
    CHECK(now.later->chips == std::vector<std::string>{"one"});
    // A month has no fixed length, so the written dates are a year and at most a few hours apart.
    CHECK(now.later->mean_usd == doctest::Approx(later.mean_usd).epsilon(1e-3));
    CHECK(now.later->change_usd == doctest::Approx(now.later->mean_usd - now.mean_usd).epsilon(1e-9));
    CHECK(now.later->error_usd > 0.0);
    CHECK(now.later->p_make >= 0.0);
    CHECK(now.later->p_make <= 1.0);
}

TEST_CASE("a chip that had taped out before the decision cannot wait") {
    const auto on =
        test::small({"chip.one.design_start='2022Q1'", "chip.one.tapeout='2024-10'", "economy.decision_date='2025Q4'"});
    CHECK_FALSE(worth(on->model, {.most = 1, .samples = 256, .seed = 3}, 1).later.has_value());
}
