// autarky: what an anchor customer does to a site's yield: two runs on the same draws, and how the rate of learning fits reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/describe_plain.hpp"

namespace autarky::analysis {

/// Yield of a chip at a site with the buyer's wafers and without any of them, in one quarter. Means over the futures, shares
/// of dies; points are hundredths.
struct AnchorYield {
    std::string site, process, chip, quarter;
    double with = 0.0, without = 0.0;
    double points = 0.0, points_error = 0.0;
    double wafers = 0.0; ///< thousand a month, from the first that is started to that quarter
    std::optional<double> per_thousand,
        per_thousand_error; ///< points per thousand wafers a month; none without a wafer
};
constexpr auto describe(Type<AnchorYield> /*type*/) {
    using Y = AnchorYield;
    constexpr std::string_view idle = "the buyer starts no wafer there up to that quarter";
    return fields(
        item("site", &Y::site, "Site"), item("process", &Y::process, "Its process"),
        item("chip", &Y::chip, "Chip whose die it is"), item("quarter", &Y::quarter, "Quarter"),
        item("with", &Y::with, "1"_u, "Share of its dies that pass sort, mean of the futures"),
        item("without", &Y::without, "1"_u, "The same where the buyer never starts a wafer anywhere"),
        item("points", &Y::points, unit_named("points"), "What the buyer's wafers add to the yield"),
        item("points_error", &Y::points_error, unit_named("points"), "Its standard error"),
        item("wafers", &Y::wafers, unit_named("thousand wafers a month"),
             "Wafers of the buyer at the site, mean from the first one to that quarter"),
        item("per_thousand", &Y::per_thousand, unit_named("points"), "Points per 1,000 wafers a month").null_if(idle),
        item("per_thousand_error", &Y::per_thousand_error, unit_named("points"), "Its standard error").null_if(idle));
}

/// A reported yield against the fit of all reports of its process.
struct AnchorReport {
    std::string id, date, source;
    double reported = 0.0, error = 0.0, area = 0.0, fitted = 0.0, miss = 0.0;
    bool is_missed = false;
};
constexpr auto describe(Type<AnchorReport> /*type*/) {
    using R = AnchorReport;
    return fields(item("id", &R::id, "Report"), item("date", &R::date, "Its date"),
                  item("source", &R::source, "Id of its source"),
                  item("reported", &R::reported, "1"_u, "Reported yield, less the known leaning of its source"),
                  item("error", &R::error, "1"_u, "Its error, one standard deviation"),
                  item("area_mm2", &R::area, unit_named("mm^2"), "Die that it is taken to belong to"),
                  item("fitted", &R::fitted, "1"_u, "What the fit has for that die on that day"),
                  item("miss", &R::miss, unit_named("points"), "Reported less fitted"),
                  item("is_missed", &R::is_missed, "Further off than two of its errors"));
}

/// Learning of a process: what its reports say of the rate at which the gap to the floor closes, time and wafers together,
/// and what the scenario has.
struct AnchorFit {
    std::string process;
    std::vector<AnchorReport> reports;
    std::optional<double> rate, rate_error; ///< a year; none: fewer than three reports, or all of one day
    double in_time = 0.0, per_kwafer = 0.0, wafers = 0.0, scenario = 0.0;
};
constexpr auto describe(Type<AnchorFit> /*type*/) {
    using F = AnchorFit;
    constexpr std::string_view few = "fewer than three reports on different days";
    constexpr UnitName a_year = unit_named("1/year");
    return fields(
        item("process", &F::process, "Process"), item("reports", &F::reports, "Reported yields, the oldest first"),
        item("rate", &F::rate, a_year, "Rate of learning that fits them best, time and wafers together").null_if(few),
        item("rate_error", &F::rate_error, a_year,
             "Its standard error, widened where the reports scatter by more than "
             "their errors")
            .null_if(few),
        item("in_time", &F::in_time, a_year, "Of the scenario: rate in time, median"),
        item("per_kwafer", &F::per_kwafer, unit_named("1/kwafer"), "Of the scenario: rate in wafers, median"),
        item("wafers", &F::wafers, unit_named("thousand wafers a year"),
             "Capacity of the scenario's sites of this process, mean of the first four quarters"),
        item("scenario", &F::scenario, a_year, "Rate of the scenario, time and those wafers together"));
}

struct AnchorCase {
    std::uint64_t samples = 0, failed = 0; ///< futures that are good in both runs; others
    std::vector<AnchorYield> most;         ///< by site: the quarter in which the wafers add most
    std::vector<AnchorYield> years;        ///< by site: the last quarter of each year
};

/// `without` is the same scenario in which no own wafer is started. `sites`: rows of the scenario's sites with own chips.
AnchorCase anchor(const ScenarioModel& with, const ScenarioModel& without, const std::vector<std::size_t>& sites,
                  std::uint64_t samples, std::uint64_t seed, unsigned threads,
                  const std::function<bool(std::uint64_t done, std::uint64_t of)>& stop);

/// The reports of process `row` among the scenario's observations, and their fit.
AnchorFit anchor_fit(const Loaded& loaded, std::size_t row, double wafers_a_year);

} // namespace autarky::analysis
