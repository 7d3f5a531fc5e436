// autarky: outputs that cannot be written, and outputs that must not be harmed.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <cstdlib>

#include <unistd.h>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

std::vector<std::string> run_into(const std::string& file) {
    return {"run", small_scenario(), "-n", "50", "--json", "-o", file};
}

/// Exit code 5 and a message that ends with this, warnings of the scenario before it.
void check_refused(const Outcome& outcome, const std::string& message) {
    CHECK(outcome.exit == 5);
    CHECK(outcome.out == "");
    CHECK_MESSAGE(outcome.err.ends_with(message), outcome.err);
}

} // namespace

TEST_CASE("a file that cannot be written is refused before the work starts") {
    const TemporaryFolder folder;
    const auto absent = folder / "no/such/a.json";
    // a run of four thousand million samples would take hours
    check_refused(autarky_run({"run", small_scenario(), "-n", "4e9", "--json", "-o", absent}),
                  "error[E0612]: cannot write " + absent + ": No such file or directory\n");
    const auto self = folder.path().string();
    check_refused(autarky_run({"run", small_scenario(), "-n", "4e9", "-o", self}),
                  "error[E0612]: cannot write " + self + ": it is a folder\n      = name a file\n");
    if (geteuid() != 0) { // to the superuser everything is open
        write(folder / "locked", "old");
        std::filesystem::permissions(folder / "locked", std::filesystem::perms::owner_read);
        check_refused(autarky_run({"run", small_scenario(), "-n", "4e9", "-o", folder / "locked"}),
                      "error[E0612]: cannot write " + (folder / "locked") + ": Permission denied\n");
    }
    check_refused(autarky_run(run_into("/proc/autarky")), "error[E0612]: cannot write /proc/autarky: No such file or "
                                                          "directory\n");
}

TEST_CASE("a question whose answer or picture cannot be written is refused before the work starts") {
    const TemporaryFolder folder;
    const auto absent = folder / "no/such/a.json";
    const auto refusal = "error[E0612]: cannot write " + absent + ": No such file or directory\n";
    for (const char* option : {"-o", "--svg"}) { // hours of work each
        check_refused(autarky_run({"sense", small_scenario(), "-n", "1000000", option, absent}), refusal);
        check_refused(autarky_run({"map", "--scenario", small_scenario(), "-n", "1000000", option, absent}), refusal);
    }
    check_refused(autarky_run({"worth", small_scenario(), "-n", "100000000", "-o", absent}), refusal);
    check_refused(autarky_run({"report", "-n", "4e9", "--svg", "verdict=" + absent}), refusal);
    CHECK(folder.names().empty());
}

TEST_CASE("a reader who goes away ends the program without a word, and no temporary file stays") {
    const TemporaryFolder folder;
    const auto command = "cd '" + folder.path().string() +
                         "' && '" AUTARKY_PROGRAM "' die 10x10 --process n5 --svg - -o "
                         "die.json 2>errors | (exec <&-; sleep 1)";
    CHECK(std::system(command.c_str()) == 0);
    CHECK(folder.names() == std::vector<std::string>{"errors"});
    CHECK(content(folder / "errors") == "");
}

TEST_CASE("an answer and its picture go to two places, and neither is lost") {
    const TemporaryFolder folder;
    const Surroundings there{.folder = folder.path()};
    const std::vector<std::string> die{"die", "10x10", "--process", "n5"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), die.begin(), die.end());
        return autarky_run(more, there);
    };
    std::filesystem::create_symlink("same", folder / "link");
    for (const char* other : {"same", "./same", "link"}) {
        const auto refused = with({"-o", "same", "--svg", other});
        CHECK(refused.exit == 2);
        CHECK(refused.err.find(std::string("--svg: ") + other + " is where the answer goes") != std::string::npos);
    }
    CHECK(folder.names() == std::vector<std::string>{"link"});
    CHECK(with({"--svg", "-", "-o", "-"}).exit == 2);
    CHECK(with({"--svg", "-", "--json"}).exit == 2);
    const auto both = with({"--svg", "-", "-o", "die.json"});
    CHECK(both.exit == 0);
    CHECK(both.out == with({"--svg", "-"}).out);
    CHECK(both.out.starts_with("<svg"));
    CHECK(content(folder / "die.json") == with({"--json"}).out);
}

TEST_CASE("a full disk is an error with a sentence, and what was there stays as it was") {
    const TemporaryFolder folder;
    const auto file = folder / "a.json";
    write(file, "the old result");
    // a limit on the size of files stands for the end of the disk
    check_refused(autarky_run({"run", small_scenario(), "-n", "4e9", "--json", "-o", file}, {.largest_file = 10'000}),
                  "error[E0612]: cannot write " + file + ": File too large\n");
    CHECK(content(file) == "the old result");
    CHECK(folder.names() == std::vector<std::string>{"a.json"});
    check_refused(autarky_run(run_into("/dev/full")),
                  "error[E0612]: cannot write /dev/full: No space left on device\n");
}

TEST_CASE("a standard output that is full is an error, for every kind of text") {
    const Surroundings full{.out_to = "/dev/full"};
    const std::string message = "error[E0611]: cannot write to standard output: No space left on device\n";
    check_refused(autarky_run({"run", small_scenario(), "-n", "50", "--json"}, full), message);
    check_refused(autarky_run({"run", small_scenario(), "-n", "50"}, full), message);
    check_refused(autarky_run({"--help"}, full), message);
    check_refused(autarky_run({"--version"}, full), message);
    check_refused(autarky_run({"metrics"}, full), message);
    check_refused(autarky_run({"explain", "chip.unit_cost"}, full), message);
}

TEST_CASE("-o writes what --json prints; without --json the summary is printed beside it") {
    const TemporaryFolder folder;
    const auto printed = autarky_run({"run", small_scenario(), "-n", "50", "--json"}).out;
    const auto silent = autarky_run(run_into(folder / "a.json"));
    CHECK(silent.exit == 0);
    CHECK(silent.out == "");
    CHECK(content(folder / "a.json") == printed);
    const auto both = autarky_run({"run", small_scenario(), "-n", "50", "-o", folder / "b.json"});
    CHECK(both.out.starts_with("Small test scenario"));
    CHECK(content(folder / "b.json") == printed);
    CHECK(autarky_run({"run", small_scenario(), "-n", "50", "-o", "-"}).out == printed);
    CHECK(folder.names() == std::vector<std::string>{"a.json", "b.json"});
}

TEST_CASE("nothing is left behind when the scenario is wrong") {
    const TemporaryFolder folder;
    const auto outcome = autarky_run({"run", "nosuch", "-o", folder / "a.json"});
    CHECK(outcome.exit == 5);
    CHECK(outcome.err == "error[E0601]: there is no scenario 'nosuch'\n      = bundled scenarios are action-camera, "
                         "ai5, all-makers, dojo, scarce\n");
    CHECK(folder.names().empty());
}

TEST_CASE("a file that is there keeps its mode, and a link stays a link") {
    const TemporaryFolder folder;
    namespace fs = std::filesystem;
    fs::create_directory(folder / "far");
    write(folder / "far/real.json", "old");
    fs::permissions(folder / "far/real.json", fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    fs::create_symlink("far/real.json", folder / "a.json");
    fs::create_symlink("far/new.json", folder / "dangling.json");
    CHECK(autarky_run(run_into(folder / "a.json")).exit == 0);
    CHECK(fs::is_symlink(folder / "a.json"));
    CHECK(content(folder / "far/real.json").starts_with("{"));
    CHECK(fs::status(folder / "far/real.json").permissions() ==
          (fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read));
    CHECK(autarky_run(run_into(folder / "dangling.json")).exit == 0);
    CHECK(fs::is_symlink(folder / "dangling.json"));
    CHECK(content(folder / "far/new.json").starts_with("{"));
    CHECK(folder.names() == std::vector<std::string>{"a.json", "dangling.json", "far"});
}

TEST_CASE("a result never takes the place of one of its inputs, under whatever name") {
    const TemporaryFolder folder;
    write(folder / "small.toml", content(AUTARKY_SOURCE_DIR "/tests/model/data/small.toml"));
    write(folder / "s.toml", "extends = \"small.toml\"\n");
    std::filesystem::create_symlink("small.toml", folder / "link");
    const Surroundings there{.folder = folder.path()};
    for (const char* output : {"s.toml", "./s.toml", "small.toml", "link"}) {
        const auto outcome = autarky_run({"run", "s.toml", "-n", "4e9", "-o", output}, there);
        CHECK(outcome.exit == 2);
        CHECK(outcome.err.find(std::string("-o: ") + output + " is one of the inputs of this command") !=
              std::string::npos);
    }
    CHECK(content(folder / "s.toml") == "extends = \"small.toml\"\n");
    REQUIRE(autarky_run({"run", "s.toml", "-n", "50", "--shard", "1/1", "-o", "part"}, there).exit == 0);
    const auto part = content(folder / "part");
    CHECK(autarky_run({"merge", "part", "-o", "part"}, there).exit == 2);
    CHECK(content(folder / "part") == part);
}
