// autarky: where making fails, on the small scenario.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "analysis/discover.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

const std::vector<std::string> open{"chip.one.design_cost=\"6 BUSD\""}; // else making pays in nearly all futures

DiscoverRequest request(std::uint64_t samples) {
    DiscoverRequest out;
    out.samples = samples;
    return out;
}

} // namespace

TEST_CASE("boxes are denser than the whole on futures that did not find them") {
    const auto whole = test::small(open);
    const auto answer = discover(whole->model, request(2000), 2);
    CHECK(answer.failed == 0);
    CHECK(answer.base_rate > 0.0);
    CHECK(answer.base_rate < 1.0);
    REQUIRE_FALSE(answer.boxes.empty());
    const auto& first = answer.boxes.front();
    // The error of a share of the box's fresh futures; the box must beat the whole by twice that.
    const double rate = answer.base_rate;
    const double error = std::sqrt(rate * (1.0 - rate) / (2000.0 * first.fresh.mass));
    CHECK(first.fresh.density > rate + 2.0 * error);
    CHECK(std::fabs(first.fresh.density - first.found.density) < 6.0 * error); // two shares, and selection
    CHECK(first.fresh.mass < 1.0);
    for (const auto& limit : first.restrictions) {
        CHECK(limit.quasi_p.value_or(1.0) <= 0.05);
        CHECK(limit.percentile > 0.0);
        CHECK(limit.percentile < 1.0);
        CHECK(std::find(answer.inputs.begin(), answer.inputs.end(), limit.input) != answer.inputs.end());
    }
    double coverage = 0.0;
    for (const auto& box : answer.boxes)
        coverage += box.found.coverage;
    CHECK(coverage <= 1.0 + 1e-12); // boxes do not share futures
    double mass = 0.0;
    for (const auto& leaf : answer.leaves)
        mass += leaf.fresh.mass;
    CHECK(mass == doctest::Approx(1.0));
}

TEST_CASE("what fails where making pays is the rest, and threads change nothing") {
    const auto whole = test::small(open);
    auto asked = request(600);
    const auto fails = discover(whole->model, asked, 1), again = discover(whole->model, asked, 2);
    REQUIRE(fails.trajectory.size() == again.trajectory.size());
    for (std::size_t k = 0; k < fails.trajectory.size(); ++k)
        CHECK(fails.trajectory[k].density == again.trajectory[k].density);
    asked.of_success = true;
    CHECK(discover(whole->model, asked, 2).base_rate == doctest::Approx(1.0 - fails.base_rate));
    const auto stopped = discover(whole->model, asked, 1, [](std::uint64_t, std::uint64_t) { return true; });
    CHECK(stopped.is_stopped);
    CHECK(stopped.boxes.empty());
}

TEST_CASE("a scenario in which making never fails has nothing to tell apart") {
    const auto sure = test::small({"chip.one.design_cost=\"1 USD\"", "merchant.first.list_price=\"90_000 USD/chip\""});
    CHECK_THROWS_AS((void)discover(sure->model, request(256), 1), InputError);
}
