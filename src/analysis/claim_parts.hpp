// autarky: the columns that a claim looks at, and the event that it is conditional on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "analysis/samples.hpp"
#include "analysis/scenario_model.hpp"

namespace autarky::analysis {

/// The metric's column at a quarter; without one, or of one number for the whole run, all of its columns. Of no columns where
/// there is no such metric or quarter.
ColumnSpan span_of(const ScenarioModel& model, const std::string& metric, const std::optional<Quarter>& at);

/// An event that a claim is conditional on, and the time in which it has to be under way (decimal years).
struct ClaimWindow {
    const foundry::Event<Uncertain>* event = nullptr; ///< null: the claim names none
    double start = 0.0, end = 0.0;
};
/// Of the claim's quarter, or of the whole horizon. Points into the model's scenario.
ClaimWindow window_of(const ScenarioModel& model, const Claim& claim);

/// 1 in each lane in which the event is under way at some time of the window, which has one. `inputs`: rows of Model::inputs().
Lanes happens_in(const ClaimWindow& window, const Lanes* inputs);

} // namespace autarky::analysis
