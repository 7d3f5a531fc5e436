// autarky: what knowing more before a decision is worth, from payoffs of the choices in a sample of futures.
// SPDX-License-Identifier: Apache-2.0
//
// The decision is the choice with the highest mean. Sources: Raiffa and Schlaifer, Applied Statistical Decision Theory (1961);
// for the estimate by binning Strong and Oakley, Medical Decision Making 33(6), 2013, section "one parameter".
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/sampling.hpp"

namespace autarky::analysis {

/// An expected value with its standard error of sampling, in the unit of the payoffs.
struct Expected {
    double value = 0.0, error = 0.0;
};

/// What was lost by a choice against the best one of each future.
struct Regret {
    double mean = 0.0, error = 0.0; ///< with its standard error
    double p95 = 0.0, largest = 0.0;
    double p_wrong = 0.0; ///< share of the futures in which another choice was better
};

/// What knowing one score before the decision is worth, by bins of equal count.
struct PartialInformation {
    double value = 0.0; ///< half-way between the two bounds below
    double error = 0.0; ///< standard error of sampling
    /// Expected bounds on what the bins give: deciding in each by the futures that judge it overstates, deciding by other
    /// futures understates.
    double low = 0.0, high = 0.0;
    /// Stated bias: half the distance of the bounds, and what half as many bins would change.
    double bias = 0.0;
    std::size_t bins = 0;
};

/// Payoffs of each choice, [choice][future]; all finite, all of the same length, two futures at least.
class Decision {
public:
    /// Futures whose number leaves the same rest by it judge together: copies of one future belong there, and points of one
    /// scrambling are.
    static constexpr std::size_t n_parts = 8;

    /// `numbers` of the futures and `sampling`: as standard_error_of() takes them. Throws std::invalid_argument when the payoffs
    /// are not sound.
    explicit Decision(std::vector<std::vector<double>> payoffs, std::vector<std::size_t> numbers = {},
                      engine::Sampling sampling = engine::Sampling::random);

    [[nodiscard]] std::size_t n_futures() const { return payoffs_.front().size(); }
    [[nodiscard]] double mean(std::size_t choice) const { return means_[choice]; }
    /// The choice with the highest mean.
    [[nodiscard]] std::size_t best() const { return best_; }
    /// What it would be worth to know everything first: the mean regret of the best choice.
    [[nodiscard]] Expected perfect_information() const;
    [[nodiscard]] Regret regret(std::size_t choice) const;
    /// What it would be worth to know this score of each future first. Bins of at least 32 futures, at most 64 bins.
    [[nodiscard]] PartialInformation partial_information(const std::vector<double>& score) const;

private:
    struct Binned {
        double low = 0.0, high = 0.0, error = 0.0;
    };
    [[nodiscard]] std::size_t part_of(std::size_t future) const {
        return (numbers_.empty() ? future : numbers_[future]) % n_parts;
    }
    [[nodiscard]] Binned by_bins(const std::vector<std::uint32_t>& order, std::size_t bins) const;

    std::vector<std::vector<double>> payoffs_;
    std::vector<std::size_t> numbers_;
    engine::Sampling sampling_;
    std::vector<double> means_;
    std::size_t best_ = 0;
};

} // namespace autarky::analysis
