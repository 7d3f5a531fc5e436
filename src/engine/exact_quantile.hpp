// autarky: exact sample quantiles by further passes over the same samples, in constant memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/run.hpp"

namespace autarky::engine {

/// The exact sample quantiles of a column: for each p the ceil(p n)-th smallest of the n values that `done` has seen.
/// The model runs again over the samples of `done`, and only values in the histogram buckets of the answers are kept; a
/// bucket with more than 2^18 values is first cut into finer ones by another pass. `column` is a row of Model::columns() that
/// `done` accumulated. Threads, seed, stop and progress come from the options; after a stop the result is empty.
[[nodiscard]] std::vector<double> exact_quantiles(const Model& model, const RunOptions& options, const State& done,
                                                  std::size_t column, std::span<const double> p);

} // namespace autarky::engine
