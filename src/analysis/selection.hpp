// autarky: which metrics a run accumulates, and which of them a face shows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/scenario_model.hpp"

namespace autarky::analysis {

/// Whether a text matches a pattern in which * stands for any text and ? for one character.
bool matches(std::string_view pattern, std::string_view text);

/// Patterns of the metrics that every run accumulates: those that `run --json` promises and the summary prints.
const std::vector<std::string_view>& standing_metrics();
/// Those that the verdict is read off.
const std::vector<std::string_view>& verdict_metrics();

struct SelectedMetric {
    std::size_t metric = 0; ///< row of ScenarioModel::metrics()
    bool is_shown = true;   ///< a pattern of --metrics asks for it, or there are none
};

/// Rows ascending: the standing metrics and those that a pattern asks for. Throws InputError (family E05) for a pattern
/// that matches no metric.
std::vector<SelectedMetric> selected_metrics(const ScenarioModel& model, const std::vector<std::string>& patterns,
                                             const std::vector<std::string_view>& standing = standing_metrics());

/// Columns of the selected metrics, ascending.
std::vector<std::size_t> columns_of(const ScenarioModel& model, const std::vector<SelectedMetric>& selected);

/// Row of the metric of that id. Throws InputError (family E05) with a suggestion.
const MetricColumns& metric_named(const ScenarioModel& model, std::string_view id);

} // namespace autarky::analysis
