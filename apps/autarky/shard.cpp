// autarky: the command `shard`: the script of a divided run.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "answers/shards.hpp"
#include "autarky/ask.hpp"
#include "autarky/commands.hpp"
#include "autarky/output.hpp"

namespace autarky::cli {

void add_shard(Program& program) {
    auto& command = program.command("shard", std::string(answers::shard_entry.summary));
    command.example("autarky shard --samples 10_000_000 --shards 200 -o run.sh", "then: bash run.sh");
    command.example("autarky shard my.toml --variant late -o run.sh", "a variant of a scenario of your own");
    auto& given = add_fields(command, answers::shard_entry.question());
    auto& output = command.keep<std::string>();
    command.option("-o,--output", "FILE", output, "Write to FILE, whole or not at all; - is standard output");
    command.details(
        "The script submits itself with sbatch as an array, and a job that merges the parts when all of them "
        "are done. AUTARKY names the program where it is not on the path of the nodes.");
    command.runs([&given, &output] {
        const auto reply = ask(answers::shard_entry, given); // a script is no text for people: its lines stay whole
        write_file(output.empty() ? "-" : output, reply.as<answers::ShardAnswer>().script);
        return Exit::ok;
    });
}

} // namespace autarky::cli
