// autarky: the command `schema`: the JSON Schema of a scenario file, for editors.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "autarky/commands.hpp"
#include "autarky/output.hpp"
#include "scenario/schema.hpp"

namespace autarky::cli {

void add_schema(Program& program) {
    auto& command = program.command("schema", "Prints the JSON Schema of a scenario file, for completion in editors");
    auto& file = command.keep<std::string>();
    command.example("autarky schema -o scenario.schema.json",
                    "then '#:schema ./scenario.schema.json' is the first line of a scenario");
    command.option("-o,--output", "FILE", file, "Writes a file instead");
    command.runs([&file] {
        if (file.empty())
            print(json_schema());
        else
            write_file(file, json_schema());
        return Exit::ok;
    });
}

} // namespace autarky::cli
