// autarky: "what does my anchor contract do to the foundry's yield?": with the buyer's wafers and without, beside the reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/anchor.hpp"
#include "analysis/site_profit.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct AnchorQuestion : ScenarioChoice {
    std::string site;
    std::uint64_t samples = 1000, seed = 1;
};
constexpr auto describe(Type<AnchorQuestion> /*type*/) {
    using Q = AnchorQuestion;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("site", &Q::site, "One of the sites that make own chips").as("SITE").otherwise("all of them"),
               asked("samples", &Q::samples, "1"_u, "Futures, the same draws with and without the buyer's wafers")
                   .as("N")
                   .from_to(8, 1e5),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

struct AnchorAnswer {
    std::string scenario, variant;
    std::uint64_t seed = 1;
    bool is_stopped = false;
    analysis::AnchorCase of;
    std::vector<analysis::AnchorFit> fits;
    std::vector<analysis::SiteProfit> profits;
};
constexpr auto describe(Type<AnchorAnswer> /*type*/) {
    using A = AnchorAnswer;
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("variant", &A::variant, "Its variants, + between them"),
        item(
            "samples", [](const A& a) { return a.of.samples; }, "1"_u, "Futures that are good in both runs"),
        item(
            "failed", [](const A& a) { return a.of.failed; }, "1"_u, "Futures that failed and are left out"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"),
        item("is_stopped", &A::is_stopped, "Whether it was stopped: fewer futures"),
        item(
            "sites", [](const A& a) -> const auto& { return a.of.most; },
            "By site: the quarter in which the buyer's wafers add most"),
        item("fits", &A::fits, "By process: what reported yields say of the rate of learning"),
        item("profits", &A::profits,
             "By site: profit of the whole site, and who carries the yield of the buyer's wafers"),
        item("years", [](const A& a) -> const auto& { return a.of.years; }, "By site and year, its last quarter"));
}

AnchorAnswer anchor(const Catalogue& catalogue, const AnchorQuestion& question, const Watch& watch = {});
std::string text(const AnchorAnswer& answer, const show::Page& page);
Standing standing(const AnchorAnswer& answer);

extern const Entry anchor_entry;

} // namespace autarky::answers
