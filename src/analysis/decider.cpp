// autarky: searches the input that decides.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/decider.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

constexpr int n_parts = 10;
/// Below this difference of the two shares no input is said to decide.
constexpr double telling_difference = 0.15;

/// Samples in ascending order of a score.
std::vector<std::size_t> order_of(const std::vector<float>& score) {
    std::vector<std::size_t> order(score.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return score[a] < score[b] || (score[a] == score[b] && a < b); });
    return order;
}

} // namespace

Decider decider(const std::vector<std::vector<float>>& scores, const std::vector<bool>& truth) {
    Decider best;
    double best_difference = 0.0;
    const std::size_t n = truth.size();
    if (n < n_parts) return best;
    const auto total = static_cast<double>(std::count(truth.begin(), truth.end(), true));
    for (std::size_t s = 0; s < scores.size(); ++s) {
        if (scores[s].empty() || scores[s].front() == scores[s].back()) continue; // a stream that nothing uses
        const auto order = order_of(scores[s]);
        double below = 0.0;
        std::size_t done = 0;
        for (int part = 1; part < n_parts; ++part) {
            const std::size_t end = n * static_cast<std::size_t>(part) / n_parts;
            for (; done < end; ++done)
                below += truth[order[done]] ? 1.0 : 0.0;
            const double low = below / static_cast<double>(end);
            const double high = (total - below) / static_cast<double>(n - end);
            // Splits in the middle tell more than slivers: weigh by the root of the product of both sides.
            const double balance = std::sqrt(static_cast<double>(part * (n_parts - part))) / (0.5 * n_parts);
            const double difference = std::abs(high - low) * balance;
            if (difference <= best_difference) continue;
            best_difference = difference;
            best = {static_cast<int>(s), high > low,          static_cast<double>(scores[s][order[end]]),
                    order[end],          std::max(high, low), std::min(high, low)};
        }
    }
    return best;
}

std::string decider_text(const Loaded& loaded, const engine::Sampler& sampler,
                         const std::vector<std::vector<float>>& scores, const std::vector<bool>& truth) {
    const auto best = decider(scores, truth);
    if (best.stream < 0 || best.share_if - best.share_else < telling_difference) return "no single input decides";
    const auto& rows = loaded.inputs.rows;
    const auto uses = [&](const Input& input) { return input.stream == best.stream; };
    const auto first = std::find_if(rows.begin(), rows.end(), uses);
    const auto n_uses = std::count_if(rows.begin(), rows.end(), uses);
    std::string condition;
    if (n_uses == 1) {
        const auto row = static_cast<std::size_t>(first - rows.begin());
        const double value = sampler.sample(best.nearest)[row];
        condition = fmt::format("{} is {} {}{}", first->path, best.above ? "at least" : "below",
                                show::figure(value / first->unit_factor), first->unit == "1" ? "" : " " + first->unit);
    } else {
        const double probability = 0.5 * std::erfc(-best.threshold / std::sqrt(2.0));
        condition =
            best.above
                ? fmt::format("{} is in its upper {}", loaded.inputs.streams[static_cast<std::size_t>(best.stream)],
                              show::share_text(1.0 - probability))
                : fmt::format("{} is in its lower {}", loaded.inputs.streams[static_cast<std::size_t>(best.stream)],
                              show::share_text(probability));
    }
    return fmt::format("in {} where {}, in {} elsewhere", show::share_text(best.share_if), condition,
                       show::share_text(best.share_else));
}

} // namespace autarky::analysis
