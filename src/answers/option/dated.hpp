// autarky: "what is a right with an end worth?": Black-Scholes, Margrabe, and the binomial lattice.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <tuple>

#include "answers/option/perpetual.hpp"

namespace autarky::answers {

inline constexpr double longest_end = 100.0;                ///< years
inline constexpr std::uint64_t most_lattice_steps = 10'000; ///< work grows with the square

/// S, K, r, q, sigma, T.
struct DatedChoice {
    double S = not_given, K = not_given, r = not_given, q = 0.0, sigma = not_given, T = not_given;

    [[nodiscard]] plan::DatedOption option() const { return {S, K, r, q, sigma, T}; }
};
template <class Q> constexpr auto dated_fields() {
    return fields(
        asked("S", &DatedChoice::S, unit_named("currency"), "Price of the asset today", Range::positive)
            .as("S")
            .from_to(0.0, most_money)
            .required(),
        asked("K", &DatedChoice::K, unit_named("currency"), "Price at which it may be bought or sold", Range::positive)
            .as("K")
            .from_to(0.0, most_money)
            .required(),
        asked("r", &DatedChoice::r, "1/year"_u, "Riskless rate, continuous, such as 0.05")
            .as("R")
            .from_to(least_rate, most_rate)
            .required(),
        asked("q", &DatedChoice::q, "1/year"_u, "Payout of the asset, continuous")
            .as("Q")
            .from_to(least_rate, most_rate),
        asked("sigma", &DatedChoice::sigma, "1"_u, "Volatility of a year, such as 0.2")
            .as("S")
            .from_to(least_volatility, most_volatility)
            .required(),
        asked("T", &DatedChoice::T, "year"_u, "Time to the end", Range::positive)
            .as("T")
            .from_to(0.0, longest_end)
            .required());
}

struct BlackScholesQuestion : DatedChoice {};
constexpr auto describe(Type<BlackScholesQuestion> /*type*/) { return dated_fields<BlackScholesQuestion>(); }
using plan::BlackScholesWorth;
BlackScholesWorth black_scholes(const Catalogue& catalogue, const BlackScholesQuestion& question,
                                const Watch& watch = {});
std::string text(const BlackScholesWorth& answer, const show::Page& page);
extern const Entry black_scholes_entry;

struct CrrQuestion : DatedChoice {
    std::uint64_t n = 200;
    plan::Right right = plan::Right::call;
    bool american = false;
};
constexpr auto describe(Type<CrrQuestion> /*type*/) {
    using Q = CrrQuestion;
    return std::tuple_cat(
        dated_fields<Q>(),
        fields(asked("n", &Q::n, "1"_u, "Steps of the lattice").as("N").from_to(1, most_lattice_steps),
               asked("right", &Q::right, "The right to buy or to sell"),
               asked("american", &Q::american, "It may be used at every step, not at the end only")));
}
struct CrrAnswer : plan::LatticeWorth {
    std::uint64_t steps = 0;
    plan::Right right = plan::Right::call;
    bool is_american = false;
};
constexpr auto describe(Type<CrrAnswer> /*type*/) {
    using A = CrrAnswer;
    return std::tuple_cat(fields(item("right", &A::right, "The right to buy or to sell"),
                                 item("american", &A::is_american, "Whether it may be used before the end"),
                                 item("n", &A::steps, "1"_u, "Steps of the lattice")),
                          describe(Type<plan::LatticeWorth>{}));
}
CrrAnswer crr(const Catalogue& catalogue, const CrrQuestion& question, const Watch& watch = {});
std::string text(const CrrAnswer& answer, const show::Page& page);
extern const Entry crr_entry;

struct MargrabeQuestion {
    double S1 = not_given, S2 = not_given, q1 = 0.0, q2 = 0.0, sigma1 = not_given, sigma2 = not_given, rho = 0.0,
           T = not_given;
};
constexpr auto describe(Type<MargrabeQuestion> /*type*/) {
    using Q = MargrabeQuestion;
    return fields(
        asked("S1", &Q::S1, unit_named("currency"), "Price today of the asset that is got", Range::positive)
            .as("S1")
            .from_to(0.0, most_money)
            .required(),
        asked("S2", &Q::S2, unit_named("currency"), "Price today of the asset that is given", Range::positive)
            .as("S2")
            .from_to(0.0, most_money)
            .required(),
        asked("q1", &Q::q1, "1/year"_u, "Payout of the first").as("Q1").from_to(least_rate, most_rate),
        asked("q2", &Q::q2, "1/year"_u, "Payout of the second").as("Q2").from_to(least_rate, most_rate),
        asked("sigma1", &Q::sigma1, "1"_u, "Volatility of the first, of a year")
            .as("S")
            .from_to(least_volatility, most_volatility)
            .required(),
        asked("sigma2", &Q::sigma2, "1"_u, "Volatility of the second, of a year")
            .as("S")
            .from_to(least_volatility, most_volatility)
            .required(),
        asked("rho", &Q::rho, "1"_u, "Correlation of their returns").as("RHO").from_to(-1.0, 1.0),
        asked("T", &Q::T, "year"_u, "Time to the end", Range::positive).as("T").from_to(0.0, longest_end).required());
}
using plan::ExchangeWorth;
ExchangeWorth margrabe(const Catalogue& catalogue, const MargrabeQuestion& question, const Watch& watch = {});
std::string text(const ExchangeWorth& answer, const show::Page& page);
extern const Entry margrabe_entry;

} // namespace autarky::answers

namespace autarky::plan {
using answers::text;
} // namespace autarky::plan
