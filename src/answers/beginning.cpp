// autarky: the scenario to begin with.
// SPDX-License-Identifier: Apache-2.0
#include "answers/beginning.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/refuse.hpp"

namespace autarky::answers {

NewAnswer begin(const Catalogue& catalogue, const NewQuestion& question, const Watch& /*watch*/) {
    const auto known = scenario::processes_with_sites(catalogue.folder_text());
    if (std::find(known.begin(), known.end(), question.process) == known.end()) {
        auto hint = did_you_mean(question.process, {known.begin(), known.end()});
        if (hint.empty()) hint = fmt::format("sites of the catalogue have {}", fmt::join(known, ", "));
        refuse_field("process", "E0505", fmt::format("there is no process '{}' that a site has", question.process),
                     std::move(hint));
    }
    NewAnswer out{{question.device, question.process, !question.no_robots, !question.no_grid}, {}};
    out.made = scenario::beginning_text(out.about, catalogue.folder_text());
    return out;
}

std::string text(const NewAnswer& answer, const show::Page& /*page*/) { return answer.made.text; }

const Entry new_entry =
    entry_of<&begin, NewQuestion, NewAnswer>("", "new", "A scenario to begin with: short, its questions marked");

} // namespace autarky::answers
