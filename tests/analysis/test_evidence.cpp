// autarky: likelihoods of reports and weights of futures, against conjugate cases.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/evidence.hpp"
#include "analysis/weighted_quantile.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "engine/draws.hpp"
#include "engine/normal_score.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

constexpr std::size_t n_futures = 200'000;

/// Normal truths, one a quantile: sums over them are integrals up to the square of the spacing.
std::vector<double> normal_truths(double mean, double sd) {
    std::vector<double> out(n_futures);
    for (std::size_t i = 0; i < n_futures; ++i)
        out[i] = mean + sd * engine::normal_score((static_cast<double>(i) + 0.5) / static_cast<double>(n_futures));
    return out;
}

Observation report(double value, double error, Says says = Says::about) {
    Observation out;
    out.value = value;
    out.error = error;
    out.says = says;
    return out;
}

double learn(Weights& weights, const Observation& seen, const std::vector<double>& truths) {
    std::vector<double> logs;
    for (const double truth : truths)
        logs.push_back(log_likelihood(seen, truth));
    return weights.learn(logs);
}

struct Moments {
    double mean = 0.0, sd = 0.0;
};
Moments moments(const std::vector<double>& x, const std::vector<double>& weights) {
    Moments out;
    for (std::size_t i = 0; i < x.size(); ++i)
        out.mean += weights[i] * x[i];
    for (std::size_t i = 0; i < x.size(); ++i)
        out.sd += weights[i] * (x[i] - out.mean) * (x[i] - out.mean);
    out.sd = std::sqrt(out.sd);
    return out;
}

std::vector<std::size_t> in_order(std::size_t n) {
    std::vector<std::size_t> out(n);
    std::iota(out.begin(), out.end(), std::size_t{0});
    return out;
}

} // namespace

TEST_CASE("three yield reports: the conjugate normal case") {
    // N(0.75, 0.05) and reports 0.62, 0.68, 0.70 with error 0.04: precision 400 + 3 x 625
    const auto truths = normal_truths(0.75, 0.05);
    Weights weights(truths.size());
    double evidence = 0.0;
    for (const double value : {0.62, 0.68, 0.70})
        evidence += learn(weights, report(value, 0.04), truths);
    const auto after = moments(truths, weights.values());
    // the grid's ends cut tails of 5e-6 on either side: five digits of each
    CHECK(std::fabs(after.mean - 0.681318681318681) < 1e-5);
    CHECK(std::fabs(after.sd - 0.0209656967344384) < 1e-6);
    CHECK(std::fabs(evidence - 3.80265450483007) < 5e-5);
}

TEST_CASE("seven of ten: the conjugate beta case") {
    std::vector<double> shares(n_futures), prior(n_futures);
    for (std::size_t i = 0; i < n_futures; ++i) {
        shares[i] = (static_cast<double>(i) + 0.5) / static_cast<double>(n_futures);
        prior[i] = std::log(12.0 * shares[i] * std::pow(1.0 - shares[i], 2)); // Beta(2, 3)
    }
    Weights weights(n_futures);
    CHECK(weights.learn(prior) == doctest::Approx(0.0).epsilon(1e-6)); // a density adds to 1
    auto seen = report(7.0, 0.0, Says::count);
    seen.trials = 10.0;
    CHECK(learn(weights, seen, shares) == doctest::Approx(-2.52672814464134).epsilon(1e-8));
    const auto order = in_order(n_futures);
    // the spacing of the grid is 5e-6
    CHECK(weighted_quantile(shares, order, weights.values(), 0.05) == doctest::Approx(0.390414867529917).epsilon(2e-5));
    CHECK(weighted_quantile(shares, order, weights.values(), 0.95) == doctest::Approx(0.793926664094).epsilon(2e-5));
}

TEST_CASE("quantiles by selection are those by order") {
    const auto bits = [](std::uint64_t i) { return engine::uniform(7, {1, 0}, i); };
    for (const std::size_t n : {1U, 2U, 31U, 33U, 1000U}) {
        std::vector<double> values, weights;
        for (std::size_t i = 0; i < n; ++i) {
            const double u = bits(2 * i);
            values.push_back(u < 0.4 ? 0.0 : u < 0.5 ? 1e300 * u : std::floor(20.0 * u)); // ties, and a far tail
            weights.push_back(bits(2 * i + 1));
        }
        const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
        const auto order = order_of(values);
        const std::vector<double> shares{0.0, 0.05, 0.39, 0.5, 0.95, 1.0};
        const auto found = weighted_quantiles(values, weights, shares);
        for (std::size_t k = 0; k < shares.size(); ++k)
            CHECK(found[k] == weighted_quantile(values, order, weights, shares[k] * all * (1.0 - 1e-12)));
    }
    const double none = std::numeric_limits<double>::quiet_NaN();
    CHECK(weighted_quantiles({none, 3.0, none, 5.0}, {1.0, 0.1, 1.0, 0.1}, {0.5, 0.51}) == std::vector{3.0, 5.0});
    CHECK(weighted_quantiles({none, 3.0}, {1.0, 0.0}, {0.5}).empty());
    CHECK(weighted_quantiles({}, {}, {0.5}).empty());
    // four equal weights: the second value is the median however the sums round
    CHECK(weighted_quantiles({4.0, 2.0, 3.0, 1.0}, {0.25, 0.25, 0.25, 0.25}, {0.5}) == std::vector{2.0});
}

TEST_CASE("effective futures fall with the distance and sharpness of a report, as in the closed form") {
    const auto truths = normal_truths(0.0, 1.0);
    const auto share = [&](double value, double error) {
        Weights weights(truths.size());
        learn(weights, report(value, error), truths);
        return weights.effective() / static_cast<double>(truths.size());
    };
    CHECK(std::fabs(share(1.0, 1.0) / 0.733074677594542 - 1.0) < 1e-4);
    CHECK(std::fabs(share(2.0, 0.5) / 0.144706482612091 - 1.0) < 1e-3);
    CHECK(std::fabs(share(3.0, 0.25) / 0.00556136645859535 - 1.0) < 1e-2); // few of the grid's points carry it
}

TEST_CASE("reports that copy each other count less: the exchangeable normal case") {
    // N(0, 1) and two reports of 1 with error 1 and correlation 1/2: their mean has the variance 3/4
    const auto truths = normal_truths(0.0, 1.0);
    Weights weights(truths.size());
    Leaning leaning;
    for (int k = 0; k < 2; ++k) {
        std::vector<double> logs, errors;
        for (std::size_t i = 0; i < truths.size(); ++i) {
            const auto next = leaning.next("copies", 0.5, i);
            logs.push_back(log_likelihood(report(1.0, 1.0), truths[i], next.mean, next.spread));
            errors.push_back(standard_error_of(report(1.0, 1.0), truths[i]));
        }
        leaning.add("copies", errors);
        weights.learn(logs);
    }
    const auto after = moments(truths, weights.values());
    CHECK(std::fabs(after.mean - 1.0 / 1.75) < 1e-4);
    CHECK(std::fabs(after.sd - std::sqrt(0.75 / 1.75)) < 1e-4);
}

TEST_CASE("what a report says decides its likelihood") {
    CHECK(std::exp(log_likelihood(report(0.0, 1.0, Says::at_least), 0.0)) == doctest::Approx(0.5));
    CHECK(std::exp(log_likelihood(report(0.0, 1.0, Says::at_most), 0.0)) == doctest::Approx(0.5));
    auto between = report(0.0, 1.0, Says::between);
    between.low = -1.0;
    between.high = 1.0;
    CHECK(std::exp(log_likelihood(between, 0.0)) == doctest::Approx(0.682689492137086));
    auto leaning = report(1.0, 1.0);
    leaning.bias = 1.0; // reported one too much
    CHECK(log_likelihood(leaning, 0.0) == doctest::Approx(-0.918938533204673));
    // a factor of e is one standard deviation of 100 %; the density is that of the value
    CHECK(log_likelihood(report(std::exp(1.0), 1.0, Says::relative), 1.0) ==
          doctest::Approx(-0.5 - 1.0 - 0.918938533204673));
    CHECK(log_likelihood(report(1.0, 1.0, Says::relative), -1.0) == -HUGE_VAL);
    // the density of a leaning report is that of what is left of it
    auto tall = report(3.0, 1.0, Says::relative);
    tall.bias = 1.0;
    CHECK(log_likelihood(tall, 2.0) == doctest::Approx(log_likelihood(report(2.0, 1.0, Says::relative), 2.0)));
    // twenty standard deviations are told from none on either side: ln Phi(-20) = -203.917155 (Abramowitz and Stegun, 26.2)
    CHECK(log_likelihood(report(20.0, 1.0, Says::at_least), 0.0) == doctest::Approx(-203.917155));
    CHECK(log_likelihood(report(-20.0, 1.0, Says::at_most), 0.0) == doctest::Approx(-203.917155));
    auto far = between;
    far.low = 20.0;
    far.high = 40.0;
    CHECK(log_likelihood(far, 0.0) == doctest::Approx(-203.917155));
    CHECK(probability_below(report(1.0, 1.0), 1.0) == doctest::Approx(0.5));
    CHECK(std::isnan(probability_below(between, 0.0)));
}

TEST_CASE("a report that no future allows changes nothing") {
    Weights weights(4);
    CHECK(weights.learn(std::vector<double>(4, -HUGE_VAL)) == -HUGE_VAL);
    CHECK(weights.values() == std::vector<double>(4, 0.25));
}

TEST_CASE("tempering leaves as many effective futures as are asked for, and nothing where there are enough") {
    const auto truths = normal_truths(0.0, 1.0);
    Weights weights(truths.size());
    learn(weights, report(3.0, 0.25), truths);
    const double power = weights.temper(10'000.0);
    CHECK(power > 0.0);
    CHECK(power < 1.0);
    CHECK(weights.effective() == doctest::Approx(10'000.0).epsilon(1e-6));
    CHECK(weights.temper(5'000.0) == 1.0);
}

TEST_CASE("the Pareto shape of weights: heavy tails are seen, light ones too") {
    const auto shape_of = [](double k) {
        std::vector<double> logs;
        constexpr std::size_t n = 20'000;
        for (std::size_t i = 0; i < n; ++i)
            logs.push_back(-k * std::log((static_cast<double>(i) + 0.5) / n));
        Weights weights(n);
        weights.learn(logs);
        return weights.pareto_shape();
    };
    // 424 weights of the tail: the estimate's standard error is some (1 + k) / 20, the grid has none of it but its ends
    CHECK(shape_of(0.5) == doctest::Approx(0.5).epsilon(0.1));
    CHECK(shape_of(1.0) == doctest::Approx(1.0).epsilon(0.1));
    CHECK(std::isnan(Weights(1'000).pareto_shape())); // all alike
}

TEST_CASE("each future stands in as often as its weight says, to within one") {
    const std::vector<double> weights{0.5, 0.0, 0.3, 0.2};
    std::vector<std::size_t> counts(4, 0);
    for (const auto i : resampled(weights, 1'000))
        ++counts[i];
    CHECK(counts == std::vector<std::size_t>{500, 0, 300, 200});
}
