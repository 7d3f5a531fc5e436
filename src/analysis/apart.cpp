// autarky: tells streams apart from what reports are about.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/apart.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

#include "engine/normal_score.hpp"

namespace autarky::analysis {
namespace {

/// Normal scores of the ranks of the first values: of mean 0 and variance 1, whatever the values' law.
std::vector<double> rank_scores(const std::vector<double>& values, std::size_t n) {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    std::vector<double> out(n);
    for (std::size_t k = 0; k < n; ++k)
        out[order[k]] = engine::normal_score((static_cast<double>(k) + 0.5) / static_cast<double>(n));
    return out;
}

} // namespace

std::vector<bool> streams_apart(const engine::Sampler& sampler, const std::vector<std::size_t>& futures,
                                const std::vector<const std::vector<double>*>& truths) {
    constexpr std::size_t enough = 16'384; // shows a correlation of 3 %
    const std::size_t n = std::min(enough, futures.size()), streams = sampler.n_streams();
    std::vector<std::vector<double>> ranks;
    for (const auto* truth : truths)
        ranks.push_back(rank_scores(*truth, n));
    std::vector<double> linear(ranks.size() * streams, 0.0), square = linear;
    engine::Draws draws;
    std::optional<std::size_t> drawn;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t chunk = futures[i] / engine::chunk_size;
        if (drawn != chunk) sampler.draw(chunk, draws);
        drawn = chunk;
        const double* scores = draws.scores.data() + futures[i] % engine::chunk_size;
        for (std::size_t r = 0; r < ranks.size(); ++r)
            for (std::size_t s = 0; s < streams; ++s) {
                const double z = scores[s * engine::chunk_size];
                linear[r * streams + s] += ranks[r][i] * z;
                square[r * streams + s] += ranks[r][i] * (z * z - 1.0) / std::numbers::sqrt2;
            }
    }
    const double chance = 4.0 * std::sqrt(static_cast<double>(n)); // of thousands of sums hardly one lies beyond it
    std::vector<bool> out(streams, true);
    for (std::size_t k = 0; k < linear.size(); ++k)
        if (std::fabs(linear[k]) > chance || std::fabs(square[k]) > chance) out[k % streams] = false;
    return out;
}

} // namespace autarky::analysis
