// autarky: the command `merge`: the parts of a divided run become the whole.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "analysis/part.hpp"
#include "autarky/commands.hpp"
#include "autarky/run_output.hpp"

namespace autarky::cli {
namespace {

struct MergeArguments {
    std::vector<std::string> files;
    ResultOptions result;
};

struct CloseFile {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); } // it was only read
};

std::string content(const std::string& name) {
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(name.c_str(), "rbe"));
    if (!file) throw FileError("E0614", fmt::format("cannot read {}: {}", name, std::strerror(errno)));
    std::string bytes;
    std::array<char, 65536> block{};
    std::size_t n = 0;
    while ((n = std::fread(block.data(), 1, block.size(), file.get())) > 0)
        bytes.append(block.data(), n);
    if (std::ferror(file.get()) != 0)
        throw FileError("E0614", fmt::format("cannot read {}: {}", name, std::strerror(errno)));
    return bytes;
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
    try {
        auto whole = analysis::merged(std::move(parts));
        const auto summary = analysis::summary_of(std::move(whole.frame), std::move(whole.state), 0);
        return writer.write(summary, summary.frame.scenario);
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
