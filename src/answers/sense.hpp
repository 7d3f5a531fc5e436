// autarky: "what drives it?": the drivers of a result, alone and together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "analysis/sense.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct SenseQuestion : ScenarioChoice {
    std::string metric = "npv", at;
    int most = 12;
    std::uint64_t samples = 2000, screening = 64, seed = 1;
    bool screen = false;
};
constexpr auto describe(Type<SenseQuestion> /*type*/) {
    using Q = SenseQuestion;
    constexpr double most_samples = 1e6, most_drivers = 100;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(asked("metric", &Q::metric, "Result to look at").as("METRIC"),
               asked("at", &Q::at, "Quarter of a quarterly result").as("QUARTER").otherwise("the last"),
               asked("most", &Q::most, "1"_u, "How many of the strongest drivers; the others count as one")
                   .as("K")
                   .from_to(1, most_drivers),
               asked("samples", &Q::samples, "1"_u, "Pairs of futures behind the shares")
                   .as("N")
                   .from_to(64, most_samples),
               asked("screening", &Q::screening, "1"_u, "Pairs of futures behind the screening of every driver")
                   .as("N")
                   .from_to(8, most_samples),
               asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S"),
               asked("screen", &Q::screen, "Screen only, the cheap look")));
}

using analysis::SenseAnswer;
SenseAnswer sense(const Catalogue& catalogue, const SenseQuestion& question, const Watch& watch = {});
std::string text(const SenseAnswer& answer, const show::Page& page);
std::string picture(const SenseAnswer& answer);
Standing standing(const SenseAnswer& answer);

extern const Entry sense_entry;

} // namespace autarky::answers

namespace autarky::analysis {
// found beside the answer's type, which lives here
using answers::picture;
using answers::standing;
using answers::text;
} // namespace autarky::analysis
