// autarky: estimates of sensitivity against closed forms, and on the small scenario.
// SPDX-License-Identifier: Apache-2.0
//
// Closed forms: Ishigami and Homma 1990; Saltelli and Sobol 1995 (G); Bratley, Fox and Niederreiter 1992; a sum of normal inputs.
// Digits evaluated with mpmath.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/sense.hpp"
#include "analysis/sensitivity.hpp"
#include "engine/draws.hpp"
#include "engine/normal_score.hpp"
#include "scenarios.hpp"

using namespace autarky;
using namespace autarky::analysis;

namespace {

using Function = std::function<double(const std::vector<double>&)>;

/// Mixtures of a function of uniform inputs, of which those of one driver are drawn together.
Mixtures of_function(std::vector<std::size_t> driver_of, Function f, std::uint64_t seed = 1) {
    return [driver_of = std::move(driver_of), f = std::move(f), seed](const MixtureRequest& asked) {
        MixtureValues out(asked.masks, std::vector<double>(asked.pairs));
        std::vector<double> u(driver_of.size());
        for (std::size_t pair = 0; pair < asked.pairs; ++pair)
            for (std::size_t m = 0; m < asked.masks; ++m) {
                const auto mask = asked.mask_of(pair / Lanes::width, m);
                for (std::size_t i = 0; i < u.size(); ++i)
                    u[i] = engine::uniform(seed, {i + 1, mask[driver_of[i]] ? 1U : 0U}, pair);
                out[m][pair] = f(u);
            }
        return out;
    };
}
std::vector<std::size_t> alone(std::size_t n) {
    std::vector<std::size_t> out(n);
    std::iota(out.begin(), out.end(), std::size_t{0});
    return out;
}

double ishigami(const std::vector<double>& u) {
    constexpr double pi = 3.14159265358979323846, a = 7.0, b = 0.1;
    const auto x = [&](std::size_t i) { return pi * (2.0 * u[i] - 1.0); };
    return std::sin(x(0)) + a * std::sin(x(1)) * std::sin(x(1)) + b * std::pow(x(2), 4) * std::sin(x(0));
}
double sobol_g(const std::vector<double>& u) {
    constexpr std::array a{0.0, 0.5, 3.0};
    double out = 1.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        out *= (std::fabs(4.0 * u[i] - 2.0) + a[i]) / (1.0 + a[i]);
    return out;
}
double bratley(const std::vector<double>& u) {
    double sum = 0.0, product = 1.0, sign = -1.0;
    for (const double x : u) {
        product *= x;
        sum += sign * product;
        sign = -sign;
    }
    return sum;
}

/// Three standard errors: one of some hundred checks in four hundred may miss by chance, and the seeds are fixed.
void check_near(const VarianceShare& found, double expected, double most_error) {
    CHECK(found.error < most_error);
    CHECK(std::fabs(found.value - expected) <= 3.0 * found.error + 1e-12);
}
struct Expected {
    std::vector<double> first, total;
};
void check_indices(const Function& f, const Expected& expected, double variance) {
    constexpr double most_error = 0.02; // of 10,000 pairs: 2 / sqrt(10,000)
    EvaluationCount count;
    const auto mixtures = counted(of_function(alone(expected.first.size()), f), count);
    const auto found = sobol_indices(mixtures, expected.first.size(), 10'000);
    CHECK(found.variance == doctest::Approx(variance).epsilon(0.04)); // its own error: sqrt(kurtosis / 20,000)
    CHECK(count.failed == 0);
    for (std::size_t d = 0; d < expected.first.size(); ++d) {
        CAPTURE(d);
        check_near(found.drivers[d].first, expected.first[d], most_error);
        check_near(found.drivers[d].total, expected.total[d], most_error);
    }
    check_near(found.first_sum, std::accumulate(expected.first.begin(), expected.first.end(), 0.0), 2.0 * most_error);
}

} // namespace

TEST_CASE("first-order and total indices of Ishigami, G and Bratley lie inside their intervals") {
    check_indices(
        ishigami,
        {{0.313905191147811, 0.442411144790041, 0.0}, {0.557588855209959, 0.442411144790041, 0.243683664062148}},
        13.844587940719254);
    check_indices(sobol_g,
                  {{0.592321755027422, 0.263254113345521, 0.0370201096892139},
                   {0.694241316270567, 0.358318098720293, 0.056672760511883}},
                  0.562757201646091);
    check_indices(bratley,
                  {{0.688030888030888, 0.142155142155142, 0.0511758511758512, 0.00568620568620569, 0.00568620568620569},
                   {0.766023166023166, 0.220147420147420, 0.0988416988416988, 0.017971217971218, 0.017971217971218}},
                  0.0572474601337449);
}

TEST_CASE("errors are what repetitions show, and intervals cover") {
    std::size_t covered = 0, n = 0;
    double squares = 0.0, stated = 0.0;
    constexpr std::size_t repetitions = 200;
    for (std::uint64_t seed = 1; seed <= repetitions; ++seed) {
        const auto found = sobol_indices(of_function(alone(3), ishigami, seed), 3, 500);
        const auto& first = found.drivers[0].first;
        covered += first.low() <= 0.313905191147811 && 0.313905191147811 <= first.high() ? 1 : 0;
        covered +=
            found.drivers[2].total.low() <= 0.243683664062148 && 0.243683664062148 <= found.drivers[2].total.high() ? 1
                                                                                                                    : 0;
        n += 2;
        squares += std::pow(first.value - 0.313905191147811, 2) / repetitions;
        stated += first.error / repetitions;
    }
    // 95 % of 400 are 380 +- 4.4; a ratio's linearisation covers somewhat less at 500 pairs.
    CHECK(covered >= 0.91 * static_cast<double>(n));
    CHECK(covered < n);
    CHECK(stated ==
          doctest::Approx(std::sqrt(squares)).epsilon(0.2)); // of 200 repetitions: 5 % of a deviation, and bias
}

TEST_CASE("correlated inputs are one driver, whose share is that of the closed form") {
    // Y = X1 + X2 + X3, deviations 1, 1, 2, correlation of X2 and X3 0.3: V = 7.2, X1 alone 1/7.2; no interactions.
    const auto sum = [](const std::vector<double>& u) {
        const double z1 = engine::normal_score(u[0]), z2 = engine::normal_score(u[1]), z3 = engine::normal_score(u[2]);
        return z1 + z2 + 2.0 * (0.3 * z2 + std::sqrt(1.0 - 0.09) * z3);
    };
    const auto mixtures = of_function({0, 1, 1}, sum);
    const auto found = sobol_indices(mixtures, 2, 10'000);
    check_near(found.drivers[0].first, 0.138888888888889, 0.02);
    check_near(found.drivers[1].first, 1.0 - 0.138888888888889, 0.02);
    check_near(found.drivers[1].total, 1.0 - 0.138888888888889, 0.02);
    const auto shapley = shapley_effects(mixtures, 2, 10'000, 1);
    check_near(shapley[1], 0.240972222222222 + 0.620138888888889,
               0.02); // the two members' effects, which are known each
}

TEST_CASE("pairs and Shapley effects against closed forms") {
    const auto mixtures = of_function(alone(3), ishigami);
    const auto pairs = pair_indices(mixtures, 3, {0, 1, 2}, 20'000);
    REQUIRE(pairs.size() == 3);
    CHECK(pairs[0].a == 0); // x1 with x3 is the only one
    CHECK(pairs[0].b == 2);
    check_near(pairs[0].share, 0.243683664062148, 0.02);
    check_near(pairs[1].share, 0.0, 0.02);
    const auto effects = shapley_effects(mixtures, 3, 20'000, 1);
    check_near(effects[0], 0.435747023178885, 0.02);
    check_near(effects[1], 0.442411144790041, 0.02);
    check_near(effects[2], 0.121841832031074, 0.02);
    CHECK(effects[0].value + effects[1].value + effects[2].value == doctest::Approx(1.0).epsilon(1e-12));
    const auto of_g = shapley_effects(of_function(alone(3), sobol_g), 3, 20'000, 1);
    check_near(of_g[0], 0.642976843388178, 0.02);
    check_near(of_g[1], 0.31048141377209, 0.02);
}

TEST_CASE("the screening of a sum is its slopes, and orders as they do") {
    const auto sum = [](const std::vector<double>& u) {
        return 2.0 * engine::normal_score(u[0]) + 1.5 * engine::normal_score(u[1]) - 0.5 * engine::normal_score(u[2]) +
               0.0 * u[3];
    };
    const auto found = screen(of_function(alone(4), sum), 4, 4000);
    REQUIRE(found.size() == 4);
    CHECK(std::fabs(found[0].effect - 2.0) < 3.0 * found[0].error);
    CHECK(std::fabs(found[1].effect - 1.5) < 3.0 * found[1].error);
    CHECK(std::fabs(found[2].effect - 0.5) < 3.0 * found[2].error);
    CHECK(found[3].effect == 0.0);
}

TEST_CASE("what failed is left out with its pair and counted, not taken for a value") {
    const auto sometimes = [](const std::vector<double>& u) { return u[1] > 0.95 ? std::nan("") : u[0] + 0.0 * u[1]; };
    EvaluationCount count;
    const auto found = sobol_indices(counted(of_function(alone(2), sometimes), count), 2, 4000);
    // First and second future and the mixture of u1 fail with u[1] > 0.95, that of u0 with the first's: four of four masks, 5 % each.
    CHECK(count.evaluations == 4 * 4000);
    // 800 expected; a pair's masks fail together by two, so the deviation is 38: the tolerance is three of it.
    CHECK(static_cast<double>(count.failed) == doctest::Approx(0.05 * 4 * 4000).epsilon(0.15));
    CHECK(found.drivers[0].failed > 300); // a pair needs both futures: 1 - 0.95^2 = 9.75 % of 4,000
    CHECK(found.drivers[0].failed < 480);
    check_near(found.drivers[0].first, 1.0, 0.05);
    CHECK(found.drivers[1].total.value == 0.0);
}

TEST_CASE(
    "of a scenario every uncertain input is in one driver, and the answer is the same for any number of threads") {
    const auto whole = test::small();
    const auto drivers = drivers_of(whole->model.inputs());
    std::vector<int> seen(whole->model.inputs().rows.size());
    for (const auto& driver : drivers)
        for (const auto row : driver.rows)
            ++seen[row];
    for (std::size_t row = 0; row < seen.size(); ++row) {
        const auto& input = whole->model.inputs().rows[row];
        CHECK(seen[row] == (input.stream >= 0 && input.distribution.family != Family::constant ? 1 : 0));
    }
    SenseRequest asked;
    asked.samples = 512;
    asked.most = 4;
    const auto one = sense(whole->model, asked, 1), two = sense(whole->model, asked, 2);
    REQUIRE(one.drivers.size() == two.drivers.size());
    CHECK(one.drivers.size() == std::min<std::size_t>(5, drivers.size()));
    double effects = 0.0;
    for (std::size_t d = 0; d < one.drivers.size(); ++d) {
        CHECK(one.drivers[d].name == two.drivers[d].name);
        CHECK(one.drivers[d].total.value == two.drivers[d].total.value);
        effects += one.drivers[d].shapley.value;
        CHECK(one.drivers[d].first.value <= one.drivers[d].total.value + 3.0 * one.drivers[d].first.error);
    }
    CHECK(effects == doctest::Approx(1.0).epsilon(1e-9));
    // The first future of each pair is a sample of a run, so the mean is that of a run within both errors.
    const auto run = test::run(*whole, 512);
    CHECK(one.unit == "MUSD");
    CHECK(std::fabs(one.mean - run.verdict.npv.mean / 1e6) < 4.0 * one.deviation / std::sqrt(512.0));
    const auto stopped = sense(whole->model, asked, 1, [](std::uint64_t, std::uint64_t) { return true; });
    CHECK(stopped.is_stopped);
    CHECK(stopped.drivers.empty());
}

TEST_CASE("an unknown metric or quarter is refused, and one that does not vary") {
    const auto whole = test::small();
    const auto refused = [&](const std::string& metric, const std::string& at) {
        SenseRequest asked;
        asked.metric = metric;
        asked.at = at;
        asked.samples = asked.screening = 64;
        CHECK_THROWS_AS((void)sense(whole->model, asked, 1), InputError);
    };
    refused("npw", "");
    refused("npv", "2028Q1");
    refused("chip.unit_cost", "1999Q1");
}
