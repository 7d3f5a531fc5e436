// autarky: searches the input that decides.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/decider.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <numeric>
#include <thread>

#include "core/normal.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

/// Below this difference of the two shares no input is said to decide.
constexpr double telling_difference = 0.15;
/// Some ten thousand splits are tried, of which the best lies four sampling errors off by luck alone.
constexpr double sampling_errors = 5.0;

constexpr std::size_t word_bits = 64;

/// Samples in ascending order of a score.
std::vector<std::size_t> order_of(const std::vector<float>& score) {
    std::vector<std::size_t> order(score.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return score[a] < score[b] || (score[a] == score[b] && a < b); });
    return order;
}

std::size_t count(const Bits& a) {
    std::size_t n = 0;
    for (const auto word : a)
        n += static_cast<std::size_t>(std::popcount(word));
    return n;
}

std::size_t count_of_both(const Bits& a, const Bits& b) {
    std::size_t n = 0;
    for (std::size_t k = 0; k < a.size(); ++k)
        n += static_cast<std::size_t>(std::popcount(a[k] & b[k]));
    return n;
}

/// How many of each side of a split count, and in how many of these the statement is true.
struct Sides {
    double n_below, n_above, true_below, true_above;
    [[nodiscard]] double share_below() const { return true_below / n_below; }
    [[nodiscard]] double share_above() const { return true_above / n_above; }
    [[nodiscard]] double difference() const { return std::abs(share_above() - share_below()); }
    [[nodiscard]] double error() const {
        const double p = (true_below + true_above) / (n_below + n_above);
        return std::sqrt(p * (1.0 - p) * (1.0 / n_below + 1.0 / n_above));
    }
    /// 1 for halves, 0 for nothing on one side.
    [[nodiscard]] double balance() const { return 2.0 * std::sqrt(n_below * n_above) / (n_below + n_above); }
};

} // namespace

Bits bits_of(const std::vector<bool>& flags) {
    Bits out((flags.size() + word_bits - 1) / word_bits);
    for (std::size_t i = 0; i < flags.size(); ++i)
        if (flags[i]) out[i / word_bits] |= std::uint64_t{1} << (i % word_bits);
    return out;
}

Splits::Splits(const std::vector<std::vector<float>>& scores, unsigned threads, const Watched& watched) {
    for (std::size_t s = 0; s < scores.size(); ++s)
        if (scores[s].size() >= n_parts && scores[s].front() != scores[s].back())
            stream_.push_back(static_cast<int>(s));
    scores_.resize(stream_.size());
    std::vector<std::uint8_t> is_split(stream_.size(), 0); // each written by one thread
    std::atomic<std::size_t> next{0};
    WatchedCount count(watched, stream_.size());
    const auto work = [&] {
        for (std::size_t k = next++; k < stream_.size() && !count.is_stopped(); k = next++) {
            const auto& score = scores[static_cast<std::size_t>(stream_[k])];
            const auto order = order_of(score);
            Bits below((score.size() + word_bits - 1) / word_bits);
            std::size_t done = 0;
            for (std::size_t part = 1; part < n_parts; ++part) {
                const std::size_t end = score.size() * part / n_parts;
                for (; done < end; ++done)
                    below[order[done] / word_bits] |= std::uint64_t{1} << (order[done] % word_bits);
                scores_[k].below[part - 1] = below;
                scores_[k].threshold[part - 1] = static_cast<double>(score[order[end]]);
                scores_[k].nearest[part - 1] = order[end];
            }
            is_split[k] = 1;
            count.add(1);
        }
    };
    {
        std::vector<std::jthread> pool;
        for (unsigned t = 1; t < std::max(1U, threads); ++t)
            pool.emplace_back(work);
        work();
    }
    for (std::size_t k = is_split.size(); k-- > 0;) {
        if (is_split[k] != 0) continue;
        scores_.erase(scores_.begin() + static_cast<std::ptrdiff_t>(k));
        stream_.erase(stream_.begin() + static_cast<std::ptrdiff_t>(k));
    }
}

/// Visits every split that leaves a tenth of the samples that count on either side, or nearly so.
template <class Visit> void Splits::each(const Bits& judged, const Bits& truth, const Visit& visit) const {
    const auto n = static_cast<double>(count(judged)), n_true = static_cast<double>(count(truth));
    const double least = 0.8 * n / static_cast<double>(n_parts);
    for (std::size_t k = 0; k < scores_.size(); ++k)
        for (std::size_t part = 0; part + 1 < n_parts; ++part) {
            const auto& below = scores_[k].below[part];
            const auto n_below = static_cast<double>(count_of_both(below, judged));
            if (n_below < least || n - n_below < least || n_below == 0.0 || n_below == n) continue;
            const auto true_below = static_cast<double>(count_of_both(below, truth));
            const Sides sides{n_below, n - n_below, true_below, n_true - true_below};
            const double low = sides.share_below(), high = sides.share_above();
            visit(sides,
                  Decider{stream_[k], high > low, scores_[k].threshold[part], scores_[k].nearest[part],
                          std::max(high, low), std::min(high, low), (high > low ? sides.n_above : sides.n_below) / n});
        }
}

Decider Splits::strongest(const Bits& judged, const Bits& truth) const {
    Decider best;
    double most = 0.0;
    each(judged, truth, [&](const Sides& sides, const Decider& split) {
        const double weight = sides.difference() * sides.balance();
        if (weight <= most || sides.difference() < sampling_errors * sides.error()) return;
        most = weight;
        best = split;
    });
    return best.share_if - best.share_else < telling_difference ? Decider{} : best;
}

Decider Splits::lifting(const Bits& judged, const Bits& truth, double share) const {
    Decider best;
    each(judged, truth, [&](const Sides& sides, const Decider& split) {
        const double least = std::max(telling_difference, sampling_errors * sides.error());
        if (split.share_if < share || sides.difference() < least) return;
        const bool is_wider = split.part > best.part || (split.part == best.part && split.share_if > best.share_if);
        if (is_wider) best = split;
    });
    return best;
}

std::string condition_text(const Loaded& loaded, const engine::Sampler& sampler, const Decider& decider) {
    const auto& rows = loaded.inputs.rows;
    const auto uses = [&](const Input& input) { return input.stream == decider.stream; };
    const auto first = std::find_if(rows.begin(), rows.end(), uses);
    if (std::count_if(rows.begin(), rows.end(), uses) == 1) {
        const auto row = static_cast<std::size_t>(first - rows.begin());
        const double value = sampler.sample(decider.nearest)[row];
        const bool is_plain = first->unit == "1";
        return fmt::format("{} is {} {}{}", first->path, decider.above ? "at least" : "below",
                           show::figure(value / first->unit_factor), is_plain ? "" : " " + first->unit);
    }
    const double probability = normal_probability(decider.threshold);
    return fmt::format("{} is in its {} {}", loaded.inputs.streams[static_cast<std::size_t>(decider.stream)],
                       decider.above ? "upper" : "lower",
                       show::share_text(decider.above ? 1.0 - probability : probability));
}

std::string decider_text(const Loaded& loaded, const engine::Sampler& sampler, const Decider& decider) {
    if (decider.stream < 0) return "no single input decides";
    return fmt::format("in {} where {}, in {} elsewhere", show::share_text(decider.share_if),
                       condition_text(loaded, sampler, decider), show::share_text(decider.share_else));
}

} // namespace autarky::analysis
