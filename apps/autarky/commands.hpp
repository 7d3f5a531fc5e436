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

void add_audit(Program& program);
void add_break_even(Program& program);
void add_chip(Program& program);
void add_code(Program& program);
void add_check(Program& program);
void add_compare(Program& program);
void add_completion(Program& program);
void add_design(Program& program);
void add_die(Program& program);
void add_discover(Program& program);
void add_docs(Program& program);
void add_explain(Program& program);
void add_export(Program& program);
void add_flip(Program& program);
void add_update(Program& program);
void add_grid_questions(Program& program);
void add_help(Program& program);
void add_map(Program& program);
void add_merge(Program& program);
void add_metrics(Program& program);
void add_new(Program& program);
void add_option_questions(Program& program);
void add_package(Program& program);
void add_reticle(Program& program);
void add_report(Program& program);
void add_run(Program& program);
void add_schema(Program& program);
void add_sense(Program& program);
void add_serve(Program& program);
void add_shard(Program& program);
void add_sources(Program& program);
void add_ttm(Program& program);
void add_validate(Program& program);
void add_plan(Program& program);
void add_wafers(Program& program);
void add_stress(Program& program);
void add_anchor(Program& program);
void add_paths(Program& program);
void add_workload(Program& program);
void add_worth(Program& program);

inline void add_commands(Program& program) {
    program.heading("The question as a whole");
    add_run(program);
    add_map(program);
    add_break_even(program);
    add_flip(program);
    add_update(program);
    add_worth(program);
    add_sense(program);
    add_discover(program);
    add_compare(program);
    add_wafers(program);
    add_stress(program);
    add_anchor(program);
    add_plan(program);
    add_paths(program);
    add_explain(program);
    add_metrics(program);
    add_shard(program);
    add_merge(program);
    add_audit(program);
    add_validate(program);
    program.heading("To look at");
    add_serve(program);
    add_report(program);
    program.heading("Scenarios");
    add_new(program);
    add_check(program);
    add_sources(program);
    add_schema(program);
    program.heading("Parts of the model");
    add_die(program);
    add_package(program);
    add_reticle(program);
    add_ttm(program);
    add_chip(program);
    add_export(program);
    add_design(program);
    add_workload(program);
    add_grid_questions(program);
    add_option_questions(program);
    program.heading("The program");
    add_code(program);
    add_help(program);
    add_completion(program);
    add_docs(program);
}

} // namespace autarky::cli
