// autarky: tests of expansion paths and the option to invest.
// SPDX-License-Identifier: Apache-2.0
#include "foundry/expansion.hpp"

#include <doctest/doctest.h>

#include <array>

#include "core/power.hpp"

using namespace autarky;
using namespace autarky::foundry;

TEST_CASE("the option root reproduces McDonald and Siegel's closed form") {
    // r, payout, volatility, beta: evaluated with 25-digit arithmetic from the quadratic of QJE 101(4) 1986.
    struct Row {
        double r, payout, volatility, beta;
    };
    const std::array rows{Row{0.04, 0.04, 0.2, 2.0}, Row{0.05, 0.04, 0.3, 1.5124304675642601},
                          Row{0.04, 0.04, 0.4, 1.3660254037844386}, Row{0.08, 0.06, 0.35, 1.5281677398521873}};
    for (const auto& row : rows) {
        CAPTURE(row.volatility);
        CHECK(option_root(row.r, row.payout, row.volatility) == doctest::Approx(row.beta).epsilon(1e-12));
    }
}

TEST_CASE("the option is worth A V^beta below the trigger and V - I above it") {
    const auto usd = [](double x) { return quantity(x, "USD"_u); };
    const double beta = option_root(0.04, 0.04, 0.2);
    CHECK(option_value(usd(1.0), usd(1.0), beta).in("USD"_u) == doctest::Approx(0.25).epsilon(1e-12));
    CHECK(option_value(usd(1.5), usd(1.0), beta).in("USD"_u) == doctest::Approx(0.5625).epsilon(1e-12));
    CHECK(option_value(usd(3.0), usd(1.0), beta).in("USD"_u) == doctest::Approx(2.0).epsilon(1e-12));
    const double high = option_root(0.08, 0.05, 0.3);
    CHECK(option_value(usd(120.0), usd(100.0), high).in("USD"_u) == doctest::Approx(50.1212310964333).epsilon(1e-12));
    CHECK(option_value(usd(-5.0), usd(1.0), beta).in("USD"_u) == doctest::Approx(0.0));
}

TEST_CASE("50,000 wafers a month at 560 MUSD a thousand cost 28 BUSD") {
    // IBS, December 2023: a 2 nm fab of 50,000 wafers a month costs 28 BUSD.
    ExpansionPath<double> path{};
    path.capacity = quantity(50'000.0, "wafer/month"_u);
    path.capex = quantity(0.56, "MUSD*month/wafer"_u);
    CHECK(path_capex(path).in("BUSD"_u) == doctest::Approx(28.0).epsilon(1e-12));
}

TEST_CASE("a path that the partner pays brings the buyer neither cost nor saving") {
    ExpansionPath<double> path{};
    path.capacity = quantity(50'000.0, "wafer/month"_u);
    path.capex = quantity(0.56, "MUSD*month/wafer"_u);
    path.own_share = 0.0;
    path.utilisation = 0.9;
    path.life = quantity(10.0, "year"_u);
    path.lead_time = quantity(3.0, "year"_u);
    path.volatility = 0.3;
    path.payout = quantity(5.0, "%/year"_u);
    const auto value = path_value(path, quantity(20'000.0, "USD/wafer"_u), 0.5, quantity(9.0, "%/year"_u));
    CHECK(value.npv.in("USD"_u) == doctest::Approx(0.0));
    CHECK(value.option.in("USD"_u) == doctest::Approx(0.0).epsilon(0.02)); // the cent that keeps the formula finite
}

TEST_CASE("the capital recovery factor reproduces the annuity tables") {
    const auto crf = [](double r, double n) {
        return capital_recovery(quantity(r, "1/year"_u), quantity(n, "year"_u)).in("1/year"_u);
    };
    CHECK(crf(0.08, 10.0) == doctest::Approx(0.14902948869707536).epsilon(1e-12));
    CHECK(crf(0.10, 10.0) == doctest::Approx(0.16274539488251152).epsilon(1e-12));
    CHECK(crf(0.10, 5.0) == doctest::Approx(0.26379748079474524).epsilon(1e-12));
    CHECK(crf(0.12, 3.0) == doctest::Approx(0.4163489805595066).epsilon(1e-12));
    CHECK(crf(0.0, 20.0) == doctest::Approx(0.05).epsilon(1e-12));
    CHECK(crf(0.07, 25.0) == doctest::Approx(0.08581052).epsilon(1e-7)); // printed to 8 digits: PyPSA's annuity
}

TEST_CASE("a growth path takes one power and then one multiplication a step") {
    GrowthPath<double> path;
    path.start(quantity(8.0, "%/year"_u), quantity(1.5, "year"_u), quantity(0.25, "year"_u));
    for (int q = 0; q < 40; ++q) {
        const double exact = growth(quantity(8.0, "%/year"_u), quantity(1.5 + 0.25 * q, "year"_u));
        CHECK(path.factor == doctest::Approx(exact).epsilon(1e-13)); // 40 roundings
        path.advance();
    }
}

TEST_CASE("a power by exp and log agrees with pow to thirteen digits and is 0 at 0") {
    for (const double x : {1e-6, 0.3, 1.0, 1.7, 40.0, 1e5})
        for (const double y : {-3.0, -0.4, 0.5, 2.0, 7.5})
            CHECK(power_of(x, y) == doctest::Approx(autarky::pow(x, y)).epsilon(1e-13));
    CHECK(power_of(0.0, 3.0) == 0.0);
}
