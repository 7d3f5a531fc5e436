// autarky: selects metrics.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/refuse.hpp"

namespace autarky::analysis {
namespace {

[[noreturn]] void refuse(const ScenarioModel& model, std::string message, std::string_view word) {
    std::vector<std::string_view> ids;
    for (const auto& metric : model.metrics())
        ids.push_back(metric.info.id);
    auto hint = did_you_mean(word, ids);
    if (hint.empty()) hint = "'autarky metrics' lists them";
    autarky::refuse({}, "E0505", std::move(message), std::move(hint));
}

} // namespace

bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos; // last * seen, and the text that it has swallowed up to
    std::size_t swallowed = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            swallowed = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++swallowed;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

const std::vector<std::string_view>& standing_metrics() {
    static const std::vector<std::string_view> ids{"silicon.gross_dies",
                                                   "silicon.yield",
                                                   "silicon.good_die_cost",
                                                   "chip.unit_cost",
                                                   "chip.full_cost",
                                                   "compute.own_chips",
                                                   "compute.merchant_chips",
                                                   "compute.beyond_shipped",
                                                   "compute.own_cost",
                                                   "compute.merchant_price",
                                                   "compute.merchant_cost",
                                                   "merchant.price",
                                                   "advantage.*",
                                                   "volume.annuity",
                                                   "foundry.wafers",
                                                   "foundry.chips",
                                                   "contract.*",
                                                   "outlet.*",
                                                   "deploy.vehicles",
                                                   "deploy.robots",
                                                   "deploy.fleet_vehicles",
                                                   "deploy.fleet_robots",
                                                   "deploy.vehicles_buy",
                                                   "deploy.robots_buy",
                                                   "sales.*",
                                                   "labour.break_even.*",
                                                   "labour.displaced",
                                                   "merchant.revenue_lost",
                                                   "adopters.vehicles",
                                                   "grid.average_power",
                                                   "grid.coincident_power",
                                                   "grid.energy",
                                                   "grid.transformers_overloaded",
                                                   "grid.below_wish",
                                                   "grid.upgrade_cost",
                                                   "grid.years_to_ready",
                                                   "grid.cost_on_time",
                                                   "export.tpp",
                                                   "export.pd",
                                                   "programme.tapeout",
                                                   "resilience.onshore_share",
                                                   "npv.make_vs_buy",
                                                   "binding.*",
                                                   "held_back.*",
                                                   "npv",
                                                   "npv.with_tail",
                                                   "npv.without_outlets",
                                                   "npv.induced",
                                                   "programme.cost",
                                                   "cash.peak_need",
                                                   "cash.peak_date"};
    return ids;
}

const std::vector<std::string_view>& verdict_metrics() {
    static const std::vector<std::string_view> ids{"npv", "npv.with_tail"};
    return ids;
}

std::vector<SelectedMetric> selected_metrics(const ScenarioModel& model, const std::vector<std::string>& patterns,
                                             const std::vector<std::string_view>& standing) {
    for (const auto& pattern : patterns) {
        const auto& all = model.metrics();
        if (std::none_of(all.begin(), all.end(), [&](const auto& m) { return matches(pattern, m.info.id); }))
            refuse(model, fmt::format("no metric matches '{}'", pattern), pattern);
    }
    const auto is_in = [](const auto& list, const std::string& id) {
        return std::any_of(list.begin(), list.end(), [&](const auto& pattern) { return matches(pattern, id); });
    };
    std::vector<SelectedMetric> out;
    for (std::size_t i = 0; i < model.metrics().size(); ++i) {
        const auto& id = model.metrics()[i].info.id;
        const bool is_asked = is_in(patterns, id);
        if (is_asked || is_in(standing, id)) out.push_back({i, is_asked || patterns.empty()});
    }
    return out;
}

std::vector<std::size_t> columns_of(const ScenarioModel& model, const std::vector<SelectedMetric>& selected) {
    std::vector<std::size_t> out;
    for (const auto& row : selected) {
        const auto& metric = model.metrics()[row.metric];
        for (std::size_t k = 0; k < metric.count; ++k)
            out.push_back(metric.first + k);
    }
    return out;
}

const MetricColumns& metric_named(const ScenarioModel& model, std::string_view id) {
    if (const auto* metric = model.find(id)) return *metric;
    refuse(model, fmt::format("there is no metric '{}'", id), id);
}

} // namespace autarky::analysis
