// autarky: a command of the program as data: what it is called, what it takes, what it does.
// SPDX-License-Identifier: Apache-2.0
//
// A command describes itself with these types, which include no library for command lines, so that its file compiles
// fast. From the description come parsing, help, suggestions, shell completion and the reference pages.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "autarky/exit.hpp"

namespace autarky::cli {

/// Reads a value from its text. Returns what is wrong with it, in words that follow "--option: ", or nothing.
template <class T> std::string read_value(const std::string& text, T& value);
template <> std::string read_value(const std::string& text, std::string& value);
template <> std::string read_value(const std::string& text, double& value);
template <> std::string read_value(const std::string& text, int& value);
template <> std::string read_value(const std::string& text, unsigned& value);
template <> std::string read_value(const std::string& text, std::uint64_t& value);
template <class T> std::string read_value(const std::string& text, std::optional<T>& value) {
    return read_value(text, value.emplace());
}
template <class T> std::string read_value(const std::string& text, std::vector<T>& value) {
    return read_value(text, value.emplace_back());
}

template <class T> inline constexpr bool takes_many = false;
template <class T> inline constexpr bool takes_many<std::vector<T>> = true;

/// An option (`--samples N`), a flag (`--json`) or an argument without dashes (SCENARIO).
struct Parameter {
    std::string names; ///< "-o,--output"; for an argument its name in capitals
    std::string value; ///< what stands for the value in help; empty: a flag. Completion goes by it: SCENARIO, VARIANT,
                       ///< METRIC, FILE, DIR, QUARTER and words divided by | are known
    std::string doc;
    bool is_argument = false;
    bool is_required = false;
    bool repeats = false;
    std::function<std::string(const std::string&)> take;

    /// "--samples" for "-n,--samples".
    [[nodiscard]] std::string long_name() const;
};

struct Example {
    std::string line; ///< a whole command line
    std::string doc;  ///< what it shows
};

enum class Need { optional, required };

class Command {
public:
    Command(std::string name, std::string summary, std::string heading)
        : name_(std::move(name)), summary_(std::move(summary)), heading_(std::move(heading)) {}

    /// A value of type T that lives as long as the command: the place for its options.
    template <class T> T& keep() {
        auto kept = std::make_shared<T>();
        kept_.push_back(kept);
        return *kept;
    }
    /// Text behind the options of the help.
    void details(std::string text) { details_ = std::move(text); }
    /// Examples stand first in the help.
    void example(std::string line, std::string doc) { examples_.push_back({std::move(line), std::move(doc)}); }
    /// An argument without dashes; a vector takes all that are left.
    template <class T> void argument(const std::string& name, T& to, std::string doc, Need need = Need::optional) {
        parameters_.push_back({name, name, std::move(doc), true, need == Need::required, takes_many<T>,
                               [&to](const std::string& text) { return read_value(text, to); }});
    }
    /// `--names VALUE`; a vector may be given several times.
    template <class T> void option(std::string names, std::string value, T& to, std::string doc) {
        parameters_.push_back({std::move(names), std::move(value), std::move(doc), false, false, takes_many<T>,
                               [&to](const std::string& text) { return read_value(text, to); }});
    }
    void flag(std::string names, bool& to, std::string doc) {
        parameters_.push_back({std::move(names), {}, std::move(doc), false, false, true, [&to](const std::string&) {
                                   to = true;
                                   return std::string{};
                               }});
    }
    /// A parameter of any kind.
    void parameter(Parameter described) { parameters_.push_back(std::move(described)); }
    /// What the command does.
    void runs(std::function<Exit()> action) { action_ = std::move(action); }
    /// Not listed in the help.
    void hide() { is_hidden_ = true; }
    /// Takes everything behind its name as it is, options too.
    void takes_rest(std::vector<std::string>& to) {
        rest_ = &to;
        hide();
    }

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& summary() const { return summary_; }
    [[nodiscard]] const std::string& heading() const { return heading_; }
    [[nodiscard]] const std::string& details() const { return details_; }
    [[nodiscard]] const std::vector<Example>& examples() const { return examples_; }
    [[nodiscard]] const std::vector<Parameter>& parameters() const { return parameters_; }
    [[nodiscard]] bool is_hidden() const { return is_hidden_; }
    [[nodiscard]] std::vector<std::string>* rest() const { return rest_; }
    [[nodiscard]] Exit act() const { return action_(); }

private:
    std::string name_, summary_, heading_, details_;
    std::vector<Example> examples_;
    std::vector<Parameter> parameters_;
    std::vector<std::shared_ptr<void>> kept_;
    std::function<Exit()> action_;
    std::vector<std::string>* rest_ = nullptr;
    bool is_hidden_ = false;
};

/// The program: its commands in the order of the help.
class Program {
public:
    /// Commands added from here on stand under this heading.
    void heading(std::string text) { heading_ = std::move(text); }
    /// Adds a command; the reference stays valid.
    Command& command(std::string name, std::string summary) {
        return commands_.emplace_back(std::move(name), std::move(summary), heading_);
    }
    [[nodiscard]] const std::deque<Command>& commands() const { return commands_; }
    /// By its name, which may be of two words: "grid host".
    [[nodiscard]] const Command* find(std::string_view name) const {
        for (const auto& command : commands_)
            if (command.name() == name) return &command;
        return nullptr;
    }

    /// Whether commands of two words begin with this one.
    [[nodiscard]] bool is_family(std::string_view word) const {
        for (const auto& command : commands_)
            if (command.name().size() > word.size() && command.name().starts_with(word) &&
                command.name()[word.size()] == ' ')
                return true;
        return false;
    }

private:
    std::string heading_;
    std::deque<Command> commands_;
};

} // namespace autarky::cli
