// autarky: "when to invest, when to give up?": options without an end.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "answers/entry.hpp"
#include "plan/option.hpp"

namespace autarky::answers {

/// A number that has to be given.
inline constexpr double not_given = std::numeric_limits<double>::quiet_NaN();
/// Bounds of volatilities a year: below the first the closed forms cancel, beyond the last nothing is traded.
inline constexpr double least_volatility = 0.001, most_volatility = 10.0;
/// Bounds of yearly rates and payouts.
inline constexpr double least_rate = -1.0, most_rate = 10.0;
inline constexpr double most_money = 1e30;

struct McDonaldSiegelQuestion {
    double r = not_given, delta = not_given, sigma = not_given, investment = not_given, value = not_given;
};
constexpr auto describe(Type<McDonaldSiegelQuestion> /*type*/) {
    using Q = McDonaldSiegelQuestion;
    return fields(
        asked("r", &Q::r, "1/year"_u, "Riskless rate, such as 0.04").as("R").from_to(0.0, most_rate).required(),
        asked("delta", &Q::delta, "1/year"_u, "Payout that waiting forgoes; at 0 nobody would ever invest")
            .as("D")
            .from_to(0.0, most_rate)
            .required(),
        asked("sigma", &Q::sigma, "1"_u, "Volatility of the value, of a year")
            .as("S")
            .from_to(least_volatility, most_volatility)
            .required(),
        asked("investment", &Q::investment, unit_named("currency"), "What investing costs", Range::positive)
            .as("I")
            .from_to(0.0, most_money)
            .required(),
        asked("value", &Q::value, unit_named("currency"), "What the project is worth today", Range::nonnegative)
            .as("V")
            .from_to(0.0, most_money)
            .required());
}
using plan::InvestmentWorth;
InvestmentWorth mcdonald_siegel(const Catalogue& catalogue, const McDonaldSiegelQuestion& question,
                                const Watch& watch = {});
std::string text(const InvestmentWorth& answer, const show::Page& page);
extern const Entry mcdonald_siegel_entry;

struct PerpetualPutQuestion {
    double S = not_given, K = not_given, r = not_given, delta = 0.0, sigma = not_given;
};
constexpr auto describe(Type<PerpetualPutQuestion> /*type*/) {
    using Q = PerpetualPutQuestion;
    return fields(asked("S", &Q::S, unit_named("currency"), "Price of the asset today", Range::positive)
                      .as("S")
                      .from_to(0.0, most_money)
                      .required(),
                  asked("K", &Q::K, unit_named("currency"), "Price at which it may be sold", Range::positive)
                      .as("K")
                      .from_to(0.0, most_money)
                      .required(),
                  asked("r", &Q::r, "1/year"_u, "Riskless rate; at 0 nobody would ever sell")
                      .as("R")
                      .from_to(0.0, most_rate)
                      .required(),
                  asked("delta", &Q::delta, "1/year"_u, "Payout of the asset", Range::nonnegative)
                      .as("D")
                      .from_to(0.0, most_rate),
                  asked("sigma", &Q::sigma, "1"_u, "Volatility of a year")
                      .as("S")
                      .from_to(least_volatility, most_volatility)
                      .required());
}
using plan::PerpetualPutWorth;
PerpetualPutWorth perpetual_put(const Catalogue& catalogue, const PerpetualPutQuestion& question,
                                const Watch& watch = {});
std::string text(const PerpetualPutWorth& answer, const show::Page& page);
extern const Entry perpetual_put_entry;

} // namespace autarky::answers

namespace autarky::plan {
using answers::text; // found beside the answer's type, which lives here
} // namespace autarky::plan
