// autarky: inverse-distribution sampling: the value of an uncertain number as a function of its normal score.
// SPDX-License-Identifier: Apache-2.0
#include "engine/quantile.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace autarky::engine {
namespace {

void require(bool holds, const char* sentence) {
    if (!holds) throw std::invalid_argument(sentence);
}

void require_parameters(const Distribution& d, std::size_t n) {
    if (d.parameters.size() != n)
        throw std::invalid_argument(
            fmt::format("the distribution has {} parameters instead of {}", d.parameters.size(), n));
    require(std::all_of(d.parameters.begin(), d.parameters.end(), [](double p) { return std::isfinite(p); }),
            "a parameter of the distribution is not finite");
}

void require_deviation(const Distribution& d) {
    require_parameters(d, 2);
    require(d.parameters[1] >= 0.0, "a standard deviation is negative");
}

double triangular_cdf(double x, double low, double mode, double high) {
    if (x <= low) return 0.0;
    if (x >= high) return 1.0;
    if (x <= mode) return (x - low) * (x - low) / ((high - low) * (mode - low));
    return 1.0 - (high - x) * (high - x) / ((high - low) * (high - mode));
}

/// Smallest (upper = false) or largest u at which the sorted sample, linear in between, reaches x.
double empirical_cdf(const std::vector<double>& sorted, double x, bool upper) {
    if (x < sorted.front()) return 0.0;
    if (x > sorted.back()) return 1.0;
    const auto after =
        upper ? std::upper_bound(sorted.begin(), sorted.end(), x) : std::lower_bound(sorted.begin(), sorted.end(), x);
    const auto n = static_cast<double>(sorted.size() - 1);
    const auto k = static_cast<double>(after - sorted.begin());
    if (after == sorted.begin()) return 0.0;
    if (after == sorted.end()) return 1.0;
    return (k - 1.0 + (x - *(after - 1)) / (*after - *(after - 1))) / n;
}

} // namespace

Quantile::Quantile(const Distribution& d) {
    require(d.low <= d.high, "the lower bound of the truncation is above the upper one");
    const auto& p = d.parameters;
    switch (d.family) {
    case Family::constant:
        require_parameters(d, 1);
        a_ = p[0];
        break;
    case Family::normal:
        require_deviation(d);
        make_smooth(d, Form::linear, normal_by_score(p[0], p[1]));
        break;
    case Family::lognormal:
        require_deviation(d);
        make_smooth(d, Form::exponential, lognormal_by_score(p[0], p[1]));
        break;
    case Family::logit_normal:
        require_deviation(d);
        make_smooth(d, Form::logistic, logit_normal_by_score(p[0], p[1]));
        break;
    case Family::uniform: make_ramp(d); break;
    case Family::loguniform:
        require(p.size() != 2 || p[0] > 0.0, "a loguniform distribution needs 0 < low");
        make_ramp(d);
        form_ = Form::power;
        a_ = std::log(low_);
        b_ = std::log(high_ / low_);
        break;
    case Family::triangular: make_tent(d); break;
    case Family::pert: {
        require_parameters(d, 3);
        require(p[0] <= p[1] && p[1] <= p[2] && p[0] < p[2], "a pert distribution needs low <= mode <= high");
        const double per_width = 4.0 / (p[2] - p[0]);
        const double alpha = 1.0 + per_width * (p[1] - p[0]), beta = 1.0 + per_width * (p[2] - p[1]);
        make_smooth(d, Form::table, beta_by_score(alpha, beta, p[0], p[2]));
        break;
    }
    case Family::beta:
        require_parameters(d, 4);
        require(p[0] > 0.0 && p[1] > 0.0 && p[2] < p[3], "a beta distribution needs positive shapes and low < high");
        make_smooth(d, Form::table, beta_by_score(p[0], p[1], p[2], p[3]));
        break;
    case Family::metalog:
        require_parameters(d, 3);
        require(metalog_is_feasible(p[0], p[1], p[2]), "no three-term metalog has these 10 %, 50 % and 90 % quantiles");
        make_smooth(d, Form::table, metalog_by_score(p[0], p[1], p[2]));
        break;
    case Family::bounded_metalog:
        require_parameters(d, 5);
        require(metalog_is_feasible(p[0], p[1], p[2]),
                "no metalog of three terms between these bounds has these quantiles");
        require(p[3] > -no_bound || p[4] < no_bound, "a bounded metalog needs a bound");
        require(p[3] < p[4], "the bounds of a metalog do not rise");
        make_bounded(d);
        break;
    case Family::discrete: make_steps(d); break;
    case Family::empirical: make_sample(d); break;
    }
}

void Quantile::make_smooth(const Distribution& d, Form form, const ScoreFunction& f) {
    const bool free = stays_within(f, d.low, d.high);
    form_ = free ? form : Form::table;
    if (form_ == Form::table) {
        table_ = std::make_shared<const QuantileTable>(free ? f : truncated(f, d.low, d.high));
    } else {
        a_ = d.parameters[0];
        b_ = d.parameters[1];
    }
}

/// A metalog near one bound has the tail of a power, which no cubic follows; its logarithm is tame.
void Quantile::make_bounded(const Distribution& d) {
    const auto& p = d.parameters;
    const auto f = bounded_metalog_by_score(p[0], p[1], p[2], {p[3], p[4]});
    if (!stays_within(f, d.low, d.high)) return make_smooth(d, Form::table, f);
    form_ = Form::bounded;
    a_ = p[3];
    b_ = p[4];
    table_ = std::make_shared<const QuantileTable>(metalog_by_score(p[0], p[1], p[2]));
}

void Quantile::make_ramp(const Distribution& d) {
    require_parameters(d, 2);
    require(d.parameters[0] <= d.parameters[1], "a uniform or loguniform distribution needs low <= high");
    low_ = std::max(d.parameters[0], d.low);
    high_ = std::min(d.parameters[1], d.high);
    require(low_ <= high_, "the bounds exclude the whole distribution");
    form_ = Form::ramp;
    a_ = low_;
    b_ = high_ - low_;
}

void Quantile::make_tent(const Distribution& d) {
    require_parameters(d, 3);
    const double low = d.parameters[0], mode = d.parameters[1], high = d.parameters[2];
    require(low <= mode && mode <= high && low < high, "a triangular distribution needs low <= mode <= high");
    form_ = Form::tent;
    a_ = low;
    b_ = (high - low) * (mode - low);
    end_ = high;
    low_ = std::max(low, d.low);
    high_ = std::min(high, d.high);
    d_ = (high - low) * (high - mode);
    mode_u_ = (mode - low) / (high - low);
    set_truncation(triangular_cdf(d.low, low, mode, high), triangular_cdf(d.high, low, mode, high));
}

void Quantile::make_steps(const Distribution& d) {
    require(!d.parameters.empty() && d.parameters.size() == d.probabilities.size(),
            "a discrete distribution needs one probability a value");
    std::vector<std::size_t> order;
    double total = 0.0;
    for (std::size_t k = 0; k < d.parameters.size(); ++k) {
        require(std::isfinite(d.parameters[k]) && d.probabilities[k] >= 0.0, "a value or probability makes no sense");
        if (d.probabilities[k] == 0.0 || d.parameters[k] < d.low || d.parameters[k] > d.high) continue;
        order.push_back(k);
        total += d.probabilities[k];
    }
    require(!order.empty(), "the bounds exclude the whole distribution");
    std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return d.parameters[i] < d.parameters[j]; });
    std::vector<Step> steps;
    double below = 0.0;
    for (const std::size_t k : order) {
        const double u = below / total;
        if (steps.empty() || u < 1.0) steps.push_back({steps.empty() ? 0.0 : normal_score(u), d.parameters[k]});
        below += d.probabilities[k];
    }
    form_ = Form::steps;
    steps_ = std::make_shared<const std::vector<Step>>(std::move(steps));
}

void Quantile::make_sample(const Distribution& d) {
    require(!d.parameters.empty(), "an empirical distribution needs a value");
    require(std::is_sorted(d.parameters.begin(), d.parameters.end()),
            "the values of an empirical distribution must be sorted");
    if (d.parameters.size() == 1) {
        a_ = d.parameters[0];
        return;
    }
    require(d.parameters.size() < (std::size_t{1} << 31U), "an empirical distribution has too many values");
    form_ = Form::sample;
    sample_ = std::make_shared<const std::vector<double>>(d.parameters);
    low_ = std::max(d.parameters.front(), d.low);
    high_ = std::min(d.parameters.back(), d.high);
    set_truncation(empirical_cdf(d.parameters, d.low, false), empirical_cdf(d.parameters, d.high, true));
}

void Quantile::set_truncation(double u_low, double u_high) {
    require(u_low <= u_high && u_high > 0.0 && u_low < 1.0, "the bounds exclude the whole distribution");
    u_low_ = u_low;
    u_width_ = u_high - u_low;
}

double Quantile::order_statistic(double u) const {
    const auto& s = *sample_;
    const double position = u * static_cast<double>(s.size() - 1);
    const double whole = min(floor(position), static_cast<double>(s.size() - 2));
    const auto k = static_cast<std::size_t>(whole);
    return fma(position - whole, s[k + 1] - s[k], s[k]);
}

Lanes Quantile::order_statistic(Lanes u) const {
    std::array<double, Lanes::width> values = u.array();
    for (double& value : values)
        value = order_statistic(value);
    return Lanes::load(values.data());
}

} // namespace autarky::engine
