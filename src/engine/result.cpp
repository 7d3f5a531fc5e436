// autarky: the figures of a run as every face prints them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/result.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace autarky::engine {
namespace {

Statistics statistics(const ColumnState& column) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    Statistics s{.name = column.name, .count = column.count};
    const auto n = static_cast<double>(column.count);
    const auto good = static_cast<double>(column.count + column.none);
    s.none_share = good > 0.0 ? static_cast<double>(column.none) / good : nan;
    s.mean = column.mean();
    s.standard_deviation = std::sqrt(column.variance());
    s.standard_error = s.standard_deviation / std::sqrt(n);
    s.minimum = column.count > 0 ? column.minimum : nan;
    s.maximum = column.count > 0 ? column.maximum : nan;
    const HistogramQuantiles quantile = column.quantiles();
    s.p05 = quantile(0.05);
    s.p25 = quantile(0.25);
    s.p50 = quantile(0.50);
    s.p75 = quantile(0.75);
    s.p95 = quantile(0.95);
    s.positive_share = static_cast<double>(column.positive) / n;
    s.negative_share = static_cast<double>(column.negative) / n;
    return s;
}

} // namespace

const Statistics* Result::find(std::string_view name) const {
    const auto at = std::find_if(columns.begin(), columns.end(), [&](const Statistics& s) { return s.name == name; });
    return at == columns.end() ? nullptr : &*at;
}

Result summarise(const State& state) {
    Result result;
    result.scenario_key = state.key.scenario;
    result.engine_version = state.key.engine;
    result.seed = state.key.seed;
    result.samples = state.key.samples;
    result.sampling = state.key.sampling;
    result.done = state.done();
    result.missing = state.missing();
    result.columns.reserve(state.columns.size());
    for (const ColumnState& column : state.columns)
        result.columns.push_back(statistics(column));
    result.failed = state.failures.count;
    result.first_failures = state.failures.first;
    const bool only_scramblings = state.drivers.drivers.empty() && !state.drivers.scramblings.empty();
    if (!only_scramblings) result.driver_column = state.drivers.column;
    result.errors = state.drivers.errors();
    result.drivers = state.drivers.shares();
    result.unexplained = 1.0;
    for (const DriverShare& driver : result.drivers)
        result.unexplained -= driver.share;
    result.hash = state.hash();
    return result;
}

} // namespace autarky::engine
