// autarky: the input that decides most whether a statement is true.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/watched.hpp"
#include "engine/sampler.hpp"
#include "scenario/load.hpp"

namespace autarky::analysis {

/// A single split: where one score lies above or below a threshold.
struct Decider {
    int stream = -1;         ///< -1: there is none
    bool above = true;       ///< the statement is truer above the threshold
    double threshold = 0.0;  ///< normal score
    std::size_t nearest = 0; ///< sample whose score is nearest to it
    double share_if = 0.0, share_else = 0.0;
    double part = 0.0; ///< share of the futures in which the condition holds
};

/// One bit a sample.
using Bits = std::vector<std::uint64_t>;
Bits bits_of(const std::vector<bool>& flags);

/// Every score split at each tenth of the samples: sorted once, asked for every statement.
class Splits {
public:
    static constexpr std::size_t n_parts = 10;

    /// `scores`: [stream][sample]. A stream that nothing uses, all of whose scores are equal, is left out.
    /// When `watched` says so it stops, and knows of fewer streams.
    Splits(const std::vector<std::vector<float>>& scores, unsigned threads, const Watched& watched = {});

    /// The split that tells most: its difference of shares, weighed by how even the two sides are.
    /// `judged`: the samples that count, `truth`: those of them in which the statement is true.
    [[nodiscard]] Decider strongest(const Bits& judged, const Bits& truth) const;
    /// The widest condition under which the statement is true in at least `share` of the samples that count, if the other
    /// side is well below (by the telling difference and by five sampling errors); else none.
    [[nodiscard]] Decider lifting(const Bits& judged, const Bits& truth, double share) const;

private:
    struct Score {
        std::array<Bits, n_parts - 1> below; ///< at [k]: the (k + 1) tenths of lowest score
        std::array<double, n_parts - 1> threshold{};
        std::array<std::size_t, n_parts - 1> nearest{};
    };
    template <class Visit> void each(const Bits& judged, const Bits& truth, const Visit& visit) const;

    std::vector<Score> scores_; ///< of stream stream_[k]
    std::vector<int> stream_;
};

/// "merchant.thor.list_price is at least 2,400 USD/chip", in words of the scenario.
std::string condition_text(const Loaded& loaded, const engine::Sampler& sampler, const Decider& decider);

/// "in 63 % where merchant.thor.list_price is at least 2,400 USD/chip, in 12 % elsewhere", or that no single input decides.
std::string decider_text(const Loaded& loaded, const engine::Sampler& sampler, const Decider& decider);

} // namespace autarky::analysis
