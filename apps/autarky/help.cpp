// autarky: writes help from the descriptions of the commands, and the command `help`.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "answers/codes.hpp"
#include "autarky/commands.hpp"
#include "autarky/exit_codes.hpp"
#include "autarky/output.hpp"
#include "autarky/terminal.hpp"
#include "core/diagnostics.hpp"
#include "show/text.hpp"

namespace autarky::cli {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

/// Two columns; a left side that is too wide stands on its own line.
std::string table(const Rows& rows, std::size_t widest) {
    std::size_t width = 0;
    for (const auto& [key, text] : rows)
        if (cells(key) <= widest) width = std::max(width, cells(key));
    const std::size_t indent = width + 4;
    std::string out;
    for (const auto& [key, text] : rows) {
        out += "  " + left(key, width);
        out += cells(key) > width ? "\n" + std::string(indent, ' ') : "  ";
        out += show::hanging(text, terminal().width, indent) + "\n";
    }
    return out;
}

std::string section(const std::string& title, const Rows& rows, std::size_t widest = 30) {
    return rows.empty() ? "" : "\n" + inked(Ink::bold, title) + "\n" + table(rows, widest);
}

std::string spaced(std::string names) {
    for (std::size_t at = 0; (at = names.find(',', at)) != std::string::npos; at += 2)
        names.replace(at, 1, ", ");
    return names;
}

struct HelpOptions {
    std::vector<std::string> about; ///< "run", "grid nation"
};

Exit show_help(const Program& program, const HelpOptions& options) {
    if (options.about.empty()) {
        print(help(program));
        return Exit::ok;
    }
    const auto about = fmt::format("{}", fmt::join(options.about, " "));
    if (const auto* command = program.find(about)) {
        print(help(*command));
        return Exit::ok;
    }
    std::vector<std::string_view> names;
    for (const auto& command : program.commands())
        if (!command.is_hidden()) names.push_back(command.name());
    const auto suggestion = did_you_mean(about, names);
    throw UsageError("E0502", fmt::format("unknown command '{}'", about),
                     suggestion.empty() ? "'autarky --help' lists the commands" : suggestion);
}

} // namespace

std::string help(const Program& program) {
    std::string out =
        "Autarky: make the chip or buy it, and what follows for cost, wafers, labour, the grid and export rules\n";
    out += section("Examples",
                   {{"autarky run", "the bundled scenario: the verdict and what drives it"},
                    {"autarky run --variant article", "the same on other inputs"},
                    {"autarky explain chip.unit_cost --at 2028Q2", "where a number comes from"}},
                   terminal().width / 2);
    out += "\n" + inked(Ink::bold, "Usage") + "\n  autarky COMMAND [...]\n";
    std::vector<std::string> headings;
    for (const auto& command : program.commands())
        if (!command.is_hidden() && std::find(headings.begin(), headings.end(), command.heading()) == headings.end())
            headings.push_back(command.heading());
    std::size_t width = 0;
    for (const auto& command : program.commands())
        width = std::max(width, command.is_hidden() ? 0 : command.name().size());
    for (const auto& heading : headings) {
        Rows rows;
        for (const auto& command : program.commands())
            if (!command.is_hidden() && command.heading() == heading)
                rows.emplace_back(left(command.name(), width), command.summary());
        out += section(heading, rows);
    }
    out += section("Options", {{"-h, --help", "Help; 'autarky COMMAND --help' for one command"},
                               {"--version", "Version of the program"},
                               {"--no-color", "No colours (also NO_COLOR; FORCE_COLOR turns them on in a pipe)"}});
    Rows exits;
    for (const auto& row : exit_meanings())
        exits.emplace_back(fmt::format("{}", static_cast<int>(row.exit)), row.meaning);
    out += section("Exit codes", exits);
    return show::fitted(out, page());
}

std::string help(const Command& command) {
    std::string out = fmt::format("autarky {}: {}\n", command.name(), command.summary());
    Rows examples, arguments, options;
    for (const auto& example : command.examples())
        examples.emplace_back(example.line, example.doc);
    std::string usage = "autarky " + command.name();
    for (const auto& parameter : command.parameters()) {
        if (!parameter.is_argument) {
            options.emplace_back(spaced(parameter.names) + (parameter.value.empty() ? "" : " " + parameter.value),
                                 parameter.doc +
                                     (parameter.repeats && !parameter.value.empty() ? " (may be repeated)" : ""));
            continue;
        }
        usage += fmt::format(" {}{}{}{}", parameter.is_required ? "" : "[", parameter.names,
                             parameter.repeats ? "..." : "", parameter.is_required ? "" : "]");
        arguments.emplace_back(parameter.names, parameter.doc);
    }
    options.emplace_back("-h, --help", "This help");
    const std::size_t widest_example = terminal().width / 2; // wider ones stand on a line of their own
    out += section("Examples", examples, widest_example);
    out += "\n" + inked(Ink::bold, "Usage") + "\n  " + usage + " [options]\n";
    out += section("Arguments", arguments) + section("Options", options);
    if (!command.details().empty()) out += "\n" + wrapped(command.details(), terminal().width, 0) + "\n";
    return show::fitted(out, page());
}

void add_help(Program& program) {
    auto& command = program.command("help", "Help of the program or of one command");
    auto& options = command.keep<HelpOptions>();
    command.example("autarky help run", "the same as 'autarky run --help'");
    command.argument("COMMAND", options.about, "The command");
    command.runs([&options, &program] { return show_help(program, options); });
}

} // namespace autarky::cli
