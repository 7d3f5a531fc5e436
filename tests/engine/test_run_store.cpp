// autarky: tests of the run store: what is finished survives a stop and a kill, and ends with the same bits.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "engine/run_store.hpp"
#include "small_models.hpp"

using namespace autarky;
using namespace autarky::engine;
using autarky::engine::test::FunctionModel;

namespace {

/// A folder that goes away with the test.
struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "autarky-store-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    [[nodiscard]] std::filesystem::path file() const { return path / "runs.sqlite"; }
};

/// Samples that a stalling model still evaluates before it hangs for good.
std::atomic<int> budget{0};

/// sin x1 + x2; when it stalls it hangs at the end of its budget, with the same key and figures until then.
FunctionModel small_model(bool stalls) {
    return {test::independent(2, {Family::normal, {0.0, 1.0}}), {{"y"}}, [stalls](const auto& x, auto& y) {
                while (stalls && budget-- <= 0)
                    std::this_thread::sleep_for(std::chrono::seconds(1));
                y[0] = std::sin(x[0]) + x[1];
                return true;
            }};
}

RunOptions options_for(std::uint64_t samples) {
    RunOptions options;
    options.samples = samples;
    options.seed = 5;
    options.threads = 2;
    options.driver_column = 0;
    return options;
}

/// Runs in a child process that hangs half-way, and kills it without warning when the store has something.
void run_and_kill(const RunOptions& options, const std::filesystem::path& file) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        budget = static_cast<int>(options.samples / 2);
        RunStore store(file);
        static_cast<void>(run_stored(small_model(true), options, store, true));
        _exit(0);
    }
    for (int tries = 0; tries < 3000; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (!std::filesystem::exists(file)) continue;
        RunStore store(file);
        const auto runs = store.runs();
        if (!runs.empty() && runs[0].done > 0) break;
    }
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
}

} // namespace

TEST_CASE("a killed run continues and ends with the hash of an undisturbed one") {
    const Folder folder;
    const FunctionModel model = small_model(false);
    const RunOptions options = options_for(100'000);
    run_and_kill(options, folder.file());
    RunStore store(folder.file());
    REQUIRE(store.runs().size() == 1);
    const StoredRun left = store.runs()[0];
    CHECK(left.done > 0);
    CHECK(left.done < options.samples);
    CHECK(left.seed == 5);
    CHECK(left.scenario == "small model");
    const State resumed = run_stored(model, options, store, true);
    CHECK(resumed.missing().empty());
    CHECK(resumed.hash() == run(model, options).hash());
    CHECK(store.runs()[0].done == options.samples);
    CHECK(run_stored(model, options, store, true).hash() == resumed.hash()); // nothing left to do
}

TEST_CASE("a stopped run keeps what it finished, and its progress goes on from there") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunOptions options = options_for(60'000);
    std::stop_source stop;
    options.stop = stop.get_token();
    RunStore store(folder.file());
    options.progress = [&](std::uint64_t, std::uint64_t) { stop.request_stop(); };
    const std::uint64_t done = run_stored(model, options, store, true).done();
    CHECK(done > 0);
    CHECK(done < options.samples);
    options.stop = {};
    std::uint64_t first_report = 0, last_report = 0;
    options.progress = [&](std::uint64_t at, std::uint64_t) {
        if (first_report == 0) first_report = at;
        last_report = at;
    };
    CHECK(run_stored(model, options, store, true).hash() == run(model, options_for(60'000)).hash());
    CHECK(first_report > done);
    CHECK(last_report == options.samples);
}

TEST_CASE("runs of other seeds, sizes and scenarios live side by side, and without resume one starts anew") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunStore store(folder.file());
    RunOptions options = options_for(1000);
    const std::string first = run_stored(model, options, store, true).hash();
    options.seed = 6;
    CHECK(run_stored(model, options, store, true).hash() != first);
    options = options_for(2000);
    options.range = {500, 700};
    CHECK(run_stored(model, options, store, true).done() == 700);
    options.range = {0, 1500};
    CHECK(run_stored(model, options, store, true).ranges == std::vector<SampleRange>{{0, 1500}});
    CHECK(store.runs().size() == 3);
    CHECK(run_stored(model, options_for(1000), store, false).hash() == first);
    CHECK(store.runs().size() == 3);
    store.remove(store.runs()[0].id);
    CHECK(store.runs().size() == 2);
}

TEST_CASE("two processes that work on one run do not overwrite one another") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunOptions options = options_for(1000);
    options.range = {0, 500};
    RunStore one(folder.file()), other(folder.file());
    const Runner runner(model, options);
    const std::string id = runner.blank().hash();
    CHECK(!one.load(id));
    CHECK(!other.load(id));
    one.save(id, runner.run({0, 300}));
    CHECK_THROWS_WITH_AS(other.save(id, runner.run({0, 200})),
                         doctest::Contains("another process is working on the same run in the run store"), StoreError);
    CHECK(other.load(id)->done() == 300);
    other.save(id, runner.run({0, 400}));
    CHECK_THROWS_AS(one.save(id, runner.run({0, 300})), StoreError);
}

TEST_CASE("a file that is no store, or cannot be made, is refused with a sentence") {
    const Folder folder;
    std::ofstream(folder.file()) << "this is a text and no database, and long enough to be looked at as one";
    CHECK_THROWS_WITH_AS(RunStore{folder.file()}, doctest::Contains("cannot be opened: file is not a database"),
                         StoreError);
    CHECK_THROWS_WITH_AS(RunStore{folder.path / "no" / "such" / "folder"},
                         doctest::Contains("cannot be opened: unable to open database file"), StoreError);
}
