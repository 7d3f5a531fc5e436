// autarky: what a rise of a driver does to the mean value: central differences on common random numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/frame.hpp"
#include "analysis/scenario_model.hpp"
#include "engine/sampling.hpp"

namespace autarky::analysis {

/// Samples of the pilot run that finds the drivers, drivers that are measured, samples on which their differences are taken.
inline constexpr std::size_t n_pilot_samples = 2048, n_measured_drivers = 12, n_effect_samples = 256;

/// Spread of an input, in base units: half the distance between its values at normal scores -1 and +1.
double deviation(const Input& row);

/// A driver of the value: one stream, or a group of correlated ones.
struct RankedDriver {
    std::string name;
    std::string largest;              ///< the member that goes most with the value; the name of a single stream
    std::vector<std::size_t> streams; ///< rows of Inputs::streams
    bool is_group = false;
    double share = 0.0, share_error = 0.0; ///< of the value's variance, first order, with its standard error
};

/// All drivers of the value by a run of so many samples, the strongest first.
std::vector<RankedDriver> ranked_drivers(const ScenarioModel& model, std::size_t samples, std::uint64_t seed,
                                         unsigned threads, engine::Sampling sampling = engine::usual_sampling);

/// Replaces the slope at the medians by (mean value with the input half a rise higher - half a rise lower) for the strongest
/// drivers of a pilot run. A chip count is a step, so a slope at one point says nothing of what a rise does; the mean over
/// futures does. The same for every part of a divided run and for either sampling: seed and samples are fixed, draws random.
void measure_rises(const ScenarioModel& model, std::vector<FrameDriver>& drivers);

} // namespace autarky::analysis
