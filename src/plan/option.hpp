// autarky: options in closed form and on a lattice: what a right is worth when prices follow geometric Brownian motion.
// SPDX-License-Identifier: Apache-2.0
//
// Rates, payouts and volatilities are per year and continuous, times in years, prices in any one currency. Every function
// expects what its domain says; the questions of src/answers/option refuse the rest by name.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/describe_plain.hpp"

namespace autarky::plan {

/// The right to pay an investment once, at any time, for a project whose value drifts.
struct InvestmentOption {
    double rate = 0.0;   ///< r >= 0
    double payout = 0.0; ///< delta > 0: what waiting forgoes; without it waiting costs nothing and nobody ever invests
    double volatility = 0.0; ///< sigma > 0
    double investment = 0.0; ///< I > 0
    double value = 0.0;      ///< V >= 0
};
struct InvestmentWorth {
    double beta = 0.0;       ///< positive root of the fundamental quadratic, > 1
    double hurdle = 0.0;     ///< beta / (beta - 1), > 1
    double trigger = 0.0;    ///< V* = hurdle I
    double value = 0.0;      ///< of the right; >= max(V - I, 0), <= V, and 0 for a project of nothing
    double npv = 0.0;        ///< V - I
    double waiting = 0.0;    ///< value - max(npv, 0)
    bool invest_now = false; ///< V >= V*
};
constexpr auto describe(Type<InvestmentWorth> /*type*/) {
    using W = InvestmentWorth;
    constexpr UnitName money = unit_named("the currency of value");
    return fields(item("beta", &W::beta, "1"_u, "Positive root of the fundamental quadratic"),
                  item("hurdle", &W::hurdle, "1"_u, "beta / (beta - 1): value over investment at which to invest"),
                  item("trigger", &W::trigger, money, "Value at which to invest"),
                  item("value", &W::value, money, "Worth of the right to invest"),
                  item("npv", &W::npv, money, "Value less investment: what investing today brings"),
                  item("waiting", &W::waiting, money, "Worth less the better of investing today and never"),
                  item("invest_now", &W::invest_now, "Whether the value has reached the trigger"));
}
/// McDonald and Siegel, QJE 101(4):707-727, 1986. Oracle: r = delta = 0.04, sigma = 0.2, I = 1, V = 1.5 gives 0.5625.
InvestmentWorth mcdonald_siegel(const InvestmentOption& option);

/// The right to sell for a fixed price at any time: to abandon for a salvage value.
struct PerpetualPut {
    double rate = 0.0;       ///< r > 0: at zero nobody ever exercises
    double payout = 0.0;     ///< delta >= 0
    double volatility = 0.0; ///< sigma > 0
    double strike = 0.0;     ///< K > 0
    double price = 0.0;      ///< S > 0
};
struct PerpetualPutWorth {
    double beta = 0.0;         ///< negative root of the fundamental quadratic
    double trigger = 0.0;      ///< S* = K beta / (beta - 1), < K
    double value = 0.0;        ///< of the right; >= max(K - S, 0)
    bool exercise_now = false; ///< S <= S*
};
constexpr auto describe(Type<PerpetualPutWorth> /*type*/) {
    using W = PerpetualPutWorth;
    constexpr UnitName money = unit_named("the currency of S");
    return fields(item("beta", &W::beta, "1"_u, "Negative root of the fundamental quadratic"),
                  item("trigger", &W::trigger, money, "Price at or below which to exercise"),
                  item("value", &W::value, money, "Worth of the put"),
                  item("exercise_now", &W::exercise_now, "Whether the price has fallen to the trigger"));
}
/// Merton, Bell Journal 4(1):141-183, 1973. Oracle: r = 0.05, delta = 0, sigma = 0.2, K = S = 100 gives 12.320032867762633.
PerpetualPutWorth perpetual_put(const PerpetualPut& option);

/// An option on one price with an end.
struct DatedOption {
    double price = 0.0, strike = 0.0;   ///< S > 0, K > 0
    double rate = 0.0, payout = 0.0;    ///< r, q: of either sign
    double volatility = 0.0, end = 0.0; ///< sigma > 0, T > 0
};
struct BlackScholesWorth {
    double d1 = 0.0, d2 = 0.0;                ///< scores of the price at the end, in measure of the asset and of money
    double call = 0.0, put = 0.0;             ///< in the currency of S
    double delta_call = 0.0, delta_put = 0.0; ///< d worth / d S
    double gamma = 0.0, vega = 0.0;           ///< d delta / d S and d worth / d sigma; those of call and put are alike
};
constexpr auto describe(Type<BlackScholesWorth> /*type*/) {
    using W = BlackScholesWorth;
    constexpr UnitName money = unit_named("the currency of S");
    return fields(item("call", &W::call, money, "Worth of the right to buy at T"),
                  item("put", &W::put, money, "Worth of the right to sell at T"),
                  item("d1", &W::d1, "1"_u, "(ln(S/K) + (r - q + sigma^2/2) T) / (sigma sqrt T)"),
                  item("d2", &W::d2, "1"_u, "d1 - sigma sqrt T"),
                  item("delta_call", &W::delta_call, "1"_u, "Change of the call with S"),
                  item("delta_put", &W::delta_put, "1"_u, "Change of the put with S"),
                  item("gamma", &W::gamma, unit_named("1/currency"), "Change of either delta with S"),
                  item("vega", &W::vega, money, "Change of either worth with sigma"));
}
/// Black and Scholes, JPE 81(3):637-654, 1973, with Merton's payout. Oracle: 100, 100, 0.05, 0, 0.2, 1: 10.450583572185566.
BlackScholesWorth black_scholes(const DatedOption& option);

/// The right to give one asset for another at an end.
struct ExchangeOption {
    double gets = 0.0, gives = 0.0;                     ///< S1, S2 > 0
    double payout_of_gets = 0.0, payout_of_gives = 0.0; ///< q1, q2
    double volatility_of_gets = 0.0, volatility_of_gives = 0.0, correlation = 0.0;
    double end = 0.0; ///< T > 0
};
struct ExchangeWorth {
    double volatility = 0.0;      ///< of the ratio S1 / S2, a year: sqrt(s1^2 + s2^2 - 2 rho s1 s2)
    double value = 0.0;           ///< of the right, in the currency of S1
    std::optional<double> d1, d2; ///< scores of the ratio at the end; none where the ratio does not vary
};
constexpr auto describe(Type<ExchangeWorth> /*type*/) {
    using W = ExchangeWorth;
    constexpr std::string_view sure = "the ratio of the two assets does not vary";
    return fields(
        item("value", &W::value, unit_named("the currency of S1"), "Worth of the right to give S2 for S1 at T"),
        item("sigma", &W::volatility, "1"_u, "Volatility of the ratio of the assets"),
        item("d1", &W::d1, "1"_u, "(ln(S1/S2) + (q2 - q1 + sigma^2/2) T) / (sigma sqrt T)").null_if(sure),
        item("d2", &W::d2, "1"_u, "d1 - sigma sqrt T").null_if(sure));
}
/// Margrabe, Journal of Finance 33(1):177-186, 1978. Oracle: 100, 100, 0, 0, 0.2, 0.3, 0.5, 1 gives 10.524315781125255.
ExchangeWorth margrabe(const ExchangeOption& option);

enum class Right { call, put };
constexpr std::array<std::string_view, 2> choices(Type<Right> /*type*/) { return {"call", "put"}; }

struct LatticeWorth {
    double value = 0.0;                       ///< of the right, in the currency of S
    double up = 0.0, down = 0.0;              ///< factors of a step; down = 1 / up
    double probability = 0.0;                 ///< risk-neutral, of a step up
    double delta = 0.0;                       ///< d worth / d S, over the first step
    double european = 0.0, closed_form = 0.0; ///< at the end only: on the lattice, and by Black and Scholes
};
constexpr auto describe(Type<LatticeWorth> /*type*/) {
    using W = LatticeWorth;
    constexpr UnitName money = unit_named("the currency of S");
    return fields(item("value", &W::value, money, "Worth of the right"),
                  item("european", &W::european, money, "The same when it may be used at T only"),
                  item("closed_form", &W::closed_form, money, "That by Black and Scholes, the limit of many steps"),
                  item("delta", &W::delta, "1"_u, "Change of the worth with S, over the first step"),
                  item("u", &W::up, "1"_u, "Factor of a step up"), item("d", &W::down, "1"_u, "Factor of a step down"),
                  item("p", &W::probability, "1"_u, "Risk-neutral probability of a step up"));
}
/// Steps below which the lattice would have a probability outside 0 to 1: |r - q| sqrt(T/n) must stay below sigma.
std::uint64_t least_steps(const DatedOption& option);
/// Cox, Ross and Rubinstein, J. Financial Economics 7(3):229-263, 1979. `is_american`: it may be used at every step.
/// Domain: steps >= least_steps(option). Oracle: 100, 100, 0.05, 0, 0.2, 1, American put of 200 steps: 6.0863827499162.
LatticeWorth binomial(const DatedOption& option, Right right, bool is_american, std::uint64_t steps);

} // namespace autarky::plan
