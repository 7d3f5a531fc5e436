// autarky: the command `docs`: reference pages and JSON Schema, made from the descriptions that the program runs on.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "answers/codes.hpp"
#include "answers/reference.hpp"
#include "autarky/commands.hpp"
#include "autarky/exit_codes.hpp"
#include "autarky/output.hpp"

namespace autarky::cli {
namespace {

constexpr std::string_view made_by =
    "Made by `autarky docs`; change the descriptions in the source, not this page.\n\n";

std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.insert(at, 1, '\\');
    return text;
}

std::string command_section(const Command& command) {
    std::string out = fmt::format("## `autarky {}`\n\n{}.\n\n", command.name(), command.summary());
    if (!command.examples().empty()) {
        std::size_t width = 0;
        for (const auto& example : command.examples())
            width = std::max(width, example.line.size());
        for (const auto& example : command.examples())
            out += fmt::format("    {:<{}}  # {}\n", example.line, width, example.doc);
        out += "\n";
    }
    if (!command.parameters().empty()) {
        out += "| option | meaning |\n| --- | --- |\n";
        for (const auto& parameter : command.parameters()) {
            const auto value = parameter.is_argument || parameter.value.empty() ? "" : " " + parameter.value;
            out += fmt::format("| `{}{}` | {}{}{} |\n", cell(parameter.names), cell(value), cell(parameter.doc),
                               parameter.is_required ? "; required" : "",
                               parameter.repeats && !value.empty() ? "; may be repeated" : "");
        }
        out += "\n";
    }
    if (!command.details().empty()) {
        auto details = command.details();
        std::replace(details.begin(), details.end(), '\n', ' ');
        out += details + "\n\n";
    }
    return out;
}

std::string commands_page(const Program& program) {
    std::string out = fmt::format("# Commands\n\n{}", made_by);
    out += "Results go to standard output, messages to standard error. Every command has `--help` and `--no-color`; "
           "`NO_COLOR` and `TERM=dumb` turn colours off, `FORCE_COLOR` turns them on in a pipe.\n\n";
    out += "| exit code | meaning |\n| --- | --- |\n";
    for (const auto& row : exit_meanings())
        out += fmt::format("| {} | {} |\n", static_cast<int>(row.exit), row.meaning);
    out += "\n";
    for (const auto& command : program.commands())
        if (!command.is_hidden()) out += command_section(command);
    out += "## Codes of messages\n\nThose of files that are read are in `codes.md`.\n\n| code | meaning |\n| --- | --- "
           "|\n";
    for (const auto& row : answers::question_codes())
        out += fmt::format("| {} | {} |\n", row.code, row.meaning);
    return out;
}

Exit docs(const Program& program, const std::string& folder) {
    std::error_code trouble;
    std::filesystem::create_directories(folder, trouble);
    if (trouble) throw FileError("E0612", fmt::format("cannot make the folder {}: {}", folder, trouble.message()));
    const auto write = [&](const std::string& file, const std::string& text) {
        write_file((std::filesystem::path(folder) / file).string(), text);
    };
    write("commands.md", commands_page(program));
    for (const auto& [file, text] : answers::reference_pages(std::string(made_by)))
        write(file, text);
    write("scenario.schema.json", answers::scenario_schema());
    return Exit::ok;
}

} // namespace

void add_docs(Program& program) {
    auto& command = program.command("docs", "Writes the reference pages and the JSON Schema");
    auto& folder = command.keep<std::string>();
    folder = "docs/reference";
    command.example("autarky docs --out docs/reference", "what the repository holds");
    command.option("--out", "DIR", folder, "Folder, docs/reference if left out");
    command.runs([&folder, &program] { return docs(program, folder); });
}

} // namespace autarky::cli
