// autarky: "what do I begin with?": a short scenario whose questions are marked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "answers/entry.hpp"
#include "scenario/beginning.hpp"

namespace autarky::answers {

struct NewQuestion {
    scenario::DeviceKind device = scenario::DeviceKind::car;
    std::string process = "n5";
    bool no_robots = false, no_grid = false;
};
constexpr auto describe(Type<NewQuestion> /*type*/) {
    using Q = NewQuestion;
    return fields(asked("device", &Q::device, "What the chip goes into"),
                  asked("process", &Q::process, "Process of the catalogue that makes it").as("PROCESS"),
                  asked("no_robots", &Q::no_robots, "Without robots"),
                  asked("no_grid", &Q::no_grid, "Without street transformers"));
}

struct NewAnswer {
    scenario::Beginning about;
    scenario::BeginningText made;
};
constexpr auto describe(Type<NewAnswer> /*type*/) {
    using A = NewAnswer;
    using V = std::string_view;
    return fields(item(
                      "device", [](const A& a) { return a.about.device; }, "What the chip goes into"),
                  item(
                      "process", [](const A& a) -> V { return a.about.process; }, "The process"),
                  item(
                      "site", [](const A& a) -> V { return a.made.site; }, "The site of the catalogue that makes it"),
                  item(
                      "questions", [](const A& a) { return a.made.questions; }, "1"_u, "Lines marked to be answered"),
                  item("toml", [](const A& a) -> V { return a.made.text; }, "The scenario"));
}

NewAnswer begin(const Catalogue& catalogue, const NewQuestion& question, const Watch& watch = {});
std::string text(const NewAnswer& answer, const show::Page& page);

extern const Entry new_entry;

} // namespace autarky::answers
