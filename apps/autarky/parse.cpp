// autarky: parses the command line; the one file that knows CLI11.
// SPDX-License-Identifier: Apache-2.0
#include "autarky/parse.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "core/diagnostics.hpp"

namespace autarky::cli {
namespace {

/// A parameter and the texts that the command line gives for it.
struct Given {
    const Parameter* parameter;
    std::vector<std::string> texts;
    bool is_set = false;
};

struct Flags {
    bool help = false, version = false, no_colour = false;
};

void add_common(CLI::App& app, Flags& flags) {
    app.set_help_flag();
    app.add_flag("-h,--help", flags.help);
    app.add_flag("--no-color,--no-colour", flags.no_colour);
    app.allow_extras();
}

/// The texts of a parameter go through CLI11 as they are; read_value judges them.
void add_parameter(CLI::App& app, Given& given) {
    const auto& parameter = *given.parameter;
    if (parameter.value.empty()) {
        app.add_flag(parameter.names, given.is_set);
        return;
    }
    auto* option = app.add_option(parameter.names, given.texts);
    // an option that repeats takes one value each time; only an argument takes all words that are left
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    // a letter of the field, --S, may be typed in either case
    if (!parameter.is_argument && std::any_of(parameter.names.begin(), parameter.names.end(), is_capital))
        option->ignore_case();
    if (!parameter.repeats) option->expected(1);
    if (!parameter.is_argument || !parameter.repeats) option->allow_extra_args(false);
}

std::vector<std::string_view> option_names(const Command& command) {
    std::vector<std::string_view> out{"--help", "--no-color"};
    for (const auto& parameter : command.parameters()) {
        if (parameter.is_argument) continue;
        std::string_view names = parameter.names;
        while (!names.empty()) {
            const auto end = std::min(names.find(','), names.size());
            out.push_back(names.substr(0, end));
            names.remove_prefix(std::min(end + 1, names.size()));
        }
    }
    return out;
}

[[noreturn]] void refuse_word(const Command& command, const std::string& word) {
    const auto see = fmt::format("see 'autarky {} --help'", command.name());
    if (word.size() > 1 && word.front() == '-') {
        const auto name = word.substr(0, word.find('='));
        const auto suggestion = did_you_mean(name, option_names(command));
        throw UsageError("E0502", fmt::format("'autarky {}' has no option '{}'", command.name(), name),
                         suggestion.empty() ? see : suggestion);
    }
    throw UsageError("E0503", fmt::format("'autarky {}' does not know what to do with '{}'", command.name(), word),
                     see);
}

[[noreturn]] void refuse_command(const Program& program, const std::string& word) {
    std::vector<std::string_view> names;
    for (const auto& command : program.commands())
        if (!command.is_hidden()) names.push_back(command.name());
    const bool is_option = word.size() > 1 && word.front() == '-';
    if (is_option) names = {"--help", "--version", "--no-color"};
    const auto suggestion = did_you_mean(word, names);
    throw UsageError("E0502", fmt::format("unknown {} '{}'", is_option ? "option" : "command", word),
                     suggestion.empty() ? "'autarky --help' lists the commands" : suggestion);
}

void fill_in(const Command& command, const std::vector<Given>& all) {
    for (const auto& given : all) {
        const auto& parameter = *given.parameter;
        const auto name = parameter.long_name();
        if (given.is_set) parameter.take({});
        if (!parameter.repeats && given.texts.size() > 1)
            throw UsageError("E0504", fmt::format("{} is given {} times", name, given.texts.size()), "give it once");
        for (const auto& text : given.texts) {
            if (text.empty()) // a variable of a script that was not set: never the usual value instead
                throw UsageError("E0506", fmt::format("{} is empty", name), "give it a value, or leave it out");
            const auto trouble = parameter.take(text);
            if (!trouble.empty())
                throw UsageError("E0504", fmt::format("{}: {}", name, trouble),
                                 fmt::format("see 'autarky {} --help'", command.name()));
        }
        if (parameter.is_required && given.texts.empty())
            throw UsageError("E0506", fmt::format("'autarky {}' needs {}", command.name(), name),
                             command.examples().empty() ? fmt::format("see 'autarky {} --help'", command.name())
                                                        : "for example: " + command.examples().front().line);
    }
}

} // namespace

namespace {

/// The command that the words name, and how many of them: "run", "grid host".
struct Named {
    const Command* command = nullptr;
    std::size_t n_words = 0;
};

Named named_by(const Program& program, std::span<const std::string> words) {
    if (words.empty()) return {};
    if (!program.is_family(words[0])) return {program.find(words[0]), 1};
    const bool has_second = words.size() > 1 && !words[1].starts_with("-");
    const auto* command = has_second ? program.find(words[0] + " " + words[1]) : nullptr;
    if (command != nullptr) return {command, 2};
    return {program.find(words[0]), 1}; // a family without a member: its own command shows what there is
}

/// Flags of the program in front of the command.
std::size_t leading_flags(std::span<const std::string> words, Flags& flags) {
    std::size_t n = 0;
    for (; n < words.size(); ++n) {
        if (words[n] == "-h" || words[n] == "--help")
            flags.help = true;
        else if (words[n] == "--no-color" || words[n] == "--no-colour")
            flags.no_colour = true;
        else if (words[n] == "--version")
            flags.version = true;
        else
            break;
    }
    return n;
}

void parse_words(const Command& command, CLI::App& app, std::span<const std::string> words) {
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ArgumentMismatch& mismatch) {
        // what() begins with the option's name: "--seed: 1 required ..."
        const std::string_view what = mismatch.what();
        const auto option = what.substr(0, what.find(':'));
        const auto times = std::count(words.begin(), words.end(), option);
        throw UsageError("E0506", fmt::format("{} {}", option, times > 1 ? "is given more than once" : "needs a value"),
                         fmt::format("see 'autarky {} --help'", command.name()));
    } catch (const CLI::ParseError& error) {
        throw UsageError("E0503", error.what(), fmt::format("see 'autarky {} --help'", command.name()));
    }
}

} // namespace

Parsed parse(const Program& program, std::span<const std::string> all) {
    Flags flags;
    const auto words = all.subspan(leading_flags(all, flags));
    const auto named = named_by(program, words);
    if (named.command == nullptr) {
        if (!words.empty() && !flags.help && !flags.version) refuse_command(program, words.front());
        return {nullptr, flags.help, flags.version, flags.no_colour};
    }
    const auto& command = *named.command;
    const auto rest = words.subspan(named.n_words);
    if (command.rest() != nullptr) {
        command.rest()->assign(rest.begin(), rest.end());
        return {&command};
    }
    CLI::App app;
    add_common(app, flags);
    std::vector<Given> given;
    for (const auto& parameter : command.parameters())
        given.push_back({&parameter, {}});
    for (auto& one : given) // the texts have their final address now
        add_parameter(app, one);
    parse_words(command, app, rest);
    const Parsed out{&command, flags.help, flags.version, flags.no_colour};
    if (out.help) return out;
    if (const auto left = app.remaining(); !left.empty()) refuse_word(command, left.front());
    fill_in(command, given);
    return out;
}

} // namespace autarky::cli
