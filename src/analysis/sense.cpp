// autarky: looks for what drives a result.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/sense.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/selection.hpp"
#include "core/refuse.hpp"

namespace autarky::analysis {
namespace {

constexpr std::size_t n_in_pairs = 6; ///< drivers among which pairs are looked for: 15 pairs
constexpr const char* all_others = "all others";

/// A result and its column.
struct Result {
    const MetricColumns* metric = nullptr;
    std::size_t column = 0;
    std::optional<std::string> quarter;
};

Result result_of(const ScenarioModel& model, const SenseRequest& asked) {
    Result out;
    out.metric = &metric_named(model, asked.metric);
    out.column = out.metric->first;
    if (!out.metric->info.quarterly) {
        if (!asked.at.empty())
            refuse_field("at", "E0506", fmt::format("'{}' is one number for the whole run", asked.metric),
                         "leave the quarter out");
        return out;
    }
    const auto& quarters = model.quarters();
    auto found = std::prev(quarters.end());
    if (!asked.at.empty()) found = std::find(quarters.begin(), quarters.end(), asked.at);
    if (found == quarters.end())
        refuse_field("at", "E0504", fmt::format("'{}' is no quarter of the scenario", asked.at),
                     fmt::format("{} to {}", quarters.front(), quarters.back()));
    out.quarter = *found;
    out.column += static_cast<std::size_t>(found - quarters.begin());
    return out;
}

/// Places of the drivers by their effect, the strongest first.
std::vector<std::size_t> by_effect(const std::vector<Screened>& screened) {
    std::vector<std::size_t> out(screened.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    const auto effect = [&](std::size_t d) { return std::isfinite(screened[d].effect) ? screened[d].effect : -1.0; };
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return effect(a) > effect(b); });
    return out;
}

/// The strongest drivers, and all others as one.
std::vector<FreeDriver> strongest(const std::vector<FreeDriver>& drivers, const std::vector<std::size_t>& order,
                                  std::size_t most) {
    std::vector<FreeDriver> out;
    for (std::size_t k = 0; k < std::min(most, order.size()); ++k)
        out.push_back(drivers[order[k]]);
    if (order.size() <= most) return out;
    FreeDriver rest;
    rest.name = all_others;
    for (std::size_t k = most; k < order.size(); ++k) {
        const auto& one = drivers[order[k]];
        rest.rows.insert(rest.rows.end(), one.rows.begin(), one.rows.end());
        rest.streams.push_back(order[k]); // counted, not drawn by
    }
    out.push_back(std::move(rest));
    return out;
}

/// Drivers among which pairs act together most likely: those whose total index exceeds the first-order one most.
std::vector<std::size_t> likely_in_pairs(const Indices& indices) {
    std::vector<std::size_t> out(indices.drivers.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    const auto excess = [&](std::size_t d) {
        const double more = indices.drivers[d].total.value - indices.drivers[d].first.value;
        return std::isfinite(more) ? more : -1.0;
    };
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return excess(a) > excess(b); });
    out.resize(std::min(out.size(), n_in_pairs));
    return out;
}

/// What orders the drivers: all others stand last, behind those whose every pair failed.
double total_of(const SensedDriver& one) {
    if (one.name == all_others) return -2.0;
    return std::isfinite(one.total.value) ? one.total.value : -1.0;
}

/// Adds up the futures of all steps for who watches, and remembers a stop.
struct Progress {
    const std::function<bool(std::uint64_t, std::uint64_t)>& stop;
    std::uint64_t before = 0, of = 0;
    bool is_stopped = false;

    bool operator()(std::uint64_t done, std::uint64_t of_step) {
        if (stop && stop(before + done, std::max(of, before + of_step))) is_stopped = true;
        if (done == of_step) before += done;
        return is_stopped;
    }
};

void add_screening(SenseAnswer& out, const std::vector<FreeDriver>& drivers, const std::vector<Screened>& screened,
                   const std::vector<std::size_t>& order) {
    for (const auto d : order)
        out.screened.push_back({drivers[d].name, drivers[d].streams.size(), drivers[d].is_luck, screened[d].effect,
                                screened[d].error, screened[d].failed});
    out.evaluations += out.screening * (drivers.size() + 2);
    for (const auto& one : screened)
        out.failed += one.failed;
}

void add_indices(SenseAnswer& out, const std::vector<FreeDriver>& drivers, const Indices& indices, double unit_factor) {
    out.mean = indices.mean / unit_factor;
    out.deviation = std::sqrt(indices.variance) / unit_factor;
    out.alone = indices.first_sum;
    out.evaluations += indices.evaluations;
    out.failed += indices.failed;
    for (std::size_t d = 0; d < drivers.size(); ++d)
        out.drivers.push_back({drivers[d].name,
                               drivers[d].streams.size(),
                               drivers[d].is_luck,
                               indices.drivers[d].first,
                               indices.drivers[d].total,
                               {},
                               indices.drivers[d].failed});
}

} // namespace

SenseAnswer sense(const ScenarioModel& model, const SenseRequest& asked, unsigned threads,
                  const std::function<bool(std::uint64_t, std::uint64_t)>& stop) {
    const auto result = result_of(model, asked);
    SenseAnswer out;
    out.scenario = model.loaded().name;
    out.variant = model.loaded().variant;
    out.metric = asked.metric;
    out.unit = result.metric->info.unit;
    out.quarter = result.quarter;
    out.seed = asked.seed;
    out.mean = out.deviation = out.alone.value = out.alone.error = std::nan("");
    const double unit = result.metric->info.unit_factor;
    const auto drivers = drivers_of(model.inputs());
    if (drivers.empty()) refuse_field("scenario", "E0402", "no input of it is uncertain", "give one a range");
    Progress progress{stop, 0, asked.screening * (drivers.size() + 2), false};
    const auto watched = [&progress](std::uint64_t done, std::uint64_t of) { return progress(done, of); };

    auto screened = screen(mixtures_of(model, result.column, drivers, asked.seed, threads, watched), drivers.size(),
                           asked.screening);
    out.is_stopped = screened.empty();
    if (out.is_stopped) return out;
    for (auto& one : screened) {
        one.effect = one.failed + 2 > asked.screening ? std::nan("") : one.effect / unit;
        one.error /= unit;
    }
    out.screening = asked.screening;
    const auto order = by_effect(screened);
    add_screening(out, drivers, screened, order);
    if (asked.screen_only) return out;

    const auto chosen = strongest(drivers, order, asked.most);
    const auto mixtures = mixtures_of(model, result.column, chosen, asked.seed, threads, watched);
    const std::size_t n_pair_masks = 2 + n_in_pairs * (n_in_pairs + 1) / 2;
    progress.of += asked.samples * (2 * chosen.size() + 3 + n_pair_masks);
    const auto indices = sobol_indices(mixtures, chosen.size(), asked.samples);
    out.is_stopped = indices.is_stopped;
    if (out.is_stopped) return out;
    if (!(indices.variance > 0.0))
        refuse_field("metric", "E0402", fmt::format("'{}' does not vary, or has a value in no future", asked.metric),
                     "a metric that differs between futures");
    out.samples = asked.samples;
    add_indices(out, chosen, indices, unit);
    const auto among = likely_in_pairs(indices);
    for (const auto& pair : pair_indices(mixtures, chosen.size(), among, asked.samples))
        out.pairs.push_back({chosen[pair.a].name, chosen[pair.b].name, pair.share});
    const auto shapley = shapley_effects(mixtures, chosen.size(), asked.samples, asked.seed);
    for (std::size_t d = 0; d < shapley.size(); ++d)
        out.drivers[d].shapley = shapley[d];
    out.is_stopped = progress.is_stopped;
    out.evaluations += out.pairs.empty() ? 0 : asked.samples * (2 + among.size() * (among.size() + 1) / 2);
    out.evaluations += shapley.empty() ? 0 : asked.samples * (chosen.size() + 1);
    std::stable_sort(out.drivers.begin(), out.drivers.end(),
                     [](const SensedDriver& a, const SensedDriver& b) { return total_of(a) > total_of(b); });
    return out;
}

} // namespace autarky::analysis
