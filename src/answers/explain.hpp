// autarky: "where does this number come from?": formulas, inputs, sources; and what a message means.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "analysis/explain.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"

namespace autarky::answers {

struct ExplainQuestion : ScenarioChoice {
    std::string metric, at;
    std::optional<unsigned> depth;
};
constexpr auto describe(Type<ExplainQuestion> /*type*/) {
    using Q = ExplainQuestion;
    constexpr double deepest = 1e6;
    return std::tuple_cat(
        fields(asked("metric", &Q::metric, "The metric, or the name of a claim").positional("METRIC").required()),
        scenario_fields<Q>(),
        fields(asked("at", &Q::at, "Quarter such as 2028Q2").as("QUARTER").otherwise("the last one"),
               asked("depth", &Q::depth, "1"_u, "Levels to open")
                   .as("N")
                   .from_to(1, deepest)
                   .otherwise("as many as fit a screen")));
}

/// Points into the session that it keeps.
struct ExplainAnswer {
    std::shared_ptr<const Session> session;
    analysis::Explanation explanation;
    const Claim* claim = nullptr; ///< by which the metric was named; null: by itself
};

ExplainAnswer explain(const Catalogue& catalogue, const ExplainQuestion& question, const Watch& watch = {});
std::string text(const ExplainAnswer& answer, const show::Page& page);

extern const Entry explain_entry;

struct CodeQuestion {
    std::string code;
};
constexpr auto describe(Type<CodeQuestion> /*type*/) {
    return fields(asked("code", &CodeQuestion::code, "Code of a message, such as E0203").positional("CODE").required());
}

struct CodeAnswer {
    std::string code, title, meaning, wrong, right;
};
constexpr auto describe(Type<CodeAnswer> /*type*/) {
    using A = CodeAnswer;
    return fields(item("code", &A::code, "The code"), item("title", &A::title, "What is wrong, in short"),
                  item("meaning", &A::meaning, "What is wrong and why it matters"),
                  item("wrong", &A::wrong, "An example").absent_if("there is none"),
                  item("right", &A::right, "The example mended").absent_if("there is none"));
}

/// Whether a word is a code of a finding: a letter E or W and four digits.
bool is_code(const std::string& word);
CodeAnswer code(const Catalogue& catalogue, const CodeQuestion& question, const Watch& watch = {});
std::string text(const CodeAnswer& answer, const show::Page& page);

extern const Entry code_entry;

} // namespace autarky::answers
