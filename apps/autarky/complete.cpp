// autarky: completion in shells: the command `completion`, and the hidden one that its scripts ask.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "answers/metrics.hpp"
#include "answers/reference.hpp"
#include "autarky/commands.hpp"
#include "autarky/output.hpp"
#include "core/visible.hpp"

namespace autarky::cli {
namespace {

struct Candidate {
    std::string word, doc;
};
using Candidates = std::vector<Candidate>;

/// Stands for "and files" among the candidates; the scripts know it.
constexpr std::string_view files_too = ":files";

std::vector<std::string> split(const std::string& text, char mark) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(mark, begin), text.size());
        out.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

Candidates scenarios() {
    Candidates out;
    for (const auto& name : answers::scenario_names())
        out.push_back({name, "bundled scenario"});
    out.push_back({std::string(files_too), ""});
    return out;
}

/// The bundled metrics; those of regions and paths by their pattern only.
Candidates metric_ids() {
    Candidates out;
    for (const auto& info : answers::metrics(answers::Catalogue(), {}).metrics)
        out.push_back({info.id.substr(0, info.id.find('<')), info.doc});
    return out;
}

/// Variants of the scenario that stands among the words, of the main one if none does.
Candidates variants(const std::vector<std::string>& words) {
    Candidates out;
    const auto known = answers::scenario_names();
    std::string scenario = "ai5";
    for (const auto& word : words)
        if (word.ends_with(".toml") || std::find(known.begin(), known.end(), word) != known.end()) scenario = word;
    for (const auto& name : answers::variant_names(scenario))
        out.push_back({name, "variant of " + scenario});
    return out;
}

Candidates values(const std::string& kind, const std::vector<std::string>& words) {
    if (kind == "SCENARIO") return scenarios();
    if (kind == "METRIC" || kind == "GLOB") return metric_ids();
    if (kind == "VARIANT") return variants(words);
    if (kind.find("FILE") != std::string::npos || kind == "DIR" || kind == "STORE")
        return {{std::string(files_too), ""}};
    Candidates out;
    if (kind.find('|') != std::string::npos)
        for (const auto& word : split(kind, '|'))
            out.push_back({word, ""});
    return out;
}

/// The option among the parameters that this word names, or null.
const Parameter* option_named(const Command& command, const std::string& word) {
    for (const auto& parameter : command.parameters()) {
        if (parameter.is_argument) continue;
        const auto names = split(parameter.names, ',');
        if (std::find(names.begin(), names.end(), word) != names.end()) return &parameter;
    }
    return nullptr;
}

Candidates candidates(const Program& program, std::vector<std::string> words) {
    Candidates out;
    const auto add_commands = [&] {
        for (const auto& command : program.commands())
            if (!command.is_hidden() && command.name().find(' ') == std::string::npos)
                out.push_back({command.name(), command.summary()});
    };
    if (words.size() < 2) {
        add_commands();
        return out;
    }
    if (program.is_family(words.front()) && words.size() == 2) { // "grid ho": its second words
        for (const auto& one : program.commands())
            if (one.name().starts_with(words.front() + " "))
                out.push_back({one.name().substr(words.front().size() + 1), one.summary()});
        return out;
    }
    const auto* of_two = words.size() > 2 ? program.find(words[0] + " " + words[1]) : nullptr;
    if (of_two != nullptr) words.erase(words.begin());
    const auto* command = of_two != nullptr ? of_two : program.find(words.front());
    if (command == nullptr) return out;
    if (command->name() == "help") {
        add_commands();
        return out;
    }
    const auto& current = words.back();
    if (words.size() > 2)
        if (const auto* option = option_named(*command, words[words.size() - 2]); option && !option->value.empty())
            return values(option->value, words);
    if (current.starts_with("-")) {
        for (const auto& parameter : command->parameters())
            if (!parameter.is_argument) out.push_back({parameter.long_name(), parameter.doc});
        out.push_back({"--help", "Help"});
        return out;
    }
    std::size_t n_given = 0; // arguments before the current word
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        const auto* option = option_named(*command, words[i]);
        if (option != nullptr && !option->value.empty())
            ++i;
        else if (!words[i].starts_with("-"))
            ++n_given;
    }
    for (const auto& parameter : command->parameters()) {
        if (!parameter.is_argument) continue;
        if (n_given == 0 || parameter.repeats) return values(parameter.value, words);
        --n_given;
    }
    return out;
}

Exit complete(const Program& program, const std::vector<std::string>& words) {
    const std::string current = words.empty() ? "" : words.back();
    for (const auto& candidate : candidates(program, words))
        if (candidate.word.starts_with(current) || candidate.word == files_too)
            print_as_it_is(fmt::format("{}\t{}\n", visible(candidate.word), visible(candidate.doc)));
    return Exit::ok;
}

constexpr std::string_view bash_script = R"sh(# completion of autarky in bash: source <(autarky completion bash)
_autarky() {
    local line IFS=$'\n'
    COMPREPLY=()
    for line in $(autarky __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); do
        if [ "${line%%$'\t'*}" = ":files" ]; then
            COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done
}
complete -o filenames -F _autarky autarky
)sh";

constexpr std::string_view zsh_script = R"sh(#compdef autarky
# completion of autarky in zsh: autarky completion zsh > a folder of $fpath, as _autarky
_autarky() {
    local line
    local -a words_found
    for line in "${(@f)$(autarky __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        if [[ "${line%%$'\t'*}" == ":files" ]]; then
            _files
        elif [[ -n "$line" ]]; then
            words_found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
        fi
    done
    _describe autarky words_found
}
compdef _autarky autarky
)sh";

constexpr std::string_view fish_script = R"sh(# completion of autarky in fish: autarky completion fish | source
function __autarky_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (autarky __complete $words[2..-1] 2>/dev/null)
        if string match -q ":files*" -- $line
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c autarky -f -a "(__autarky_complete)"
)sh";

Exit completion(const std::string& shell) {
    if (shell == "bash") {
        print(bash_script);
    } else if (shell == "zsh") {
        print(zsh_script);
    } else if (shell == "fish") {
        print(fish_script);
    } else {
        throw UsageError("E0504", fmt::format("there is no completion for '{}'", shell),
                         "for bash, zsh and fish there is");
    }
    return Exit::ok;
}

} // namespace

void add_completion(Program& program) {
    auto& command = program.command("completion", "Completion of commands, options, scenarios and metrics in a shell");
    auto& shell = command.keep<std::string>();
    command.example("source <(autarky completion bash)", "in bash, for this session; in ~/.bashrc for all");
    command.example("autarky completion fish | source", "in fish");
    command.argument("bash|zsh|fish", shell, "The shell", Need::required);
    command.runs([&shell] { return completion(shell); });

    auto& hidden = program.command("__complete", "Candidates for the last word");
    auto& words = hidden.keep<std::vector<std::string>>();
    hidden.takes_rest(words);
    hidden.runs([&words, &program] { return complete(program, words); });
}

} // namespace autarky::cli
