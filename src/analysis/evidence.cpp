// autarky: likelihoods of reports and weights of futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/binomial.hpp"
#include "core/normal.hpp"

namespace autarky::analysis {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double log_root_two_pi = 0.91893853320467274178; // of the normal density, whose logarithm is taken

double log_of_probability(double p) { return p > 0.0 ? std::log(p) : -infinity; }

/// Of a standard normal draw between two scores, by the tails that do not cancel.
double probability_between(double low, double high) {
    return low > 0.0 ? normal_probability(-low) - normal_probability(-high)
                     : normal_probability(high) - normal_probability(low);
}

/// Shape of a generalised Pareto distribution of ascending excesses over a threshold (Zhang and Stephens 2009), pulled toward
/// 1/2 as in the paper on weights.
double pareto_shape_of(const std::vector<double>& excess) {
    const auto n = static_cast<double>(excess.size());
    const double quarter = excess[static_cast<std::size_t>(std::floor(n / 4.0 + 0.5)) - 1];
    if (!(quarter > 0.0)) return none;
    const auto m = static_cast<std::size_t>(30.0 + std::floor(std::sqrt(n)));
    std::vector<double> theta(m), profile(m);
    const auto shape_at = [&](double t) {
        double sum = 0.0;
        for (const double x : excess)
            sum += std::log1p(-t * x);
        return -sum / n;
    };
    for (std::size_t i = 0; i < m; ++i) {
        const double step = std::sqrt(static_cast<double>(m) / (static_cast<double>(i) + 0.5));
        theta[i] = 1.0 / excess.back() + (1.0 - step) / (3.0 * quarter);
        const double k = shape_at(theta[i]);
        profile[i] = n * (std::log(theta[i] / k) + k - 1.0);
    }
    double weighted = 0.0;
    for (std::size_t i = 0; i < m; ++i) {
        double sum = 0.0;
        for (const double other : profile)
            sum += std::exp(other - profile[i]);
        weighted += theta[i] / sum;
    }
    constexpr double prior = 10.0; // observations with the shape 1/2
    return (-shape_at(weighted) * n + prior * 0.5) / (n + prior);
}

} // namespace

double standard_error_of(const Observation& seen, double truth) {
    const double value = seen.value - seen.bias;
    if (seen.says == Says::relative)
        return truth > 0.0 && value > 0.0 ? (std::log(value) - std::log(truth)) / seen.error : infinity;
    return (value - truth) / seen.error;
}

double log_likelihood(const Observation& seen, double truth, double lean, double spread) {
    const auto score = [&](double value) { return (value - seen.bias - truth) / seen.error; };
    switch (seen.says) {
    case Says::about:
    case Says::relative: {
        const double z = (standard_error_of(seen, truth) - lean) / spread;
        const double scale = seen.says == Says::relative ? seen.error * (seen.value - seen.bias) : seen.error;
        return std::isfinite(z) ? -0.5 * z * z - std::log(scale * spread) - log_root_two_pi : -infinity;
    }
    case Says::at_least: return log_of_probability(normal_probability(-score(seen.value)));
    case Says::at_most: return log_of_probability(normal_probability(score(seen.value)));
    case Says::between: return log_of_probability(probability_between(score(seen.low), score(seen.high)));
    case Says::count: return log_binomial(seen.value, seen.trials, truth - seen.bias);
    }
    return -infinity;
}

double probability_below(const Observation& seen, double truth, double lean, double spread) {
    if (seen.says != Says::about && seen.says != Says::relative) return none;
    const double z = (standard_error_of(seen, truth) - lean) / spread;
    return std::isfinite(z) ? normal_probability(z) : (z > 0.0 ? 1.0 : 0.0);
}

Leaning::Next Leaning::next(const std::string& group, double correlation, std::size_t future) const {
    const auto found = groups_.find(group);
    if (found == groups_.end() || correlation <= 0.0) return {};
    const auto n = static_cast<double>(found->second.reports);
    const double share = correlation / (1.0 + (n - 1.0) * correlation);
    return {share * found->second.errors[future], std::sqrt(1.0 - n * correlation * share)};
}

void Leaning::add(const std::string& group, const std::vector<double>& errors) {
    auto& sum = groups_[group];
    sum.errors.resize(errors.size(), 0.0);
    for (std::size_t i = 0; i < errors.size(); ++i)
        sum.errors[i] += errors[i];
    ++sum.reports;
}

double Weights::learn(const std::vector<double>& log_likelihoods) {
    double most = -infinity;
    for (std::size_t i = 0; i < logs_.size(); ++i)
        if (values_[i] > 0.0) most = std::max(most, log_likelihoods[i]);
    if (!(most > -infinity)) return -infinity;
    double sum = 0.0;
    for (std::size_t i = 0; i < logs_.size(); ++i)
        sum += values_[i] * std::exp(log_likelihoods[i] - most);
    for (std::size_t i = 0; i < logs_.size(); ++i)
        logs_[i] += log_likelihoods[i];
    normalise();
    return most + std::log(sum);
}

void Weights::normalise() {
    double most = -infinity;
    for (const double log : logs_)
        most = std::max(most, log);
    values_.resize(logs_.size());
    double sum = 0.0;
    for (std::size_t i = 0; i < logs_.size(); ++i)
        sum += values_[i] = std::exp(logs_[i] - most);
    for (auto& value : values_)
        value /= sum;
}

double Weights::temper(double least) {
    if (effective() >= least) return 1.0;
    const auto logs = logs_;
    double low = 0.0, high = 1.0;
    constexpr int halvings = 40; // to a power known to 1e-12
    for (int k = 0; k < halvings; ++k) {
        const double power = 0.5 * (low + high);
        for (std::size_t i = 0; i < logs.size(); ++i)
            logs_[i] = std::isfinite(logs[i]) ? power * logs[i] : logs[i];
        normalise();
        (effective() >= least ? low : high) = power;
    }
    for (std::size_t i = 0; i < logs.size(); ++i)
        logs_[i] = std::isfinite(logs[i]) ? low * logs[i] : logs[i];
    normalise();
    return low;
}

double Weights::effective() const {
    double sum = 0.0;
    for (const double w : values_)
        sum += w * w;
    return 1.0 / sum;
}

double Weights::pareto_shape() const {
    const auto n = static_cast<double>(values_.size());
    const auto tail = static_cast<std::size_t>(std::floor(std::min(0.2 * n, 3.0 * std::sqrt(n))));
    constexpr std::size_t least = 5;
    if (tail < least) return none;
    auto sorted = values_;
    std::sort(sorted.begin(), sorted.end());
    const double threshold = sorted[sorted.size() - tail - 1];
    std::vector<double> excess;
    for (std::size_t i = sorted.size() - tail; i < sorted.size(); ++i)
        excess.push_back(sorted[i] - threshold);
    return sorted[sorted.size() - 1] > threshold ? pareto_shape_of(excess) : none;
}

std::vector<std::size_t> resampled(const std::vector<double>& weights, std::size_t n) {
    std::vector<std::size_t> out;
    out.reserve(n);
    double sum = 0.0;
    std::size_t i = 0;
    for (std::size_t k = 0; k < n; ++k) {
        const double target = (static_cast<double>(k) + 0.5) / static_cast<double>(n);
        while (i + 1 < weights.size() && sum + weights[i] < target)
            sum += weights[i++];
        out.push_back(i);
    }
    return out;
}

} // namespace autarky::analysis
