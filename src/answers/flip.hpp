// autarky: "what would turn the verdict?": the value of each strong input at which make and buy are even.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/flip.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct FlipQuestion : ScenarioChoice {
    std::vector<std::string> input;
    int most = 8;
    std::uint64_t samples = 1000, seed = 1;
};
constexpr auto describe(Type<FlipQuestion> /*type*/) {
    using Q = FlipQuestion;
    constexpr double most_samples = 1e6;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("input", &Q::input, "An uncertain input to look at").as("INPUT").otherwise("the strongest"),
               asked("most", &Q::most, "1"_u, "How many of the strongest inputs").as("K").from_to(1, 100),
               asked("samples", &Q::samples, "1"_u, "Futures at each value, the same ones everywhere")
                   .as("N")
                   .from_to(64, most_samples),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

using analysis::FlipAnswer;
FlipAnswer flip(const Catalogue& catalogue, const FlipQuestion& question, const Watch& watch = {});
std::string text(const FlipAnswer& answer, const show::Page& page);
std::string picture(const FlipAnswer& answer);
Standing standing(const FlipAnswer& answer);

extern const Entry flip_entry;

} // namespace autarky::answers

namespace autarky::analysis {
// found beside the answer's type, which lives here
using answers::picture;
using answers::standing;
using answers::text;
} // namespace autarky::analysis
