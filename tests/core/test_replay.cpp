// autarky: records evaluated anew, and what in them rounding decides.
// SPDX-License-Identifier: Apache-2.0
#include "core/replay.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/written_real.hpp"

using namespace autarky;

namespace {

Written input(double value, int row) { return {value, Working::current().push_input(value, row)}; }

/// Outcomes of a result with 20 noises.
std::vector<double> outcomes(const Written& result, const std::vector<double>& inputs) {
    Replay replay(Working::current(), std::array{result.step});
    std::vector<double> out;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        out.push_back(replay.disturbed(inputs, seed)[static_cast<std::size_t>(result.step)]);
    return out;
}

} // namespace

TEST_CASE("noise turns a choice between equals, and leaves one between others alone") {
    Working::current().clear();
    const auto a = input(0.1, 0), b = input(0.2, 1), c = input(0.3, 2);
    const auto one_way = (a + b) + c, other_way = a + (b + c); // 0.6000000000000001 and 0.6: equal but for rounding
    const auto tied = outcomes(select(one_way < other_way, Written(1.0), Written(2.0)), {0.1, 0.2, 0.3});
    CHECK(std::count(tied.begin(), tied.end(), 1.0) > 0);
    CHECK(std::count(tied.begin(), tied.end(), 2.0) > 0);
    const auto clear =
        outcomes(select(one_way < other_way * Written(1.0 + 1e-9), Written(1.0), Written(2.0)), {0.1, 0.2, 0.3});
    CHECK(std::count(clear.begin(), clear.end(), 1.0) == 20);
}

TEST_CASE("what is exact has no noise: equal whole numbers stay equal") {
    Working::current().clear();
    const auto a = input(6.0, 0), b = input(2.0, 1);
    const auto chips = floor(a / b) * b + exp(b - Written(2.0)); // 6/2, 3 x 2, e^0: no digit is lost
    for (const double outcome : outcomes(chips, {6.0, 2.0}))
        CHECK(outcome == 7.0);
}

TEST_CASE("noise stays within the error that it may have") {
    Working::current().clear();
    const auto product = input(0.1, 0) * input(0.7, 1);
    bool moves = false;
    for (const double outcome : outcomes(product, {0.1, 0.7})) {
        CHECK(std::fabs(outcome / (0.1 * 0.7) - 1.0) <= Replay::largest_error + 1e-15); // and the rounding of the check
        moves = moves || outcome != 0.1 * 0.7;
    }
    CHECK(moves);
}

TEST_CASE("a replay evaluates what is wanted and nothing else, with the inputs that it is given") {
    Working::current().clear();
    const auto a = input(1.0, 0), b = input(2.0, 1);
    const auto wanted = a + b;
    const auto other = a * b;
    Replay replay(Working::current(), std::array{wanted.step});
    CHECK(replay.values(std::array{3.0, 5.0})[static_cast<std::size_t>(wanted.step)] == 8.0);
    CHECK(replay.steps() == std::vector<std::int32_t>{a.step, b.step, wanted.step});
    CHECK(other.step > wanted.step);
}
