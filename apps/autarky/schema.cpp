// autarky: `autarky schema`: JSON Schemas of the scenario file, of requests and of answers.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <vector>

#include "answers/questions.hpp"
#include "answers/reference.hpp"
#include "autarky/commands.hpp"
#include "autarky/output.hpp"
#include "core/diagnostics.hpp"

namespace autarky::cli {
namespace {

struct SchemaArguments {
    std::string answer, request, output;
};

const answers::Entry& named(const std::string& option, const std::string& name) {
    if (const auto* entry = answers::find_question(name)) return *entry;
    std::vector<std::string_view> names;
    for (const auto* entry : answers::questions())
        names.push_back(entry->name);
    const auto guess = did_you_mean(name, names);
    throw UsageError("E0505", fmt::format("{}: there is no question '{}'", option, name),
                     guess.empty() ? fmt::format("{}", fmt::join(names, ", ")) : guess);
}

Exit schema(const SchemaArguments& arguments) {
    if (!arguments.answer.empty() && !arguments.request.empty())
        throw UsageError("E0504", "--answer and --request exclude each other");
    write_file(arguments.output.empty() ? "-" : arguments.output,
               !arguments.answer.empty()    ? named("--answer", arguments.answer).answer_schema()
               : !arguments.request.empty() ? named("--request", arguments.request).request_schema()
                                            : answers::scenario_schema());
    return Exit::ok;
}

} // namespace

void add_schema(Program& program) {
    auto& command =
        program.command("schema", "JSON Schema of a scenario file, for completion in editors, or of a question");
    auto& arguments = command.keep<SchemaArguments>();
    command.example("autarky schema -o scenario.schema.json",
                    "then '#:schema ./scenario.schema.json' is the first line of a scenario");
    command.example("autarky schema --answer host", "of what 'autarky grid host --json' prints");
    command.option("--answer", "NAME", arguments.answer, "Of the JSON of this command");
    command.option("--request", "NAME", arguments.request, "Of a request that asks the same");
    command.option("-o,--output", "FILE", arguments.output, "Writes a file instead");
    command.runs([&arguments] { return schema(arguments); });
}

} // namespace autarky::cli
