// autarky: the command `merge`: the parts of a divided run become the whole.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "answers/run.hpp"
#include "autarky/ask.hpp"
#include "autarky/commands.hpp"
#include "autarky/run_output.hpp"

namespace autarky::cli {
namespace {

struct Form {
    ResultOptions result;
    bool part = false;
};

/// How a part goes with its file.
void check_part(const answers::MergeQuestion& question, const ResultOptions& result) {
    if (question.unfinished)
        throw UsageError("E0504", "--part and --unfinished exclude each other", "a part may have gaps");
    if (result.output.empty() || result.output == "-")
        throw UsageError("E0506", "--part needs a file for the part", "for example: --part -o part-1-to-8");
    if (result.json || result.csv || result.output.ends_with(".csv") || result.output.ends_with(".xlsx"))
        throw UsageError("E0504", "--part writes a part, not JSON or a table", "without it the result comes out so");
}

Exit write_part(const answers::MergeQuestion& question, ResultWriter& writer) {
    const auto part = answers::larger_part(question.files);
    writer.refuse_inputs();
    writer.write(part.bytes());
    return Exit::ok;
}

Exit merge(const answers::Given& given, const Form& form) {
    asks(answers::question_shape<answers::MergeQuestion>());
    const auto question = answers::question_from<answers::MergeQuestion>(given);
    if (form.part) check_part(question, form.result);
    ResultWriter writer(form.result);
    if (form.part) return write_part(question, writer);
    auto answer = answers::merge(question);
    const auto done = answer.summary.result.done, asked = answer.wanted;
    const Exit exit = writer.write(std::move(answer));
    if (done < asked) complain(fmt::format("{0} of {1} samples: these are the figures of --samples {0}", done, asked));
    return exit;
}

} // namespace

void add_merge(Program& program) {
    auto& command = program.command("merge", "Puts the parts of a divided run together");
    command.example("autarky merge part-*", "the whole run, as in one go");
    command.example("autarky merge part-1 part-2 --json -o result.json", "the same as JSON");
    command.example("autarky merge part-* --unfinished", "what is there, while parts are missing");
    command.example("autarky merge part-1 part-2 --part -o part-1-2", "a larger part, to be merged on: sums in a tree");
    auto& given = add_fields(command, answers::question_shape<answers::MergeQuestion>());
    auto& form = command.keep<Form>();
    command.flag("--part", form.part, "Write a larger part to a file, to be merged on, instead of the result");
    add_result_options(command, form.result);
    command.details("Parts are written by 'autarky run --shard I/N -o FILE'.");
    command.runs([&given, &form] { return merge(given, form); });
}

} // namespace autarky::cli
