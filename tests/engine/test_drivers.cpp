// autarky: tests of streamed variance shares against closed forms.
// SPDX-License-Identifier: Apache-2.0
//
// Tolerances: four standard errors of the estimate from the number of samples, by normal theory with a factor 1.5 for
// results that are not normal, plus what 64 bins hide of a linear effect (0.3 % of the share, see drivers.hpp).
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "engine/result.hpp"
#include "engine/run.hpp"
#include "small_models.hpp"

using namespace autarky;
using namespace autarky::engine;
using autarky::engine::test::FunctionModel;

namespace {

Result driven(const Model& model, std::uint64_t samples) {
    RunOptions options;
    options.sampling = Sampling::random;
    options.samples = samples;
    options.seed = 2026;
    options.driver_column = 0;
    return summarise(run(model, options));
}

void check_shares(const Result& result, const std::vector<std::pair<std::string, double>>& expected) {
    REQUIRE(result.drivers.size() == expected.size());
    for (const auto& [name, share] : expected) {
        bool found = false;
        for (const DriverShare& driver : result.drivers) {
            if (driver.name != name) continue;
            found = true;
            const double allowed = 6.0 * driver.standard_error + 0.003 * share;
            CHECK_MESSAGE(std::fabs(driver.share - share) <= allowed, name, ": ", driver.share, " instead of ", share,
                          " +- ", allowed);
            CHECK(allowed < 0.02);
        }
        CHECK(found);
    }
}

FunctionModel linear_gaussian(std::vector<CorrelationGroup> groups, std::vector<double> sd,
                              std::vector<double> factor) {
    Inputs inputs;
    for (std::size_t k = 0; k < sd.size(); ++k)
        test::add_input(inputs, "x" + std::to_string(k + 1), {Family::normal, {10.0, sd[k]}});
    inputs.groups = std::move(groups);
    return {inputs, {{"y"}}, [factor](const auto& x, auto& y) {
                y[0] = 0.0;
                for (std::size_t k = 0; k < factor.size(); ++k)
                    y[0] += factor[k] * x[k];
                return true;
            }};
}

} // namespace

TEST_CASE("the shares of the Ishigami function come out") {
    // Sobol' indices of sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1: 0.3139, 0.4424, 0; closed form, Saltelli et al. 2008.
    const Result result = driven(test::ishigami_model(), 200'000);
    check_shares(result, {{"x1", 0.313905191147811}, {"x2", 0.442411144790041}, {"x3", 0.0}});
    CHECK(result.unexplained == doctest::Approx(0.243683664062148).epsilon(0.05));
    CHECK(result.drivers[0].name == "x2");
    CHECK(result.columns[0].mean == doctest::Approx(3.5).epsilon(4.0 * result.columns[0].standard_error / 3.5));
    CHECK(result.columns[0].standard_deviation == doctest::Approx(std::sqrt(13.844587940719254)).epsilon(0.01));
}

TEST_CASE("the shares of the G-function come out, small ones included") {
    // Sobol' G with a = (0, 1, 4.5, 9, 99, 99, 99, 99); closed form, Sobol' 1993.
    const std::vector<double> a{0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
    const FunctionModel model(test::independent(8, {Family::uniform, {0.0, 1.0}}), {{"y"}},
                              [a](const auto& x, auto& y) {
                                  y[0] = 1.0;
                                  for (std::size_t k = 0; k < a.size(); ++k)
                                      y[0] *= (std::fabs(4.0 * x[k] - 2.0) + a[k]) / (1.0 + a[k]);
                                  return true;
                              });
    check_shares(driven(model, 200'000), {{"x1", 0.716192168879033},
                                          {"x2", 0.179048042219758},
                                          {"x3", 0.0236757741778193},
                                          {"x4", 0.00716192168879033},
                                          {"x5", 7.16192168879033e-05},
                                          {"x6", 7.16192168879033e-05},
                                          {"x7", 7.16192168879033e-05},
                                          {"x8", 7.16192168879033e-05}});
}

TEST_CASE("the shares of a linear function of normal inputs are those of their variances") {
    // a = (2, 1, 0.5), sd = (1, 1.5, 3): variances 4, 2.25, 2.25 of 8.5.
    const Result result = driven(linear_gaussian({}, {1.0, 1.5, 3.0}, {2.0, 1.0, 0.5}), 200'000);
    check_shares(result, {{"x1", 4.0 / 8.5}, {"x2", 2.25 / 8.5}, {"x3", 2.25 / 8.5}});
    CHECK(std::fabs(result.unexplained) < 0.01);
}

TEST_CASE("a skewed input has its whole share, whose variance lies in the tail") {
    // y = exp(s x1) alone, both skews: its share is one by construction, and the error tells what is missing.
    for (const double spread : {0.5, 1.0, 1.5, 2.0, -1.5})
        for (const std::uint64_t samples : {2'000, 20'000, 200'000}) {
            const FunctionModel model(test::independent(2, {Family::normal, {0.0, 1.0}}), {{"y"}},
                                      [spread](const auto& x, auto& y) {
                                          y[0] = autarky::exp(spread * x[0]) + 0.0 * x[1];
                                          return true;
                                      });
            const auto result = driven(model, samples);
            REQUIRE(result.drivers.size() == 2);
            CAPTURE(spread);
            CAPTURE(samples);
            CHECK(result.drivers[0].name == "x1");
            CHECK(std::fabs(result.drivers[0].share - 1.0) <= 3.0 * result.drivers[0].standard_error + 1e-9);
            // A deviation of 2 puts half of the variance beyond three deviations: 27 samples of 20,000.
            if (samples >= 20'000 && spread < 2.0) CHECK(std::fabs(result.drivers[0].share - 1.0) < 0.03);
        }
}

TEST_CASE("a skewed bill beside others has the share of the closed form") {
    // y = exp(1.4 x1) + c x2 with c such that x1 has a third: var exp(s z) = (e^(s s) - 1) e^(s s).
    const double s = 1.4, of_bill = (std::exp(s * s) - 1.0) * std::exp(s * s);
    const double c = std::sqrt(2.0 * of_bill);
    const FunctionModel model(test::independent(2, {Family::normal, {0.0, 1.0}}), {{"y"}}, [=](const auto& x, auto& y) {
        y[0] = autarky::exp(s * x[0]) + c * x[1];
        return true;
    });
    const auto result = driven(model, 400'000);
    // The bill's variance is itself an average of heavy tails: its fourth moment makes it uncertain by 15 % at 400,000.
    const double third = result.drivers[1].share;
    CHECK(result.drivers[1].name == "x1");
    CHECK(third == doctest::Approx(1.0 / 3.0).epsilon(0.15));
    CHECK(third + result.drivers[0].share == doctest::Approx(1.0).epsilon(0.02));
}

TEST_CASE("a correlated group is one driver with its covariances inside") {
    // x1 + x2 + x3 with sd (1, 1, 2) and correlation 0.3 of x2 and x3: variance 7.2, of which x1 has 1, the group 6.2.
    const double rho = 0.3;
    const Result result = driven(linear_gaussian({{"pair", {1, 2}, {1.0, 0.0, rho, std::sqrt(1.0 - rho * rho)}}},
                                                 {1.0, 1.0, 2.0}, {1.0, 1.0, 1.0}),
                                 200'000);
    check_shares(result, {{"pair", 6.2 / 7.2}, {"x1", 1.0 / 7.2}});
}

TEST_CASE("a group's own interactions belong to the group") {
    // y = x1 x2 + x3 with standard normal inputs: x1 and x2 together explain half, neither alone explains anything.
    Inputs inputs = test::independent(3, {Family::normal, {0.0, 1.0}});
    inputs.groups = {{"product", {0, 1}, {1.0, 0.0, 0.0, 1.0}}};
    const FunctionModel model(inputs, {{"y"}}, [](const auto& x, auto& y) {
        y[0] = x[0] * x[1] + x[2];
        return true;
    });
    const Result result = driven(model, 200'000);
    for (const DriverShare& driver : result.drivers) {
        if (driver.name == "x3") CHECK(driver.share == doctest::Approx(0.5).epsilon(0.02));
        // An 8 x 8 grid sees (1 - 0.034)^2 of a product: 0.966 of a linear effect's variance in each dimension.
        if (driver.name == "product") CHECK(driver.share == doctest::Approx(0.5 * 0.966 * 0.966).epsilon(0.03));
    }
}

TEST_CASE("a result that does not vary has no drivers, and an unused stream is none") {
    Inputs inputs = test::independent(2, {Family::normal, {0.0, 1.0}});
    inputs.streams.push_back("nobody");
    const FunctionModel flat(inputs, {{"y"}}, [](const auto&, auto& y) {
        y[0] = 4.0;
        return true;
    });
    CHECK(driven(flat, 1000).drivers.empty());
    const FunctionModel one(inputs, {{"y"}}, [](const auto& x, auto& y) {
        y[0] = 1e9 + x[0];
        return true;
    });
    const Result result = driven(one, 20'000);
    REQUIRE(result.drivers.size() == 2);
    CHECK(result.drivers[0].name == "x1");
    CHECK(result.drivers[0].share == doctest::Approx(1.0).epsilon(0.01));
    CHECK(std::fabs(result.drivers[1].share) < 0.01);
}
