// autarky: "what did we learn, and what should we watch?": the verdict after dated reports, and what the next ones are worth.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/update.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct UpdateQuestion : ScenarioChoice {
    std::string since, until;
    std::vector<std::string> with, metric;
    bool claims = false;
    std::optional<Stated> press_bias, rumour_bias;
    std::uint64_t samples = 16'384, seed = 1;
};
constexpr auto describe(Type<UpdateQuestion> /*type*/) {
    using Q = UpdateQuestion;
    constexpr double most_samples = 1e6; // every value is kept
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(
            asked("since", &Q::since, "Reports that became known earlier are left to the scenario")
                .as("DATE")
                .otherwise("the decision"),
            asked("until", &Q::until, "Reports that became known later are left out").as("DATE").otherwise("none are"),
            asked("with", &Q::with, "A file with further [[observation]] and their [source.name]").as("FILE"),
            asked("metric", &Q::metric, "A metric whose bands by quarter are told before and after the reports")
                .as("ID"),
            asked("claims", &Q::claims, "Also the share of the futures in which each claim is true, before and after"),
            asked("press_bias", &Q::press_bias, "%"_u,
                  "Reported less true yield where the press reports it: a number, a range or a distribution of points")
                .otherwise("the catalogue's"),
            asked("rumour_bias", &Q::rumour_bias, "%"_u, "The same of leaks and forums").otherwise("the catalogue's"),
            asked("samples", &Q::samples, "1"_u, "Futures").as("N").from_to(512, most_samples),
            asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

using analysis::UpdateAnswer;
UpdateAnswer update(const Catalogue& catalogue, const UpdateQuestion& question, const Watch& watch = {});
std::string text(const UpdateAnswer& answer, const show::Page& page);
Standing standing(const UpdateAnswer& answer);

extern const Entry update_entry;

} // namespace autarky::answers

namespace autarky::analysis {
// found beside the answer's type, which lives here
using answers::standing;
using answers::text;
} // namespace autarky::analysis
