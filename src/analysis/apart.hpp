// autarky: which streams of draws have no say in what reports are about.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "engine/sampler.hpp"

namespace autarky::analysis {

/// True for streams whose scores, and the squares of them, go with the ranks of none of the `truths` by more than chance. `futures`:
/// sample numbers of the truths, ascending. A stream that is taken for apart by chance costs accepted moves, no truth.
std::vector<bool> streams_apart(const engine::Sampler& sampler, const std::vector<std::size_t>& futures,
                                const std::vector<const std::vector<double>*>& truths);

} // namespace autarky::analysis
