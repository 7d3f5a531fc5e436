// autarky: the command `merge`: the parts of a divided run become the whole.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>
#include <utility>

#include "analysis/part.hpp"
#include "autarky/commands.hpp"
#include "autarky/run_output.hpp"
#include "input/files.hpp"

namespace autarky::cli {
namespace {

struct MergeArguments {
    std::vector<std::string> files;
    ResultOptions result;
};

std::string content(const std::string& name) {
    constexpr std::size_t largest = 1'000'000'000;
    auto file = scenario::read_file(name, largest);
    if (!file.trouble.empty()) throw FileError("E0614", fmt::format("cannot read {}: {}", name, file.trouble));
    return std::move(file.content);
}

Exit merge(const MergeArguments& arguments) {
    ResultWriter writer(arguments.result);
    std::vector<analysis::NamedPart> parts;
    for (const auto& file : arguments.files) {
        const auto bytes = content(file);
        try {
            parts.push_back({file, analysis::part_from(bytes)});
        } catch (const engine::StateError& trouble) {
            throw FileError("E0615", fmt::format("{} cannot be merged: {}", file, trouble.what()),
                            "parts are written by 'autarky run --shard I/N -o FILE'");
        }
    }
    writer.refuse_inputs();
    try {
        auto whole = analysis::merged(std::move(parts));
        auto summary = analysis::summary_of(std::move(whole.frame), std::move(whole.state), 0);
        const auto scenario = summary.frame.scenario;
        return writer.write(std::move(summary), scenario);
    } catch (const engine::StateError& trouble) {
        throw FileError("E0616", trouble.what());
    }
}

} // namespace

void add_merge(Program& program) {
    auto& command = program.command("merge", "Puts the parts of a divided run together");
    auto& arguments = command.keep<MergeArguments>();
    command.example("autarky merge part-*", "the whole run, as in one go");
    command.example("autarky merge part-1 part-2 --json -o result.json", "the same as JSON");
    command.argument("FILES", arguments.files,
                     "Files written by 'autarky run --shard I/N -o FILE', all parts of one run", Need::required);
    add_result_options(command, arguments.result);
    command.runs([&arguments] { return merge(arguments); });
}

} // namespace autarky::cli
