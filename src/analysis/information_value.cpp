// autarky: estimates values of information and regrets.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/information_value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "analysis/equal_bins.hpp"
#include "analysis/estimate.hpp"

namespace autarky::analysis {
namespace {

/// Parts of a bin, each judged by a choice that the others made.
constexpr std::size_t least_in_bin = 32, most_bins = 64;

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::size_t largest(const std::vector<double>& of) {
    return static_cast<std::size_t>(std::max_element(of.begin(), of.end()) - of.begin());
}

} // namespace

Decision::Decision(std::vector<std::vector<double>> payoffs, std::vector<std::size_t> numbers,
                   engine::Sampling sampling)
    : payoffs_(std::move(payoffs)), numbers_(std::move(numbers)), sampling_(sampling) {
    if (payoffs_.empty() || payoffs_.front().size() < 2) throw std::invalid_argument("a decision needs two futures");
    for (const auto& choice : payoffs_) {
        const bool is_sound = std::all_of(choice.begin(), choice.end(), [](double x) { return std::isfinite(x); });
        if (choice.size() != n_futures() || !is_sound)
            throw std::invalid_argument("payoffs of choices must be finite and cover the same futures");
        means_.push_back(mean_of(choice));
    }
    best_ = largest(means_);
}

Expected Decision::perfect_information() const {
    const auto of_best = regret(best_);
    return {of_best.mean, of_best.error};
}

Regret Decision::regret(std::size_t choice) const {
    std::vector<double> lost(n_futures());
    double wrong = 0.0;
    for (std::size_t i = 0; i < lost.size(); ++i) {
        double most = payoffs_[choice][i];
        for (const auto& other : payoffs_)
            most = std::max(most, other[i]);
        lost[i] = most - payoffs_[choice][i];
        wrong += lost[i] > 0.0 ? 1.0 : 0.0;
    }
    Regret out;
    out.mean = mean_of(lost);
    out.error = estimate_of(lost, numbers_, sampling_).error;
    out.p_wrong = wrong / static_cast<double>(lost.size());
    std::sort(lost.begin(), lost.end());
    out.p95 = lost[static_cast<std::size_t>(0.95 * static_cast<double>(lost.size() - 1))];
    out.largest = lost.back();
    return out;
}

Decision::Binned Decision::by_bins(const std::vector<std::uint32_t>& order, std::size_t bins) const {
    const std::size_t n = order.size(), n_choices = payoffs_.size();
    std::vector<double> gains(n), judged_by_others(n);
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const auto [from, to] = bin_range(n, bin, bins);
        std::vector<double> whole(n_choices, 0.0);
        std::array<std::vector<double>, n_parts> part;
        part.fill(whole);
        for (std::size_t k = from; k < to; ++k)
            for (std::size_t c = 0; c < n_choices; ++c) {
                whole[c] += payoffs_[c][order[k]];
                part[part_of(order[k])][c] += payoffs_[c][order[k]];
            }
        const std::size_t by_all = largest(whole);
        std::array<std::size_t, n_parts> by_others{};
        for (std::size_t p = 0; p < n_parts; ++p) {
            auto others = whole;
            for (std::size_t c = 0; c < n_choices; ++c)
                others[c] -= part[p][c];
            by_others[p] = largest(others);
        }
        for (std::size_t k = from; k < to; ++k) {
            const auto i = order[k];
            gains[i] = payoffs_[by_all][i] - payoffs_[best_][i];
            judged_by_others[i] = payoffs_[by_others[part_of(i)]][i] - payoffs_[best_][i];
        }
    }
    const auto high = estimate_of(gains, numbers_, sampling_);
    return {mean_of(judged_by_others), high.mean, high.error};
}

PartialInformation Decision::partial_information(const std::vector<double>& score) const {
    if (score.size() != n_futures()) throw std::invalid_argument("there must be a score for every future");
    const auto order = ascending_order(score);
    PartialInformation out;
    out.bins = std::clamp<std::size_t>(score.size() / least_in_bin, 1, most_bins);
    const auto fine = by_bins(order, out.bins), coarse = by_bins(order, std::max<std::size_t>(1, out.bins / 2));
    out.low = fine.low;
    out.high = fine.high;
    // Knowing more never costs: below zero there is chance only.
    out.value = std::max(0.5 * (fine.low + fine.high), 0.0);
    out.error = fine.error;
    out.bias = 0.5 * (fine.high - fine.low) + std::fabs(0.5 * (fine.low + fine.high - coarse.low - coarse.high));
    return out;
}

} // namespace autarky::analysis
