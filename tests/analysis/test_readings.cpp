// autarky: the readings of the whole model agree to the last bit, on the main scenario.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "analysis/followed.hpp"
#include "analysis/result_places.hpp"
#include "analysis/traced_case.hpp"
#include "analysis/written_case.hpp"
#include "core/replay.hpp"
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

/// A result that a record gives where each operation may err by a few units in the last place: a choice between numbers that are
/// equal but for rounding goes either way, and no record can say which way the program takes.
bool hangs_on_rounding(double undisturbed, const std::vector<double>& disturbed) {
    return std::any_of(disturbed.begin(), disturbed.end(), [&](double x) { return !agree(x, undisturbed); });
}

/// What a record gives for other inputs than those that it was made with, column by column.
struct Elsewhere {
    std::string differing; ///< columns that differ from the model's, the first five
    std::size_t undecided = 0, lost = 0;
};
Elsewhere compared_elsewhere(const ScenarioModel& model, const WrittenCase& written,
                             const std::vector<double>& inputs) {
    constexpr std::uint64_t n_noises = 4;
    const auto expected = plain(model, inputs);
    std::vector<std::int32_t> steps;
    for (std::size_t c = 0; c < expected.size(); ++c)
        steps.push_back(written.result(c).step);
    Replay replay(written.working(), steps);
    const auto again = replay.values(inputs);
    std::vector<std::vector<double>> disturbed;
    for (std::uint64_t noise = 0; noise < n_noises; ++noise)
        disturbed.push_back(replay.disturbed(inputs, noise));
    Elsewhere out;
    int n = 0;
    for (std::size_t c = 0; c < expected.size(); ++c) {
        if (steps[c] < 0) {
            if (!agree(written.result(c).value, expected[c]))
                out.differing += model.columns()[c].name + " is constant ";
            continue;
        }
        const auto at = static_cast<std::size_t>(steps[c]);
        std::vector<double> noisy;
        for (const auto& values : disturbed)
            noisy.push_back(values[at]);
        if (hangs_on_rounding(again[at], noisy))
            ++out.undecided;
        else if (std::isnan(again[at]) && !std::isnan(expected[c]))
            ++out.lost;
        else if (!agree(again[at], expected[c]) && n++ < 5)
            out.differing += fmt::format("{} {} {} ", model.columns()[c].name, again[at], expected[c]);
    }
    return out;
}

void check_written(const ScenarioModel& model) {
    const engine::Sampler sampler(model.inputs(), seed);
    const auto here = sampler.medians();
    const WrittenCase written(model, here);
    std::vector<double> values;
    for (std::size_t c = 0; c < model.columns().size(); ++c)
        values.push_back(written.result(c).value);
    CHECK(differing(model, values, plain(model, here)) == "");
    MESSAGE(written.working().steps().size() << " steps, " << written.working().calls().size() << " named");
}

} // namespace

TEST_CASE("a written case has the bits of a plain one") { check_written(test::main_scenario()->model); }

TEST_CASE("the record of one sample gives what the model gives for others, but where rounding decides") {
    const auto on = test::main_scenario();
    const engine::Sampler sampler(on->model.inputs(), seed);
    const WrittenCase written(on->model, sampler.medians());
    for (std::uint64_t sample = 0; sample < 4; ++sample) {
        const auto found = compared_elsewhere(on->model, written, sampler.sample(sample));
        CHECK(found.differing == "");
        CHECK(found.lost == 0); // it holds everywhere
        // Residues of stocks and of shares that cancel, and what is chosen by them: a few of 15,000 columns.
        CHECK(found.undecided < on->model.columns().size() / 20);
        MESSAGE(found.undecided << " of " << on->model.columns().size() << " columns hang on rounding");
    }
}

TEST_CASE("the same where chips are computed from accelerators and workloads, and on the inputs of the article") {
    for (const auto& variants : {std::vector<std::string>{"computed"}, {"article", "decided-2023"}}) {
        const auto on = test::main_scenario(variants);
        const engine::Sampler sampler(on->model.inputs(), seed);
        const WrittenCase written(on->model, sampler.medians());
        const auto found = compared_elsewhere(on->model, written, sampler.sample(0));
        CHECK(found.differing == "");
        CHECK(found.lost == 0);
    }
}

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
