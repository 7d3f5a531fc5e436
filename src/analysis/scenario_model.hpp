// autarky: a loaded scenario as a model that the engine can sample.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model.hpp"
#include "model/metric_info.hpp"
#include "scenario/load.hpp"

namespace autarky::analysis {

/// A metric and its columns: one a quarter, or one for the whole run.
struct MetricColumns {
    model::MetricInfo info;
    std::size_t first = 0;
    std::size_t count = 1;
};

/// The quarterly model over one scenario. Columns are in base units, metric by metric, quarter by quarter.
class ScenarioModel final : public engine::Model {
public:
    /// Keeps a reference: the loaded scenario must outlive the model.
    explicit ScenarioModel(const Loaded& loaded);

    [[nodiscard]] const Inputs& inputs() const override { return loaded_.inputs; }
    [[nodiscard]] const std::vector<engine::Column>& columns() const override { return columns_; }
    [[nodiscard]] std::unique_ptr<engine::Evaluator> evaluator() const override;
    [[nodiscard]] std::string key() const override { return loaded_.sha256; }

    [[nodiscard]] const Loaded& loaded() const { return loaded_; }
    [[nodiscard]] const std::vector<MetricColumns>& metrics() const { return metrics_; }
    /// The metric with this id, or null.
    [[nodiscard]] const MetricColumns* find(std::string_view id) const;
    /// Names of the quarters, "2025Q4" first.
    [[nodiscard]] const std::vector<std::string>& quarters() const { return quarters_; }
    /// Column of the verdict: the net present value.
    [[nodiscard]] int verdict_column() const;

private:
    const Loaded& loaded_;
    std::vector<MetricColumns> metrics_;
    std::vector<engine::Column> columns_;
    std::vector<std::string> quarters_;
};

/// The same model with some of its columns only: what nobody asked for is neither copied nor checked.
class SelectedColumns final : public engine::Model {
public:
    /// `columns`: rows of whole.columns(), ascending. Keeps a reference: the model must outlive this one.
    SelectedColumns(const ScenarioModel& whole, std::vector<std::size_t> columns);

    [[nodiscard]] const Inputs& inputs() const override { return whole_.inputs(); }
    [[nodiscard]] const std::vector<engine::Column>& columns() const override { return columns_; }
    [[nodiscard]] std::unique_ptr<engine::Evaluator> evaluator() const override;
    [[nodiscard]] std::string key() const override { return whole_.key(); }
    /// Column of the verdict among these, -1 if it was left out.
    [[nodiscard]] int verdict_column() const;

private:
    const ScenarioModel& whole_;
    std::vector<std::size_t> places_;
    std::vector<engine::Column> columns_;
};

/// What a claim or an observation may name, for the loader.
std::vector<KnownMetric> known_metrics();

} // namespace autarky::analysis
