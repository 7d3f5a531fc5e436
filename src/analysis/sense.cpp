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
    }
    rest.members = order.size() - most;
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

void add_indices(SenseAnswer& out, const std::vector<FreeDriver>& drivers, const Indices& indices, double unit_factor) {
    out.mean = indices.mean / unit_factor;
    out.deviation = std::sqrt(indices.variance) / unit_factor;
    out.alone = indices.first_sum;
    for (std::size_t d = 0; d < drivers.size(); ++d)
        out.drivers.push_back({drivers[d].name,
                               drivers[d].members,
                               drivers[d].is_luck,
                               indices.drivers[d].first,
                               indices.drivers[d].total,
                               {},
                               indices.drivers[d].failed});
}

/// What every step needs: the model, what was asked, who watches, and the count of all futures.
class Steps {
public:
    Steps(const ScenarioModel& model, const SenseRequest& asked, unsigned threads,
          const std::function<bool(std::uint64_t, std::uint64_t)>& stop)
        : model_(model),
          asked_(asked),
          threads_(threads),
          result_(result_of(model, asked)),
          progress_{stop, 0, 0, false} {}

    [[nodiscard]] SenseAnswer blank() const {
        SenseAnswer out;
        out.scenario = model_.loaded().name;
        out.variant = model_.loaded().variant;
        out.metric = asked_.metric;
        out.unit = result_.metric->info.unit;
        out.quarter = result_.quarter;
        out.seed = asked_.seed;
        return out;
    }

    /// The drivers that shares are estimated of; none when it was stopped.
    std::vector<FreeDriver> screened(const std::vector<FreeDriver>& drivers, SenseAnswer& out) {
        progress_.of += asked_.screening * (drivers.size() + 1);
        const auto found = screen(mixtures(drivers), drivers.size(), asked_.screening);
        if (found.empty()) return {};
        out.screening = asked_.screening;
        const auto order = by_effect(found);
        for (const auto d : order)
            out.screened.push_back({drivers[d].name, drivers[d].members, drivers[d].is_luck, found[d].effect / unit(),
                                    found[d].error / unit(), found[d].failed});
        return strongest(drivers, order, asked_.most);
    }

    /// Indices, then pairs, then Shapley effects: what a stop leaves out is not estimated.
    void add_shares(const std::vector<FreeDriver>& chosen, SenseAnswer& out) {
        const std::size_t n_pair_masks = 2 + n_in_pairs * (n_in_pairs + 1) / 2;
        progress_.of += asked_.samples * (2 * chosen.size() + 3 + n_pair_masks);
        const auto mixed = mixtures(chosen);
        const auto indices = sobol_indices(mixed, chosen.size(), asked_.samples);
        if (indices.is_stopped) return;
        if (!(indices.variance > 0.0))
            refuse_field("metric", "E0402",
                         fmt::format("'{}' does not vary, or has a value in no future", asked_.metric),
                         "a metric that differs between futures");
        out.samples = asked_.samples;
        add_indices(out, chosen, indices, unit());
        for (const auto& pair : pair_indices(mixed, chosen.size(), likely_in_pairs(indices), asked_.samples))
            out.pairs.push_back({chosen[pair.a].name, chosen[pair.b].name, pair.share});
        if (progress_.is_stopped) return;
        const auto shapley = shapley_effects(mixed, chosen.size(), asked_.samples, asked_.seed);
        for (std::size_t d = 0; d < shapley.size(); ++d)
            out.drivers[d].shapley = shapley[d];
    }

    [[nodiscard]] bool is_stopped() const { return progress_.is_stopped; }
    [[nodiscard]] const EvaluationCount& count() const { return count_; }

private:
    [[nodiscard]] double unit() const { return result_.metric->info.unit_factor; }
    Mixtures mixtures(const std::vector<FreeDriver>& drivers) {
        const auto watched = [this](std::uint64_t done, std::uint64_t of) { return progress_(done, of); };
        return counted(mixtures_of(model_, result_.column, drivers, asked_.seed, threads_, watched), count_);
    }

    const ScenarioModel& model_;
    const SenseRequest& asked_;
    unsigned threads_;
    Result result_;
    Progress progress_;
    EvaluationCount count_;
};

} // namespace

SenseAnswer sense(const ScenarioModel& model, const SenseRequest& asked, unsigned threads,
                  const std::function<bool(std::uint64_t, std::uint64_t)>& stop) {
    Steps steps(model, asked, threads, stop);
    auto out = steps.blank();
    const auto drivers = drivers_of(model.inputs());
    if (drivers.empty()) refuse_field("scenario", "E0402", "no input of it is uncertain", "give one a range");
    const auto chosen = steps.screened(drivers, out);
    if (!chosen.empty() && !asked.screen_only) steps.add_shares(chosen, out);
    std::stable_sort(out.drivers.begin(), out.drivers.end(),
                     [](const SensedDriver& a, const SensedDriver& b) { return total_of(a) > total_of(b); });
    out.is_stopped = steps.is_stopped();
    out.evaluations = steps.count().evaluations;
    out.failed = steps.count().failed;
    return out;
}

} // namespace autarky::analysis
