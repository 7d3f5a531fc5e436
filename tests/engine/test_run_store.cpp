// autarky: tests of the run store: what is finished survives a stop and a kill, and ends with the same bits.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
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

std::string content(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

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
        static_cast<void>(run_stored(small_model(true), options, store));
        _exit(0);
    }
    for (int tries = 0; tries < 3000; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::error_code none;
        if (std::filesystem::file_size(file, none) == 0 || none) continue;
        RunStore store(file);
        const auto pieces = store.pieces();
        if (!pieces.empty() && pieces[0].done > 0) break;
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
    REQUIRE(store.pieces().size() == 1);
    const StoredPiece left = store.pieces()[0];
    CHECK(left.done > 0);
    CHECK(left.done < options.samples);
    CHECK(left.seed == 5);
    CHECK(left.scenario == "small model");
    const State resumed = run_stored(model, options, store);
    CHECK(resumed.missing().empty());
    CHECK(resumed.hash() == run(model, options).hash());
    CHECK(store.pieces()[0].done == options.samples);
    CHECK(run_stored(model, options, store).hash() == resumed.hash()); // nothing left to do
}

TEST_CASE("a stopped run keeps what it finished, and its progress goes on from there") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunOptions options = options_for(60'000);
    std::stop_source stop;
    options.stop = stop.get_token();
    RunStore store(folder.file());
    options.progress = [&](std::uint64_t, std::uint64_t) { stop.request_stop(); };
    const std::uint64_t done = run_stored(model, options, store).done();
    CHECK(done > 0);
    CHECK(done < options.samples);
    options.stop = {};
    std::uint64_t first_report = 0, last_report = 0;
    options.progress = [&](std::uint64_t at, std::uint64_t) {
        if (first_report == 0) first_report = at;
        last_report = at;
    };
    CHECK(run_stored(model, options, store).hash() == run(model, options_for(60'000)).hash());
    CHECK(first_report > done);
    CHECK(last_report == options.samples);
}

TEST_CASE("runs of other seeds, sizes and scenarios live side by side") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunStore store(folder.file());
    RunOptions options = options_for(1000);
    const std::string first = run_stored(model, options, store).hash();
    options.seed = 6;
    CHECK(run_stored(model, options, store).hash() != first);
    CHECK(run_stored(model, options_for(2000), store).done() == 2000);
    CHECK(store.pieces().size() == 3);
    CHECK(run_stored(model, options_for(1000), store).hash() == first);
    CHECK(store.pieces().size() == 3);
}

TEST_CASE("a piece takes over what lies within it and nothing else") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunStore store(folder.file());
    RunOptions options = options_for(2000);
    std::uint64_t found = 0;
    const auto run_piece = [&](SampleRange range) {
        options.range = range;
        const State state = run_stored(model, options, store, [&](const Found& f) { found = f.done; });
        CHECK(state.ranges == std::vector<SampleRange>{range});
        RunOptions alone = options;
        CHECK(state.hash() == run(model, alone).hash());
    };
    run_piece({500, 700});
    CHECK(found == 0);
    run_piece({1000, 1000}); // overlaps, but is not within
    CHECK(found == 0);
    run_piece({0, 1500});
    CHECK(found == 700);
    run_piece({0, 2000});
    CHECK(found == 1500);
    run_piece({500, 700});
    CHECK(found == 700);
}

TEST_CASE("shards that share a store give their own samples, and the whole run the samples of all") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunStore store(folder.file());
    RunOptions options = options_for(5000);
    State whole = Runner(model, options).blank().emptied();
    for (std::uint64_t index = 1; index <= 3; ++index) {
        options.range = shard(5000, index, 3);
        const State part = run_stored(model, options, store);
        CHECK(part.ranges == std::vector<SampleRange>{*options.range});
        whole.merge(part);
    }
    CHECK(whole.hash() == run(model, options_for(5000)).hash());
    std::uint64_t found = 0;
    CHECK(run_stored(model, options_for(5000), store, [&](const Found& f) { found = f.done; }).hash() == whole.hash());
    CHECK(found == 5000);
}

TEST_CASE("two processes that work on one piece do not overwrite one another") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunOptions options = options_for(1000);
    options.range = {0, 500};
    RunStore one(folder.file()), other(folder.file());
    const Runner runner(model, options);
    const PieceKey key{"run", "likeness", {0, 500}};
    one.claim(key);
    one.claim(key); // it is ours already
    CHECK_THROWS_WITH_AS(other.claim(key), doctest::Contains("another process is working on these samples"),
                         StoreError);
    CHECK_NOTHROW(other.claim({"run", "likeness", {500, 500}}));
    // where a file system has no locks, the revision tells
    CHECK(!one.load(key));
    CHECK(!other.load(key));
    one.save(key, runner.run({0, 300}));
    CHECK_THROWS_WITH_AS(other.save(key, runner.run({0, 200})),
                         doctest::Contains("another process is working on these samples"), StoreError);
    CHECK(other.load(key)->done() == 300);
    other.save(key, runner.run({0, 400}));
    CHECK_THROWS_AS(one.save(key, runner.run({0, 300})), StoreError);
}

TEST_CASE("a store is refused while another process works on the same samples, and free when that one was killed") {
    const Folder folder;
    const RunOptions options = options_for(100'000);
    int ready[2];
    REQUIRE(pipe(ready) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        budget = 1000;
        RunStore store(folder.file());
        static_cast<void>(run_stored(small_model(true), options, store, [&](const Found&) {
            if (write(ready[1], "x", 1) != 1) _exit(1);
        }));
        _exit(0);
    }
    char letter = 0;
    REQUIRE(read(ready[0], &letter, 1) == 1);
    {
        RunStore store(folder.file());
        CHECK_THROWS_WITH_AS(static_cast<void>(run_stored(small_model(false), options, store)),
                             doctest::Contains("another process is working on these samples"), StoreError);
    }
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    RunStore store(folder.file());
    CHECK(run_stored(small_model(false), options, store).missing().empty());
    close(ready[0]);
    close(ready[1]);
}

TEST_CASE("a changed formula without a changed version is told and starts anew") {
    const Folder folder;
    RunStore store(folder.file());
    const auto model = [](double factor) {
        return FunctionModel{
            test::independent(2, {Family::normal, {0.0, 1.0}}), {{"y"}, {"z"}}, [factor](const auto& x, auto& y) {
                y[0] = x[0];
                y[1] = factor * x[1];
                return true;
            }};
    };
    Found found;
    const auto note = [&](const Found& f) { found = f; };
    static_cast<void>(run_stored(model(1.0), options_for(1000), store, note));
    CHECK(!found.has_other_formulas);
    static_cast<void>(run_stored(model(1.0 + 1e-15), options_for(1000), store, note)); // not even the driver's column
    CHECK(found.done == 0);
    CHECK(found.has_other_formulas);
    static_cast<void>(run_stored(model(1.0), options_for(1000), store, note));
    CHECK(found.done == 1000);
}

TEST_CASE("a row that holds the state of another run is refused") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    RunOptions options = options_for(1000);
    PieceKey first, second;
    {
        RunStore store(folder.file());
        static_cast<void>(run_stored(model, options, store));
        first = store.pieces().front().key;
        options.seed = 6;
        static_cast<void>(run_stored(model, options, store));
        for (const StoredPiece& piece : store.pieces())
            if (piece.key.run != first.run) second = piece.key;
        const auto other = store.load(second);
        store.save(first, *other);
    }
    RunStore store(folder.file());
    CHECK_THROWS_WITH_AS(static_cast<void>(run_stored(model, options_for(1000), store)),
                         doctest::Contains("is damaged: a row holds the state of another run"), StoreError);
}

TEST_CASE("a flipped bit anywhere in a store is told as damage or has no effect") {
    const Folder folder;
    const FunctionModel model = test::ishigami_model();
    const RunOptions options = options_for(600);
    std::string hash;
    {
        RunStore store(folder.file());
        hash = run_stored(model, options, store).hash();
    }
    const std::string bytes = content(folder.file());
    int n_refused = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 149) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x04);
        const auto file = folder.path / "damaged.sqlite";
        std::ofstream(file, std::ios::binary) << damaged;
        try {
            RunStore store(file);
            const std::string found = run_stored(model, options, store).hash();
            CHECK(found == hash);
        } catch (const StoreError&) {
            ++n_refused;
        }
        std::filesystem::remove(file);
    }
    CHECK(n_refused > 10);
}

TEST_CASE("a database of another program is refused and stays as it was") {
    const Folder folder;
    const std::string name = folder.file().string();
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(name.c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, "CREATE TABLE mine (x); INSERT INTO mine VALUES (1)", nullptr, nullptr, nullptr) ==
            SQLITE_OK);
    sqlite3_close(db);
    const std::string before = content(name);
    CHECK_THROWS_WITH_AS(RunStore{folder.file()}, doctest::Contains("an SQLite file of something else"), StoreError);
    CHECK(content(name) == before);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("a store that is taken away at work is told, and what lies in its place stays as it was") {
    for (const bool is_replaced : {false, true}) {
        const Folder folder;
        const auto model = small_model(false);
        const Runner runner(model, options_for(300));
        const PieceKey key{"run", "likeness", {0, 300}};
        RunStore store(folder.file());
        store.save(key, runner.run({0, 256}));
        std::filesystem::rename(folder.file(), folder.path / "elsewhere");
        if (is_replaced) std::ofstream(folder.file()) << "somebody else's";
        CHECK_THROWS_WITH_AS(store.save(key, runner.run({0, 300})),
                             doctest::Contains("it was removed or replaced while it was in use"), StoreError);
        CHECK(content(folder.file()) == (is_replaced ? "somebody else's" : ""));
    }
}

TEST_CASE("a file that is no store, or cannot be made, is refused with a sentence") {
    const Folder folder;
    std::ofstream(folder.file()) << "this is a text and no database, and long enough to be looked at as one";
    CHECK_THROWS_WITH_AS(RunStore{folder.file()}, doctest::Contains("cannot be used: it is no run store"), StoreError);
    CHECK(content(folder.file()) == "this is a text and no database, and long enough to be looked at as one");
    CHECK_THROWS_WITH_AS(RunStore{folder.path}, doctest::Contains("cannot be opened: it is a folder"), StoreError);
    CHECK_THROWS_WITH_AS(RunStore{"/dev/null"}, doctest::Contains("it is no ordinary file"), StoreError);
    CHECK_THROWS_WITH_AS(RunStore{folder.path / "no" / "such" / "folder"},
                         doctest::Contains("cannot be opened: No such file or directory"), StoreError);
}
