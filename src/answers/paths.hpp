// autarky: "which way to more wafers?": each path taken, waited for, staged or given up, beside what closed forms say.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/paths.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct PathsQuestion : ScenarioChoice {
    std::vector<std::string> path;
    double wait = 2.0, scale = 0.8, partner_rate = 0.09;
    std::uint64_t samples = 400, seed = 1;
};
constexpr auto describe(Type<PathsQuestion> /*type*/) {
    using Q = PathsQuestion;
    constexpr double longest = 15.0, least_scale = 0.01, most_scale = 0.99, most_samples = 1e5; // every value is kept
    return std::tuple_cat(scenario_fields<Q>(),
                          fields(asked("path", &Q::path, "A path of the scenario").as("NAME").otherwise("every one"),
                                 asked("wait", &Q::wait, "year"_u,
                                       "Years until it is looked at again, to take it, complete it or give it up")
                                     .as("YEARS")
                                     .from_to(0.25, longest),
                                 asked("scale", &Q::scale, "1"_u,
                                       "Exponent of a fab's cost over its size, for Manne's lumps; 0.8 is assumed")
                                     .as("A")
                                     .from_to(least_scale, most_scale),
                                 asked("partner_rate", &Q::partner_rate, "1"_u,
                                       "What the partner discounts at, a year; 0.07 to 0.12 is said of foundries")
                                     .as("R")
                                     .from_to(0.0, 1.0),
                                 asked("samples", &Q::samples, "1"_u, "Futures, the same draws with and without a path")
                                     .as("N")
                                     .from_to(16, most_samples),
                                 asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

/// What closed forms say of a path whose worth is V and whose own capital is I, USD, at medians.
struct PathForms {
    double worth = 0.0, investment = 0.0, rate = 0.0, payout = 0.0, volatility = 0.0;
    double forever = 0.0, trigger = 0.0; ///< McDonald and Siegel
    double until = 0.0,
           at_end = 0.0; ///< lattice, to be used at any time until the wait ends; Margrabe, at its end only
};
constexpr auto describe(Type<PathForms> /*type*/) {
    using F = PathForms;
    return fields(
        item("worth_usd", &F::worth, "USD"_u, "V: mean worth of the path before the buyer's own capital"),
        item("investment_usd", &F::investment, "USD"_u, "I: the buyer's own capital, discounted, mean"),
        item("rate", &F::rate, unit_named("1/year"), "Discount rate, continuous, median"),
        item("payout", &F::payout, unit_named("1/year"), "Lost by waiting, median"),
        item("volatility", &F::volatility, "1"_u, "Of the worth, a year, median"),
        item("forever_usd", &F::forever, "USD"_u, "McDonald and Siegel: the right to take it at any time"),
        item("trigger_usd", &F::trigger, "USD"_u, "Worth from which they take it"),
        item("until_usd", &F::until, "USD"_u, "Lattice: the right to take it at any time until the wait ends"),
        item("at_end_usd", &F::at_end, "USD"_u, "Margrabe: the right to take it when the wait ends only"));
}

/// Size of a step of growth at the least cost, beside the path's.
struct PathLump {
    double years = 0.0;           ///< of growth that a step should serve: Manne
    std::optional<double> path{}; ///< that the whole path serves; none: own wafers do not grow
};
constexpr auto describe(Type<PathLump> /*type*/) {
    using L = PathLump;
    return fields(item("manne_years", &L::years, "year"_u, "Years of growth that one step should serve, by Manne"),
                  item("path_years", &L::path, "year"_u, "Years of growth that the whole path serves")
                      .null_if("the buyer's wafers do not grow"));
}

struct PathAnswer {
    std::string path, site, process, decision, later;
    bool makes_own = true;
    analysis::PathWorth of;
    std::optional<PathForms> forms;
    PathLump lump;
};
constexpr auto describe(Type<PathAnswer> /*type*/) {
    using A = PathAnswer;
    return fields(item("path", &A::path, "Path"), item("site", &A::site, "Site that grows"),
                  item("process", &A::process, "Its process"), item("decision", &A::decision, "Its day, median"),
                  item("later", &A::later, "Day on which it is looked at again"),
                  item("makes_own", &A::makes_own, "Whether an own chip is made there; else its wafers serve nobody"),
                  item("worth", &A::of, "What it is worth in the futures"),
                  item("forms", &A::forms, "What closed forms say")
                      .null_if("its worth or its own capital is not above 0, so they have no domain"),
                  item("lump", &A::lump, "Lumpy against stepwise"));
}

struct PathsAnswer {
    std::string scenario, variant;
    std::uint64_t seed = 1;
    double wait = 0.0, scale = 0.0, partner_rate = 0.0;
    bool is_stopped = false;
    std::vector<PathAnswer> paths;
};
constexpr auto describe(Type<PathsAnswer> /*type*/) {
    using A = PathsAnswer;
    return fields(item("scenario", &A::scenario, "Scenario"),
                  item("variant", &A::variant, "Its variants, + between them"),
                  item("seed", &A::seed, "1"_u, "Seed of the draws"),
                  item("wait", &A::wait, "year"_u, "Years until it is looked at again"),
                  item("scale", &A::scale, "1"_u, "Exponent of a fab's cost over its size"),
                  item("partner_rate", &A::partner_rate, "1"_u, "What the partner discounts at, a year"),
                  item("is_stopped", &A::is_stopped, "Whether it was stopped: fewer paths or futures"),
                  item("paths", &A::paths, "Path by path"));
}

PathsAnswer paths(const Catalogue& catalogue, const PathsQuestion& question, const Watch& watch = {});
std::string text(const PathsAnswer& answer, const show::Page& page);
Standing standing(const PathsAnswer& answer);

extern const Entry paths_entry;

} // namespace autarky::answers
