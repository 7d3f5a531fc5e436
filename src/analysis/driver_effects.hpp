// autarky: what a rise of a driver does to the mean value: central differences on common random numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "analysis/scenario_model.hpp"
#include "analysis/summary.hpp"

namespace autarky::analysis {

/// Samples on which the differences are taken.
inline constexpr std::size_t n_effect_samples = 512;
/// Drivers that a run measures: as many as its summary shows.
inline constexpr std::size_t n_measured_drivers = 8;

/// Replaces the slope at the medians by (mean value with the input half a rise higher - half a rise lower) for the `most`
/// largest drivers. A chip count is a step, so a slope at one point says nothing of what a rise does; the mean over futures
/// does. Each figure gets its standard error.
void measure_rises(const ScenarioModel& model, Summary& summary, std::size_t most, unsigned threads);

} // namespace autarky::analysis
