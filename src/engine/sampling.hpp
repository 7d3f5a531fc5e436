// autarky: how samples are drawn, and what one chunk of them has drawn.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/lanes.hpp"

namespace autarky::engine {

/// Samples that are drawn, evaluated and accumulated together; every chunk starts at a multiple of it.
inline constexpr std::size_t chunk_size = 256;
inline constexpr std::size_t groups_a_chunk = chunk_size / Lanes::width;

/// How the uniform draws behind the inputs are made.
enum class Sampling {
    random, ///< each by itself (engine/draws.hpp)
    sobol, ///< as scrambled points that fill the cube evenly (engine/sobol.hpp): smaller errors, told by independent scramblings
};

/// What every question draws by that does not say otherwise, so that their figures agree to the last digit.
inline constexpr Sampling usual_sampling = Sampling::sobol;

[[nodiscard]] constexpr std::string_view name_of(Sampling sampling) {
    return sampling == Sampling::random ? "random" : "sobol";
}

/// What one chunk has drawn. Filled by Sampler::draw, one a thread.
struct Draws {
    std::vector<double> scores;        ///< normal scores after correlation, [stream][sample of the chunk]
    std::vector<double> probabilities; ///< u = Phi(score) where an input needs it, [slot][sample]
    std::vector<std::uint8_t> bins;    ///< code of the independent score's bin (score_bins.hpp), [stream][sample]
};

} // namespace autarky::engine
