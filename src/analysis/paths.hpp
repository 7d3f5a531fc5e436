// autarky: what a way to more wafers is worth: runs with and without it on the same draws; taken, waited for, staged, given up.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "analysis/compare.hpp"

namespace autarky::analysis {

/// The same scenario without the path and with it, in the ways in which it may be taken.
struct PathModels {
    const ScenarioModel* without = nullptr;
    const ScenarioModel* now = nullptr;        ///< taken on its day
    const ScenarioModel* later = nullptr;      ///< taken some years after it
    const ScenarioModel* latest = nullptr;     ///< taken twice as many years after it
    const ScenarioModel* half = nullptr;       ///< half of its capacity on its day
    const ScenarioModel* half_later = nullptr; ///< half of its capacity some years after it
};

struct PathRun {
    std::size_t path = 0;       ///< row of the scenario
    double decision = 0.0;      ///< decimal years
    double wait = 0.0;          ///< years until it is looked at again
    double partner_rate = 0.09; ///< a year: what the partner discounts at; an assumption
    std::uint64_t samples = 500, seed = 1;
    unsigned threads = 0;
    std::function<bool(std::uint64_t done, std::uint64_t of)> stop{};
};

/// A mean over the futures with its standard error, USD.
struct Worth {
    double mean = 0.0, error = 0.0;
};
constexpr auto describe(Type<Worth> /*type*/) {
    return fields(item("mean", &Worth::mean, "USD"_u, "Mean of the futures"),
                  item("error", &Worth::error, "USD"_u, "Its standard error"));
}

/// What the path is worth to the partner that runs its site, before its taxes: what the site earns in cash with it less what
/// it earns without it, less the part of the capital that the buyer does not pay, grants taken off, spent evenly. Of the years
/// behind the horizon the last four quarters are repeated while the path lives. USD, discounted to the scenario's decision.
struct PartnerWorth {
    Worth gain;                        ///< within the horizon
    Worth with_rest;                   ///< with the rest of the path's life
    double p_gains = 0.0;              ///< share of the futures in which that is above 0
    double earns = 0.0, capital = 0.0; ///< means: cash at the site within the horizon; own capital
    double elsewhere = 0.0;            ///< mean: what all other sites earn more, whoever owns them
};
constexpr auto describe(Type<PartnerWorth> /*type*/) {
    using P = PartnerWorth;
    return fields(
        item("gain", &P::gain, "Worth to the partner up to the horizon: cash of the site less its part of the capital"),
        item("with_rest", &P::with_rest,
             "The same with the rest of the path's life, in which the last four quarters are repeated"),
        item("p_gains", &P::p_gains, "1"_u, "Share of the futures in which that is above 0"),
        item("earns_usd", &P::earns, "USD"_u, "What the site earns more within the horizon, before the capital, mean"),
        item("capital_usd", &P::capital, "USD"_u, "The partner's capital, grants taken off, mean"),
        item("elsewhere_usd", &P::elsewhere, "USD"_u,
             "What all other sites earn more within the horizon, whoever owns them, mean; wafers that move are less"));
}

/// Values discounted to the scenario's decision, capital to it as well.
struct PathWorth {
    std::uint64_t samples = 0, failed = 0;
    Spread gain;                                     ///< run with less run without
    Worth with_tail;                                 ///< the same with what lies behind the horizon
    double p_pays = 0.0;                             ///< share of the futures in which it is above 0
    Worth now, wait, wait_on, stage, abandon, known; ///< by what is done
    double p_taken_later = 0.0, p_taken_latest = 0.0, p_completed = 0.0, p_abandoned = 0.0;
    double capital = 0.0, grants = 0.0, partner = 0.0, own = 0.0, own_discounted = 0.0; ///< means
    double utilisation = 0.0, used = 0.0, reached = 0.0;                                ///< see the description
    double wafers_a_year = 0.0, growth = 0.0; ///< of the path; of all own wafers, a year a year
    PartnerWorth partners;
};
constexpr auto describe(Type<PathWorth> /*type*/) {
    using P = PathWorth;
    return fields(
        item("samples", &P::samples, "1"_u, "Futures that are good in all runs"),
        item("failed", &P::failed, "1"_u, "Futures that failed and are left out"),
        item("gain_usd", &P::gain, "Run with the path less run without it, in USD"),
        item("with_tail", &P::with_tail, "Taken on its day, with the fading tail behind the horizon"),
        item("p_pays", &P::p_pays, "1"_u, "Share of the futures in which it pays"),
        item("now", &P::now, "Taken on its day"),
        item("wait", &P::wait, "Looked at again after the wait, and taken then where it looks worth it"),
        item("wait_on", &P::wait_on,
             "Looked at after the wait and, if it is not taken then, once more after as long again; taken where it "
             "looks "
             "worth more than to wait on"),
        item("stage", &P::stage, "Half on its day, the other half after the wait where it looks worth it"),
        item("abandon", &P::abandon, "Taken on its day and given up after the wait where the rest looks worth nothing"),
        item("known", &P::known, "Taken on its day where it pays: who knows the future; no plan is worth more"),
        item("p_taken_later", &P::p_taken_later, "1"_u, "Share of the futures in which waiting ends in taking it"),
        item("p_taken_latest", &P::p_taken_latest, "1"_u,
             "Share in which two looks end in taking it, at the first or at the second"),
        item("p_completed", &P::p_completed, "1"_u, "Share in which the other half is built"),
        item("p_abandoned", &P::p_abandoned, "1"_u, "Share in which it is given up"),
        item("capital_usd", &P::capital, "USD"_u, "Capital of the whole path, mean"),
        item("grants_usd", &P::grants, "USD"_u, "Of it, the buyer's part that grants pay"),
        item("partner_usd", &P::partner, "USD"_u, "Of it, the partner's"),
        item("own_usd", &P::own, "USD"_u, "Of it, the buyer's own money"),
        item("own_discounted_usd", &P::own_discounted, "USD"_u, "The buyer's own money, discounted"),
        item("utilisation", &P::utilisation, "1"_u,
             "Share of the path's capacity that the buyer's wafers fill while it stands, in the runs"),
        item("utilisation_assumed", &P::used, "1"_u, "The same as the scenario states it, mean"),
        item("p_reached", &P::reached, "1"_u, "Share of the futures in which it stands before the horizon ends"),
        item("wafers_a_year", &P::wafers_a_year, unit_named("wafers a year"), "Capacity of the path, mean"),
        item("growth", &P::growth, unit_named("wafers a year, a year"),
             "Growth of the buyer's wafers from the path's day to the horizon, where it is taken"),
        item("partners", &P::partners, "Worth to the partner that runs the site: would it say yes?"));
}

PathWorth path_worth(const PathModels& models, const PathRun& run);

} // namespace autarky::analysis
