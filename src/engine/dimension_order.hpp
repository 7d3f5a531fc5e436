// autarky: which streams matter most to a result: those that are to take the first dimensions of the Sobol points.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/model.hpp"

namespace autarky::engine {

/// Streams that something depends on, the strongest first: by the size of the correlation of their score
/// with a column of the model, over the first `chunks` x 256 random futures of seed 0. A property of the model. It is what
/// Inputs::strongest is made by, and not asked by a run: an order of its own would shift the draws with every change of a scenario.
[[nodiscard]] std::vector<std::size_t> dimension_order(const Model& model, std::size_t column, std::uint64_t chunks);

} // namespace autarky::engine
