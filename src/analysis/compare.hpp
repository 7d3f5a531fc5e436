// autarky: two scenarios beside each other on the same draws: inputs that differ, results and their difference.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/scenario_model.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

/// An input that is not the same on both sides.
struct DifferentInput {
    std::string path;
    std::optional<std::string> first, second; ///< as written; none: this side has no such input
};
constexpr auto describe(Type<DifferentInput> /*type*/) {
    using D = DifferentInput;
    return fields(item("path", &D::path, "Its key"),
                  item("first", &D::first, "As the first side has it").null_if("that side has no such input"),
                  item("second", &D::second, "As the second side has it").null_if("that side has no such input"));
}

/// A sample of figures.
struct Spread {
    double mean = 0.0, standard_error = 0.0, p05 = 0.0, p50 = 0.0, p95 = 0.0;
};
constexpr auto describe(Type<Spread> /*type*/) {
    using S = Spread;
    return fields(
        item("mean", &S::mean, unit_named("the unit of the result"), "Mean"),
        item("standard_error", &S::standard_error, unit_named("the unit of the result"), "Standard error of the mean"),
        item("p05", &S::p05, unit_named("the unit of the result"), "5 % of the futures lie below"),
        item("p50", &S::p50, unit_named("the unit of the result"), "Median"),
        item("p95", &S::p95, unit_named("the unit of the result"), "95 % of the futures lie below"));
}

/// Of some futures, not none; `numbers` as standard_error_of() takes them.
Spread spread_of(std::vector<double> values, const std::vector<std::size_t>& numbers,
                 engine::Sampling sampling = engine::usual_sampling);

/// A result on both sides. All figures are over the futures in which it exists on both.
struct ComparedResult {
    std::string metric, unit, doc;
    std::optional<std::string> quarter;
    std::uint64_t futures = 0;
    Spread first, second, difference;
    double p_greater = 0.0, p_equal = 0.0;
};
constexpr auto describe(Type<ComparedResult> /*type*/) {
    using C = ComparedResult;
    return fields(
        item("metric", &C::metric, "Result"), item("unit", &C::unit, "Its unit"), item("doc", &C::doc, "What it is"),
        item("quarter", &C::quarter, "Quarter").null_if("it belongs to the whole run"),
        item("futures", &C::futures, "1"_u, "Futures in which it exists on both sides"),
        item("first", &C::first, "First side"), item("second", &C::second, "Second side"),
        item("difference", &C::difference, "First less second, future by future"),
        item("p_greater", &C::p_greater, "1"_u, "Share of the futures in which the first side's is the greater one"),
        item("p_equal", &C::p_equal, "1"_u, "Share of the futures in which both are the same"));
}

struct Comparison {
    std::vector<DifferentInput> inputs;
    std::uint64_t samples = 0; ///< that were finished
    double p_make_first = 0.0, p_make_second = 0.0;
    std::vector<ComparedResult> results;
};

struct CompareRequest {
    std::vector<std::string> metrics; ///< patterns; empty: the usual ones
    std::string at;                   ///< quarter of quarterly results; empty: the last that both have
    std::uint64_t samples = 2000, seed = 1;
};

/// Throws InputError for a metric or a quarter that is not on both sides.
Comparison compare(const ScenarioModel& first, const ScenarioModel& second, const CompareRequest& asked,
                   unsigned threads, const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop);

} // namespace autarky::analysis
