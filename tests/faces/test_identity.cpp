// autarky: the same figures for any number of threads, parts and stops, from the program as a whole.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <algorithm>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

/// JSON of a run without the number of threads, the only thing that may differ.
std::string without_threads(const Outcome& outcome) {
    REQUIRE_MESSAGE(outcome.exit == 0, outcome.err);
    auto json = nlohmann::json::parse(outcome.out);
    json["engine"].erase("threads");
    return json.dump();
}

std::string samples() { return "1500"; }

std::string whole() {
    return without_threads(autarky_run({"run", "-n", samples(), "--seed", "4", "--json", "--threads", "1"}));
}

std::vector<std::string> parts(const TemporaryFolder& folder, int n, const std::vector<std::string>& more = {}) {
    std::vector<std::string> files;
    for (int i = 1; i <= n; ++i) {
        files.push_back(folder / ("part-" + std::to_string(i)));
        std::vector<std::string> words{"run",        "-n",      samples(),
                                       "--seed",     "4",       "-o",
                                       files.back(), "--shard", std::to_string(i) + "/" + std::to_string(n)};
        words.insert(words.end(), more.begin(), more.end());
        const auto outcome = autarky_run(words);
        REQUIRE_MESSAGE(outcome.exit == 0, outcome.err);
        CHECK(outcome.out == "");
    }
    return files;
}

Outcome merge(const std::vector<std::string>& files, bool json = true) {
    std::vector<std::string> words{"merge"};
    words.insert(words.end(), files.begin(), files.end());
    if (json) words.emplace_back("--json");
    return autarky_run(words);
}

void check_refused(const std::vector<std::string>& files, const std::string& message) {
    const auto outcome = merge(files);
    CHECK(outcome.exit == 5);
    CHECK(outcome.out == "");
    CHECK(outcome.err == message);
}

} // namespace

TEST_CASE("1, 2 and 4 threads give the same JSON of the main scenario") {
    const auto one = whole();
    for (const char* threads : {"2", "4"})
        CHECK(without_threads(autarky_run({"run", "-n", samples(), "--seed", "4", "--json", "--threads", threads})) ==
              one);
}

TEST_CASE("2 and 7 parts give the JSON and the summary of the undivided run") {
    const auto one = whole();
    const auto text = autarky_run({"run", "-n", samples(), "--seed", "4"}).out;
    for (const int n : {2, 7}) {
        const TemporaryFolder folder;
        auto files = parts(folder, n, {"--threads", std::to_string(n % 3 + 1)});
        std::reverse(files.begin(), files.end());
        CHECK(without_threads(merge(files)) == one);
        CHECK(merge(files, false).out == text);
        CHECK(folder.names().size() == static_cast<std::size_t>(n)); // no temporary file is left
    }
}

TEST_CASE("a part that is run again has the same bytes") {
    const TemporaryFolder a, b;
    CHECK(content(parts(a, 2)[0]) == content(parts(b, 2)[0]));
}

TEST_CASE("merge refuses parts that do not make one run, and says which") {
    const TemporaryFolder folder, other;
    const auto files = parts(folder, 2);
    const auto foreign = parts(other, 2, {"--variant", "article"});
    check_refused({files[0]}, "error[E0616]: 732 of 1500 samples are in no part: samples 768 to 1499\n");
    check_refused({files[0], files[0]},
                  "error[E0616]: " + files[0] + " has samples 0 to 767, which " + files[0] + " has already\n");
    check_refused({files[0], foreign[1]}, "error[E0616]: " + foreign[1] + " is of another run than " + files[0] +
                                              ": another scenario, variant or override\n");
    const auto hint = "      = a part is what a run with --shard writes\n";
    write(folder / "notes", "hello");
    check_refused({folder / "notes"},
                  "error[E0615]: " + (folder / "notes") + " cannot be merged: it is no part of a run\n" + hint);
    write(folder / "half", content(files[0]).substr(0, 5000));
    check_refused({folder / "half"},
                  "error[E0615]: " + (folder / "half") + " cannot be merged: it is cut off or damaged\n" + hint);
    check_refused({folder / "absent"},
                  "error[E0614]: cannot read " + (folder / "absent") + ": there is no such file\n");
    check_refused({folder.path().string()},
                  "error[E0614]: cannot read " + folder.path().string() + ": this is a folder, not a file\n");
}

TEST_CASE("a run that keeps its samples in a store goes on where it ended and gives the same figures") {
    const TemporaryFolder folder;
    const auto store = folder / "store";
    const std::vector<std::string> words{"run", small_scenario(), "-n", "3000", "--json", "--resume", store};
    const auto first = autarky_run(words);
    CHECK(first.exit == 0);
    CHECK(autarky_run(words).out == first.out);
    CHECK(first.out == autarky_run({"run", small_scenario(), "-n", "3000", "--json"}).out);
    const auto outcome = autarky_run({"run", small_scenario(), "--resume", folder / "no/such/folder"});
    CHECK(outcome.exit == 5);
    CHECK(outcome.err.find("error[E0617]: ") != std::string::npos);
}
