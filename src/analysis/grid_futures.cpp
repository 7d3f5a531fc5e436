// autarky: in which share of a scenario's futures, and when, the street grid binds before chips do.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/grid_futures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "engine/run.hpp"
#include "model/timeline.hpp"

namespace autarky::analysis {
namespace {

/// The quarterly results that are looked at, in the order in which they are kept.
enum Seen : std::size_t {
    grid_binds,
    own_binds,
    merchant_binds,
    programme_binds,
    slowed,
    unsold,
    vehicles,
    robots,
    units,
    years,
    cost,
    price,
    n_seen
};
constexpr std::array<const char*, n_seen> seen_metrics{
    "binding.grid",          "binding.own_wafers",  "binding.merchant_chips",
    "binding.programme",     "grid.below_wish",     "grid.queue",
    "deploy.fleet_vehicles", "deploy.fleet_robots", "grid.transformers_overloaded",
    "grid.years_to_ready",   "grid.cost_on_time",   "grid.shadow_price"};

/// Columns of a quarter of this model, in this order; then those of a whole run.
constexpr std::array quarterly{"grid_binds", "chips_bind", "felt",  "waiting_share", "waiting",
                               "fleet",      "units",      "years", "cost",          "shadow_price"};
constexpr std::size_t n_quarterly = quarterly.size();
enum Whole : std::size_t { first_felt, first_chips, ever_grid, ever_chips, felt_before };

class FuturesModel final : public engine::Model {
public:
    explicit FuturesModel(const ScenarioModel& model) : model_(model), n_quarters_(model.quarters().size()) {
        std::vector<std::pair<std::size_t, std::size_t>> wanted; // column of the model, place here
        for (std::size_t i = 0; i < n_seen; ++i) {
            const MetricColumns& metric = *model.find(seen_metrics[i]);
            for (std::size_t q = 0; q < n_quarters_; ++q)
                wanted.emplace_back(metric.first + q, q * n_seen + i);
        }
        std::ranges::sort(wanted);
        std::vector<std::size_t> columns;
        for (const auto& [column, place] : wanted) {
            columns.push_back(column);
            places_.push_back(place);
        }
        part_ = std::make_unique<SelectedColumns>(model, columns);
        for (const std::string& quarter : model.quarters())
            for (const char* name : quarterly)
                columns_.push_back({fmt::format("{}[{}]", name, quarter)});
        const double start = model::Timeline(model.loaded().scenario.horizon).start(0);
        columns_.push_back({"first_felt", true, start});
        columns_.push_back({"first_chips", true, start});
        for (const char* name : {"ever_grid", "ever_chips", "felt_before_chips"})
            columns_.push_back({name});
    }

    [[nodiscard]] const Inputs& inputs() const override { return model_.inputs(); }
    [[nodiscard]] const std::vector<engine::Column>& columns() const override { return columns_; }
    [[nodiscard]] std::unique_ptr<engine::Evaluator> evaluator() const override {
        return std::make_unique<Watching>(*this);
    }
    [[nodiscard]] std::string key() const override { return model_.key(); }

private:
    class Watching final : public engine::Evaluator {
    public:
        explicit Watching(const FuturesModel& of)
            : of_(of),
              model_(of.part_->evaluator()),
              found_(of.places_.size()),
              seen_(of.places_.size()),
              time_(of.model_.loaded().scenario.horizon) {}

        void evaluate(const Lanes* inputs, Lanes* columns, unsigned& failed) override {
            model_->evaluate(inputs, found_.data(), failed);
            for (std::size_t i = 0; i < found_.size(); ++i)
                seen_[of_.places_[i]] = found_[i];
            const Lanes none(std::numeric_limits<double>::quiet_NaN()), later(1e9), zero(0.0), one(1.0);
            Lanes felt_at = later, chips_at = later, ever = zero;
            for (std::size_t q = 0; q < of_.n_quarters_; ++q) {
                const Lanes* now = &seen_[q * n_seen];
                Lanes* out = columns + q * n_quarterly;
                const Lanes chips = now[own_binds] + now[merchant_binds] + now[programme_binds]; // one binds at most
                const Lanes waits = now[slowed] + now[unsold];
                const Lanes fleet = now[vehicles] + now[robots];
                const Lanes waiting = ratio(waits, fleet + now[unsold], 0.0);
                const auto much = waiting > Lanes(felt_share);
                out[0] = now[grid_binds], out[1] = chips, out[2] = select(much, one, zero);
                out[3] = waiting, out[4] = waits, out[5] = fleet;
                out[6] = now[units], out[7] = now[years], out[8] = now[cost], out[9] = now[price];
                const Lanes at(time_.start(q));
                felt_at = select(much, min(felt_at, at), felt_at);
                chips_at = select(chips > Lanes(0.5), min(chips_at, at), chips_at);
                ever = max(ever, now[grid_binds]);
            }
            Lanes* whole = columns + of_.n_quarters_ * n_quarterly;
            whole[first_felt] = select(felt_at < later, felt_at, none);
            whole[first_chips] = select(chips_at < later, chips_at, none);
            whole[ever_grid] = ever;
            whole[ever_chips] = select(chips_at < later, one, zero);
            whole[felt_before] = select(felt_at < chips_at, one, zero);
        }
        [[nodiscard]] std::string reason(std::size_t lane) const override { return model_->reason(lane); }

    private:
        const FuturesModel& of_;
        std::unique_ptr<engine::Evaluator> model_;
        std::vector<Lanes> found_, seen_;
        model::Timeline time_;
    };

    const ScenarioModel& model_;
    std::size_t n_quarters_;
    std::vector<std::size_t> places_; ///< quarter by quarter, of each selected column
    std::unique_ptr<SelectedColumns> part_;
    std::vector<engine::Column> columns_;
};

} // namespace

GridFutures grid_futures(const Loaded& loaded, std::uint64_t samples, std::uint64_t seed, unsigned threads,
                         const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                         const std::stop_token& stop) {
    const ScenarioModel model(loaded);
    const FuturesModel futures(model);
    engine::RunOptions options;
    options.samples = samples;
    options.seed = seed;
    options.threads = threads;
    options.progress = progress;
    options.stop = stop;
    const engine::Result result = engine::summarise(engine::run(futures, options));
    GridFutures out;
    out.samples = result.done;
    out.failed = result.failed;
    if (result.done == 0) return out;
    for (std::size_t q = 0; q < model.quarters().size(); ++q) {
        const engine::Statistics* at = &result.columns[q * n_quarterly];
        constexpr double usd = 1e-6; // money in MUSD
        out.quarters.push_back({model.quarters()[q], at[0].mean, at[1].mean, at[2].mean, at[3].p50, at[3].p95,
                                at[4].p50, at[4].p95, at[5].p50, at[6].p50, at[7].p50, at[7].p95, at[8].p50 * usd,
                                at[9].p50});
    }
    const engine::Statistics* whole = &result.columns[model.quarters().size() * n_quarterly];
    out.grid_ever = whole[ever_grid].mean;
    out.chips_ever = whole[ever_chips].mean;
    out.felt_ever = 1.0 - whole[first_felt].none_share;
    out.felt_before_chips = whole[felt_before].mean;
    out.first_felt_p05 = whole[first_felt].p05;
    out.first_felt_p50 = whole[first_felt].p50;
    out.first_felt_p95 = whole[first_felt].p95;
    out.first_chips_p50 = whole[first_chips].p50;
    return out;
}

} // namespace autarky::analysis
