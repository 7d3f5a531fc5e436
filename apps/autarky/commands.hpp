// autarky: the list of commands, in the order of the help.
// SPDX-License-Identifier: Apache-2.0
//
// A command is one file, <name>.cpp, with one function that describes it:
//
//     struct DieOptions { std::string size; bool json = false; };
//     Exit die(const DieOptions& options) { fmt::print(...); return Exit::ok; }
//
//     void add_die(Program& program) {
//         auto& command = program.command("die", "Dies per wafer, yield and cost of one die");
//         auto& options = command.keep<DieOptions>();
//         command.example("autarky die 20x20 --process n5", "a square die on one process");
//         command.argument("SIZE", options.size, "Width x height, in mm", Need::required);
//         command.flag("--json", options.json, "Print JSON");
//         command.runs([&options] { return die(options); });
//     }
//
// It is listed twice: here, and in CMakeLists.txt. InputError, UsageError, FileError and every other exception are turned
// into a message and an exit code by main.cpp. Results go to standard output (output.hpp), messages to standard error.
#pragma once

#include "autarky/program.hpp"

namespace autarky::cli {

void add_help(Program& program);

inline void add_commands(Program& program) {
    program.heading("The program");
    add_help(program);
}

} // namespace autarky::cli
