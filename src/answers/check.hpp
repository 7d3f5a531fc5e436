// autarky: "is the scenario sound?": every finding of reading it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "answers/entry.hpp"
#include "answers/findings.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct CheckQuestion : ScenarioChoice {
    bool all = false, strict = false;
};
constexpr auto describe(Type<CheckQuestion> /*type*/) {
    using Q = CheckQuestion;
    return std::tuple_cat(scenario_fields<Q>(),
                          fields(asked("all", &Q::all, "Also every bundled scenario and every row of the catalogue"),
                                 asked("strict", &Q::strict, "The gate fails when there are only warnings")));
}

struct CheckAnswer {
    CheckQuestion question;
    Diagnostics findings;
    std::size_t n_readings = 0;
    std::string packing; ///< see packing_text
};

CheckAnswer check(const Catalogue& catalogue, const CheckQuestion& question, const Watch& watch = {});
std::string text(const CheckAnswer& answer, const show::Page& page);
Standing standing(const CheckAnswer& answer);

extern const Entry check_entry;

} // namespace autarky::answers
