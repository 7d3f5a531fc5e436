// autarky: "what is it worth to know more?": the value of information about the decision, and the regret of each choice.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "analysis/worth.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct WorthQuestion : ScenarioChoice {
    int most = 12;
    std::uint64_t samples = 16'384, seed = 1;
};
constexpr auto describe(Type<WorthQuestion> /*type*/) {
    using Q = WorthQuestion;
    constexpr double most_samples = 1e6; // every value is kept
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("most", &Q::most, "1"_u, "How many of the strongest inputs").as("K").from_to(1, 100),
               asked("samples", &Q::samples, "1"_u, "Futures").as("N").from_to(256, most_samples),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

using analysis::WorthAnswer;
WorthAnswer worth(const Catalogue& catalogue, const WorthQuestion& question, const Watch& watch = {});
std::string text(const WorthAnswer& answer, const show::Page& page);
Standing standing(const WorthAnswer& answer);

extern const Entry worth_entry;

} // namespace autarky::answers

namespace autarky::analysis {
// found beside the answer's type, which lives here
using answers::standing;
using answers::text;
} // namespace autarky::analysis
