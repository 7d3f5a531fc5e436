// autarky: runs that keep what they finish in a store, alone and in parts.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

std::vector<std::string> shard_of(const TemporaryFolder& folder, const std::string& shard, const std::string& part,
                                  const std::string& samples = "3000") {
    return {"run",      small_scenario(),   "-n", samples, "--shard", shard, "-o", folder / part,
            "--resume", folder / "s.sqlite"};
}

std::vector<std::string> whole_run(const TemporaryFolder& folder, const std::string& samples = "3000") {
    return {"run", small_scenario(), "-n", samples, "--json", "--resume", folder / "s.sqlite"};
}

} // namespace

TEST_CASE("parts of one store merge to the whole run, and the whole run finds them all") {
    const TemporaryFolder folder;
    const auto whole = autarky_run({"run", small_scenario(), "-n", "3000", "--json", "--threads", "1"});
    for (const char* index : {"1", "2", "3"}) {
        const auto outcome = autarky_run(shard_of(folder, std::string(index) + "/3", std::string("part-") + index));
        REQUIRE_MESSAGE(outcome.exit == 0, outcome.err);
    }
    const auto merged = autarky_run({"merge", folder / "part-1", folder / "part-2", folder / "part-3", "--json"});
    CHECK_MESSAGE(merged.exit == 0, merged.err);
    const auto hash = [](const std::string& json) { return json.substr(json.find("result_sha256")); };
    CHECK(hash(merged.out) == hash(whole.out));
    const auto resumed = autarky_run(whole_run(folder));
    CHECK(resumed.exit == 0);
    CHECK(hash(resumed.out) == hash(whole.out));
    CHECK(resumed.err.find("resumed at 3000 of 3000 samples") != std::string::npos);
}

TEST_CASE("an interrupted part is not written, and goes on from where it was") {
    const TemporaryFolder folder;
    Running run(shard_of(folder, "1/2", "part-1", "4e9"));
    std::this_thread::sleep_for(std::chrono::seconds(5));
    run.interrupt();
    const auto outcome = run.end();
    CHECK((outcome.exit == 130));
    CHECK(content(folder / "part-1") == "");
    Running other(shard_of(folder, "2/2", "part-2", "4e9"));
    std::this_thread::sleep_for(std::chrono::seconds(3));
    other.interrupt();
    CHECK(other.end().exit == 130);
    CHECK(content(folder / "part-2") == "");
}

TEST_CASE("what a store has for a run is said, in pipes too") {
    const TemporaryFolder folder;
    CHECK(autarky_run(whole_run(folder, "500")).err.find("finished samples are kept in ") != std::string::npos);
    CHECK(autarky_run(whole_run(folder, "500")).err.find("resumed at 500 of 500 samples from ") != std::string::npos);
    CHECK(autarky_run(whole_run(folder, "600")).err.find("fits this run: starting anew\n") != std::string::npos);
}

TEST_CASE("a store that is none, of somebody else or without a name is refused with a sentence") {
    const TemporaryFolder folder;
    write(folder / "s.sqlite", "my notes\n");
    const auto notes = autarky_run(whole_run(folder));
    CHECK(notes.exit == 5);
    CHECK(notes.err.find("error[E0617]: the run store '" + (folder / "s.sqlite") +
                         "' cannot be used: it is no run store") != std::string::npos);
    CHECK(content(folder / "s.sqlite") == "my notes\n");
    const auto nameless = autarky_run({"run", small_scenario(), "-n", "50", "--resume", ""});
    CHECK(nameless.exit == 2);
    CHECK(nameless.err.starts_with("error[E0506]: --resume is empty\n"));
    const auto same = autarky_run({"run", small_scenario(), "-n", "50", "--resume", folder / "r", "-o", folder / "r"});
    CHECK(same.exit != 0);
}

TEST_CASE("a flipped byte of a store is damage and never a mistake of the program") {
    const TemporaryFolder folder;
    REQUIRE(autarky_run(whole_run(folder, "600")).exit == 0);
    const auto whole = autarky_run(whole_run(folder, "600")).out;
    const auto bytes = content(folder / "s.sqlite");
    REQUIRE(bytes.size() > 10'000);
    for (std::size_t k = 0; k < 40; ++k) {
        auto damaged = bytes;
        const auto at = (k * 2654435761U + 17U) % damaged.size();
        damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
        write(folder / "s.sqlite", damaged);
        const auto outcome = autarky_run(whole_run(folder, "600"));
        CHECK(outcome.err.find("E0699") == std::string::npos);
        CHECK_MESSAGE((outcome.exit == 5 || (outcome.exit == 0 && outcome.out == whole)), outcome.err);
    }
}
