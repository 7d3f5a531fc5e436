// autarky: binds a scenario to the simulation in lanes.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/scenario_model.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "analysis/result_places.hpp"
#include "model/bound_scenario.hpp"
#include "model/metrics.hpp"
#include "model/simulate.hpp"

namespace autarky::analysis {
namespace {

/// Runs the simulation for eight samples; its storage stays, so results keep their addresses after the first run.
class LaneEvaluator final : public engine::Evaluator {
public:
    /// `columns`: which results to copy, in that order; nothing: all.
    LaneEvaluator(const Loaded& loaded, std::optional<std::vector<std::size_t>> columns)
        : bound_(loaded.scenario), simulation_(bound_.scenario()), columns_(std::move(columns)) {
        for (const auto& slot : bound_.slots())
            if (loaded.inputs.rows[static_cast<std::size_t>(slot.input)].stream >= 0) varying_.push_back(slot);
    }

    void evaluate(const Lanes* inputs, Lanes* columns, unsigned& /*failed*/) override {
        if (is_first_) {
            is_first_ = false;
            bound_.set([&](std::size_t row) { return inputs[row]; });
            const auto& trajectory = simulation_.run();
            const auto all = result_places(trajectory);
            select(all);
            // The columns of whole runs stand behind the quarterly ones and need none of them.
            const std::size_t quarterly = all.size() - model::scalar_values(trajectory).size();
            const auto is_of_run = [&](std::size_t column) { return column >= quarterly; };
            if (columns_ && std::all_of(columns_->begin(), columns_->end(), is_of_run)) simulation_.leave_out_reports();
        } else {
            for (const auto& slot : varying_)
                *slot.to = inputs[slot.input];
            bound_.compute();
            simulation_.run();
        }
        for (std::size_t i = 0; i < results_.size(); ++i)
            columns[i] = *results_[i];
    }

private:
    void select(const std::vector<const Lanes*>& all) {
        if (!columns_) {
            results_ = all;
            return;
        }
        for (const std::size_t column : *columns_)
            results_.push_back(all[column]);
    }

    model::BoundScenario<Lanes> bound_;
    model::Simulation<Lanes> simulation_;
    std::optional<std::vector<std::size_t>> columns_;
    bool is_first_ = true;
    std::vector<Slot<Lanes>> varying_;
    std::vector<const Lanes*> results_;
};

} // namespace

ScenarioModel::ScenarioModel(const Loaded& loaded) : loaded_(loaded) {
    const model::Timeline time(loaded.scenario.horizon);
    for (std::size_t q = 0; q < time.size(); ++q)
        quarters_.push_back(time.quarter(q).text());
    for (auto& info : model::metric_list(model::row_names(loaded.scenario))) {
        const std::size_t count = info.quarterly ? quarters_.size() : 1;
        const double origin = info.unit == "year" ? time.start(0) : 0.0;
        for (std::size_t q = 0; q < count; ++q)
            columns_.push_back(
                {info.quarterly ? info.id + "[" + quarters_[q] + "]" : info.id, info.may_be_none, origin});
        metrics_.push_back({std::move(info), columns_.size() - count, count});
    }
}

std::unique_ptr<engine::Evaluator> ScenarioModel::evaluator() const {
    return std::make_unique<LaneEvaluator>(loaded_, std::nullopt);
}

SelectedColumns::SelectedColumns(const ScenarioModel& whole, std::vector<std::size_t> columns)
    : whole_(whole), places_(std::move(columns)) {
    for (const std::size_t column : places_)
        columns_.push_back(whole.columns()[column]);
}

std::unique_ptr<engine::Evaluator> SelectedColumns::evaluator() const {
    return std::make_unique<LaneEvaluator>(whole_.loaded(), places_);
}

int SelectedColumns::verdict_column() const {
    const auto verdict = static_cast<std::size_t>(whole_.verdict_column());
    const auto found = std::find(places_.begin(), places_.end(), verdict);
    return found == places_.end() ? -1 : static_cast<int>(found - places_.begin());
}

const MetricColumns* ScenarioModel::find(std::string_view id) const {
    for (const auto& metric : metrics_)
        if (metric.info.id == id) return &metric;
    return nullptr;
}

int ScenarioModel::verdict_column() const {
    const auto* verdict = find("npv");
    return verdict == nullptr ? -1 : static_cast<int>(verdict->first);
}

std::vector<KnownMetric> known_metrics() {
    std::vector<KnownMetric> out;
    for (const auto& info : model::metric_patterns())
        out.push_back({info.id, info.unit == "year" ? "date" : info.unit});
    return out;
}

} // namespace autarky::analysis
