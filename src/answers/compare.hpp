// autarky: "what does this change?": two scenarios on the same draws.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/compare.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct CompareQuestion : ScenarioChoice {
    std::string against; ///< empty: the same scenario
    std::vector<std::string> against_variant, against_set;
    std::vector<std::string> metrics;
    std::string at;
    std::uint64_t samples = 2000, seed = 1;
};
constexpr auto describe(Type<CompareQuestion> /*type*/) {
    using Q = CompareQuestion;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(
            asked("against", &Q::against, "The other scenario").as("SCENARIO").otherwise("the same"),
            asked("against_variant", &Q::against_variant, "Its variant; without one it is taken as it stands")
                .as("VARIANT"),
            asked("against_set", &Q::against_set, "Another value for one of its keys").as("PATH=VALUE"),
            asked("metrics", &Q::metrics, "Results to compare, such as 'grid.*'").as("GLOB").otherwise("the main ones"),
            asked("at", &Q::at, "Quarter of quarterly results").as("QUARTER").otherwise("the last of both"),
            asked("samples", &Q::samples, "1"_u, "Futures, the same draws on both sides").as("N").from_to(8, 1e6),
            asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

struct CompareAnswer {
    std::string first, second; ///< as people name them
    std::uint64_t seed = 1;
    analysis::Comparison both;
};

CompareAnswer compare(const Catalogue& catalogue, const CompareQuestion& question, const Watch& watch = {});
std::string text(const CompareAnswer& answer, const show::Page& page);

extern const Entry compare_entry;

} // namespace autarky::answers
