// autarky: the command `new`: writes a scenario to begin with, never over one that is there.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "answers/beginning.hpp"
#include "autarky/ask.hpp"
#include "autarky/commands.hpp"
#include "autarky/output.hpp"

namespace autarky::cli {
namespace {

Exit write_new(const answers::Given& given, const std::string& file) {
    std::error_code unreadable;
    if (file != "-" && std::filesystem::exists(std::filesystem::symlink_status(file, unreadable)))
        throw UsageError("E0504", fmt::format("FILE: {} is there already", file),
                         "name another file; this one is kept");
    const auto reply = ask(answers::new_entry, given);
    const auto& made = reply.as<answers::NewAnswer>().made;
    write_file(file, made.text);
    if (file == "-") return Exit::ok;
    print(fmt::format("{}: {} lines marked \"# ?\" wait for your numbers.\n  autarky run {}\n", file, made.questions,
                      file));
    return Exit::ok;
}

} // namespace

void add_new(Program& program) {
    auto& command = program.command("new", std::string(answers::new_entry.summary));
    command.example("autarky new my.toml --device drone --no-robots --no-grid", "for a maker of drones");
    command.example("autarky new my.toml --process sf2p", "for cars, on another process");
    auto& file = command.keep<std::string>();
    command.argument("FILE", file, "The file to write; - is standard output", Need::required);
    auto& given = add_fields(command, answers::new_entry.question());
    command.details("It passes `autarky check` and runs as it is; its numbers are guesses of the right order for the "
                    "device. A file that is there is never replaced.");
    command.runs([&given, &file] { return write_new(given, file); });
}

} // namespace autarky::cli
