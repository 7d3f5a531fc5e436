// autarky: Ctrl-C in the middle of a run.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <chrono>
#include <csignal>
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

TEST_CASE("SIGTERM and SIGHUP end a run like Ctrl-C: what is finished is written, the exit code names the signal") {
    for (const auto& [signal, exit] : {std::pair{SIGTERM, 143}, std::pair{SIGHUP, 129}}) {
        const TemporaryFolder folder;
        Running run(
            {"run", small_scenario(), "-n", "4e9", "--resume", folder / "s.sqlite", "--json", "-o", folder / "a.json"});
        wait_for_start(folder);
        wait(4.0);
        run.send(signal);
        const auto outcome = run.end();
        CHECK(outcome.exit == exit);
        CHECK(nlohmann::json::parse(content(folder / "a.json"))["engine"]["samples"] > 0);
        CHECK(folder.names() == std::vector<std::string>{"a.json", "s.sqlite"});
    }
}

TEST_CASE("a run that was started without SIGHUP goes on when its terminal is closed") {
    const TemporaryFolder folder;
    Running run({"run", small_scenario(), "-n", "4e9", "--json", "-o", folder / "a.json"}, {.ignored = {SIGHUP}});
    wait_for_start(folder);
    wait(1.0);
    run.send(SIGHUP);
    wait(1.0);
    run.send(SIGTERM);
    CHECK(run.end().exit == 143);
}

TEST_CASE("a signal before or behind the run leaves no temporary file") {
    for (const double patience : {0.0, 0.01, 0.05}) {
        const TemporaryFolder folder;
        Running run({"run", "-n", "300", "--json", "-o", folder / "a.json"});
        wait_for_start(folder);
        wait(patience);
        run.send(SIGTERM);
        static_cast<void>(run.end());
        const auto names = folder.names();
        CHECK((names.empty() || names == std::vector<std::string>{"a.json"}));
    }
}

TEST_CASE("what a killed run left behind never blocks a later one and is taken away") {
    const TemporaryFolder folder;
    Running run({"run", small_scenario(), "-n", "4e9", "-o", folder / "a.json"});
    wait_for_start(folder);
    run.send(SIGKILL);
    CHECK(run.end().exit == 128 + SIGKILL);
    REQUIRE(folder.names().size() == 1);
    REQUIRE(folder.names()[0] != "a.json");
    write(folder / "a.json.1.part", "somebody else's");
    Running other({"run", small_scenario(), "-n", "4e9", "-o", folder / "a.json"}); // its temporary file is in use
    for (int i = 0; i < 400 && folder.names().size() != 2; ++i)
        wait(0.05);
    CHECK(autarky_run({"run", small_scenario(), "-n", "50", "-o", folder / "a.json"}).exit == 0);
    CHECK(folder.names().size() == 3);
    other.send(SIGTERM);
    static_cast<void>(other.end());
    CHECK(folder.names() == std::vector<std::string>{"a.json", "a.json.1.part"});
}
