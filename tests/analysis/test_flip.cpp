// autarky: where the verdict turns, and what it is worth to know more, on the small scenario.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/flip.hpp"
#include "analysis/worth.hpp"
#include "engine/normal_score.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

/// An input whose value is its score and whose probability of making is Phi((score - root) / 2).
FlipInput input_with(double root, const std::vector<double>& scores) {
    FlipInput out;
    for (const double score : scores) {
        FlipPoint point;
        point.score = point.value = score;
        point.percentile = engine::normal_probability(score);
        point.p_make = engine::normal_probability(0.5 * (score - root));
        point.p_error = 0.01;
        point.mean_usd = root - score;
        out.points.push_back(point);
    }
    return out;
}

std::vector<double> spaced(double low, double high, std::size_t n) {
    std::vector<double> out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(n - 1));
    return out;
}

double same(double score) { return score; }

const FlipInput& of(const FlipAnswer& answer, const std::string& name) {
    const auto found =
        std::find_if(answer.inputs.begin(), answer.inputs.end(), [&](const FlipInput& i) { return i.name == name; });
    REQUIRE(found != answer.inputs.end());
    return *found;
}

} // namespace

TEST_CASE("the root of a known probability, its percentile and what lies beyond") {
    const auto input = input_with(0.7, spaced(-3, 3, 61));
    const auto turn = turn_of(input, false, false, same);
    REQUIRE(turn);
    CHECK(turn->value == doctest::Approx(0.7).epsilon(1e-3));                    // linear in cells of 0.1
    CHECK(turn->percentile == doctest::Approx(0.758036347776927).epsilon(1e-3)); // Phi(0.7)
    CHECK(turn->beyond == doctest::Approx(1.0 - 0.758036347776927).epsilon(1e-3));
    CHECK(turn->crossings == 1);
    CHECK(turn->low < 0.7);
    // The slope of Phi(x / 2) at 0 is 0.1995, so 0.01 of probability is 0.0501 of score.
    CHECK(std::fabs(turn->high - turn->value - 0.0501) < 0.001);
    const auto of_mean = turn_of(input, true, true, same);
    REQUIRE(of_mean);
    CHECK(of_mean->beyond == doctest::Approx(turn->beyond).epsilon(1e-3)); // make's mean falls where its share rises
    CHECK(turn_of(input, false, true, same)->beyond == doctest::Approx(turn->percentile).epsilon(1e-3));
    CHECK_FALSE(turn_of(input_with(9.0, spaced(-3, 3, 61)), false, false, same));
}

TEST_CASE("of several turns the nearest to the median is told, and all count in what lies beyond") {
    auto input = input_with(0.0, spaced(-3, 3, 61));
    for (auto& point : input.points)
        point.p_make = std::fabs(point.score - 0.5) < 1.0 ? 0.6 : 0.4; // between -0.5 and 1.5
    const auto turn = turn_of(input, false, false, same);
    REQUIRE(turn);
    CHECK(turn->crossings == 2);
    CHECK(turn->value == doctest::Approx(-0.5).epsilon(0.2));
    // Phi(1.5) - Phi(-0.5) = 0.6247; a jump is found within its cell of 0.1.
    CHECK(turn->beyond == doctest::Approx(0.6247).epsilon(0.05));
}

TEST_CASE("a stepped input turns at the first value of the other side, and its step is found exactly") {
    FlipInput input = input_with(0.0, {-1.5, 0.2, 1.8});
    input.is_stepped = true;
    const auto value_at = [](double score) { return score < -0.8 ? 10.0 : score < 1.25 ? 20.0 : 30.0; };
    for (auto& point : input.points) {
        point.value = value_at(point.score);
        point.p_make = point.value < 25.0 ? 0.3 : 0.7;
    }
    const auto turn = turn_of(input, false, false, value_at);
    REQUIRE(turn);
    CHECK(turn->value == 30.0);
    CHECK(turn->beyond == doctest::Approx(1.0 - 0.894350226333145).epsilon(1e-9)); // 1 - Phi(1.25)
}

TEST_CASE("holding an input gives the same futures as a scenario that has it as a constant") {
    const auto whole = test::small();
    const FlipRequest asked{{"merchant.first.list_price"}, 8, 300, 1};
    const auto answer = flip(whole->model, asked, 2);
    REQUIRE(answer.inputs.size() == 1);
    const auto& input = of(answer, "merchant.first.list_price");
    CHECK(input.points.size() >= 15);
    CHECK(input.median == doctest::Approx(std::sqrt(500.0 * 1500.0)).epsilon(1e-6)); // lognormal
    const auto& point = input.points[3];
    const auto held = test::small({fmt::format("merchant.first.list_price=\"{:.17g} USD/chip\"", point.value)});
    const auto run = test::run(*held, 300);
    CHECK(point.p_make == doctest::Approx(run.verdict.p_make()).epsilon(1e-12));
    CHECK(point.mean_usd == doctest::Approx(run.verdict.npv.mean).epsilon(1e-9)); // the value is read back from text
    // a dearer merchant chip only ever speaks for making, so the ends of the middle 90 % are its extremes
    REQUIRE(input.swing);
    const auto at = [&](double percentile) {
        return *std::ranges::find_if(input.points,
                                     [&](const FlipPoint& p) { return std::fabs(p.percentile - percentile) < 1e-9; });
    };
    CHECK(input.swing->least_usd == at(0.05).mean_usd);
    CHECK(input.swing->most_usd == at(0.95).mean_usd);
    CHECK(input.swing->least_p == at(0.05).p_make);
    CHECK(input.swing->most_p == at(0.95).p_make);
}

TEST_CASE("the turn is where a scenario with that constant is even") {
    const std::string dear = "chip.one.design_cost=\"6 BUSD\""; // else no value of any input turns it
    const auto whole = test::small({dear});
    const auto answer = flip(whole->model, {{}, 3, 2000, 1}, 2);
    CHECK(answer.samples == 2000);
    CHECK(answer.failed == 0);
    CHECK_FALSE(answer.inputs.empty());
    std::size_t n_turns = 0;
    for (const auto& input : answer.inputs) {
        if (!input.of_mean || input.knots > 1 || input.is_date || input.is_stepped) continue;
        ++n_turns;
        CAPTURE(input.name);
        const auto held = test::small({dear, fmt::format("{}=\"{:.17g}{}\"", input.name, input.of_mean->value,
                                                         input.unit == "1" ? "" : " " + input.unit)});
        const auto run = test::run(*held, 2000);
        const auto [low, high] =
            std::minmax_element(input.points.begin(), input.points.end(),
                                [](const FlipPoint& a, const FlipPoint& b) { return a.mean_usd < b.mean_usd; });
        // Linear within a cell of a cell: 1 % of what the mean does over the input's range.
        CHECK(std::fabs(run.verdict.npv.mean) < 0.01 * (high->mean_usd - low->mean_usd));
    }
    CHECK(n_turns > 0);
}

TEST_CASE("answers are the same for any number of threads, and a stop keeps what was finished") {
    const auto whole = test::small();
    const auto one = flip(whole->model, {{}, 2, 600, 1}, 1), two = flip(whole->model, {{}, 2, 600, 1}, 2);
    REQUIRE(one.inputs.size() == two.inputs.size());
    for (std::size_t k = 0; k < one.inputs.size(); ++k)
        for (std::size_t i = 0; i < one.inputs[k].points.size(); ++i)
            CHECK(one.inputs[k].points[i].mean_usd == two.inputs[k].points[i].mean_usd);
    const auto stopped =
        flip(whole->model, {{}, 2, 600, 1}, 1, [](std::uint64_t done, std::uint64_t of) { return done * 4 > of; });
    CHECK(stopped.samples > 0);
    CHECK(stopped.samples < 600);
    CHECK(stopped.failed == 0);
    CHECK(worth(whole->model, {4, 512, 1}, 1).perfect_usd == worth(whole->model, {4, 512, 1}, 2).perfect_usd);
}

TEST_CASE("an input that is unknown or certain is refused") {
    const auto whole = test::small();
    CHECK_THROWS_AS((void)flip(whole->model, {{"merchant.first.prices"}, 8, 64, 1}, 1), InputError);
    try { // a series is suggested by its name, not by one of its knots or by something else
        (void)flip(whole->model, {{"vehicle.cars.volum"}, 8, 64, 1}, 1);
        FAIL("not refused");
    } catch (const InputError& error) {
        CHECK(error.diagnostics.render().find("did you mean 'vehicle.cars.volume'?") != std::string::npos);
    }
    const auto held = test::small({"merchant.first.list_price=\"900 USD/chip\""});
    CHECK_THROWS_AS((void)flip(held->model, {{"merchant.first.list_price"}, 8, 64, 1}, 1), InputError);
}

TEST_CASE("no input is worth more than knowing everything, and regrets belong to the value") {
    const auto whole = test::small();
    const auto answer = worth(whole->model, {12, 4096, 1}, 2);
    REQUIRE(answer.choices.size() == 2);
    const auto &make = answer.choices[0], &buy = answer.choices[1];
    // Of two choices one is right: regrets differ by the mean, chances of being wrong add up to one (no ties here).
    CHECK(buy.regret_usd - make.regret_usd == doctest::Approx(answer.mean_usd));
    CHECK(make.p_wrong + buy.p_wrong == doctest::Approx(1.0));
    CHECK(answer.perfect_usd == doctest::Approx(std::min(make.regret_usd, buy.regret_usd)));
    CHECK_FALSE(answer.inputs.empty());
    for (const auto& input : answer.inputs)
        CHECK(input.worth_usd <= answer.perfect_usd + 4.0 * input.error_usd + input.bias_usd);
}
