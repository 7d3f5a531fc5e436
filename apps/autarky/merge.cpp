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

Exit merge(const answers::Given& given, const ResultOptions& result) {
    asks(answers::question_shape<answers::MergeQuestion>());
    ResultWriter writer(result);
    auto answer = answers::merge(answers::question_from<answers::MergeQuestion>(given));
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
    auto& given = add_fields(command, answers::question_shape<answers::MergeQuestion>());
    auto& result = command.keep<ResultOptions>();
    add_result_options(command, result);
    command.details("Parts are written by 'autarky run --shard I/N -o FILE'.");
    command.runs([&given, &result] { return merge(given, result); });
}

} // namespace autarky::cli
