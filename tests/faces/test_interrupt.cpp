// autarky: Ctrl-C in the middle of a run.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <chrono>
#include <thread>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

void wait(double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }

/// Waits until the run has opened its output, which it does before anything else.
void wait_for_start(const TemporaryFolder& folder) {
    for (int i = 0; i < 400 && folder.names().empty(); ++i)
        wait(0.05);
    REQUIRE(!folder.names().empty());
}

} // namespace

TEST_CASE("Ctrl-C gives the figures of the samples that are finished, exactly those of a run of that many") {
    const TemporaryFolder folder;
    std::string text;
    Outcome outcome;
    for (const double patience : {1.0, 4.0, 12.0}) { // a busy machine may not have finished anything at first
        Running run({"run", small_scenario(), "-n", "4e9", "--json", "-o", folder / "a.json"});
        wait_for_start(folder);
        wait(patience);
        run.interrupt();
        outcome = run.end();
        CHECK(outcome.exit == 130);
        text = content(folder / "a.json");
        if (!text.empty()) break;
    }
    REQUIRE(!text.empty());
    const auto samples = nlohmann::json::parse(text)["engine"]["samples"].get<std::uint64_t>();
    CHECK(samples % 256 == 0);
    CHECK(outcome.out == "");
    CHECK(outcome.err.ends_with("interrupted after " + std::to_string(samples) +
                                " of 4000000000 samples: these are the figures of --samples " +
                                std::to_string(samples) + "\n"));
    CHECK(autarky_run({"run", small_scenario(), "-n", std::to_string(samples), "--json"}).out == text);
    CHECK(folder.names() == std::vector<std::string>{"a.json"});
}

TEST_CASE("a second Ctrl-C ends at once and leaves no file behind") {
    const TemporaryFolder folder;
    Running run({"run", "-n", "4e9", "-o", folder / "a.json"});
    wait_for_start(folder);
    // signals of the same kind that come together count once, and before the run they end the program as they always do
    Outcome outcome;
    std::thread waiter([&] { outcome = run.end(); });
    wait(2.0);
    for (int i = 0; i < 20; ++i) {
        run.interrupt();
        wait(0.0005);
    }
    waiter.join();
    CHECK((outcome.exit == 130 || outcome.exit == 128 + 2));
    CHECK(content(folder / "a.json.part") == "");
}

TEST_CASE("a part of which only some samples are finished is not written") {
    const TemporaryFolder folder;
    Running run({"run", small_scenario(), "-n", "4e9", "--shard", "1/2", "-o", folder / "part"});
    wait_for_start(folder);
    wait(1.5);
    run.interrupt();
    const auto outcome = run.end();
    CHECK(outcome.exit == 130);
    CHECK(outcome.out == "");
    CHECK(folder.names().empty());
}
