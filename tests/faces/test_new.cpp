// autarky: scenarios to begin with, as a newcomer writes and runs them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "program_run.hpp"

using namespace autarky::test;

TEST_CASE("every beginning passes check without a finding, and runs") {
    const TemporaryFolder folder;
    int n = 0;
    for (const std::string device : {"car", "drone", "camera"})
        for (const std::string process :
             {"n7", "n5", "n3", "n2", "sf2", "sf2p", "intel_18a", "intel_14a", "samsung_14"})
            for (const int without : {0, 1, 2, 3}) { // robots, grid, both
                const bool robots = (without & 1) == 0, grid = (without & 2) == 0;
                if (robots != grid && process != "n5") continue; // all four of one process, the ends of the others
                const auto file = folder / std::to_string(n++) + ".toml";
                std::vector<std::string> words{"new", file, "--device", device, "--process", process};
                if (!robots) words.emplace_back("--no-robots");
                if (!grid) words.emplace_back("--no-grid");
                CAPTURE(device + " " + process + (robots ? "" : " --no-robots") + (grid ? "" : " --no-grid"));
                const auto made = autarky_run(words);
                REQUIRE_MESSAGE(made.exit == 0, made.err);
                const auto checked = autarky_run({"check", file, "--strict"});
                CHECK_MESSAGE(checked.exit == 0, (checked.out + checked.err));
                if (process != "n5") continue; // one process of each is run
                const auto ran = autarky_run({"run", file, "-n", "200"});
                CHECK_MESSAGE(ran.exit == 0, ran.err);
                CHECK(ran.out.find(device + "s") != std::string::npos); // what the scenario calls its devices
                CHECK(ran.out.find("vehicles ") == std::string::npos);
                CHECK((ran.out.find("optimus") != std::string::npos) == robots);
            }
}

TEST_CASE("a beginning is short, fits 80 columns and marks its questions") {
    const TemporaryFolder folder;
    const auto file = folder / "my.toml";
    const auto made = autarky_run({"new", file, "--device", "drone", "--no-robots", "--no-grid"});
    CHECK(made.out.find("lines marked \"# ?\"") != std::string::npos);
    const auto text = content(file);
    CHECK(widest_line(text) <= 80);
    CHECK(std::count(text.begin(), text.end(), '\n') <= 48);
    CHECK(text.find("# ?") != std::string::npos);
    CHECK(text.find("robot") == text.find("robot.*")); // only in the remark about `use`
}

TEST_CASE("a file that is there is kept, and what is unknown is refused") {
    const TemporaryFolder folder;
    const auto file = folder / "my.toml";
    write(file, "mine");
    const auto again = autarky_run({"new", file});
    CHECK(again.exit == 2);
    CHECK(again.err.find("is there already") != std::string::npos);
    CHECK(content(file) == "mine");
    const auto process = autarky_run({"new", folder / "other.toml", "--process", "n55"});
    CHECK(process.exit != 0);
    CHECK(process.err.find("--process: there is no process 'n55' that a site has") != std::string::npos);
    CHECK(process.err.find("n5") != std::string::npos);
    CHECK(autarky_run({"new", folder / "other.toml", "--device", "boat"}).err.find("drone") != std::string::npos);
    CHECK(autarky_run({"new"}).exit == 2);
}
