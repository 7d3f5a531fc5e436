// autarky: the parts of a run's answer, as its JSON has them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "answers/run.hpp"

namespace autarky::analysis {

constexpr auto describe(Type<ValueBand> /*type*/) {
    using V = ValueBand;
    return fields(item("mean", &V::mean, "USD"_u, "Mean"),
                  item("standard_error", &V::standard_error, "USD"_u, "Standard error of the mean, of sampling"),
                  item("p05", &V::p05, "USD"_u, "5 % of futures lie below"),
                  item("p25", &V::p25, "USD"_u, "25 % of futures lie below"), item("p50", &V::p50, "USD"_u, "Median"),
                  item("p75", &V::p75, "USD"_u, "75 % of futures lie below"),
                  item("p95", &V::p95, "USD"_u, "95 % of futures lie below"));
}

} // namespace autarky::analysis

namespace autarky::engine {

constexpr auto describe(Type<Failure> /*type*/) {
    return fields(item("sample", &Failure::sample, "1"_u, "Number of the sample"),
                  item("reason", &Failure::reason, "What the model said of it"));
}

} // namespace autarky::engine

namespace autarky::answers {

using Shares = std::vector<std::pair<std::string, double>>;
Shares by_class(const analysis::ByClass& values);

inline constexpr const char* no_sample = "no sample gave a value";

/// Which scenario an answer is about.
struct ScenarioFacts {
    const std::string *name, *variant, *sha256;
};
constexpr auto describe(Type<ScenarioFacts> /*type*/) {
    using F = ScenarioFacts;
    return fields(
        item(
            "name", [](const F& f) -> std::string_view { return *f.name; }, "Name of the scenario"),
        item(
            "variant", [](const F& f) { return f.variant->empty() ? std::optional<std::string_view>() : *f.variant; },
            "Its variant")
            .null_if("as it stands"),
        item("sha256", [](const F& f) -> std::string_view { return *f.sha256; }, "Hash of the effective content"));
}

struct RunScenario {
    const analysis::Frame* frame;
};
constexpr auto describe(Type<RunScenario> /*type*/) {
    using F = RunScenario;
    return fields(
        item(
            "name", [](const F& f) -> std::string_view { return f.frame->scenario; }, "Name of the scenario"),
        item(
            "title", [](const F& f) -> std::string_view { return f.frame->title; }, "Its title"),
        item(
            "variant",
            [](const F& f) { return f.frame->variant.empty() ? std::optional<std::string_view>() : f.frame->variant; },
            "Its variant")
            .null_if("as it stands"),
        item(
            "vehicles", [](const F& f) { return f.frame->vehicles; },
            "What it calls the devices of its vehicle programmes"),
        item(
            "robots", [](const F& f) { return f.frame->robots; }, "Names of its robot programmes"),
        item(
            "set", [](const F& f) { return f.frame->sets; }, "Overrides, path=value"),
        item(
            "sha256", [](const F& f) -> std::string_view { return f.frame->sha256; }, "Hash of the effective content"));
}

struct RunEngine {
    const analysis::Summary* summary;
};
constexpr auto describe(Type<RunEngine> /*type*/) {
    using E = RunEngine;
    return fields(item(
                      "version", [](const E& e) -> std::string_view { return e.summary->result.engine_version; },
                      "Version of the engine"),
                  item(
                      "seed", [](const E& e) { return e.summary->result.seed; }, "1"_u, "Seed of the draws"),
                  item(
                      "sampling", [](const E& e) { return name_of(e.summary->result.sampling); },
                      "random: each draw by itself; sobol: scrambled points, whose errors come from 8 scramblings"),
                  item(
                      "samples", [](const E& e) { return e.summary->result.samples; }, "1"_u, "Samples"),
                  item(
                      "threads",
                      [](const E& e) {
                          return e.summary->threads > 0 ? std::optional<unsigned>(e.summary->threads) : std::nullopt;
                      },
                      "1"_u, "Threads that worked")
                      .null_if("merged from parts"));
}

/// A metric over the quarters.
struct RunMetric {
    const analysis::Summary* summary;
    const analysis::FrameMetric* metric;

    [[nodiscard]] std::vector<double> row(double analysis::Band::* member) const;
};
constexpr auto describe(Type<RunMetric> /*type*/) {
    using M = RunMetric;
    using B = analysis::Band;
    const auto unit = unit_in("unit");
    const char* none = "it exists in no sample of that quarter";
    return fields(item(
                      "unit", [](const M& m) -> std::string_view { return m.metric->unit; }, "Unit of the figures"),
                  item(
                      "doc", [](const M& m) -> std::string_view { return m.metric->doc; }, "What it is"),
                  item(
                      "mean", [](const M& m) { return m.row(&B::mean); }, unit, "Mean, a quarter each")
                      .null_if(none),
                  item(
                      "p05", [](const M& m) { return m.row(&B::p05); }, unit, "5 % of futures lie below")
                      .null_if(none),
                  item(
                      "p25", [](const M& m) { return m.row(&B::p25); }, unit, "25 % of futures lie below")
                      .null_if(none),
                  item(
                      "p50", [](const M& m) { return m.row(&B::p50); }, unit, "Median")
                      .null_if(none),
                  item(
                      "p75", [](const M& m) { return m.row(&B::p75); }, unit, "75 % of futures lie below")
                      .null_if(none),
                  item(
                      "p95", [](const M& m) { return m.row(&B::p95); }, unit, "95 % of futures lie below")
                      .null_if(none),
                  item(
                      "none",
                      [](const M& m) { return m.metric->may_be_none ? m.row(&B::none_share) : std::vector<double>(); },
                      "1"_u, "Share of futures in which it does not exist")
                      .absent_if("it exists in all"));
}

struct RunRange {
    double low, high;
};
constexpr auto describe(Type<RunRange> /*type*/) {
    return fields(item("low", &RunRange::low, "1"_u, "Failed samples counted against it"),
                  item("high", &RunRange::high, "1"_u, "Failed samples counted for it"));
}

struct RunVerdict {
    const analysis::Summary* summary;

    [[nodiscard]] std::vector<std::pair<std::string, std::vector<double>>> binding() const;
};
constexpr auto describe(Type<RunVerdict> /*type*/) {
    using V = RunVerdict;
    return fields(
        item(
            "p_make",
            [](const V& v) { return RunRange{v.summary->verdict.p_make_low, v.summary->verdict.p_make_high}; },
            "Probability that making is worth more than buying"),
        item(
            "p_make_error", [](const V& v) { return v.summary->verdict.p_make_error; }, "1"_u,
            "Standard error of that probability, of sampling"),
        item(
            "npv_usd", [](const V& v) { return v.summary->verdict.npv; },
            "Value of making against buying, to the end of the horizon"),
        item(
            "npv_dots_usd", [](const V& v) { return v.summary->verdict.npv_dots; }, "USD"_u,
            "The same as 50 equally likely futures: quantiles 1 %, 3 %, ..., 99 %"),
        item(
            "npv_dots_make",
            [](const V& v) {
                const auto& dots = v.summary->verdict.npv_dots;
                return static_cast<std::uint64_t>(std::ranges::count_if(dots, [](double usd) { return usd > 0.0; }));
            },
            "1"_u, "How many of them are in favour of making"),
        item(
            "npv_with_tail_usd", [](const V& v) { return v.summary->verdict.npv_with_tail; },
            "The same with a fading tail behind the horizon; its error as if the draws were random, which is too wide"),
        item(
            "npv_at_medians_usd", [](const V& v) { return v.summary->frame.median_case_usd; }, "USD"_u,
            "The value with every input at its median")
            .null_if("that case has no value"),
        item(
            "sentence", [](const V& v) { return analysis::sentence(v.summary->verdict); }, "The verdict in words"),
        item(
            "binding", [](const V& v) { return v.binding(); }, "1"_u,
            "Share of futures in which a constraint binds, by constraint, a quarter each")
            .null_if(no_sample));
}

struct RunDriver {
    const analysis::Driver* driver;
};
constexpr auto describe(Type<RunDriver> /*type*/) {
    using D = RunDriver;
    return fields(
        item(
            "input", [](const D& d) -> std::string_view { return d.driver->what->name; },
            "The input, or the group of correlated inputs"),
        item(
            "share", [](const D& d) { return d.driver->share; }, "1"_u,
            "Share of the variance of the value, first order"),
        item(
            "gradient", [](const D& d) { return d.driver->what->gradient_usd; }, unit_in("unit"),
            "Change of the value by one unit of the input, at input medians"),
        item(
            "unit", [](const D& d) { return "USD per " + d.driver->what->unit; }, "Unit of the gradient"),
        item(
            "standard_error", [](const D& d) { return d.driver->standard_error; }, "1"_u,
            "Standard error of the share, as if the draws were random"),
        item(
            "rise", [](const D& d) -> std::string_view { return d.driver->what->rise; },
            "A rise that a reader can picture; empty of luck, which nobody raises"),
        item(
            "rise_usd", [](const D& d) { return d.driver->what->rise_usd; }, "USD"_u,
            "What that rise does to the mean value, the input half of it higher less half of it lower on the same "
            "draws; of weak drivers the slope at the medians")
            .null_if("the value has no slope there"),
        item(
            "rise_error_usd",
            [](const D& d) {
                const double error = d.driver->what->rise_error_usd;
                return error > 0.0 ? std::optional(error) : std::nullopt;
            },
            "USD"_u, "Standard error of it")
            .null_if("it is the slope at the medians, or moves nothing"),
        item(
            "largest", [](const D& d) -> std::string_view { return d.driver->what->largest; },
            "The member of the group that goes most with the value; the input itself where it is no group"),
        item(
            "members",
            [](const D& d) {
                return d.driver->what->members.size() > 1 ? d.driver->what->members : std::vector<std::string>();
            },
            "Inputs of a group")
            .absent_if("it is a single input"));
}

struct RunCoverage {
    const analysis::Summary* summary;
};
constexpr auto describe(Type<RunCoverage> /*type*/) {
    using C = RunCoverage;
    return fields(item(
                      "numbers", [](const C& c) { return by_class(c.summary->frame.numbers); }, "1"_u,
                      "Numbers of the scenario, by grade of support"),
                  item(
                      "uncertain", [](const C& c) { return by_class(c.summary->frame.uncertain); }, "1"_u,
                      "Uncertain ones among them, by grade"),
                  item(
                      "variance", [](const C& c) { return by_class(c.summary->variance); }, "1"_u,
                      "Share of the explained variance, by grade"));
}

struct RunFailed {
    const engine::Result* result;
};
constexpr auto describe(Type<RunFailed> /*type*/) {
    using F = RunFailed;
    return fields(
        item(
            "count", [](const F& f) { return f.result->failed; }, "1"_u, "Samples that failed and are left out"),
        item("first", [](const F& f) { return f.result->first_failures; }, "The first of them"));
}

std::vector<std::pair<std::string_view, RunMetric>> metrics_of(const RunAnswer& answer);
std::vector<RunDriver> drivers_of(const RunAnswer& answer);

constexpr auto describe(Type<RunAnswer> /*type*/) {
    using A = RunAnswer;
    return fields(
        item(
            "scenario", [](const A& a) { return RunScenario{&a.summary.frame}; }, "What was run"),
        item(
            "engine", [](const A& a) { return RunEngine{&a.summary}; }, "How it was run"),
        item(
            "quarters", [](const A& a) { return a.summary.frame.quarters; }, "Quarters of the lists below"),
        item("metrics", &metrics_of, "Metrics by name, a list a figure: one value a quarter, or one for the whole run"),
        item(
            "verdict", [](const A& a) { return RunVerdict{&a.summary}; }, "Make or buy"),
        item("drivers", &drivers_of, "What drives the value, largest share first"),
        item(
            "unexplained",
            [](const A& a) {
                return a.summary.has_drivers() ? std::optional(a.summary.result.unexplained) : std::nullopt;
            },
            "1"_u, "Share of the variance that no single input explains")
            .null_if("no sample gave a value, or drivers were left out"),
        item(
            "coverage", [](const A& a) { return RunCoverage{&a.summary}; }, "What the figures rest on"),
        item(
            "failed", [](const A& a) { return RunFailed{&a.summary.result}; }, "Samples that failed"),
        item(
            "result_sha256", [](const A& a) -> std::string_view { return a.summary.result.hash; },
            "Hash of the result: same question, same hash, on every machine"));
}

} // namespace autarky::answers
