// autarky: which stream takes which dimension of the Sobol points of a run.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/model.hpp"
#include "engine/sampler.hpp"

namespace autarky::engine {

/// Streams that something depends on, the strongest first: by the size of the rank correlation of their independent score
/// with a column of the model, over the first 1,024 random futures of seed 0. A property of the model, whatever the seed of
/// the run. The first dimensions of the points are spread best together, so those that matter take them.
[[nodiscard]] std::vector<std::size_t> dimension_order(const Model& model, std::size_t column);

/// The sampler of a run. `column`: that by which Sobol dimensions are ordered; -1: in the order of the file.
[[nodiscard]] Sampler sampler_of(const Model& model, std::uint64_t seed, Sampling sampling, int column);

} // namespace autarky::engine
