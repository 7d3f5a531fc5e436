// autarky: support and quantiles of a distribution as written.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/marginal.hpp"

#include <boost/math/distributions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "core/normal.hpp"
#include "core/real.hpp"
#include "core/sorted_quantile.hpp"
#include "input/central.hpp"

namespace autarky::scenario {
namespace {

constexpr double farthest = 8.0; // normal score beyond which nothing is drawn

double beta_quantile(double alpha, double beta, double low, double high, double u) {
    const boost::math::beta_distribution<double> unit(alpha, beta);
    return low + (high - low) * boost::math::quantile(unit, std::clamp(u, 1e-15, 1.0 - 1e-15));
}

double triangular_quantile(double low, double mode, double high, double u) {
    const double width = high - low;
    return u * width <= mode - low ? low + std::sqrt(u * width * (mode - low))
                                   : high - std::sqrt((1.0 - u) * width * (high - mode));
}

/// Three-term metalog through its 10 %, 50 % and 90 % quantiles (Keelin 2016).
double metalog_quantile(double p10, double p50, double p90, double u) {
    const double at = std::clamp(u, 1e-15, 1.0 - 1e-15);
    const double logit = std::log(at / (1.0 - at));
    const double unit = std::log(9.0);
    const double a2 = (p90 - p10) / (2.0 * unit);
    const double a3 = (p90 + p10 - 2.0 * p50) / (0.8 * unit);
    return p50 + a2 * logit + a3 * (at - 0.5) * logit;
}

/// The values of a discrete distribution may stand in any order.
double step_quantile(const Distribution& d, double u) {
    std::vector<std::pair<double, double>> steps;
    for (std::size_t i = 0; i < d.parameters.size(); ++i)
        if (d.probabilities[i] > 0.0) steps.emplace_back(d.parameters[i], d.probabilities[i]);
    std::ranges::sort(steps);
    double sum = 0.0;
    for (const auto& [value, probability] : steps)
        if ((sum += probability) >= u) return value;
    return steps.back().first;
}

/// Rising function of the normal score, without the bounds.
double free_quantile(const Distribution& d, double z) {
    const auto& p = d.parameters;
    switch (d.family) {
    case Family::constant: return p[0];
    case Family::normal: return p[0] + p[1] * z;
    case Family::lognormal: return exp(p[0] + p[1] * z);
    case Family::logit_normal: return logistic(p[0] + p[1] * z);
    case Family::uniform: return std::lerp(p[0], p[1], normal_probability(z));
    case Family::loguniform: return p[0] * pow(p[1] / p[0], normal_probability(z));
    case Family::triangular: return triangular_quantile(p[0], p[1], p[2], normal_probability(z));
    case Family::pert: {
        const double width = p[2] - p[0];
        return beta_quantile(1.0 + 4.0 * (p[1] - p[0]) / width, 1.0 + 4.0 * (p[2] - p[1]) / width, p[0], p[2],
                             normal_probability(z));
    }
    case Family::beta: return beta_quantile(p[0], p[1], p[2], p[3], normal_probability(z));
    case Family::metalog: return metalog_quantile(p[0], p[1], p[2], normal_probability(z));
    case Family::bounded_metalog:
        return MetalogBounds{p[3], p[4]}.bounded(metalog_quantile(p[0], p[1], p[2], normal_probability(z)));
    case Family::discrete: return step_quantile(d, normal_probability(z));
    case Family::empirical: return sorted_quantile(p, normal_probability(z));
    }
    return p[0];
}

/// The least normal score at which a rising function reaches `value`, within +-farthest.
double score_of(const std::function<double(double)>& f, double value) {
    double low = -farthest, high = farthest;
    if (f(low) >= value) return low;
    if (f(high) < value) return high;
    constexpr int halvings = 50;
    for (int i = 0; i < halvings; ++i) {
        const double middle = std::midpoint(low, high);
        (f(middle) >= value ? high : low) = middle;
    }
    return high;
}

/// Share of the draws of `d` that lie below `value`, its bounds considered.
class Below {
public:
    explicit Below(const Distribution& d) : d_(d) {
        if (d.family == Family::constant || d.family == Family::discrete) return; // their values are inside
        low_ = free_share(d.low);
        width_ = free_share(d.high) - low_;
    }
    double operator()(double value) const {
        if (value <= d_.low) return 0.0;
        if (value > d_.high) return 1.0;
        return std::clamp((free_share(value) - low_) / width_, 0.0, 1.0);
    }
    /// The value at a normal score.
    [[nodiscard]] double at(double z) const {
        if (!is_cut()) return free_quantile(d_, z);
        const double u = low_ + width_ * normal_probability(z);
        return free_quantile(d_, score_of([](double x) { return normal_probability(x); }, u));
    }
    /// The normal score from which values reach `value`.
    [[nodiscard]] double score(double value) const {
        if (!is_cut()) return score_of([this](double z) { return free_quantile(d_, z); }, value);
        return score_of([](double z) { return normal_probability(z); }, (*this)(value));
    }

private:
    [[nodiscard]] bool is_cut() const { return low_ > 0.0 || width_ < 1.0; }
    [[nodiscard]] double free_share(double value) const {
        const double z = score_of([this](double x) { return free_quantile(d_, x); }, value);
        return z <= -farthest ? 0.0 : z >= farthest ? 1.0 : normal_probability(z);
    }

    const Distribution& d_;
    double low_ = 0.0, width_ = 1.0;
};

} // namespace

std::pair<double, double> support(const Distribution& d) {
    const auto& p = d.parameters;
    double low = d.low, high = d.high;
    const auto within = [&](double from, double to) {
        low = std::max(low, from);
        high = std::min(high, to);
    };
    switch (d.family) {
    case Family::lognormal: within(0.0, 1e308); break;
    case Family::logit_normal: within(0.0, 1.0); break;
    case Family::normal:
    case Family::metalog: break;
    case Family::beta: within(p[2], p[3]); break;
    case Family::bounded_metalog: within(p[3], p[4]); break;
    case Family::discrete: {
        double least = 1e308, most = -1e308;
        for (std::size_t i = 0; i < p.size(); ++i)
            if (d.probabilities[i] > 0.0) {
                least = std::min(least, p[i]);
                most = std::max(most, p[i]);
            }
        within(least, most);
        break;
    }
    case Family::constant:
    case Family::uniform:
    case Family::loguniform:
    case Family::triangular:
    case Family::pert:
    case Family::empirical: within(p.front(), p.back()); break;
    }
    return {low, high};
}

double probability_not_below(const Distribution& a, const Distribution& b, double rho) {
    if (support(a).second < support(b).first) return 0.0;
    const Below of_a(a), of_b(b);
    if (b.family == Family::constant) return 1.0 - of_a(b.parameters[0]);
    if (a.family == Family::constant) {
        const double z = of_b.score(std::nextafter(a.parameters[0], 1e308));
        return z >= farthest ? 1.0 : z <= -farthest ? 0.0 : normal_probability(z);
    }
    constexpr double step = 0.05;
    constexpr int steps = 120; // to +-6, beyond which 2e-9 lies
    const double spread = std::sqrt(std::max(1.0 - rho * rho, 1e-12));
    double sum = 0.0, weights = 0.0;
    for (int i = -steps; i <= steps; ++i) {
        const double z = i * step;
        const double weight = exp(-0.5 * z * z);
        const double reached = of_a.score(of_b.at(z));
        weights += weight;
        if (reached < farthest)
            sum += weight * (reached <= -farthest ? 1.0 : normal_probability((rho * z - reached) / spread));
    }
    return sum / weights;
}

} // namespace autarky::scenario
