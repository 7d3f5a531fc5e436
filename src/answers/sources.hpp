// autarky: "what does it rest on?": every input with its value, source and grade.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "answers/entry.hpp"
#include "answers/session.hpp"
#include "input/grade.hpp"

namespace autarky::answers {

struct SourcesQuestion : ScenarioChoice {
    std::optional<Grade> grade;
    bool summary = false;
};
constexpr auto describe(Type<SourcesQuestion> /*type*/) {
    using Q = SourcesQuestion;
    return std::tuple_cat(scenario_fields<Q>(),
                          fields(asked("grade", &Q::grade, "Only inputs of this grade"),
                                 asked("summary", &Q::summary, "Only the counts by grade, without the inputs")));
}

struct SourcesAnswer {
    std::shared_ptr<const Session> session;
    std::vector<const Input*> inputs; ///< weakest support first; none in a summary
    bool summary = false;
};

SourcesAnswer sources(const Catalogue& catalogue, const SourcesQuestion& question, const Watch& watch = {});
std::string text(const SourcesAnswer& answer, const show::Page& page);

extern const Entry sources_entry;

} // namespace autarky::answers
