// autarky: distributions as smooth functions of the normal score, with slopes.
// SPDX-License-Identifier: Apache-2.0
#include "engine/score_functions.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace autarky::engine {
namespace {

// Without promotion to long double: ten times faster, and the last digits are those of double either way.
using Policy =
    boost::math::policies::policy<boost::math::policies::promote_double<false>,
                                  boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;
using Normal = boost::math::normal_distribution<double, Policy>;
using Beta = boost::math::beta_distribution<double, Policy>;

const Normal standard_normal;

double density(double z) { return boost::math::pdf(standard_normal, z); }
double below(double z) { return boost::math::cdf(standard_normal, z); }
double above(double z) { return boost::math::cdf(boost::math::complement(standard_normal, z)); }

/// The normal score with `p` below and `q` above it; the smaller one decides, so that neither tail loses digits.
double score_of(double p, double q) {
    return p < q ? boost::math::quantile(standard_normal, p)
                 : boost::math::quantile(boost::math::complement(standard_normal, q));
}

double finite_or_zero(double x) { return std::isfinite(x) ? x : 0.0; }

/// Quantile of the beta distribution with `p` below and `q` above. Where the library's root finder gives up, which it does
/// far in a tail of a distribution with a shape below 1, by bisection on the logarithm of x or of 1 - x.
double beta_quantile(const Beta& unit, double p, double q) {
    try {
        return p < q ? boost::math::quantile(unit, p) : boost::math::quantile(boost::math::complement(unit, q));
    } catch (const boost::math::evaluation_error&) {
        const auto too_small = [&](double t) {
            return p < q ? boost::math::cdf(unit, std::exp(t)) < p
                         : boost::math::cdf(boost::math::complement(unit, -std::expm1(t))) < q;
        };
        double left = -700.0, right = 0.0; // of log x, or of log(1 - x)
        for (int step = 0; step < 64; ++step) {
            const double middle = 0.5 * (left + right);
            (too_small(middle) ? left : right) = middle;
        }
        const double t = 0.5 * (left + right);
        return p < q ? std::exp(t) : -std::expm1(t);
    }
}

constexpr double least_mass = 1e-9;

/// Where the increasing f reaches `value`: -infinity or +infinity when that is beyond the reach of a draw.
double score_at(const ScoreFunction& f, double value) {
    double left = -QuantileTable::reach, right = QuantileTable::reach;
    if (f(left).value >= value) return -std::numeric_limits<double>::infinity();
    if (f(right).value <= value) return std::numeric_limits<double>::infinity();
    for (int step = 0; step < 60; ++step) {
        const double middle = 0.5 * (left + right);
        (f(middle).value < value ? left : right) = middle;
    }
    return 0.5 * (left + right);
}

} // namespace

ScoreFunction normal_by_score(double mean, double sd) {
    return [=](double z) { return Knot{mean + sd * z, sd}; };
}

ScoreFunction lognormal_by_score(double log_mean, double log_sd) {
    return [=](double z) {
        const double value = std::exp(log_mean + log_sd * z);
        return Knot{value, log_sd * value};
    };
}

ScoreFunction logit_normal_by_score(double logit_mean, double logit_sd) {
    return [=](double z) {
        const double odds = std::exp(-logit_mean - logit_sd * z);
        const double value = 1.0 / (1.0 + odds);
        return Knot{value, finite_or_zero(logit_sd * odds * value * value)};
    };
}

ScoreFunction beta_by_score(double alpha, double beta, double low, double high) {
    const Beta unit(alpha, beta);
    return [=](double z) {
        const double x = beta_quantile(unit, below(z), above(z));
        const bool inside = x > 0.0 && x < 1.0;
        const double slope = inside ? finite_or_zero(density(z) / boost::math::pdf(unit, x)) : 0.0;
        return Knot{low + (high - low) * x, (high - low) * slope};
    };
}

bool metalog_is_feasible(double p10, double p50, double p90) {
    const double log_9 = std::log(9.0);
    const double a2 = (p90 - p10) / (2.0 * log_9);
    const double a3 = (p90 + p10 - 2.0 * p50) / (0.8 * log_9);
    return a2 > 0.0 && std::fabs(a3) < 1.66711 * a2;
}

ScoreFunction metalog_by_score(double p10, double p50, double p90) {
    const double log_9 = std::log(9.0);
    const double a2 = (p90 - p10) / (2.0 * log_9);
    const double a3 = (p90 + p10 - 2.0 * p50) / (0.8 * log_9);
    return [=](double z) {
        const double u = below(z), v = above(z);
        const double logit = std::log(u) - std::log(v);
        const double centred = 0.5 * (u - v);
        const double by_u = a2 / (u * v) + a3 * (centred / (u * v) + logit);
        return Knot{p50 + (a2 + a3 * centred) * logit, density(z) * by_u};
    };
}

ScoreFunction bounded_metalog_by_score(double p10, double p50, double p90, MetalogBounds bounds) {
    return [=, free = metalog_by_score(p10, p50, p90)](double z) {
        const Knot at = free(z);
        return Knot{bounds.bounded(at.value), finite_or_zero(bounds.slope(at.value) * at.slope)};
    };
}

bool stays_within(const ScoreFunction& f, double low, double high) {
    return f(-QuantileTable::reach).value >= low && f(QuantileTable::reach).value <= high;
}

ScoreFunction truncated(const ScoreFunction& f, double low, double high) {
    const double from = score_at(f, low), to = score_at(f, high);
    const double p_cut = below(from), q_cut = above(to);
    const double mass = from > 0.0 ? above(from) - q_cut : below(to) - p_cut;
    if (!(mass >= least_mass))
        throw std::invalid_argument(
            fmt::format("only {:.1g} of the distribution lies between {} and {}", std::max(mass, 0.0), low, high));
    return [=](double z) {
        const double moved = std::clamp(score_of(p_cut + mass * below(z), q_cut + mass * above(z)), from, to);
        const Knot at = f(moved);
        return Knot{std::clamp(at.value, low, high), finite_or_zero(at.slope * mass * density(z) / density(moved))};
    };
}

} // namespace autarky::engine
