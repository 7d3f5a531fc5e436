// autarky: what to contract, where and when: the plan of wafers with its risk, its prices and its regrets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/describe_plain.hpp"
#include "plan/decomposed.hpp"
#include "plan/wafer_problem.hpp"

namespace autarky::plan {

struct WaferPlanRequest {
    WaferTerms terms{};
    Risk risk{1.0, 0.9};
    double gap = 1e-4, seconds = 60.0; ///< of each plan that is sought
    unsigned threads = 1;
    std::stop_token stop{};
    std::function<void(std::size_t done, std::size_t of)> progress{}; ///< told of every step; may be empty
};

/// Money is in MUSD, discounted to the decision; wafers and chips are counted in thousands, means over the futures.
struct ContractDecision {
    std::string contract;
    bool is_given = false, is_signed = false;
    double size = 0.0, minimum = 0.0, reserved = 0.0, prepaid = 0.0;
};
constexpr auto describe(Type<ContractDecision> /*type*/) {
    using C = ContractDecision;
    return fields(item("contract", &C::contract, "Contract"),
                  item("given", &C::is_given, "It was signed before the decision, so nothing is decided about it"),
                  item("signed", &C::is_signed, "Whether it is to be signed"),
                  item("size", &C::size, "1"_u, "Its size over the reported one: minimum and reserved wafers alike"),
                  item("minimum_musd", &C::minimum, unit_named("MUSD"),
                       "Minimum up to the last quarter at that size, discounted to the decision"),
                  item("reserved", &C::reserved, unit_named("thousand wafers"), "Wafers that it then reserves"),
                  item("prepaid_musd", &C::prepaid, unit_named("MUSD"), "Prepayment less its credits"));
}

struct PathDecision {
    std::string path, site;
    bool is_taken = false;
    double capital = 0.0, wafers = 0.0, income = 0.0;
};
constexpr auto describe(Type<PathDecision> /*type*/) {
    using P = PathDecision;
    return fields(item("path", &P::path, "Way to more wafers"), item("site", &P::site, "Site that grows"),
                  item("taken", &P::is_taken, "Whether it is to be taken"),
                  item("capital_musd", &P::capital, unit_named("MUSD"), "Own capital that it asks for"),
                  item("wafers", &P::wafers, unit_named("thousand wafers"), "Wafers that the plan starts on it"),
                  item("rated_income_musd", &P::income, unit_named("MUSD"),
                       "What rated orders would bring for its wafers, over their cost"));
}

/// Costs over the futures.
struct CostSpread {
    double mean = 0.0, error = 0.0, p5 = 0.0, p25 = 0.0, p50 = 0.0, p75 = 0.0, p95 = 0.0, tail = 0.0;
};
constexpr auto describe(Type<CostSpread> /*type*/) {
    using S = CostSpread;
    constexpr UnitName musd = unit_named("MUSD");
    return fields(item("mean", &S::mean, musd, "Mean"), item("error", &S::error, musd, "Its standard error"),
                  item("p5", &S::p5, musd, "5 % of the futures cost less"),
                  item("p25", &S::p25, musd, "25 % cost less"), item("p50", &S::p50, musd, "Half cost less"),
                  item("p75", &S::p75, musd, "75 % cost less"), item("p95", &S::p95, musd, "95 % cost less"),
                  item("cvar", &S::tail, musd, "Mean of the worst futures, beyond the level of the CVaR"));
}

/// Where the mean cost comes from.
struct CostParts {
    double open = 0.0, contracted = 0.0, paths = 0.0, chips = 0.0, bought = 0.0, settled = 0.0, prepaid = 0.0,
           capital = 0.0, outlets = 0.0, rated = 0.0;
};
constexpr auto describe(Type<CostParts> /*type*/) {
    using P = CostParts;
    constexpr UnitName musd = unit_named("MUSD");
    return fields(
        item("open_wafers", &P::open, musd, "Wafers without a contract"),
        item("contract_wafers", &P::contracted, musd, "Wafers under contracts"),
        item("path_wafers", &P::paths, musd, "Wafers of own paths"),
        item("chips", &P::chips, musd, "Package, test and memory of own chips"),
        item("instead", &P::bought, musd, "What goes in place of own chips that are not there"),
        item("settled", &P::settled, musd, "Paid for wafers not taken"),
        item("prepaid", &P::prepaid, musd, "Prepayments less their credits"),
        item("capital", &P::capital, musd, "Own capital of paths"),
        item("outlets", &P::outlets, musd, "Less what outlets gain: negative"),
        item("rated_orders", &P::rated, musd, "Less what rated orders bring for wafers of own paths: negative"));
}

/// A site in a quarter.
struct SiteQuarter {
    std::string site, quarter;
    double wafers = 0.0, p_binds = 0.0, price = 0.0;
    std::optional<double> more, fewer;
};
constexpr auto describe(Type<SiteQuarter> /*type*/) {
    using S = SiteQuarter;
    constexpr UnitName price = unit_named("USD/wafer");
    constexpr std::string_view alike = "it is not among the dearest, whose two sides are looked at, or it was stopped";
    return fields(
        item("site", &S::site, "Site"), item("quarter", &S::quarter, "Quarter"),
        item("wafers", &S::wafers, unit_named("thousand wafers"), "Wafers that the plan starts there"),
        item("p_binds", &S::p_binds, "1"_u, "Share of the futures in which its open wafers bind"),
        item("shadow_price", &S::price, price,
             "What one more open wafer there would save at most, by the duals, discounted: at a kink any figure "
             "between both sides is one"),
        item("one_more_saves", &S::more, price, "The same by solving again with one wafer more").null_if(alike),
        item("one_fewer_costs", &S::fewer, price, "What one wafer fewer costs; beyond the former at a kink")
            .null_if("it is not among the dearest, or there is no wafer to take"));
}

/// A back end in a quarter; a unit is what a chip of one unit takes.
struct BackEndQuarter {
    std::string back_end, quarter;
    double room = 0.0, p_binds = 0.0, price = 0.0;
    std::optional<double> more, fewer;
};
constexpr auto describe(Type<BackEndQuarter> /*type*/) {
    using B = BackEndQuarter;
    constexpr UnitName price = unit_named("USD/unit");
    constexpr std::string_view alike = "it is not among the dearest, whose two sides are looked at, or it was stopped";
    return fields(
        item("back_end", &B::back_end, "Back end"), item("quarter", &B::quarter, "Quarter"),
        item("room", &B::room, unit_named("thousand units"), "Units that the buyer's dies may take there, mean"),
        item("p_binds", &B::p_binds, "1"_u, "Share of the futures in which they are too few"),
        item("shadow_price", &B::price, price,
             "What one more unit there would save at most, by the duals, discounted: at a kink any figure between both "
             "sides is one"),
        item("one_more_saves", &B::more, price, "The same by solving again with one unit more").null_if(alike),
        item("one_fewer_costs", &B::fewer, price, "What one unit fewer costs; beyond the former at a kink")
            .null_if("it is not among the dearest, or there is none to take, or it was stopped"));
}

/// A plan of the frontier of cost against risk.
struct FrontierPoint {
    std::string sourcing;
    double weight = 0.0, mean = 0.0, tail = 0.0, size = 0.0;
    std::uint64_t paths = 0;
    bool is_complete = true, is_pareto = true;
};
constexpr auto describe(Type<FrontierPoint> /*type*/) {
    using F = FrontierPoint;
    constexpr UnitName musd = unit_named("MUSD");
    return fields(
        item("sourcing", &F::sourcing, "'as planned', or 'one site a chip': its largest"),
        item("weight", &F::weight, "1"_u, "Weight of the CVaR beside the mean"),
        item("mean_musd", &F::mean, musd, "Mean cost"), item("cvar_musd", &F::tail, musd, "CVaR of the cost"),
        item("size", &F::size, "1"_u, "Sum of the sizes of all contracts"),
        item("paths", &F::paths, "1"_u, "Paths that are taken"),
        item("complete", &F::is_complete, "Its gap closed in time"),
        item("pareto", &F::is_pareto,
             "No other plan here costs less by the mean and no more by the CVaR, or the other way round, beyond the "
             "gap of the search"));
}

/// Another choice, held against the plan on the same futures.
struct PlanRegret {
    double value = 0.0, mean = 0.0, tail = 0.0, p95 = 0.0, largest = 0.0, p_better = 0.0;
};
constexpr auto describe(Type<PlanRegret> /*type*/) {
    using R = PlanRegret;
    constexpr UnitName musd = unit_named("MUSD");
    return fields(item("value_musd", &R::value, musd, "Its mean + weight x CVaR less the plan's: never below the gap"),
                  item("mean_musd", &R::mean, musd, "Mean cost beyond the plan's; negative: it is cheaper by the mean"),
                  item("cvar_musd", &R::tail, musd, "CVaR beyond the plan's"),
                  item("p95_musd", &R::p95, musd, "In 5 % of the futures it costs more than this beyond the plan's"),
                  item("largest_musd", &R::largest, musd, "Most that it costs beyond it in any future"),
                  item("p_better", &R::p_better, "1"_u, "Share of the futures in which it is cheaper"));
}

struct WaferPlan {
    std::vector<Miss> misses; ///< not empty: nothing satisfies the terms, and the rest is empty
    bool has_choice = false;  ///< something is there to decide; without, nothing else is filled
    bool is_complete = false;
    bool is_stopped = false; ///< what is not there was not looked at
    double value = 0.0, bound = 0.0, gap = 0.0;
    std::uint64_t rounds = 0, cuts = 0;
    std::vector<ContractDecision> contracts;
    std::vector<PathDecision> paths;
    std::vector<std::string> left_out; ///< paths at sites that make no own chip
    CostSpread cost;
    std::optional<CostSpread> fresh; ///< none: in some fresh future the plan breaks the terms, or it was stopped
    CostParts parts;
    double needed = 0.0, bought_share = 0.0, p_binds = 0.0;
    std::optional<double> stochastic_worth;  ///< VSS; none: the plan for the mean leaves no way out in some future
    std::optional<double> information_worth; ///< EVPI; none: it was stopped
    std::vector<SiteQuarter> sites;
    std::vector<BackEndQuarter> back_ends; ///< of those that chips of the plan need
    std::vector<FrontierPoint> frontier;
    std::optional<PlanRegret> reported; ///< none: in some future what is reported breaks the terms, or it was stopped
};

constexpr auto describe(Type<WaferPlan> /*type*/) {
    using P = WaferPlan;
    constexpr UnitName musd = unit_named("MUSD");
    return fields(
        item("complete", &P::is_complete, "Whether the gap closed in time; else it is the best plan that was found"),
        item("is_stopped", &P::is_stopped,
             "Whether it was stopped: the best plan that was found, and what is missing was not looked at"),
        item("value_musd", &P::value, musd, "Mean cost + weight x CVaR: what the plan makes small"),
        item("bound_musd", &P::bound, musd, "No plan is worth less"),
        item("gap", &P::gap, "1"_u, "Value less bound, over the value"),
        item("rounds", &P::rounds, "1"_u, "Times that decisions were tried"),
        item("cuts", &P::cuts, "1"_u, "What the futures answered"), item("contracts", &P::contracts, "What to sign"),
        item("paths", &P::paths, "Ways to more wafers"),
        item("left_out", &P::left_out,
             "Paths that give no wafers in time to a site that makes own chips: no part of the plan"),
        item("cost", &P::cost, "What the plan costs over its futures, discounted to the decision"),
        item("fresh", &P::fresh, "The same over as many futures that the plan has not seen")
            .null_if("in one of them the plan breaks the terms, or it was stopped"),
        item("parts", &P::parts, "Where the mean cost comes from"),
        item("needed", &P::needed, unit_named("thousand chips"), "Own chips that devices would take"),
        item("bought_share", &P::bought_share, "1"_u, "Share of them in whose place something else goes"),
        item("p_binds", &P::p_binds, "1"_u, "Share of the futures in which open wafers bind somewhere, some time"),
        item("vss_musd", &P::stochastic_worth, musd,
             "Value of the stochastic solution: what the plan for the mean future is worse")
            .null_if("the plan for the mean future breaks the terms, or was not found in time, or it was stopped"),
        item("evpi_musd", &P::information_worth, musd,
             "Expected value of perfect information: what knowing the future would save")
            .null_if("it was stopped"),
        item("reported", &P::reported, "Contracts as they are reported and paths as they stand, against the plan")
            .null_if("their sizes are not allowed, or they break the terms in some future, or it was stopped"),
        item("frontier", &P::frontier, "Cost against risk, with and without second sources"),
        item("sites", &P::sites, "Sites by quarter"), item("back_ends", &P::back_ends, "Back ends by quarter"));
}

/// The plan for `futures`, and what it costs in the `fresh` ones, which it has not seen. Throws SolverFailure.
/// Domain: at least one of each.
WaferPlan plan_wafers(const WaferShape& shape, const std::vector<WaferFuture<double>>& futures,
                      const std::vector<WaferFuture<double>>& fresh, const WaferPlanRequest& request);

} // namespace autarky::plan
