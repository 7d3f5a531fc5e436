// autarky: standard streams that are closed, and text that would steer a terminal.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

using Words = std::vector<std::string>;

/// Commands that write a file, with its name.
std::vector<std::pair<Words, std::string>> writing_commands(const TemporaryFolder& folder) {
    return {
        {{"run", small_scenario(), "-n", "50", "-o", folder / "run.json"}, "run.json"},
        {{"run", small_scenario(), "-n", "50", "--shard", "1/1", "-o", folder / "part"}, "part"},
        {{"merge", folder / "whole", "-o", folder / "merge.json"}, "merge.json"},
        {{"die", "10x10", "--process", "n5", "--svg", folder / "die.svg"}, "die.svg"},
        {{"plan", small_scenario(), "--futures", "6", "-o", folder / "plan.json"}, "plan.json"},
        {{"stress", small_scenario(), "--site", "home", "-n", "64", "-o", folder / "stress.csv"}, "stress.csv"},
        {{"sense", small_scenario(), "-n", "64", "--screening", "8", "--svg", folder / "sense.svg"}, "sense.svg"},
        {{"anchor", small_scenario(), "-n", "64", "-o", folder / "anchor.xlsx"}, "anchor.xlsx"},
        {{"schema", "-o", folder / "schema.json"}, "schema.json"},
    };
}

bool has_control(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20U && c != '\n') || byte == 0x7FU;
    });
}

/// A scenario whose words hold what steers terminals, written as escapes of TOML.
std::string hostile_scenario(const std::string& row) {
    return "extends = \"small.toml\"\n"
           "title = \"clear \\u001b[2J bell \\u0007 back \\b\\r turn \\u202e c1 \\u009b31m\"\n"
           "[source.\"s\\u001b]0;t\\u0007\"]\ntitle = \"\\u001b[31mred\\u202e\"\ngrade = \"assumption\"\n" +
           row;
}

} // namespace

TEST_CASE("with a standard stream closed, no file gets what was meant for it") {
    const TemporaryFolder folder;
    REQUIRE(autarky_run({"run", small_scenario(), "-n", "50", "--shard", "1/1", "-o", folder / "whole"}).exit == 0);
    for (const auto& [words, file] : writing_commands(folder)) {
        CAPTURE(file);
        const auto usual = autarky_run(words);
        REQUIRE_MESSAGE(usual.exit == 0, usual.err);
        const auto written = content(folder / file);
        REQUIRE(!written.empty());
        for (const int stream : {0, 1, 2}) {
            CAPTURE(stream);
            write(folder / file, "old");
            const auto outcome = autarky_run(words, {.closed = {stream}});
            CHECK(content(folder / file) == written);
            // a closed standard output is told where there was something to print
            const bool is_told = stream == 1 && !usual.out.empty();
            CHECK(outcome.exit == (is_told ? 5 : 0));
            if (is_told) CHECK(outcome.err.find("E0611") != std::string::npos);
        }
        write(folder / file, "old");
        static_cast<void>(autarky_run(words, {.closed = {0, 1, 2}}));
        CHECK(content(folder / file) == written);
    }
}

TEST_CASE("no text output holds a control character, whatever a scenario holds") {
    const TemporaryFolder folder;
    write(folder / "small.toml", content(AUTARKY_SOURCE_DIR "/tests/model/data/small.toml"));
    write(folder / "s.toml",
          hostile_scenario("[process.alpha]\nwafer_price = { is = \"16_000 to 18_000 USD/wafer\", source = "
                           "\"s\\u001b]0;t\\u0007\" }\n"));
    write(folder / "bad.toml", hostile_scenario("[process.alpha]\n\"wafer\\u001b[2J\" = \"1 \\u0007 USD/wafer\"\n"
                                                "node = \"\\u202e\\u001b[31m\"\n"));
    for (const Words& words : {Words{"run", "s.toml", "-n", "50"},
                               {"run", "bad.toml", "-n", "50"},
                               {"check", "s.toml"},
                               {"check", "bad.toml"},
                               {"sources", "s.toml"},
                               {"explain", "npv", "s.toml"},
                               {"run", "s.toml", "--set", "a\x1b[2J.b=1"},
                               {"run", "none\x1b[2J.toml"},
                               {"\x1b[2J"},
                               {"run", "--\x1b[2J"},
                               {"explain", "\x1b[2J"},
                               {"audit", "s.toml", "-n", "50"},
                               {"die", "10x10\x1b[2J"},
                               {"__complete", "run", "s.toml", "--variant", ""}}) {
        const auto outcome = autarky_run(words, {.folder = folder.path()});
        CAPTURE(words.front());
        if (words.front() != "__complete") // which has nothing to offer where there are no variants
            CHECK((!outcome.out.empty() || !outcome.err.empty()));
        const bool is_for_shells = words.front() == "__complete"; // its lines have a tab
        CHECK_MESSAGE((is_for_shells || !has_control(outcome.out)), outcome.out);
        CHECK_MESSAGE(!has_control(outcome.err), outcome.err);
        for (const std::string steering : {"\u202e", "\u009b"})
            CHECK(outcome.out.find(steering) == std::string::npos);
        CHECK(outcome.out.find('\x1b') == std::string::npos);
    }
}

TEST_CASE("JSON of a hostile scenario is JSON, and holds its words") {
    const TemporaryFolder folder;
    write(folder / "small.toml", content(AUTARKY_SOURCE_DIR "/tests/model/data/small.toml"));
    write(folder / "s.toml", hostile_scenario(""));
    const auto outcome = autarky_run({"run", "s.toml", "-n", "50", "--json"}, {.folder = folder.path()});
    REQUIRE(outcome.exit == 0);
    CHECK(!has_control(outcome.out));
    CHECK(nlohmann::json::parse(outcome.out)["scenario"]["title"] ==
          "clear \x1b[2J bell \a back \b\r turn \u202e c1 \u009b31m");
}
