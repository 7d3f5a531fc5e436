// autarky: what would turn the verdict: the value of each strong input at which make and buy are even.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

struct FlipRequest {
    std::vector<std::string> inputs; ///< streams to look at; empty: the strongest
    std::size_t most = 8;            ///< of the strongest, so many
    std::uint64_t samples = 1000, seed = 1;
};

/// A value at which the verdict turns.
struct Turn {
    double value = 0.0;           ///< of a stepped input the first value on the other side
    double low = 0.0, high = 0.0; ///< one standard error of sampling to either side
    double percentile = 0.5;      ///< share of the input's own distribution below it
    double beyond = 0.0;          ///< probability that the input lies where the verdict is the other one
    std::uint64_t crossings = 1;  ///< how often it turns; the one nearest to the median is told
};
constexpr auto describe(Type<Turn> /*type*/) {
    constexpr UnitName unit = unit_named("the unit of the input");
    return fields(item("value", &Turn::value, unit, "Value at which the verdict turns, the one nearest to the median"),
                  item("low", &Turn::low, unit, "One standard error of sampling below it"),
                  item("high", &Turn::high, unit, "One standard error of sampling above it"),
                  item("percentile", &Turn::percentile, "1"_u, "Share of the input's own distribution below it"),
                  item("beyond", &Turn::beyond, "1"_u,
                       "Probability that the input lies where the verdict is not that of all futures"),
                  item("crossings", &Turn::crossings, "1"_u, "How often the verdict turns over the input's range"));
}

/// All futures with the input held at one value.
struct FlipPoint {
    double score = 0.0; ///< normal score of the input
    double percentile = 0.5, value = 0.0, p_make = 0.0, mean_usd = 0.0;
    double p_error = 0.0, mean_error_usd = 0.0;
    std::uint64_t futures = 0;
};
constexpr auto describe(Type<FlipPoint> /*type*/) {
    using P = FlipPoint;
    constexpr std::string_view failed = "every one of its futures failed";
    return fields(
        item("percentile", &P::percentile, "1"_u, "Share of the input's own distribution below the value"),
        item("value", &P::value, unit_named("the unit of the input"), "Value at which the input is held"),
        item("p_make", &P::p_make, "1"_u, "Share of the futures in which making is worth more").null_if(failed),
        item("mean_usd", &P::mean_usd, "USD"_u, "Mean value of make against buy").null_if(failed),
        item("p_error", &P::p_error, "1"_u, "Standard error of sampling of p_make"),
        item("mean_error_usd", &P::mean_error_usd, "USD"_u, "Standard error of sampling of the mean"),
        item("futures", &P::futures, "1"_u, "Futures that did not fail at this value"));
}

/// What the verdict does while the input moves over its middle 90 %, all else drawn: from the least to the most.
struct FlipSwing {
    double least_usd = 0.0, most_usd = 0.0, least_p = 0.0, most_p = 0.0;
};
constexpr auto describe(Type<FlipSwing> /*type*/) {
    using S = FlipSwing;
    return fields(item("least_usd", &S::least_usd, "USD"_u, "Least mean value of make against buy"),
                  item("most_usd", &S::most_usd, "USD"_u, "Largest mean value of make against buy"),
                  item("least_p", &S::least_p, "1"_u, "Least share of futures in which making is worth more"),
                  item("most_p", &S::most_p, "1"_u, "Largest share of futures in which making is worth more"));
}

struct FlipInput {
    std::string name, unit;
    std::string group;       ///< of correlated inputs, of which this one alone is moved; empty: none
    std::uint64_t knots = 1; ///< numbers that move with it, at one percentile of each; its value is that of the first
    bool is_stepped = false; ///< it takes few distinct values
    bool is_date = false;
    double share = 0.0; ///< of the value's variance, of the whole group
    double median = 0.0;
    std::optional<Turn> even, of_mean;
    std::optional<FlipSwing> swing; ///< none where every future failed
    std::vector<FlipPoint> points;  ///< ascending in percentile
};
constexpr auto describe(Type<FlipInput> /*type*/) {
    using I = FlipInput;
    constexpr std::string_view none = "no value from its 0.1 % to its 99.9 % quantile turns it";
    return fields(item("name", &I::name, "Input, a series by its first number"),
                  item("unit", &I::unit, "Unit of its values"),
                  item("group", &I::group, "Group of correlated inputs, of which this one alone is moved; empty: none"),
                  item("knots", &I::knots, "1"_u, "Numbers that move together, each at the same percentile"),
                  item("is_stepped", &I::is_stepped, "Whether it takes few distinct values"),
                  item("share", &I::share, "1"_u, "Share of the variance of the value that it drives, with its group"),
                  item("median", &I::median, unit_in("unit"), "Its median"),
                  item("even", &I::even, "Where making and buying are equally often the better one").null_if(none),
                  item("of_mean", &I::of_mean, "Where the mean value of make against buy is zero").null_if(none),
                  item("swing", &I::swing, "What the verdict does between its 5 and its 95 % value")
                      .null_if("every future failed there"),
                  item("points", &I::points, "What was computed, ascending"));
}

struct FlipAnswer {
    std::string scenario, variant;
    std::uint64_t samples = 0, wanted = 0, failed = 0, seed = 1;
    bool is_stopped = false;
    double p_make = 0.0, p_error = 0.0, mean_usd = 0.0, mean_error_usd = 0.0;
    std::vector<FlipInput> inputs;
};
constexpr auto describe(Type<FlipAnswer> /*type*/) {
    using A = FlipAnswer;
    constexpr std::string_view failed = "every future failed";
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("variant", &A::variant, "Its variants, + between them"),
        item("samples", &A::samples, "1"_u, "Futures at each value, the same draws of everything else"),
        item("wanted", &A::wanted, "1"_u, "Futures asked for"),
        item("is_stopped", &A::is_stopped, "Whether it was stopped: fewer futures, or turns that are less exact"),
        item("failed", &A::failed, "1"_u, "Of these, failed as the scenario stands; left out"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"),
        item("p_make", &A::p_make, "1"_u, "Share of the futures in which making is worth more, all drawn")
            .null_if(failed),
        item("p_error", &A::p_error, "1"_u, "Its standard error of sampling"),
        item("mean_usd", &A::mean_usd, "USD"_u, "Mean value of make against buy, all drawn").null_if(failed),
        item("mean_error_usd", &A::mean_error_usd, "USD"_u, "Its standard error of sampling"),
        item("inputs", &A::inputs, "Inputs, the strongest first"));
}

/// Holds one input after the other at a range of its own percentiles, all else drawn as the scenario has it, and finds
/// where the share of futures in favour of making crosses 1/2 and where the mean value crosses zero: linear in the input's
/// normal score, once more within the cell that holds the crossing. Inputs that stand for luck are left out.
/// Throws InputError for an input that the scenario does not have or that is no uncertain one. `stop` is asked now and then.
FlipAnswer flip(const ScenarioModel& model, const FlipRequest& asked, unsigned threads,
                const std::function<bool(std::uint64_t, std::uint64_t)>& stop = {});

/// Where the points of an input cross the level at which the verdict turns; none when they do not. `reference`: whether all
/// futures together lie at or above it; `value_at`: the input's value at a normal score.
std::optional<Turn> turn_of(const FlipInput& input, bool of_mean, bool reference,
                            const std::function<double(double score)>& value_at);

/// The probability over each input's percentiles, as a picture.
std::string flip_svg(const FlipAnswer& answer);

} // namespace autarky::analysis
