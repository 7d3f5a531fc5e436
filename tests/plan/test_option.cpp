// autarky: options against published values, against each other, and at their limits.
// SPDX-License-Identifier: Apache-2.0
//
// Figures with 16 digits were evaluated with mpmath at 25 digits or more from the formulas of the papers named in
// option.hpp; where AUTARKY_ORACLES_DIR is set, whole tables of such figures are read from there.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <cmath>
#include <fstream>

#include "core/units.hpp"
#include "foundry/expansion.hpp"
#include "plan/option.hpp"

using namespace autarky::plan;
using autarky::operator""_u;
using Json = nlohmann::json;

namespace {

constexpr double of_rounding = 1e-12; // closed forms in double: some ten operations of 1e-16, cancellation of 1e3

doctest::Approx near(double value) { return doctest::Approx(value).epsilon(of_rounding); }

Json oracle() {
    const std::string folder = AUTARKY_ORACLES_DIR;
    if (folder.empty()) {
        MESSAGE("no oracles here: only the figures of this file are checked");
        return Json::object();
    }
    std::ifstream file(folder + "/uq/analytic.json");
    REQUIRE(file.good());
    return Json::parse(file);
}

double put_of(double price, double strike, double rate, double payout, double volatility) {
    return perpetual_put({rate, payout, volatility, strike, price}).value;
}

} // namespace

TEST_CASE("the option to invest: roots, hurdles and worths of McDonald and Siegel") {
    const auto worth = mcdonald_siegel({0.08, 0.05, 0.3, 100.0, 120.0});
    CHECK(worth.beta == near(1.5103762913830916));
    CHECK(worth.hurdle == near(2.9593386622447824));
    CHECK(worth.trigger == near(295.93386622447827));
    CHECK(worth.value == near(50.1212310964333));
    CHECK(worth.npv == 20.0);
    CHECK(worth.waiting == near(30.1212310964333));
    CHECK_FALSE(worth.invest_now);
    for (const auto& one : oracle().value("mcdonald_siegel", Json::array())) {
        const auto found = mcdonald_siegel({one["r"], one["delta"], one["sigma"], one["I"], one["V"]});
        CHECK(found.beta == near(one["beta1"]));
        CHECK(found.hurdle == near(one["hurdle"]));
        CHECK(found.trigger == near(one["V_star"]));
        CHECK(found.value == near(one["F"]));
        CHECK(found.npv == near(one["npv"]));
    }
}

TEST_CASE("beyond the trigger the option is worth what investing brings, and a project of nothing nothing") {
    const auto deep = mcdonald_siegel({0.04, 0.04, 0.2, 1.0, 2.5});
    CHECK(deep.invest_now);
    CHECK(deep.value == near(1.5));
    CHECK(deep.waiting == doctest::Approx(0.0));
    for (const double payout : {10.0, 0.04, 1e-9, 1e-18, 1e-200})
        CHECK(mcdonald_siegel({0.04, payout, 0.2, 100.0, 0.0}).value == 0.0);
    // The right is worth more than the better of investing today and never, and more the more uncertain the value is.
    double before = 0.0;
    for (const double volatility : {0.05, 0.1, 0.2, 0.4, 0.8}) {
        const double value = mcdonald_siegel({0.05, 0.04, volatility, 10.0, 11.0}).value;
        CHECK(value > before);
        CHECK(value >= 1.0);
        before = value;
    }
}

TEST_CASE("a small payout costs the hurdle no digits, and no right is worth more than its project") {
    // To first order in the payout d: beta - 1 = d / (r + sigma^2 / 2) = d / 0.06.
    for (const double payout : {1e-12, 1e-15, 1e-18, 1e-100}) {
        const auto worth = mcdonald_siegel({0.04, payout, 0.2, 100.0, 10.0});
        constexpr double of_first_order = 1e-10; // of the hurdle: the second order is 20 d
        CHECK(worth.hurdle == doctest::Approx(0.06 / payout).epsilon(of_first_order));
        CHECK(worth.value <= 10.0); // in doubles it is the project itself below a payout of 1e-16
        CHECK(worth.value > 9.999); // nothing is forgone, so the right is all but the project
    }
    for (const double value : {1e-12, 1e-6, 1.0, 50.0})
        for (const double payout : {1e-9, 0.05}) {
            const double worth = mcdonald_siegel({0.04, payout, 0.2, 100.0, value}).value;
            CHECK(worth > 0.0);
            CHECK(worth < value);
        }
    // The quarterly model has its own writing of both formulas, in every reading.
    for (const double rate : {0.0, 0.03, 0.2})
        for (const double volatility : {0.1, 0.6}) {
            const auto worth = mcdonald_siegel({rate, 0.05, volatility, 10.0, 9.0});
            const double root = autarky::foundry::option_root(rate, 0.05, volatility);
            CHECK(worth.beta == near(root));
            const auto usd = [](double amount) { return autarky::quantity(amount, "USD"_u); };
            CHECK(worth.value == near(autarky::foundry::option_value(usd(9.0), usd(10.0), root).raw()));
        }
}

TEST_CASE("the perpetual put, and the put with a far end that tends to it") {
    CHECK(put_of(100, 100, 0.05, 0.0, 0.2) == near(12.320032867762633));
    CHECK(perpetual_put({0.05, 0.0, 0.2, 100.0, 100.0}).trigger ==
          near(500.0 / 7.0)); // Merton: K beta / (beta - 1), beta -5/2
    CHECK(put_of(45, 50, 0.05, 0.03, 0.3) == near(15.660687090790805));
    for (const auto& one : oracle().value("perpetual_put", Json::array()))
        CHECK(put_of(one["S"], one["K"], one["r"], one["delta"], one["sigma"]) == near(one["P"]));
    CHECK(put_of(60, 100, 0.05, 0.0, 0.2) == 40.0); // below the trigger: at once
    const double far = binomial({100.0, 100.0, 0.05, 0.0, 0.2, 60.0}, Right::put, true, 4000).value;
    CHECK(far < 12.320032867762633);
    CHECK(far > 12.2); // exp(-0.05 x 60) = 5 % of what is left to the end: some tenths of a percent
}

TEST_CASE("Black and Scholes: published values, parity, slopes") {
    const auto worth =
        black_scholes({42.0, 40.0, 0.1, 0.0, 0.2, 0.5}); // Hull, Options, Futures and Other Derivatives: 4.76, 0.81
    CHECK(worth.call == near(4.759422392871533));
    CHECK(worth.put == near(0.8085993729000935));
    for (const auto& one : oracle().value("black_scholes", Json::array())) {
        const DatedOption option{one["S"], one["K"], one["r"], one["q"], one["sigma"], one["T"]};
        const auto found = black_scholes(option);
        CHECK(found.d1 == near(one["d1"]));
        CHECK(found.d2 == near(one["d2"]));
        CHECK(found.call == near(one["call"]));
        CHECK(found.put == near(one["put"]));
        CHECK(found.delta_call == near(one["delta_call"]));
        CHECK(found.gamma == near(one["gamma"]));
        CHECK(found.vega == near(one["vega"]));
        CHECK(found.call - found.put == near(option.price * std::exp(-option.payout * option.end) -
                                             option.strike * std::exp(-option.rate * option.end)));
    }
    const auto up = black_scholes({42.001, 40.0, 0.1, 0.0, 0.2, 0.5}),
               down = black_scholes({41.999, 40.0, 0.1, 0.0, 0.2, 0.5});
    constexpr double of_difference = 1e-7; // central, step 0.001: curvature 1e-8, rounding 1e-13 over the step
    CHECK((up.call - down.call) / 0.002 == doctest::Approx(worth.delta_call).epsilon(of_difference));
    CHECK((up.put - down.put) / 0.002 == doctest::Approx(worth.delta_put).epsilon(of_difference));
    CHECK((up.delta_call - down.delta_call) / 0.002 == doctest::Approx(worth.gamma).epsilon(of_difference));
}

TEST_CASE("Margrabe's exchange: published values, and Black and Scholes when one asset is sure") {
    CHECK(margrabe({22.0, 20.0, 0.06, 0.04, 0.2, 0.25, -0.5, 0.1}).value ==
          near(2.2826807354788534)); // Haug's table: 2.2827
    for (const auto& one : oracle().value("margrabe", Json::array())) {
        const auto found =
            margrabe({one["S1"], one["S2"], one["q1"], one["q2"], one["sigma1"], one["sigma2"], one["rho"], one["T"]});
        CHECK(found.volatility == near(one["sigma"]));
        CHECK(found.value == near(one["value"]));
    }
    // An asset that pays out its rate is worth K exp(-r T): with almost no volatility it is a strike.
    constexpr double of_volatility = 1e-6; // sigma2 = 1e-6 changes the square by 1e-12 and, by rho = 0, nothing else
    CHECK(margrabe({100.0, 110.0, 0.02, 0.03, 0.35, 1e-6, 0.0, 2.0}).value ==
          doctest::Approx(black_scholes({100.0, 110.0, 0.03, 0.02, 0.35, 2.0}).call).epsilon(of_volatility));
    const auto sure = margrabe({100.0, 90.0, 0.0, 0.0, 0.2, 0.2, 1.0, 1.0}); // the ratio does not vary
    CHECK(sure.value == 10.0);
    CHECK_FALSE(sure.d1);
    CHECK(margrabe({90.0, 100.0, 0.0, 0.0, 0.2, 0.2, 1.0, 1.0}).value == 0.0);
}

TEST_CASE("a ratio varies however near the end is and however alike the assets move") {
    for (const double end : {1e-12, 1e-20, 1e-300}) {
        const auto soon = margrabe({100.0, 90.0, 0.0, 0.0, 0.2, 0.3, 0.5, end});
        CHECK(soon.volatility == near(std::sqrt(0.07)));
        REQUIRE(soon.d1);
        CHECK(*soon.d1 == doctest::Approx(std::log(100.0 / 90.0) / std::sqrt(0.07 * end)).epsilon(1e-6));
        CHECK(soon.value == near(10.0));
    }
    CHECK(margrabe({100.0, 100.0, 0.0, 0.0, 0.2, 0.2, 1.0 - 1e-10, 1.0}).volatility ==
          doctest::Approx(0.2 * std::sqrt(2e-10)).epsilon(1e-6)); // 1 - 1e-10 itself has an error of 1e-16 / 1e-10
    CHECK(margrabe({100.0, 100.0, 0.0, 0.0, 0.3, 0.3 + 1e-9, 1.0, 1.0}).volatility ==
          doctest::Approx(1e-9).epsilon(1e-6)); // 0.3 has an error of 1e-17, a hundred millionth of the difference
}

TEST_CASE("the lattice: published values, the order of its rights, its limit, its least steps") {
    const DatedOption money{100.0, 100.0, 0.05, 0.0, 0.2, 1.0};
    constexpr double of_steps = 1e-11; // 200 steps back, each with rounding
    const auto close = [](double value) { return doctest::Approx(value).epsilon(of_steps); };
    CHECK(binomial(money, Right::call, false, 3).value == close(11.043871091951118));
    CHECK(binomial(money, Right::call, false, 200).value == close(10.440591259859357));
    CHECK(binomial(money, Right::put, true, 3).value == close(6.499559886616244));
    CHECK(binomial(money, Right::put, true, 200).value == close(6.0863827499162));
    CHECK(binomial(money, Right::put, false, 200).value == close(5.563533709930757));
    const auto put = binomial(money, Right::put, true, 200);
    CHECK(put.value > put.european);
    CHECK(put.value > put.closed_form);
    CHECK(put.closed_form == near(5.573526022256968));
    CHECK(binomial(money, Right::call, true, 200).value == close(binomial(money, Right::call, false, 200).value));
    CHECK(std::fabs(binomial(money, Right::call, false, 2000).value - 10.450583572185566) < 2e-3); // S sigma sqrt T / n
    CHECK(std::fabs(binomial(money, Right::call, false, 2000).delta - 0.6368306511756191) < 1e-3);
    CHECK(binomial(money, Right::put, true, 1).probability > 0.0);
    const DatedOption steep{100.0, 100.0, 0.5, 0.0, 0.1, 1.0};
    const auto least = least_steps(steep); // (0.5 / 0.1)^2 = 25 is the bound, which must be passed
    CHECK(least == 26);
    CHECK(binomial(steep, Right::call, false, least).probability < 1.0);
    CHECK(binomial(steep, Right::call, false, least - 2).probability > 1.0);
}

TEST_CASE("the lattice settles at large volatilities, where its lower edge is no double any more") {
    // Prices span exp(+-sigma sqrt(n T)): beyond 745 the lowest are 0, and stay there while those above are not.
    const DatedOption wild{1.0, 1.0, 0.001, -0.5, 1.0, 60.0};
    const double coarse = binomial(wild, Right::put, true, 5000).value;
    const auto fine = binomial(wild, Right::put, true, 10000);
    CHECK(coarse == doctest::Approx(0.686).epsilon(2e-3)); // exp(548) is still a double
    constexpr double of_steps = 2e-3;                      // the error falls with 1/n: 1e-3 from 4000 to 8000 steps
    CHECK(fine.value == doctest::Approx(coarse).epsilon(of_steps));
    CHECK(fine.european == doctest::Approx(fine.closed_form).epsilon(5e-3)); // the closed form, at the same n
    for (const double volatility : {2.0, 5.0, 10.0}) {
        const DatedOption option{100.0, 100.0, 0.05, 0.0, volatility, 20.0};
        const auto of_n = binomial(option, Right::put, true, 3000), of_2n = binomial(option, Right::put, true, 6000);
        CHECK(of_2n.value == doctest::Approx(of_n.value).epsilon(0.01));
        CHECK(of_2n.value >= of_2n.european);
        CHECK(of_2n.value < 100.0);
    }
}
