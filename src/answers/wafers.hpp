// autarky: "where do the wafers go, and what if a place fails?"
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/wafer_flows.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct WafersQuestion : ScenarioChoice {
    std::string fails, from;
    double lasts = 1.0;
    std::uint64_t samples = 2000, seed = 1;
};
constexpr auto describe(Type<WafersQuestion> /*type*/) {
    using Q = WafersQuestion;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(
            asked("fails", &Q::fails, "A site, or a country: what stops there, own and merchants' alike").as("PLACE"),
            asked("from", &Q::from, "Quarter in which it stops")
                .as("QUARTER")
                .needs("fails")
                .otherwise("the middle of the horizon"),
            asked("lasts", &Q::lasts, "year"_u, "How long it stops", Range::positive).needs("fails"),
            asked("samples", &Q::samples, "1"_u, "Futures").as("N").from_to(8, 1e6),
            asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

/// A site with where it stands, for those who choose one that fails.
struct WaferSite {
    std::string site, process, location;
};
constexpr auto describe(Type<WaferSite> /*type*/) {
    using S = WaferSite;
    return fields(item("site", &S::site, "Site"), item("process", &S::process, "Its process"),
                  item("location", &S::location, "Its country; what fails, fails in all of it"));
}

struct WafersAnswer {
    std::string scenario;
    std::uint64_t seed = 1;
    std::vector<WaferSite> sites; ///< that make own chips
    std::string place, from;      ///< what fails, and when; empty: nothing
    double lasts = 0.0;
    analysis::WaferFlows usual;
    std::optional<analysis::WaferFlows> failing;
};

WafersAnswer wafers(const Catalogue& catalogue, const WafersQuestion& question, const Watch& watch = {});
std::string text(const WafersAnswer& answer, const show::Page& page);

extern const Entry wafers_entry;

} // namespace autarky::answers
