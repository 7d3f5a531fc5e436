// autarky: "where does making fail?": boxes of inputs, in words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "analysis/discover.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct DiscoverQuestion : ScenarioChoice {
    bool pays = false;
    int boxes = 3, most = 24;
    std::uint64_t samples = 4000, seed = 1;
};
constexpr auto describe(Type<DiscoverQuestion> /*type*/) {
    using Q = DiscoverQuestion;
    constexpr double most_samples = 1e5, most_inputs = 200, most_boxes = 20;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("pays", &Q::pays, "Look for where making pays, not for where it fails"),
               asked("boxes", &Q::boxes, "1"_u, "How many boxes at most").as("K").from_to(1, most_boxes),
               asked("most", &Q::most, "1"_u, "How many of the strongest inputs may restrict a box")
                   .as("K")
                   .from_to(1, most_inputs),
               asked("samples", &Q::samples, "1"_u, "Futures that look for boxes; as many fresh ones judge them")
                   .as("N")
                   .from_to(256, most_samples),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

using analysis::DiscoverAnswer;
DiscoverAnswer discover(const Catalogue& catalogue, const DiscoverQuestion& question, const Watch& watch = {});
std::string text(const DiscoverAnswer& answer, const show::Page& page);
std::string picture(const DiscoverAnswer& answer);
Standing standing(const DiscoverAnswer& answer);

extern const Entry discover_entry;

} // namespace autarky::answers

namespace autarky::analysis {
// found beside the answer's type, which lives here
using answers::picture;
using answers::standing;
using answers::text;
} // namespace autarky::analysis
