// autarky: what dated reports say of the futures: the verdict after each of them, and what is worth watching next.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/hearing.hpp"
#include "analysis/posterior.hpp"
#include "analysis/scenario_model.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

struct UpdateRequest {
    std::optional<double> since; ///< decimal years, when it became known; none: the decision, as its median has it
    std::optional<double> until; ///< this date included; none: all
    std::uint64_t samples = 16'384, seed = 1;
    std::vector<std::string> metrics{};   ///< whose bands are told before and after
    bool claims = false;                  ///< also the share of each claim
    std::vector<GradeLeaning> leanings{}; ///< of yield reports, by the grade of their source
};

/// How far yield reports of a grade lean to the good side, before and after the reports, in percentage points.
struct LearnedLeaning {
    std::string grade, written, source;
    std::uint64_t reports = 0; ///< used ones that it bears on
    double before = 0.0, before_sd = 0.0, after = 0.0, after_sd = 0.0;
};
constexpr auto describe(Type<LearnedLeaning> /*type*/) {
    using L = LearnedLeaning;
    return fields(item("grade", &L::grade, "Grade of the sources"),
                  item("written", &L::written, "Reported less true yield, as it is written"),
                  item("source", &L::source, "Where that comes from"),
                  item("reports", &L::reports, "1"_u, "Used reports of yields that state no bias of their own"),
                  item("before", &L::before, "%"_u, "Its mean before the reports, in percentage points"),
                  item("before_sd", &L::before_sd, "%"_u, "Its standard deviation"),
                  item("after", &L::after, "%"_u, "Its mean after them"),
                  item("after_sd", &L::after_sd, "%"_u, "Its standard deviation"));
}

/// Futures that were moved because too few of the drawn ones were effective.
struct MovedRun {
    std::uint64_t futures = 0, distinct = 0;
    int powers = 0, rounds = 0;
    double from_power = 1.0, accepted = 0.0, pareto_shape = 0.0;
};
constexpr auto describe(Type<MovedRun> /*type*/) {
    using M = MovedRun;
    return fields(
        item("futures", &M::futures, "1"_u, "Futures that were resampled and moved"),
        item("distinct", &M::distinct, "1"_u,
             "Those that are no copy of another one in what the reports are about, at the end"),
        item("from_power", &M::from_power, "1"_u,
             "Power of the likelihood at which the drawn futures left 5 % effective: there they began"),
        item("powers", &M::powers, "1"_u, "Steps from there to the power 1, with a resampling each"),
        item("rounds", &M::rounds, "1"_u, "Moves proposed to every future, each simulated anew"),
        item("pareto_shape", &M::pareto_shape, "1"_u, "Shape of the drawn futures' largest weights, before that")
            .null_if("too few weights differ"),
        item("accepted", &M::accepted, "1"_u, "Share that the last of them accepted"));
}

/// The verdict in weighted futures.
struct Belief {
    double p_make = 0.0, p_error = 0.0;
    double mean_usd = 0.0, mean_error_usd = 0.0, p5_usd = 0.0, p50_usd = 0.0, p95_usd = 0.0;
};
constexpr auto describe(Type<Belief> /*type*/) {
    using B = Belief;
    return fields(item("p_make", &B::p_make, "1"_u, "Probability that making beats buying"),
                  item("p_error", &B::p_error, "1"_u, "Its standard error of sampling"),
                  item("mean_usd", &B::mean_usd, "USD"_u, "Mean value of make against buy"),
                  item("mean_error_usd", &B::mean_error_usd, "USD"_u, "Its standard error of sampling"),
                  item("p5_usd", &B::p5_usd, "USD"_u, "Value that 5 % of the futures stay below"),
                  item("p50_usd", &B::p50_usd, "USD"_u, "Median value"),
                  item("p95_usd", &B::p95_usd, "USD"_u, "Value that 95 % of the futures stay below"));
}

/// One report and what it changed.
struct LearnedReport {
    std::string id, date, metric, value, source, grade;
    bool is_used = false;
    std::string why;      ///< of one that is not used
    std::string expected; ///< 5 to 95 % of what it is about, before it was read, in its own unit
    double log_score = 0.0, percentile = 0.0;
    double p_make = 0.0, mean_usd = 0.0, effective = 0.0;
};
constexpr auto describe(Type<LearnedReport> /*type*/) {
    using L = LearnedReport;
    return fields(
        item("id", &L::id, "Observation"), item("date", &L::date, "Date that it is about"),
        item("metric", &L::metric, "Metric, or path of an input, and the row that it is about"),
        item("value", &L::value, "What was reported"), item("source", &L::source, "Id of its source"),
        item("grade", &L::grade, "Grade of the source"), item("is_used", &L::is_used, "Whether it weighs the futures"),
        item("why", &L::why, "Why it does not"),
        item("expected", &L::expected, "5 to 95 % of the truth that it is about, before it was read, in its own unit"),
        item("log_score", &L::log_score, "1"_u, "Log of the density that the futures gave to it before it was read")
            .null_if("not used, or it has none"),
        item("percentile", &L::percentile, "1"_u,
             "Probability, before it was read, of a report that reads no more (PIT)")
            .null_if("not used, or it has none"),
        item("p_make", &L::p_make, "1"_u, "Probability that making beats buying, after it")
            .null_if("not used, or it has none"),
        item("mean_usd", &L::mean_usd, "USD"_u, "Mean value of make against buy, after it")
            .null_if("not used, or it has none"),
        item("effective", &L::effective, "1"_u, "Effective futures after it: 1 / sum of squared weights")
            .null_if("not used, or it has none"));
}

/// An input whose mean the reports moved by more than chance moves the mean of so few effective futures.
struct MovedInput {
    std::string input, unit;
    double before = 0.0, after = 0.0; ///< in `unit`
    double moved = 0.0;               ///< standard deviations
};
constexpr auto describe(Type<MovedInput> /*type*/) {
    using M = MovedInput;
    return fields(item("input", &M::input, "Path of the input"),
                  item("unit", &M::unit, "Unit of both means, as the input is written"),
                  item("before", &M::before, unit_in("unit"), "Its mean before"),
                  item("after", &M::after, unit_in("unit"), "Its mean after"),
                  item("moved", &M::moved, "1"_u, "Their difference in its standard deviations"));
}

/// The next reading of an indicator, and what it could change.
struct WatchedReading {
    std::string watch, metric, date;
    std::string why; ///< of one that cannot be valued
    std::string expected;
    double worth_usd = 0.0, error_usd = 0.0, bias_usd = 0.0;
    std::string turn;    ///< reading at which the choice of now changes, and on which side; empty: none
    double p_turn = 0.0; ///< probability of a reading on that side
};
constexpr auto describe(Type<WatchedReading> /*type*/) {
    using W = WatchedReading;
    return fields(
        item("watch", &W::watch, "Indicator"), item("metric", &W::metric, "What is read"),
        item("date", &W::date, "When"), item("why", &W::why, "Why it cannot be valued"),
        item("expected", &W::expected, "5 to 95 % of the reading, its own error included, in its own unit"),
        item("worth_usd", &W::worth_usd, "USD"_u,
             "Expected gain from choosing after the reading over choosing now (EVSI): making until then, going on or "
             "stopping by what it says, what was gained and spent until then kept; 0 where no reading turns the choice")
            .null_if("not used, or it has none"),
        item("error_usd", &W::error_usd, "USD"_u, "Its standard error of sampling").null_if("not used, or it has none"),
        item("bias_usd", &W::bias_usd, "USD"_u, "What the estimate by bins may be off")
            .null_if("not used, or it has none"),
        item("turn", &W::turn, "Reading from which on the choice of now is given up; empty: no reading turns it"),
        item("p_turn", &W::p_turn, "1"_u, "Probability of a reading on that side").null_if("not used, or it has none"));
}

/// What the next reading of an indicator is about, by the futures as weighted after a report.
struct IndicatorStep {
    std::string after; ///< id of the report; empty: before all of them
    double p5 = 0.0, p50 = 0.0, p95 = 0.0;
};
constexpr auto describe(Type<IndicatorStep> /*type*/) {
    using S = IndicatorStep;
    constexpr UnitName unit = unit_named("the unit of the indicator");
    return fields(item("after", &S::after, "Report after which it is so; empty: before all of them"),
                  item("p5", &S::p5, unit, "Value that 5 % of the futures stay below"),
                  item("p50", &S::p50, unit, "Median"),
                  item("p95", &S::p95, unit, "Value that 95 % of the futures stay below"));
}

struct Indicator {
    std::string watch, metric, unit;
    std::vector<IndicatorStep> steps;
};
constexpr auto describe(Type<Indicator> /*type*/) {
    using I = Indicator;
    return fields(item("watch", &I::watch, "Indicator"), item("metric", &I::metric, "What is read"),
                  item("unit", &I::unit, "Unit of its values; 'date': decimal years"),
                  item("steps", &I::steps, "Its course: before the reports, and after each that is used"));
}

struct UpdateAnswer {
    std::string scenario, variant, since, until;
    std::uint64_t samples = 0, wanted = 0, failed = 0, seed = 1;
    Belief before, after;
    std::vector<LearnedReport> reports;
    double log_score = 0.0, within_band = 0.0;
    double effective = 0.0, pareto_shape = 0.0, power = 1.0;
    std::optional<MovedRun> resampled;
    std::vector<LearnedLeaning> leanings;
    std::vector<MovedInput> moved;
    std::vector<LearnedDriver> drivers;
    std::vector<LearnedBand> metrics;
    std::vector<LearnedClaim> claims;
    std::vector<WatchedReading> watched;
    std::vector<Indicator> indicators;
};
constexpr auto describe(Type<UpdateAnswer> /*type*/) {
    using A = UpdateAnswer;
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("variant", &A::variant, "Its variants, + between them"),
        item("since", &A::since, "Reports about earlier dates are taken as known to the scenario"),
        item("until", &A::until, "Reports about later dates are left out; empty: none are"),
        item("samples", &A::samples, "1"_u, "Futures that were finished"),
        item("wanted", &A::wanted, "1"_u, "Futures asked for"),
        item("failed", &A::failed, "1"_u, "Of the finished ones, failed; left out"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"), item("before", &A::before, "Verdict before the reports"),
        item("after", &A::after, "Verdict after all of them"), item("reports", &A::reports, "Reports by date"),
        item("log_score", &A::log_score, "1"_u, "Sum of the log scores of the reports that are used"),
        item("within_band", &A::within_band, "1"_u,
             "Share of those with a percentile that read within 5 to 95 % of what was expected; 90 % are due")
            .null_if("not used, or it has none"),
        item("effective", &A::effective, "1"_u, "Effective futures behind the verdict after"),
        item("pareto_shape", &A::pareto_shape, "1"_u,
             "Shape of the largest weights' Pareto distribution: from 0.7 on the verdict after is not to be trusted")
            .null_if("the weights are alike, or the futures were moved and all weigh the same"),
        item("power", &A::power, "1"_u,
             "Power to which the likelihood is raised behind the verdict after: below 1 where the work was stopped "
             "before "
             "the futures were moved to 1"),
        item("resampled", &A::resampled, "How futures were moved where less than 5 % of the drawn ones were effective")
            .absent_if("enough of them were"),
        item("leanings", &A::leanings, "Leaning of yield reports by the grade of their source"),
        item("moved", &A::moved, "Inputs that the reports moved most"),
        item("drivers", &A::drivers, "Inputs that the value goes with most, before and after"),
        item("metrics", &A::metrics, "Metrics that were asked for, before and after").absent_if("none was asked for"),
        item("claims", &A::claims, "Claims on a metric, before and after").absent_if("they were not asked for"),
        item("watched", &A::watched, "Readings to watch, the one most worth waiting for first"),
        item("indicators", &A::indicators, "What their next readings are about, report by report"));
}

/// Fewer than 256 good futures have no answer: InputError. The same bits for any number of threads.
UpdateAnswer update(const ScenarioModel& model, const UpdateRequest& asked, unsigned threads,
                    const std::function<bool(std::uint64_t, std::uint64_t)>& stop = {});

} // namespace autarky::analysis
