// autarky: random formulas in every reading: the readings agree, and the adjoint is the derivative.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "core/written_real.hpp"
#include "expression.hpp"

using namespace autarky;
using test::Decisions;

namespace {

constexpr std::size_t n_inputs = 5;

std::vector<double> random_inputs(std::mt19937_64& random) {
    std::uniform_real_distribution<double> number(-1.0, 1.0);
    std::vector<double> inputs(n_inputs);
    for (auto& x : inputs)
        x = number(random);
    return inputs;
}

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

} // namespace

TEST_CASE("eight lanes give bit for bit what double gives one by one, over random formulas") {
    std::mt19937_64 random(20261124);
    std::size_t different = 0, not_finite = 0;
    for (std::size_t trial = 0; trial < 2000; ++trial) {
        const auto formula = test::random_formula(random, n_inputs, 5 + trial % 40);
        std::vector<std::vector<double>> samples;
        for (std::size_t lane = 0; lane < Lanes::width; ++lane)
            samples.push_back(random_inputs(random));
        if (trial % 3 == 0) // ties, and both zeros
            for (std::size_t lane = 0; lane < Lanes::width; ++lane)
                samples[lane] = {0.0, -0.0, samples[lane][2], samples[lane][2], lane % 2 == 0 ? 0.5 : -0.5};
        std::vector<Lanes> lanes(n_inputs);
        for (std::size_t i = 0; i < n_inputs; ++i) {
            std::array<double, Lanes::width> column{};
            for (std::size_t lane = 0; lane < Lanes::width; ++lane)
                column[lane] = samples[lane][i];
            lanes[i] = Lanes::load(column.data());
        }
        const auto together = test::evaluate(formula, lanes).array();
        for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
            const double alone = test::evaluate(formula, samples[lane]);
            different += bits(alone) != bits(together[lane]) ? 1U : 0U;
            not_finite += std::isfinite(alone) ? 0U : 1U;
        }
    }
    CHECK(different == 0);
    CHECK(not_finite == 0);
}

TEST_CASE("the traced value is the double value, over random formulas") {
    std::mt19937_64 random(7);
    std::size_t different = 0;
    for (std::size_t trial = 0; trial < 1000; ++trial) {
        const auto formula = test::random_formula(random, n_inputs, 5 + trial % 40);
        const auto inputs = random_inputs(random);
        Tape::current().clear();
        std::vector<Traced> traced;
        for (std::size_t i = 0; i < n_inputs; ++i)
            traced.emplace_back(inputs[i], Tape::current().push_input(inputs[i], static_cast<std::int32_t>(i)));
        different += bits(test::evaluate(formula, traced).value) != bits(test::evaluate(formula, inputs)) ? 1U : 0U;
    }
    CHECK(different == 0);
}

TEST_CASE("what is written down with some inputs gives the double value of others, over random formulas") {
    std::mt19937_64 random(31);
    std::size_t different_here = 0, different_elsewhere = 0;
    for (std::size_t trial = 0; trial < 1000; ++trial) {
        const auto formula = test::random_formula(random, n_inputs, 5 + trial % 40);
        const auto inputs = random_inputs(random);
        auto& working = Working::current();
        working.clear();
        std::vector<Written> written;
        for (std::size_t i = 0; i < n_inputs; ++i)
            written.emplace_back(inputs[i], working.push_input(inputs[i], static_cast<std::int32_t>(i)));
        const auto result = test::evaluate(formula, written);
        // A constant zero takes part in no step, whatever the sign of what it multiplies: zeros are equal, all else to the bit.
        const double expected = test::evaluate(formula, inputs);
        different_here += result.value != expected && bits(result.value) != bits(expected) ? 1U : 0U;
        const auto others = random_inputs(random);
        const double again =
            result.step < 0 ? result.value : working.repeated(others)[static_cast<std::size_t>(result.step)];
        // A fused product is written as two steps: one rounding more, of values of order 1, through at most 45 steps.
        // A whole step that falls on the other side of it counts as different: it must be rare.
        different_elsewhere += std::fabs(again - test::evaluate(formula, others)) > 1e-12 ? 1U : 0U;
    }
    CHECK(different_here == 0);
    CHECK(different_elsewhere <= 1);
}

namespace {

/// Central difference with one Richardson step (error of order h^4), and whether all of its points lie on the smooth
/// piece of the middle one.
struct Difference {
    double slope = 0.0;
    bool is_smooth = true;
};

Difference central_difference(const test::Formula& formula, std::vector<double> inputs, std::size_t i) {
    constexpr double h = 1e-4;
    Decisions middle;
    test::evaluate(formula, inputs, &middle);
    const double x = inputs[i];
    Difference out;
    const auto at = [&](double shift) {
        Decisions decisions;
        inputs[i] = x + shift;
        const double y = test::evaluate(formula, inputs, &decisions);
        out.is_smooth = out.is_smooth && decisions == middle;
        return y;
    };
    const double wide = (at(h) - at(-h)) / (2.0 * h);
    const double narrow = (at(0.5 * h) - at(-0.5 * h)) / h;
    out.slope = (4.0 * narrow - wide) / 3.0;
    return out;
}

} // namespace

TEST_CASE("the adjoint gradient is the central difference, off ties and whole steps") {
    std::mt19937_64 random(99);
    std::size_t compared = 0, skipped = 0, wrong = 0;
    double worst = 0.0;
    for (std::size_t trial = 0; trial < 1500; ++trial) {
        const auto formula = test::random_formula(random, n_inputs, 4 + trial % 12);
        const auto inputs = random_inputs(random);
        auto& tape = Tape::current();
        tape.clear();
        std::vector<Traced> traced;
        for (std::size_t i = 0; i < n_inputs; ++i)
            traced.emplace_back(inputs[i], tape.push_input(inputs[i], static_cast<std::int32_t>(i)));
        const auto gradient = tape.gradient(test::evaluate(formula, traced).node, n_inputs);
        for (std::size_t i = 0; i < n_inputs; ++i) {
            const auto difference = central_difference(formula, inputs, i);
            if (!difference.is_smooth) {
                ++skipped;
                continue;
            }
            ++compared;
            // Values are of order 1: rounding leaves about 1e-14 / h = 1e-10, the h^4 term of steep steps (1 / (1 + |x|)
            // has a kink in its second derivative at 0) up to 1e-6 of a slope of order 1.
            const double error = std::fabs(gradient[i] - difference.slope) / std::max(1.0, std::fabs(difference.slope));
            worst = std::max(worst, error);
            wrong += error > 1e-6 ? 1U : 0U;
        }
    }
    CAPTURE(worst);
    CHECK(wrong == 0);
    CHECK(static_cast<double>(skipped) < 0.05 * static_cast<double>(compared + skipped));
}
