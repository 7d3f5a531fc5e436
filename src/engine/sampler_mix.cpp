// autarky: moves drawn scores part of the way to fresh ones.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "engine/sampler.hpp"

namespace autarky::engine {

void Sampler::mix(const Draws& fresh, const std::vector<double>& keep, Draws& at) const {
    for (std::size_t s = 0; s < streams_.size(); ++s) {
        if (keep[s] == 1.0) continue;
        const Lanes kept(keep[s]), added(std::sqrt(1.0 - keep[s] * keep[s]));
        for (std::size_t i = s * chunk_size; i < (s + 1) * chunk_size; i += Lanes::width)
            fma(kept, Lanes::load(&at.scores[i]), added * Lanes::load(&fresh.scores[i])).store(&at.scores[i]);
        if (streams_[s].slot < 0) continue;
        double* const to = &at.probabilities[static_cast<std::size_t>(streams_[s].slot) * chunk_size];
        for (std::size_t i = 0; i < chunk_size; i += Lanes::width)
            normal_probability(Lanes::load(&at.scores[s * chunk_size + i])).store(to + i);
    }
}

} // namespace autarky::engine
