// autarky: what claims look at, in every sampled future.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/scenario_model.hpp"
#include "core/watched.hpp"
#include "engine/sampler.hpp"

namespace autarky::analysis {

/// Every vector inside holds one element a sample; a claim's row is that of the loaded claims.
struct ClaimFutures {
    std::vector<std::vector<double>> values;        ///< [claim], base units; NaN where it does not exist
    std::vector<std::vector<std::uint8_t>> happens; ///< [claim], whether its event is under way; empty: it names none
    std::vector<std::vector<float>> scores;         ///< [stream], the normal scores that made the futures
    std::size_t samples = 0;
};

/// Evaluates every sample once. Each sample has its own place, so the number of threads changes nothing. When `watched` says so
/// it stops: then the first samples are there that are finished without a gap, maybe none.
ClaimFutures claim_futures(const ScenarioModel& model, const engine::Sampler& sampler, std::uint64_t samples,
                           unsigned threads, const Watched& watched = {});

} // namespace autarky::analysis
