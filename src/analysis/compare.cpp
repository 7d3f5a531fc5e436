// autarky: compares two scenarios future by future.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "analysis/in_turn.hpp"
#include "analysis/samples.hpp"
#include "analysis/selection.hpp"
#include "core/refuse.hpp"
#include "core/sorted_quantile.hpp"

namespace autarky::analysis {
namespace {

using Values = std::vector<double>;
using Stop = std::function<bool(std::uint64_t done, std::uint64_t of)>;

std::vector<DifferentInput> differences(const Inputs& first, const Inputs& second) {
    std::map<std::string_view, std::string_view> others;
    for (const auto& row : second.rows)
        if (!row.is_computed) others.emplace(row.path, row.written);
    std::vector<DifferentInput> out;
    for (const auto& row : first.rows) {
        if (row.is_computed) continue;
        const auto found = others.find(row.path);
        if (found == others.end()) {
            out.push_back({row.path, row.written, std::nullopt});
            continue;
        }
        if (found->second != row.written) out.push_back({row.path, row.written, std::string(found->second)});
        others.erase(found);
    }
    for (const auto& row : second.rows)
        if (others.contains(row.path)) out.push_back({row.path, std::nullopt, row.written});
    return out;
}

/// The value, the one-off cost, and at the end of the horizon what a reader asks for first.
const std::vector<std::string>& usual_metrics() {
    static const std::vector<std::string> ids{"npv",
                                              "npv.with_tail",
                                              "programme.cost",
                                              "cash.peak_need",
                                              "chip.unit_cost",
                                              "compute.own_cost",
                                              "compute.merchant_price",
                                              "foundry.wafers",
                                              "deploy.fleet_vehicles",
                                              "deploy.fleet_robots",
                                              "labour.displaced",
                                              "merchant.revenue_lost",
                                              "grid.average_power",
                                              "grid.transformers_overloaded"};
    return ids;
}

std::string quarter_of(const ScenarioModel& first, const ScenarioModel& second, const std::string& at) {
    const auto& mine = first.quarters();
    const auto& others = second.quarters();
    const auto is_in = [](const auto& list, const auto& word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    if (at.empty()) {
        for (std::size_t i = mine.size(); i-- > 0;)
            if (is_in(others, mine[i])) return mine[i];
        refuse_field("at", "E0504", "the two scenarios have no quarter in common",
                     "a comparison needs horizons that overlap");
    }
    if (is_in(mine, at) && is_in(others, at)) return at;
    refuse_field(
        "at", "E0504", fmt::format("'{}' is no quarter of both scenarios", at),
        fmt::format("theirs are {} to {} and {} to {}", mine.front(), mine.back(), others.front(), others.back()));
}

/// A result that both sides have, and its column in each.
struct Pair {
    const MetricColumns* metric;
    bool is_quarterly;
    std::size_t first, second;
};

std::size_t column_at(const ScenarioModel& model, const MetricColumns& metric, const std::string& quarter) {
    if (!metric.info.quarterly) return metric.first;
    const auto& quarters = model.quarters();
    return metric.first +
           static_cast<std::size_t>(std::find(quarters.begin(), quarters.end(), quarter) - quarters.begin());
}

std::vector<Pair> pairs_of(const ScenarioModel& first, const ScenarioModel& second, const CompareRequest& asked,
                           const std::string& quarter) {
    const auto& patterns = asked.metrics.empty() ? usual_metrics() : asked.metrics;
    std::vector<Pair> out;
    const auto is_in = [&out](const MetricColumns& metric) {
        return std::any_of(out.begin(), out.end(), [&](const Pair& pair) { return pair.metric == &metric; });
    };
    for (const auto& pattern : patterns) // in their order: the value stands first
        for (const auto& metric : first.metrics()) {
            if (!matches(pattern, metric.info.id) || is_in(metric)) continue;
            if (const auto* other = second.find(metric.info.id))
                out.push_back({&metric, metric.info.quarterly, column_at(first, metric, quarter),
                               column_at(second, *other, quarter)});
        }
    if (out.empty())
        refuse_field("metrics", "E0505", "no metric of both scenarios has such a name", "'autarky metrics' lists them");
    return out;
}

ComparedResult result_of(const Pair& pair, const std::string& quarter, const Values& first, const Values& second) {
    const auto& info = pair.metric->info;
    ComparedResult out;
    out.metric = info.id;
    out.unit = info.unit;
    out.doc = info.doc;
    if (pair.is_quarterly) out.quarter = quarter;
    Values mine, others, differences;
    std::vector<std::size_t> numbers;
    double greater = 0.0;
    double equal = 0.0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (!std::isfinite(first[i]) || !std::isfinite(second[i])) continue;
        numbers.push_back(i);
        mine.push_back(first[i] / info.unit_factor);
        others.push_back(second[i] / info.unit_factor);
        differences.push_back(mine.back() - others.back());
        greater += first[i] > second[i] ? 1.0 : 0.0;
        equal += first[i] == second[i] ? 1.0 : 0.0;
    }
    out.futures = mine.size();
    if (mine.empty()) return out;
    const auto n = static_cast<double>(mine.size());
    out.p_greater = greater / n;
    out.p_equal = equal / n;
    out.first = spread_of(std::move(mine), numbers);
    out.second = spread_of(std::move(others), numbers);
    out.difference = spread_of(std::move(differences), numbers);
    return out;
}

/// Rows of `columns` ascending without repetition, and where each of them stands.
struct Columns {
    std::vector<std::size_t> ascending;
    std::map<std::size_t, std::size_t> place;

    explicit Columns(std::vector<std::size_t> columns) : ascending(std::move(columns)) {
        std::sort(ascending.begin(), ascending.end());
        ascending.erase(std::unique(ascending.begin(), ascending.end()), ascending.end());
        for (std::size_t i = 0; i < ascending.size(); ++i)
            place[ascending[i]] = i;
    }
};

double positive_share(const Values& values) {
    double n = 0.0;
    double positive = 0.0;
    for (const double x : values) {
        if (!std::isfinite(x)) continue;
        n += 1.0;
        positive += x > 0.0 ? 1.0 : 0.0;
    }
    return n > 0.0 ? positive / n : 0.0;
}

} // namespace

Spread spread_of(Values values, const std::vector<std::size_t>& numbers, engine::Sampling sampling) {
    Spread out;
    out.standard_error = estimate_of(values, numbers, sampling).error;
    std::sort(values.begin(), values.end()); // summed in this order: the same mean whatever the futures are called
    double sum = 0.0;
    for (const double x : values)
        sum += x;
    out.mean = sum / static_cast<double>(values.size());
    out.p05 = sorted_quantile(values, 0.05);
    out.p50 = sorted_quantile(values, 0.5);
    out.p95 = sorted_quantile(values, 0.95);
    return out;
}

Comparison compare(const ScenarioModel& first, const ScenarioModel& second, const CompareRequest& asked,
                   unsigned threads, const Stop& stop) {
    const auto quarter = quarter_of(first, second, asked.at);
    const auto pairs = pairs_of(first, second, asked, quarter);
    const auto verdict_of = [](const ScenarioModel& model) { return static_cast<std::size_t>(model.verdict_column()); };
    std::vector<std::size_t> mine{verdict_of(first)}, others{verdict_of(second)};
    for (const auto& pair : pairs) {
        mine.push_back(pair.first);
        others.push_back(pair.second);
    }
    const Columns columns(std::move(mine)), other_columns(std::move(others));
    InTurn turns(stop, 2);
    auto values = values_of_columns(first, columns.ascending, asked.samples, asked.seed, threads, turns.next());
    auto other_values =
        values_of_columns(second, other_columns.ascending, values.front().size(), asked.seed, threads, turns.next());
    const auto finished = std::min(values.front().size(), other_values.front().size()); // fewer after a stop
    for (auto* side : {&values, &other_values})
        for (auto& row : *side)
            row.resize(finished);
    Comparison out;
    out.inputs = differences(first.inputs(), second.inputs());
    const auto& npv = values[columns.place.at(verdict_of(first))];
    const auto& other_npv = other_values[other_columns.place.at(verdict_of(second))];
    for (std::size_t i = 0; i < npv.size(); ++i)
        if (std::isfinite(npv[i]) && std::isfinite(other_npv[i])) ++out.samples;
    out.p_make_first = positive_share(npv);
    out.p_make_second = positive_share(other_npv);
    for (const auto& pair : pairs)
        out.results.push_back(result_of(pair, quarter, values[columns.place.at(pair.first)],
                                        other_values[other_columns.place.at(pair.second)]));
    return out;
}

} // namespace autarky::analysis
