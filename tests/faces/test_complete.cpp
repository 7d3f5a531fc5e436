// autarky: completion in shells.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

/// Candidates for the last word, without what they mean.
std::vector<std::string> candidates(const std::vector<std::string>& words) {
    std::vector<std::string> all{"__complete"};
    all.insert(all.end(), words.begin(), words.end());
    const auto outcome = autarky_run(all);
    CHECK(outcome.exit == 0);
    CHECK(outcome.err == "");
    std::vector<std::string> out;
    for (std::size_t from = 0; from < outcome.out.size();) {
        const auto end = outcome.out.find('\n', from);
        out.push_back(outcome.out.substr(from, outcome.out.find('\t', from) - from));
        from = end + 1;
    }
    return out;
}

bool has(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

using Words = std::vector<std::string>;

} // namespace

TEST_CASE("commands, options, scenarios, variants and metrics are completed") {
    CHECK(candidates({"ru"}) == Words{"run"});
    CHECK(has(candidates({""}), "explain"));
    CHECK_FALSE(has(candidates({""}), "__complete"));
    CHECK(candidates({"run", "--sample"}) == Words{"--samples"});
    CHECK(has(candidates({"run", "a"}), "ai5"));
    CHECK(has(candidates({"run", "a"}), ":files"));
    CHECK(candidates({"run", "--variant", "art"}) == Words{"article"});
    CHECK(candidates({"run", small_scenario(), "--variant", ""}) == Words{"dear"});
    CHECK(candidates({"explain", "chip.unit"}) == Words{"chip.unit_cost"});
    CHECK(has(candidates({"explain", "chip.unit_cost", "do"}), "dojo"));
    CHECK(candidates({"completion", "f"}) == Words{"fish"});
    CHECK(candidates({"help", "mer"}) == Words{"merge"});
    CHECK(candidates({"nothing", ""}).empty());
    CHECK(has(candidates({"run", "-o", ""}), ":files"));
}

TEST_CASE("the script for bash is one, and offers what the program offers") {
    const TemporaryFolder folder;
    const auto outcome = autarky_run({"completion", "bash"});
    CHECK(outcome.exit == 0);
    write(folder / "script", outcome.out +
                                 "autarky() { \"" AUTARKY_PROGRAM "\" \"$@\"; }\n"
                                 "COMP_WORDS=(autarky ru); COMP_CWORD=1; _autarky; echo \"${COMPREPLY[@]}\"\n");
    CHECK(std::system(("bash " + (folder / "script") + " > " + (folder / "out")).c_str()) == 0);
    CHECK(content(folder / "out") == "run\n");
    CHECK(autarky_run({"completion", "zsh"}).out.starts_with("#compdef autarky\n"));
    CHECK(autarky_run({"completion", "fish"}).exit == 0);
    CHECK(autarky_run({"completion", "csh"}).err ==
          "error[E0504]: there is no completion for 'csh'\n      = for bash, zsh and fish there is\n");
}
