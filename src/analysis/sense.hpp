// autarky: what drives a result: screening of every driver, then shares of the variance of the strongest, alone and together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/sensitivity.hpp"

namespace autarky::analysis {

struct SenseRequest {
    std::string metric = "npv", at; ///< at: quarter of a quarterly metric; empty: the last
    std::size_t most = 12;          ///< drivers whose shares are estimated; the others count as one
    std::uint64_t samples = 2000;   ///< pairs of futures behind the shares
    std::uint64_t screening = 64;   ///< pairs of futures behind the screening
    std::uint64_t seed = 1;         ///< of the draws
    bool screen_only = false;       ///< no shares
};

/// A driver in the screening, the strongest first.
struct ScreenedDriver {
    std::string name;
    std::uint64_t members = 1;                            ///< correlated inputs of a group, 1 for one alone
    bool is_luck = false;                                 ///< chance, not ignorance
    double effect = not_estimated, error = not_estimated; ///< in the metric's unit, with its standard error of sampling
    std::uint64_t failed = 0;                             ///< pairs left out
};
constexpr auto describe(Type<ScreenedDriver> /*type*/) {
    using S = ScreenedDriver;
    constexpr std::string_view failed = "fewer than two of its pairs have values";
    return fields(item("name", &S::name, "Input, a series by its first number, or group of correlated inputs"),
                  item("members", &S::members, "1"_u, "Inputs of the group, 1 for one alone"),
                  item("is_luck", &S::is_luck, "Whether it stands for chance and not for ignorance"),
                  item("effect", &S::effect, unit_named("the unit of the metric"),
                       "Mean absolute change when it alone is drawn anew, for a step of one standard deviation")
                      .null_if(failed),
                  item("error", &S::error, unit_named("the unit of the metric"), "Its standard error of sampling")
                      .null_if(failed),
                  item("failed", &S::failed, "1"_u, "Pairs of futures left out, for one of them has no value"));
}

/// Name of the driver that all those are that the screening leaves out.
inline constexpr std::string_view all_others = "all others";

/// A driver and its shares of the variance.
struct SensedDriver {
    std::string name;
    std::uint64_t members = 1; ///< as above; drivers of 'all others'
    bool is_luck = false;      ///< chance, not ignorance
    VarianceShare first, total, shapley;
    std::uint64_t failed = 0; ///< pairs left out of first and total
};
constexpr auto describe(Type<SensedDriver> /*type*/) {
    using S = SensedDriver;
    return fields(item("name", &S::name, "Driver, 'all others' for those that the screening leaves out"),
                  item("members", &S::members, "1"_u, "Inputs of the group, drivers of 'all others', 1 for one alone"),
                  item("is_luck", &S::is_luck, "Whether it stands for chance and not for ignorance"),
                  item("first", &S::first, "First-order index: share of the variance that it explains alone"),
                  item("total", &S::total, "Total index: share that is lost when everything else is known"),
                  item("shapley", &S::shapley, "Shapley effect: alone, and its part of what it does with others"),
                  item("failed", &S::failed, "1"_u, "Pairs of futures left out of its indices"));
}

/// Two drivers and the share that they make together, beyond each alone.
struct SensedPair {
    std::string a, b;
    VarianceShare share;
};
constexpr auto describe(Type<SensedPair> /*type*/) {
    using P = SensedPair;
    return fields(item("a", &P::a, "Driver"), item("b", &P::b, "Driver"),
                  item("share", &P::share, "Share of the variance that both make together, beyond each alone"));
}

/// What drives a result. Shares are of its variance; effects, mean and deviation in its unit.
struct SenseAnswer {
    std::string scenario, variant, metric, unit;
    std::optional<std::string> quarter;        ///< of a quarterly metric
    std::uint64_t samples = 0, screening = 0;  ///< pairs of futures behind shares and effects, 0: not reached
    std::uint64_t seed = 1;                    ///< of the draws
    std::uint64_t evaluations = 0, failed = 0; ///< futures of all finished steps, and those without a value
    bool is_stopped = false;                   ///< what was finished is there
    double mean = not_estimated;               ///< of the metric
    double deviation = not_estimated;          ///< standard deviation over the futures
    VarianceShare alone;                       ///< sum of the first-order indices
    std::vector<SensedDriver> drivers;         ///< by total index, all others last
    std::vector<SensedPair> pairs;             ///< of those that act together most
    std::vector<ScreenedDriver> screened;      ///< by effect, the strongest first

    /// What no driver explains alone: drivers acting together.
    [[nodiscard]] VarianceShare together() const { return {1.0 - alone.value, alone.error}; }
};
constexpr auto describe(Type<SenseAnswer> /*type*/) {
    using A = SenseAnswer;
    constexpr std::string_view screened = "only the screening was made";
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("variant", &A::variant, "Its variants, + between them"),
        item("metric", &A::metric, "Result that is looked at"), item("unit", &A::unit, "Its unit"),
        item("quarter", &A::quarter, "Quarter of it").absent_if("it is one number for the whole run"),
        item("samples", &A::samples, "1"_u, "Pairs of futures behind the indices; 0: screening only"),
        item("screening", &A::screening, "1"_u, "Pairs of futures behind the screening"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"),
        item("evaluations", &A::evaluations, "1"_u, "Futures that were computed"),
        item("failed", &A::failed, "1"_u, "Of these, without a value: failed, or the metric does not exist"),
        item("is_stopped", &A::is_stopped, "Whether it was stopped; what was finished is there"),
        item("mean", &A::mean, unit_in("unit"), "Mean of the metric").null_if(screened),
        item("deviation", &A::deviation, unit_in("unit"), "Its standard deviation over the futures").null_if(screened),
        item("alone", &A::alone, "Sum of the first-order indices"),
        item(
            "together", [](const A& a) { return a.together(); },
            "What no driver explains alone: drivers acting together"),
        item("drivers", &A::drivers, "Drivers by their total index, the strongest first, all others last"),
        item("pairs", &A::pairs, "Pairs of drivers that act together, the strongest first"),
        item("screened", &A::screened, "All drivers by their effect, the strongest first"));
}

/// Screens every driver, then estimates indices of the strongest. Correlated inputs are one driver, so drivers are
/// independent and the shares of all of them and of their interactions add up to one. Throws InputError for an unknown metric or
/// quarter, or when no future has a value.
SenseAnswer sense(const ScenarioModel& model, const SenseRequest& asked, unsigned threads,
                  const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop = {});

/// First-order and total indices as bars with their intervals; effects where only the screening was made.
std::string sense_svg(const SenseAnswer& answer);

} // namespace autarky::analysis
