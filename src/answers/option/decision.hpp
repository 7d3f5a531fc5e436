// autarky: "how much to order, which action to take?": decisions in closed form.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "answers/option/perpetual.hpp"
#include "plan/decision.hpp"

namespace autarky::answers {

struct NewsvendorQuestion {
    double mean = not_given, sd = not_given, price = not_given, cost = not_given, salvage = 0.0;
};
constexpr auto describe(Type<NewsvendorQuestion> /*type*/) {
    using Q = NewsvendorQuestion;
    const auto money = [](auto field) { return field.from_to(0.0, most_money); };
    return fields(
        asked("mean", &Q::mean, "1"_u, "Mean of the demand, in pieces", Range::nonnegative)
            .as("N")
            .from_to(0.0, most_money)
            .required(),
        asked("sd", &Q::sd, "1"_u, "Standard deviation of the demand, which is normal", Range::positive)
            .as("N")
            .from_to(0.0, most_money)
            .required(),
        money(asked("price", &Q::price, unit_named("currency"), "What a piece sells for", Range::positive).as("P"))
            .required(),
        money(asked("cost", &Q::cost, unit_named("currency"), "What a piece costs", Range::nonnegative).as("C"))
            .required(),
        asked("salvage", &Q::salvage, unit_named("currency"), "What a piece left over brings; negative: costs")
            .as("S")
            .from_to(-most_money, most_money));
}
using plan::NewsvendorWorth;
NewsvendorWorth newsvendor(const Catalogue& catalogue, const NewsvendorQuestion& question, const Watch& watch = {});
std::string text(const NewsvendorWorth& answer, const show::Page& page);
extern const Entry newsvendor_entry;

struct ManneQuestion {
    double a = not_given, r = not_given;
};
constexpr auto describe(Type<ManneQuestion> /*type*/) {
    using Q = ManneQuestion;
    constexpr double smallest = 0.01, largest = 0.999;
    return fields(
        asked("a", &Q::a, "1"_u, "Exponent of a step's cost over its size, below 1: larger steps cost less a unit")
            .as("A")
            .from_to(smallest, largest)
            .required(),
        asked("r", &Q::r, unit_named("1/year"), "Rate of interest, continuous", Range::positive)
            .as("R")
            .from_to(0.0, most_rate)
            .required());
}
using plan::StepPlan;
StepPlan manne(const Catalogue& catalogue, const ManneQuestion& question, const Watch& watch = {});
std::string text(const StepPlan& answer, const show::Page& page);
extern const Entry manne_entry;

struct PayoffQuestion {
    std::vector<std::string> row;
    std::string p;
    double alpha = 0.5;
};
constexpr auto describe(Type<PayoffQuestion> /*type*/) {
    using Q = PayoffQuestion;
    return fields(asked("row", &Q::row, "Payoffs of one action in every state, with commas: 120,60,-40")
                      .as("V1,V2,...")
                      .required(),
                  asked("p", &Q::p, "Probabilities of the states, with commas").as("P1,P2,...").otherwise("not known"),
                  asked("alpha", &Q::alpha, "1"_u, "Hurwicz's weight of the best state", Range::fraction).as("SHARE"));
}
using plan::PayoffWorth;
PayoffWorth payoff(const Catalogue& catalogue, const PayoffQuestion& question, const Watch& watch = {});
std::string text(const PayoffWorth& answer, const show::Page& page);
extern const Entry payoff_entry;

} // namespace autarky::answers

namespace autarky::plan {
using answers::text;
} // namespace autarky::plan
