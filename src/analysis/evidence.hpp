// autarky: what a report says of a future: its likelihood, and futures weighted by it.
// SPDX-License-Identifier: Apache-2.0
//
// Sources: Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), sections 10.4 and 14.1; Kong, Liu and Wong, J. Am. Stat.
// Assoc. 89(425) 1994 for the effective sample size; Vehtari, Simpson, Gelman, Yao and Gabry, J. Mach. Learn. Res. 25(72) 2024
// with Zhang and Stephens, Technometrics 51(3) 2009 for the Pareto shape of the weights.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "scenario/claims.hpp"

namespace autarky::analysis {

/// Log of the density, or probability, with which `seen` is reported where the truth is `truth` (base units); -infinity where
/// that cannot be. `lean` and `spread` are what earlier reports of its group say of its error, in standard deviations.
/// Domain: error > 0 except for `count`; truth > 0 for `relative`; otherwise -infinity.
double log_likelihood(const Observation& seen, double truth, double lean = 0.0, double spread = 1.0);

/// Probability that a report like `seen` reads no more than it did, where the truth is `truth`; NaN for a report that is no
/// number ("at least", "between").
double probability_below(const Observation& seen, double truth, double lean = 0.0, double spread = 1.0);

/// Error of `seen` in standard deviations where the truth is `truth`. Only for `about` and `relative`.
double standard_error_of(const Observation& seen, double truth);

/// Errors of reports that lean on each other alike: what those seen so far say of the next one, by future.
class Leaning {
public:
    /// Mean and standard deviation of the next error, in standard deviations: of normal errors with one correlation between
    /// any two.
    struct Next {
        double mean = 0.0, spread = 1.0;
    };
    [[nodiscard]] Next next(const std::string& group, double correlation, std::size_t future) const;
    /// Remembers the errors of a report of the group, one a future.
    void add(const std::string& group, const std::vector<double>& errors);

private:
    struct Sum {
        std::size_t reports = 0;
        std::vector<double> errors; ///< their sum, by future
    };
    std::map<std::string, Sum> groups_;
};

/// Weights of futures, kept as logarithms.
class Weights {
public:
    explicit Weights(std::size_t futures) : logs_(futures, 0.0) { normalise(); }

    /// Multiplies the weights by likelihoods, given as logs. Returns the log of what the weighted futures gave to the report:
    /// -infinity, with the weights as they were, where none allows it.
    double learn(const std::vector<double>& log_likelihoods);
    /// Raises the weights to the highest power <= 1 that leaves `least` effective futures; returns it. 0 where fewer futures
    /// than that allow the reports at all: those then count alike.
    double temper(double least);

    /// They add to 1.
    [[nodiscard]] const std::vector<double>& values() const { return values_; }
    /// 1 / sum of squared weights.
    [[nodiscard]] double effective() const;
    /// Shape of a Pareto distribution of the largest weights: from 0.7 on their mean is not to be trusted. NaN below 25 futures
    /// or where the weights are all alike.
    [[nodiscard]] double pareto_shape() const;

private:
    void normalise();

    std::vector<double> logs_, values_;
};

/// Futures by weight: future i stands in as often as its weight says, in order, n in all (systematic resampling).
std::vector<std::size_t> resampled(const std::vector<double>& weights, std::size_t n);

} // namespace autarky::analysis
