// autarky: what weighted futures say beside the verdict: bands of metrics by quarter, shares of claims, drivers of the value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/claim_parts.hpp"
#include "analysis/reported.hpp"
#include "analysis/scenario_model.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

struct Band3 {
    double p5 = 0.0, p50 = 0.0, p95 = 0.0;
};
/// A metric in one quarter, in its unit, where it exists.
struct LearnedBand {
    std::string metric, quarter, unit;
    Band3 before, after;
};
constexpr auto describe(Type<LearnedBand> /*type*/) {
    using L = LearnedBand;
    const auto p = [](Band3 L::* band, double Band3::* at) { return [band, at](const L& l) { return (l.*band).*at; }; };
    const char* none = "it exists in no future";
    return fields(
        item("metric", &L::metric, "Metric"), item("quarter", &L::quarter, "Quarter; empty: of the whole run"),
        item("unit", &L::unit, "Its unit"),
        item("before_p5", p(&L::before, &Band3::p5), unit_in("unit"), "Before: 5 % of the futures stay below")
            .null_if(none),
        item("before_p50", p(&L::before, &Band3::p50), unit_in("unit"), "Before: median").null_if(none),
        item("before_p95", p(&L::before, &Band3::p95), unit_in("unit"), "Before: 95 % stay below").null_if(none),
        item("after_p5", p(&L::after, &Band3::p5), unit_in("unit"), "After: 5 % of the futures stay below")
            .null_if(none),
        item("after_p50", p(&L::after, &Band3::p50), unit_in("unit"), "After: median").null_if(none),
        item("after_p95", p(&L::after, &Band3::p95), unit_in("unit"), "After: 95 % stay below").null_if(none));
}

/// Share of the futures in which a claim is true, of those that have its condition.
struct LearnedClaim {
    std::string id, metric, stated, given;
    double before = 0.0, after = 0.0; ///< NaN: too few futures have the condition
};
constexpr auto describe(Type<LearnedClaim> /*type*/) {
    using L = LearnedClaim;
    const char* too_few = "fewer than 30 futures count";
    return fields(
        item("id", &L::id, "Claim"), item("metric", &L::metric, "Metric that it is judged on"),
        item("stated", &L::stated, "What it states"),
        item("given", &L::given, "Only futures with this event, or in which this claim is true, count; empty: all"),
        item("before", &L::before, "1"_u, "Share of those futures in which it is true, before the reports")
            .null_if(too_few),
        item("after", &L::after, "1"_u, "The same after them").null_if(too_few));
}

/// Linear correlation of an input with the value of make against buy.
struct LearnedDriver {
    std::string input;
    double before = 0.0, after = 0.0;
};
constexpr auto describe(Type<LearnedDriver> /*type*/) {
    using L = LearnedDriver;
    return fields(item("input", &L::input, "Path of the input"),
                  item("before", &L::before, "1"_u, "Its correlation with the value, before the reports"),
                  item("after", &L::after, "1"_u, "The same after them"));
}

/// A claim on a metric, with its condition.
struct LookedClaim {
    std::size_t claim = 0;              ///< row of the loaded claims
    std::optional<std::size_t> given{}; ///< row of the claim that has to be true
    ClaimWindow window{};               ///< of the event that has to be under way
};

/// What to look at beside the verdict.
struct Lookout {
    std::vector<const MetricColumns*> metrics;
    std::vector<LookedClaim> claims;
};
/// Throws InputError about the field "metric", with a suggestion.
Lookout lookout_of(const ScenarioModel& model, const std::vector<std::string>& metrics, bool claims);
/// Its figures: means of columns, and behind them whether events are under way.
struct LookedFigures {
    std::vector<ColumnSpan>
        spans; ///< metrics by quarter; then of each claim its metric, what is taken off, and both of what it is given
    std::vector<ClaimWindow> windows; ///< of each claim
};
LookedFigures figures_of(const ScenarioModel& model, const Lookout& look);

/// Weighted futures and the looked figures in them.
struct Seen {
    const std::vector<std::vector<double>>* figures;
    const std::vector<double>* weights;
};
std::vector<LearnedBand> learned_bands(const ScenarioModel& model, const Lookout& look, const Seen& before,
                                       const Seen& after);
std::vector<LearnedClaim> learned_claims(const ScenarioModel& model, const Lookout& look, const Seen& before,
                                         const Seen& after);

/// Those that matter most before or after. The moments have products with the value; `value`: its mean and mean square.
struct ValueMoments {
    double mean = 0.0, square = 0.0;
};
ValueMoments value_moments(const std::vector<double>& value, const std::vector<double>& weights);
std::vector<LearnedDriver> learned_drivers(const ScenarioModel& model, const InputMoments& first,
                                           const ValueMoments& value_first, const InputMoments& second,
                                           const ValueMoments& value_second);

} // namespace autarky::analysis
