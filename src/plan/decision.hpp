// autarky: two decisions under uncertainty that have closed forms: how much to order, and which row of a payoff table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "core/describe_plain.hpp"

namespace autarky::plan {

/// One order before a normal demand is known.
struct Newsvendor {
    double mean = 0.0, deviation = 0.0;            ///< of demand, in pieces; deviation > 0
    double price = 0.0, cost = 0.0, salvage = 0.0; ///< salvage < cost < price
};
struct NewsvendorWorth {
    double fractile = 0.0; ///< share of demands that the order meets in full
    double order = 0.0;    ///< pieces; below zero where the deviation is too large for the mean: no order at all
    double profit = 0.0;   ///< expected, of that order
    double profit_of_mean_order = 0.0, profit_with_perfect_information = 0.0;
    double evpi = 0.0;       ///< what the order loses for not knowing the demand
    double below_zero = 0.0; ///< share of demands that cannot be
};
constexpr auto describe(Type<NewsvendorWorth> /*type*/) {
    using W = NewsvendorWorth;
    constexpr UnitName money = unit_named("the currency of price");
    return fields(item("fractile", &W::fractile, "1"_u, "(price - cost) / (price - salvage): share of demand to serve"),
                  item("order", &W::order, "1"_u, "Order with the highest expected profit"),
                  item("profit", &W::profit, money, "Expected profit of that order"),
                  item("profit_of_mean_order", &W::profit_of_mean_order, money, "The same of an order of the mean"),
                  item("profit_with_perfect_information", &W::profit_with_perfect_information, money,
                       "Expected profit if demand were known before the order"),
                  item("evpi", &W::evpi, money, "What knowing it would be worth"),
                  item("below_zero", &W::below_zero, "1"_u, "Share of demands below zero, which cannot be"));
}
/// Arrow, Harris and Marschak, Econometrica 19(3), 1951; normal demand, not cut at zero. Oracle: N(1000, 200), 10, 6, 2:
/// order 1000, profit 3361.69235135771.
NewsvendorWorth newsvendor(const Newsvendor& order);

/// Steps of capacity for a demand that grows steadily and must be met.
struct StepPlan {
    double lump = 0.0;  ///< u = rate x years between two steps
    double years = 0.0; ///< of growth that one step serves
    double worse_small = 0.0,
           worse_large = 0.0; ///< what steps half and twice as large cost beyond it, shares of its cost
};
constexpr auto describe(Type<StepPlan> /*type*/) {
    using P = StepPlan;
    return fields(item("u", &P::lump, "1"_u, "Rate times years between two steps: the root of a = u / (e^u - 1)"),
                  item("years", &P::years, "year"_u, "Years of growth that one step should serve"),
                  item("half_costs", &P::worse_small, "1"_u, "What steps of half that size cost beyond it, a share"),
                  item("twice_costs", &P::worse_large, "1"_u, "What steps of twice that size cost beyond it, a share"));
}
/// Manne, Econometrica 29(4):632-649, 1961: a step of size x costs x^a, demand grows by equal amounts, all later steps are
/// discounted at the continuous `rate`. Domain: 0 < a < 1, rate > 0. Oracle: a = 0.7, rate = 0.1 gives u = 0.6754715929321078.
StepPlan manne(double a, double rate);

/// What each action brings in each state: payoff[action][state], all rows of one length, at least one of each.
struct PayoffTable {
    std::vector<std::vector<double>> payoff;
    std::vector<double> probability; ///< of states, sum 1; empty: not known
    double optimism = 0.5;           ///< Hurwicz's weight of the best state
};
struct ActionWorth {
    std::size_t action = 1; ///< from 1
    double worst = 0.0, best = 0.0, hurwicz = 0.0, laplace = 0.0, largest_regret = 0.0;
    double mean = 0.0, mean_regret = 0.0; ///< NaN without probabilities
};
constexpr auto describe(Type<ActionWorth> /*type*/) {
    using W = ActionWorth;
    constexpr UnitName money = unit_named("the unit of payoffs");
    constexpr std::string_view none = "no probabilities were given";
    return fields(
        item("action", &W::action, "1"_u, "Row of the table, from 1"),
        item("maximin", &W::worst, money, "Its worst payoff"), item("maximax", &W::best, money, "Its best payoff"),
        item("hurwicz", &W::hurwicz, money, "Weighted by alpha between best and worst"),
        item("laplace", &W::laplace, money, "Mean with all states alike"),
        item("max_regret", &W::largest_regret, money, "Largest loss against the best action of a state"),
        item("emv", &W::mean, money, "Expected payoff").null_if(none),
        item("expected_regret", &W::mean_regret, money, "Expected loss against the best action").null_if(none));
}
struct PayoffWorth {
    std::vector<ActionWorth> actions;
    std::size_t maximin = 1, maximax = 1, hurwicz = 1, laplace = 1, minimax_regret = 1,
                emv = 0;                                    ///< rows from 1; 0: none
    double mean_with_perfect_information = 0.0, evpi = 0.0; ///< NaN without probabilities
};
constexpr auto describe(Type<PayoffWorth> /*type*/) {
    using W = PayoffWorth;
    constexpr UnitName money = unit_named("the unit of payoffs");
    constexpr std::string_view none = "no probabilities were given";
    return fields(
        item("actions", &W::actions, "Every action"),
        item("best_by_maximin", &W::maximin, "1"_u, "Action with the best worst payoff; of equal ones the first"),
        item("best_by_maximax", &W::maximax, "1"_u, "Action with the best payoff of all"),
        item("best_by_hurwicz", &W::hurwicz, "1"_u, "Best by Hurwicz"),
        item("best_by_laplace", &W::laplace, "1"_u, "Best with all states alike"),
        item("best_by_minimax_regret", &W::minimax_regret, "1"_u, "Action with the least largest regret"),
        item("best_by_emv", &W::emv, "1"_u, "Action with the highest expected payoff; 0: no probabilities"),
        item("evwpi", &W::mean_with_perfect_information, money, "Expected payoff if the state were known")
            .null_if(none),
        item("evpi", &W::evpi, money, "What knowing it would be worth").null_if(none));
}
/// Luce and Raiffa, Games and Decisions, 1957, chapter 13.
PayoffWorth judge(const PayoffTable& table);

} // namespace autarky::plan
