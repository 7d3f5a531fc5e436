// autarky: "does it reproduce what others published?"
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "answers/entry.hpp"
#include "core/validation.hpp"

namespace autarky::answers {

struct ValidateQuestion {
    std::vector<std::string> peer;
    bool all = false;
};
constexpr auto describe(Type<ValidateQuestion> /*type*/) {
    using Q = ValidateQuestion;
    return fields(asked("peer", &Q::peer,
                        "Only these: actuary, catch, ttm, google, cset, llmcompass, yield, us-streets, nio, ...")
                      .as("NAME"),
                  asked("all", &Q::all, "Every case, also those that are reproduced without a remark").in_text_only());
}

struct ValidateAnswer {
    /// What is held against what. Of the model on past times a miss is shown and fails no gate.
    enum class Kind { published, record, decision };
    struct Group {
        std::string name;
        std::vector<ValidationCase> cases;
        Kind kind = Kind::published;
    };
    std::vector<Group> groups;
    bool all = false;
};

ValidateAnswer validate(const Catalogue& catalogue, const ValidateQuestion& question, const Watch& watch = {});
std::string text(const ValidateAnswer& answer, const show::Page& page);
/// The gate fails when a published case is not reproduced; a backtest fails none.
Standing standing(const ValidateAnswer& answer);

extern const Entry validate_entry;

} // namespace autarky::answers
