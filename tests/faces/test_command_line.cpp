// autarky: the command line: help, typos, colours, exit codes.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

/// Exit code 2, nothing on standard output, and this on standard error.
void check_usage(const std::vector<std::string>& words, const std::string& message) {
    const auto outcome = autarky_run(words);
    CHECK(outcome.exit == 2);
    CHECK(outcome.out == "");
    CHECK(outcome.err == message);
}

/// Commands that the help lists.
std::vector<std::string> commands() {
    std::vector<std::string> out;
    const auto help = autarky_run({"--help"}).out;
    std::size_t from = help.find("Usage");
    const std::size_t end = help.find("\nOptions\n");
    while (from < end) {
        const auto line_end = help.find('\n', from);
        const auto line = help.substr(from, line_end - from);
        if (line.starts_with("  ") && !line.starts_with("  autarky") && line[2] != ' ')
            out.push_back(line.substr(2, line.find(' ', 2) - 2));
        from = line_end + 1;
    }
    return out;
}

} // namespace

TEST_CASE("a mistyped command or option is refused with a suggestion") {
    check_usage({"rnu"}, "error[E0502]: unknown command 'rnu'\n      = did you mean 'run'?\n");
    check_usage({"frobnicate"},
                "error[E0502]: unknown command 'frobnicate'\n      = 'autarky --help' lists the commands\n");
    check_usage({"--verison"}, "error[E0502]: unknown option '--verison'\n      = did you mean '--version'?\n");
    check_usage({"run", "--sampels", "10"},
                "error[E0502]: 'autarky run' has no option '--sampels'\n      = did you mean '--samples'?\n");
    check_usage({"run", "--sampels=10"},
                "error[E0502]: 'autarky run' has no option '--sampels'\n      = did you mean '--samples'?\n");
    check_usage({"help", "rnu"}, "error[E0502]: unknown command 'rnu'\n      = did you mean 'run'?\n");
}

TEST_CASE("a number of samples that cannot be run is refused in words") {
    const auto refused = [](const std::string& samples, const std::string& why) {
        check_usage({"run", "--samples", samples}, "error[E0504]: --samples: " + why + "\n");
        check_usage({"run", "--samples=" + samples}, "error[E0504]: --samples: " + why + "\n");
    };
    refused("0", "0 is outside 1 to 4294967296");
    refused("1e12", "1000000000000 is outside 1 to 4294967296");
    refused("-5", "'-5' is negative");
    refused("1.5", "'1.5' is not a whole number");
    refused("many", "'many' is not a whole number");
    refused("nan", "'nan' is not a whole number");
    refused("1e300", "'1e300' is too large");
}

TEST_CASE("numbers may be written as people write them") {
    const auto plain = autarky_run({"run", small_scenario(), "--samples", "1000", "--json"}).out;
    CHECK(autarky_run({"run", small_scenario(), "--samples=1_000", "--json"}).out == plain);
    CHECK(autarky_run({"run", small_scenario(), "-n", "1e3", "--json"}).out == plain);
}

TEST_CASE("options that do not go together, and values out of range, are refused") {
    check_usage({"run", "--threads", "100000"}, "error[E0504]: --threads: 100000 threads are too many\n"
                                                "      = 0 is one for each processor, 1024 is the most\n");
    check_usage({"run", "--shard", "1/2"},
                "error[E0506]: --shard needs a file for the part\n      = for example: --shard 1/4 -o part-1\n");
    check_usage({"run", "--shard", "1/2", "-o", "x", "--json"},
                "error[E0504]: --shard writes a part, not JSON\n      = 'autarky merge' makes JSON of all parts\n");
    for (const char* text : {"0/2", "3/2", "1", "1/", "a/b", "1/2x", "-1/2"})
        check_usage({"run", "--shard", text, "-o", "x"},
                    std::string("error[E0504]: --shard: '") + text +
                        "' is no part of a run\n      = the second of seven parts is --shard 2/7\n");
}

TEST_CASE("help stands on standard output, examples first, for the program and for every command") {
    const auto help = autarky_run({"--help"});
    CHECK(help.exit == 0);
    CHECK(help.err == "");
    CHECK(help.out.find("Examples") < help.out.find("Usage"));
    CHECK(autarky_run({"help"}).out == help.out);
    CHECK(autarky_run({"-h"}).out == help.out);
    const auto names = commands();
    CHECK(names.size() >= 10);
    for (const auto& name : names) {
        const auto one = autarky_run({name, "--help"});
        CHECK_MESSAGE(one.exit == 0, name);
        CHECK_MESSAGE(one.out.starts_with("autarky " + name + ": "), name);
        CHECK_MESSAGE(one.out.find("\nExamples\n") < one.out.find("\nUsage\n"), name);
        CHECK_MESSAGE(autarky_run({"help", name}).out == one.out, name);
    }
}

TEST_CASE("an empty word, as a variable that was never set gives it, is refused and never the usual value") {
    using Words = std::vector<std::string>;
    for (const auto& [words, name] : {std::pair{Words{"run", ""}, "SCENARIO"},
                                      {Words{"run", "ai5", "-o", ""}, "--output"},
                                      {Words{"run", "ai5", "--samples", ""}, "--samples"},
                                      {Words{"run", "ai5", "--shard", "", "-o", "x"}, "--shard"},
                                      {Words{"die", "10x10", "--process", ""}, "--process"},
                                      {Words{"die", "10x10", "--process", "n5", "--svg", ""}, "--svg"},
                                      {Words{"compare", "ai5", "--against", ""}, "--against"},
                                      {Words{"plan", "--until", ""}, "--until"},
                                      {Words{"explain", "npv", "--at", ""}, "--at"},
                                      {Words{"schema", "--answer", ""}, "--answer"},
                                      {Words{"merge", "part", ""}, "FILES"}}) {
        const auto outcome = autarky_run(words);
        CAPTURE(name);
        CHECK(outcome.exit == 2);
        CHECK(outcome.out.empty());
        CHECK_MESSAGE(outcome.err.starts_with(std::string("error[E0506]: ") + name + " is empty\n"), outcome.err);
    }
}

TEST_CASE("surplus, missing and repeated words are refused") {
    check_usage({"run", "a", "b"}, "error[E0503]: 'autarky run' does not know what to do with 'b'\n"
                                   "      = see 'autarky run --help'\n");
    check_usage({"explain"}, "error[E0506]: 'autarky explain' needs METRIC\n"
                             "      = for example: autarky explain chip.unit_cost --at 2028Q2\n");
    check_usage({"run", "--seed"}, "error[E0506]: --seed needs a value\n      = see 'autarky run --help'\n");
    check_usage({"run", "--seed", "1", "--seed", "2"},
                "error[E0506]: --seed is given more than once\n      = see 'autarky run --help'\n");
}

TEST_CASE("no line of help is wider than a printed page") {
    CHECK(widest_line(autarky_run({"--help"}).out) <= 104);
    for (const auto& name : commands())
        CHECK_MESSAGE(widest_line(autarky_run({name, "--help"}).out) <= 100, name);
}

TEST_CASE("help is given even when the rest of the line makes no sense") {
    CHECK(autarky_run({"run", "--sampels", "3", "--help"}).exit == 0);
}

TEST_CASE("without a command the help stands on standard error, and the exit code says that nothing was done") {
    const auto outcome = autarky_run({});
    CHECK(outcome.exit == 2);
    CHECK(outcome.out == "");
    CHECK(outcome.err == autarky_run({"--help"}).out);
}

TEST_CASE("the version is one line") {
    const auto outcome = autarky_run({"--version"});
    CHECK(outcome.exit == 0);
    CHECK(outcome.out.starts_with("autarky "));
    CHECK(outcome.out.find('\n') == outcome.out.size() - 1);
}

TEST_CASE("colours show on terminals and on demand only") {
    const std::vector<std::string> words{"run", "--help"};
    const auto has_colour = [](const std::string& text) { return text.find('\033') != std::string::npos; };
    CHECK_FALSE(has_colour(autarky_run(words).out));
    CHECK(has_colour(autarky_run(words, {.environment = {"FORCE_COLOR=1"}}).out));
    CHECK_FALSE(has_colour(autarky_run(words, {.environment = {"FORCE_COLOR=0"}}).out));
    CHECK_FALSE(has_colour(autarky_run(words, {.environment = {"FORCE_COLOR=1", "NO_COLOR=1"}}).out));
    CHECK(has_colour(autarky_run(words, {.environment = {"FORCE_COLOR=1", "NO_COLOR="}}).out));
    CHECK_FALSE(has_colour(autarky_run({"run", "--help", "--no-color"}, {.environment = {"FORCE_COLOR=1"}}).out));
    CHECK_FALSE(has_colour(autarky_run({"rnu"}).err));
    CHECK(has_colour(autarky_run({"rnu"}, {.environment = {"FORCE_COLOR=1"}}).err));
}

TEST_CASE("JSON has no colours, whatever is forced") {
    const auto outcome =
        autarky_run({"run", small_scenario(), "-n", "50", "--json"}, {.environment = {"FORCE_COLOR=1"}});
    CHECK(outcome.out.find('\033') == std::string::npos);
}
