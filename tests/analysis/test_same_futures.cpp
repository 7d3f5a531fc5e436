// autarky: questions over the same scenario, samples and seed see the same futures, and tell the same errors of them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "analysis/compare.hpp"
#include "analysis/discover.hpp"
#include "analysis/flip.hpp"
#include "analysis/worth.hpp"
#include "engine/sampler.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

constexpr std::uint64_t n = 512, seed = 5;
const std::vector<std::string> open{"chip.one.design_cost=\"6 BUSD\""}; // else making pays in nearly all futures

} // namespace

TEST_CASE("run, flip, worth, compare and discover have the same futures") {
    const auto on = test::small(open);
    const auto ran = test::run(*on, n, seed);
    REQUIRE(ran.result.failed == 0);
    REQUIRE(ran.result.sampling == engine::Sampling::sobol);
    const double p = ran.verdict.p_make(), mean = ran.verdict.npv.mean;

    const auto flipped = flip(on->model, {.inputs = {}, .most = 1, .samples = n, .seed = seed}, 1, {});
    CHECK(flipped.p_make == p);
    CHECK(flipped.mean_usd == doctest::Approx(mean).epsilon(1e-12));
    CHECK(flipped.p_error == doctest::Approx(ran.verdict.p_make_error).epsilon(1e-9));
    CHECK(flipped.mean_error_usd == doctest::Approx(ran.verdict.npv.standard_error).epsilon(1e-4)); // in whole quanta

    const auto valued = worth(on->model, {.most = 1, .samples = n, .seed = seed}, 1, {});
    CHECK(valued.mean_usd == doctest::Approx(mean).epsilon(1e-12));
    CHECK(valued.choices[1].p_wrong == p); // buying is wrong where making pays

    DiscoverRequest boxes;
    boxes.samples = n;
    boxes.seed = seed;
    const auto found = discover(on->model, boxes, 1);
    CHECK(found.base_rate == doctest::Approx(1.0 - p).epsilon(1e-12));
    CHECK(found.fresh_rate != found.base_rate); // as many others

    CompareRequest asked;
    asked.samples = n;
    asked.seed = seed;
    const auto itself = compare(on->model, on->model, asked, 1, {});
    CHECK(itself.p_make_first == p);
    CHECK(itself.results.front().difference.mean == 0.0);
    CHECK(itself.results.front().difference.standard_error == 0.0);
    CHECK(itself.results.front().first.standard_error > 0.0);
}

TEST_CASE("a change of the scenario leaves the draws of all other inputs as they are") {
    LoadRequest request;
    request.data_folder = AUTARKY_SOURCE_DIR;
    const auto on = test::studied(request);
    request.variants = {"article"};
    request.sets = {"vehicle.cars.volume=\"0.3 Mvehicle/year\"", "economy.discount_rate=\"5 to 9 %/year\""};
    const auto changed = test::studied(request);
    REQUIRE_FALSE(on->loaded.inputs.strongest.empty());
    const auto first = engine::sampler_of(on->model, seed), second = engine::sampler_of(changed->model, seed);
    const auto &mine = on->loaded.inputs.rows, &others = changed->loaded.inputs.rows;
    const auto& groups = on->loaded.inputs.groups;
    std::size_t compared = 0;
    for (std::size_t i = 0; i < 64; ++i) {
        const auto x = first.sample(i), y = second.sample(i);
        for (std::size_t row = 0; row < mine.size(); ++row) {
            if (mine[row].stream < 0) continue;
            const bool is_alone = std::none_of(groups.begin(), groups.end(), [&](const auto& group) {
                return std::find(group.streams.begin(), group.streams.end(), mine[row].stream) != group.streams.end();
            });
            if (!is_alone) continue; // what it is correlated with may have changed
            for (std::size_t k = 0; k < others.size(); ++k)
                if (others[k].path == mine[row].path && others[k].written == mine[row].written) {
                    REQUIRE(x[row] == y[k]);
                    ++compared;
                }
        }
    }
    CHECK(compared > 0);
}
