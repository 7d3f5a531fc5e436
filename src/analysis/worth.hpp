// autarky: what it would be worth to know more before deciding: of everything, of each strong input, and what a wrong choice costs.
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

struct WorthRequest {
    std::size_t most = 12; ///< of the strongest inputs, so many
    std::uint64_t samples = 16'384, seed = 1;
};

/// A choice and what it loses against the better one of each future.
struct ChoiceRegret {
    std::string choice;
    double mean_usd = 0.0; ///< of its value against buying
    double regret_usd = 0.0, error_usd = 0.0, p95_usd = 0.0, largest_usd = 0.0, p_wrong = 0.0;
};
constexpr auto describe(Type<ChoiceRegret> /*type*/) {
    using C = ChoiceRegret;
    return fields(item("choice", &C::choice, "'make' or 'buy'"),
                  item("mean_usd", &C::mean_usd, "USD"_u, "Its mean value against buying"),
                  item("regret_usd", &C::regret_usd, "USD"_u, "Mean loss against the better choice of each future"),
                  item("error_usd", &C::error_usd, "USD"_u, "Standard error of that mean"),
                  item("p95_usd", &C::p95_usd, "USD"_u, "Loss that 5 % of the futures exceed"),
                  item("largest_usd", &C::largest_usd, "USD"_u, "Largest loss of all futures"),
                  item("p_wrong", &C::p_wrong, "1"_u, "Share of the futures in which the other choice is better"));
}

/// What knowing one input, or a group of correlated ones, is worth.
struct InputWorth {
    std::string name, largest;
    std::uint64_t members = 1;
    double share = 0.0;
    double worth_usd = 0.0, error_usd = 0.0, bias_usd = 0.0, low_usd = 0.0, high_usd = 0.0;
};
constexpr auto describe(Type<InputWorth> /*type*/) {
    using I = InputWorth;
    return fields(
        item("name", &I::name, "Input, or group of correlated ones"),
        item("largest", &I::largest, "Of a group, the member that goes most with the value"),
        item("members", &I::members, "1"_u, "Inputs of the group, 1 for one alone"),
        item("share", &I::share, "1"_u, "Share of the variance of the value that it drives"),
        item("worth_usd", &I::worth_usd, "USD"_u,
             "Expected gain from knowing it before the decision; of a group, of its sum that goes most with the value"),
        item("error_usd", &I::error_usd, "USD"_u, "Standard error of sampling"),
        item("bias_usd", &I::bias_usd, "USD"_u,
             "What the estimate by bins may be off: half the distance of the bounds, and what half the bins change"),
        item("low_usd", &I::low_usd, "USD"_u,
             "Decided in each bin by other futures than those that judge: understates"),
        item("high_usd", &I::high_usd, "USD"_u, "Decided in each bin by the futures that judge: overstates"));
}

/// The same choice made a year later: every own chip that had not taped out at the decision does so a year later, all else
/// and the day of discounting as they are.
struct YearLater {
    std::vector<std::string> chips;
    double mean_usd = 0.0, p_make = 0.0;
    double change_usd = 0.0, error_usd = 0.0; ///< against now, future by future
};
constexpr auto describe(Type<YearLater> /*type*/) {
    using Y = YearLater;
    return fields(
        item("chips", &Y::chips, "Own chips that tape out a year later"),
        item("mean_usd", &Y::mean_usd, "USD"_u, "Mean value of making then, against buying"),
        item("p_make", &Y::p_make, "1"_u, "Share of the futures in which making then is worth more than buying"),
        item("change_usd", &Y::change_usd, "USD"_u, "Mean value of making then less that of making now"),
        item("error_usd", &Y::error_usd, "USD"_u, "Standard error of sampling of that difference"));
}

struct WorthAnswer {
    std::string scenario, variant;
    std::uint64_t samples = 0, wanted = 0, failed = 0, seed = 1;
    std::uint64_t bins = 0;
    std::string best; ///< the choice with the higher mean
    double mean_usd = 0.0;
    double perfect_usd = 0.0, perfect_error_usd = 0.0;
    std::vector<ChoiceRegret> choices;
    std::vector<InputWorth> inputs;
    std::optional<YearLater> later; ///< none where all chips had taped out
};
constexpr auto describe(Type<WorthAnswer> /*type*/) {
    using A = WorthAnswer;
    return fields(item("scenario", &A::scenario, "Scenario"),
                  item("variant", &A::variant, "Its variants, + between them"),
                  item("samples", &A::samples, "1"_u, "Futures that were finished"),
                  item("wanted", &A::wanted, "1"_u, "Futures asked for"),
                  item("failed", &A::failed, "1"_u, "Of the finished ones, failed; left out"),
                  item("seed", &A::seed, "1"_u, "Seed of the draws"),
                  item("bins", &A::bins, "1"_u, "Bins of equal count into which each input is cut"),
                  item("best", &A::best, "Choice with the higher mean: 'make' or 'buy'"),
                  item("mean_usd", &A::mean_usd, "USD"_u, "Mean value of make against buy"),
                  item("perfect_usd", &A::perfect_usd, "USD"_u,
                       "Expected gain from knowing everything before the decision (EVPI)"),
                  item("perfect_error_usd", &A::perfect_error_usd, "USD"_u, "Its standard error of sampling"),
                  item("choices", &A::choices, "Both choices and what they lose"),
                  item("inputs", &A::inputs, "Inputs and groups (EVPPI), the one most worth knowing first"),
                  item("later", &A::later, "Making a year later; null where every own chip had taped out"));
}

/// Luck is part of what stays unknown, so it is no row. Fewer than 64 good futures have no answer: InputError.
WorthAnswer worth(const ScenarioModel& model, const WorthRequest& asked, unsigned threads,
                  const std::function<bool(std::uint64_t, std::uint64_t)>& stop = {});

} // namespace autarky::analysis
