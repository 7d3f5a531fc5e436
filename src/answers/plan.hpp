// autarky: "what should be contracted, where and when?": a plan of wafers over many futures.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "answers/session.hpp"
#include "plan/wafer_plan.hpp"

namespace autarky::answers {

/// What comes out: the plan, or the model behind it for other solvers.
enum class PlanForm { plan, mps };
constexpr std::array<std::string_view, 2> choices(Type<PlanForm> /*type*/) { return {"plan", "mps"}; }

struct PlanQuestion : ScenarioChoice {
    std::uint64_t futures = 100, seed = 1;
    std::string until;
    double risk_weight = 1.0, cvar_level = 0.9;
    double least = 0.1, most = 2.0;
    std::vector<std::string> without;
    std::optional<double> most_bought;
    double time_limit = 60.0, gap = 1e-4;
    PlanForm as = PlanForm::plan;
};
constexpr auto describe(Type<PlanQuestion> /*type*/) {
    using Q = PlanQuestion;
    constexpr double most_futures = 5000, heaviest = 1000, most_size = 100, a_day = 86'400;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("futures", &Q::futures, "1"_u, "Futures to plan for; as many fresh ones judge the plan")
                   .as("N")
                   .from_to(2, most_futures),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S"),
               asked("until", &Q::until, "Last quarter that the plan sees").as("QUARTER").otherwise("the last"),
               asked("risk_weight", &Q::risk_weight, "1"_u, "Weight of the CVaR beside the mean cost")
                   .as("W")
                   .from_to(0, heaviest),
               asked("cvar_level", &Q::cvar_level, "1"_u, "The CVaR is the mean of the worst 1 - level of the futures")
                   .as("LEVEL")
                   .from_to(0, 0.999),
               asked("least", &Q::least, "1"_u, "Smallest contract that can be signed, over the reported one")
                   .as("SIZE")
                   .from_to(0, most_size),
               asked("most", &Q::most, "1"_u, "Largest one").as("SIZE").from_to(0, most_size),
               asked("without", &Q::without, "A site at which nothing is started").as("SITE"),
               asked("most_bought", &Q::most_bought, "1"_u,
                     "Most, in any future, of the chips needed in whose place something else may go", Range::fraction)
                   .as("SHARE")
                   .otherwise("any share"),
               asked("time_limit", &Q::time_limit, "s"_u, "Of each plan that is sought; then the best one found counts")
                   .as("SECONDS")
                   .from_to(0.01, a_day),
               asked("gap", &Q::gap, "1"_u, "Gap between plan and bound at which the search ends")
                   .as("GAP")
                   .from_to(plan::finest_gap, 1),
               asked("as", &Q::as, "'plan', or 'mps': the model, for other solvers")));
}

struct PlanAnswer {
    std::string scenario, variant;
    std::uint64_t futures = 0, failed = 0, seed = 1;
    std::string from, until;
    double weight = 0.0, level = 0.0;
    std::string solver;
    std::optional<plan::WaferPlan> plan;
    std::optional<std::string> mps;
};
constexpr auto describe(Type<PlanAnswer> /*type*/) {
    using A = PlanAnswer;
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("variant", &A::variant, "Its variants, + between them"),
        item("futures", &A::futures, "1"_u, "Futures that the plan is made for"),
        item("failed", &A::failed, "1"_u, "Samples that failed and are left out, fresh ones included"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"), item("from", &A::from, "First quarter"),
        item("until", &A::until, "Last quarter that the plan sees"),
        item("risk_weight", &A::weight, "1"_u, "Weight of the CVaR beside the mean cost"),
        item("cvar_level", &A::level, "1"_u, "Level of the CVaR"), item("solver", &A::solver, "Solver and its version"),
        item("plan", &A::plan, "The plan").null_if("the model was asked for"),
        item("mps", &A::mps, "The model as MPS").null_if("the plan was asked for"));
}

PlanAnswer plan_wafers(const Catalogue& catalogue, const PlanQuestion& question, const Watch& watch = {});
std::string text(const PlanAnswer& answer, const show::Page& page);
Standing standing(const PlanAnswer& answer);

extern const Entry plan_entry;

} // namespace autarky::answers
