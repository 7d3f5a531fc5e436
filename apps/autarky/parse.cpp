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

Parsed parse(const Program& program, std::span<const std::string> words) {
    if (!words.empty()) {
        const auto* first = program.find(words.front());
        if (first != nullptr && first->rest() != nullptr) {
            first->rest()->assign(words.begin() + 1, words.end());
            return {first};
        }
    }
    CLI::App app;
    Flags flags;
    add_common(app, flags);
    app.add_flag("--version", flags.version);
    app.require_subcommand(0, 1);
    struct Sub {
        const Command* command;
        CLI::App* app;
        std::vector<Given> given;
    };
    std::vector<Sub> subs;
    for (const auto& command : program.commands()) {
        if (command.rest() != nullptr) continue;
        auto& sub = subs.emplace_back(Sub{&command, app.add_subcommand(command.name()), {}});
        for (const auto& parameter : command.parameters())
            sub.given.push_back({&parameter, {}});
    }
    for (auto& sub : subs) { // the texts have their final address now
        add_common(*sub.app, flags);
        for (auto& given : sub.given)
            add_parameter(*sub.app, given);
    }
    const auto chosen = [&]() -> const Sub* {
        for (const auto& sub : subs)
            if (sub.app->parsed()) return &sub;
        return nullptr;
    };
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ArgumentMismatch& mismatch) {
        const auto* sub = chosen();
        // what() begins with the option's name: "--seed: 1 required ..."
        const std::string_view what = mismatch.what();
        const auto option = what.substr(0, what.find(':'));
        const auto times = std::count(words.begin(), words.end(), option);
        throw UsageError("E0506", fmt::format("{} {}", option, times > 1 ? "is given more than once" : "needs a value"),
                         fmt::format("see 'autarky{}{} --help'", sub ? " " : "", sub ? sub->command->name() : ""));
    } catch (const CLI::ParseError& error) {
        throw UsageError("E0503", error.what(), "see 'autarky --help'");
    }
    const auto* sub = chosen();
    Parsed out{sub ? sub->command : nullptr, flags.help, flags.version, flags.no_colour};
    if (out.help) return out;
    if (!sub) {
        if (const auto left = app.remaining(); !left.empty() && !out.version) refuse_command(program, left.front());
        return out;
    }
    if (const auto left = sub->app->remaining(); !left.empty()) refuse_word(*sub->command, left.front());
    fill_in(*sub->command, sub->given);
    return out;
}

} // namespace autarky::cli
