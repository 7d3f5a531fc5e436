// autarky: the three readings of the whole model agree to the last bit, on the main scenario.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>

#include "analysis/result_places.hpp"
#include "analysis/traced_case.hpp"
#include "engine/chunk_runner.hpp"
#include "engine/sampler.hpp"
#include "model/simulate.hpp"
#include "scenarios.hpp"

namespace {

using namespace autarky;
using namespace autarky::analysis;

/// Every column of one sample, in the reading of plain numbers.
std::vector<double> plain(const ScenarioModel& model, const std::vector<double>& inputs) {
    model::BoundScenario<double> bound(model.loaded().scenario);
    bound.set([&](std::size_t row) { return inputs[row]; });
    model::Simulation<double> simulation(bound.scenario());
    std::vector<double> out;
    for (const auto* place : result_places(simulation.run()))
        out.push_back(*place);
    return out;
}

/// Two NaN are the same value that does not exist.
bool same_bits(double a, double b) {
    return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Names of the columns that differ, at most five.
std::string differing(const ScenarioModel& model, const std::vector<double>& a, const std::vector<double>& b) {
    std::string out;
    int n = 0;
    for (std::size_t c = 0; c < a.size(); ++c)
        if (!same_bits(a[c], b[c]) && n++ < 5) out += model.columns()[c].name + " ";
    return out;
}

constexpr std::uint64_t seed = 7;

void check_lanes(const ScenarioModel& model, std::uint64_t n_groups) {
    const engine::Sampler sampler(model.inputs(), seed);
    const auto evaluator = model.evaluator();
    engine::LanesBuffer inputs(model.inputs().rows.size());
    engine::LanesBuffer columns(model.columns().size());
    engine::Draws draws;
    sampler.write_constants(inputs.data());
    sampler.draw(0, draws);
    for (std::uint64_t group = 0; group < n_groups; ++group) {
        sampler.write_values(draws, group, inputs.data());
        unsigned failed = 0;
        evaluator->evaluate(inputs.data(), columns.data(), failed);
        REQUIRE(failed == 0);
        for (std::size_t lane = 0; lane < Lanes::width; ++lane) {
            std::vector<double> from_lanes;
            for (std::size_t c = 0; c < model.columns().size(); ++c)
                from_lanes.push_back(columns.data()[c].array()[lane]);
            const auto alone = plain(model, sampler.sample(group * Lanes::width + lane));
            CHECK(differing(model, from_lanes, alone) == "");
        }
    }
}

void check_traced(const ScenarioModel& model, std::uint64_t n_samples) {
    const engine::Sampler sampler(model.inputs(), seed);
    for (std::uint64_t sample = 0; sample < n_samples; ++sample) {
        const auto inputs = sampler.sample(sample);
        const TracedCase traced(model, inputs, sample % 2 == 0 ? Leaves::all : Leaves::uncertain);
        std::vector<double> values;
        for (std::size_t c = 0; c < model.columns().size(); ++c)
            values.push_back(traced.result(c).value);
        CHECK(differing(model, values, plain(model, inputs)) == "");
    }
}

} // namespace

TEST_CASE("eight samples at once give the bits of each alone, for every metric and quarter of the main scenario") {
    check_lanes(test::main_scenario()->model, 4);
}

TEST_CASE("the same on the inputs of the article, decided in 2023") {
    check_lanes(test::main_scenario({"article", "decided-2023"})->model, 2);
}

TEST_CASE("the same where chips are computed from accelerators and workloads") {
    check_lanes(test::main_scenario({"computed"})->model, 2);
    check_traced(test::main_scenario({"computed"})->model, 2);
}

TEST_CASE("a traced sample has the bits of a plain one, for every metric and quarter of the main scenario") {
    check_traced(test::main_scenario()->model, 4);
}

TEST_CASE("a case does not depend on the cases before it") {
    const auto on = test::main_scenario();
    const engine::Sampler sampler(on->model.inputs(), seed);
    const auto first = plain(on->model, sampler.sample(0));
    const auto verdict = static_cast<std::size_t>(on->model.verdict_column());
    CHECK(TracedCase(on->model, sampler.sample(1), Leaves::all).result(verdict).value != first[verdict]);
    CHECK(TracedCase(on->model, sampler.sample(0), Leaves::all).result(verdict).value == first[verdict]);
}
