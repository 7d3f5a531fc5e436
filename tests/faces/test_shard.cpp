// autarky: the script of a divided run, with a Slurm that runs its tasks at once.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

/// Runs the tasks of an array one after the other, and what is wrapped; prints a number as sbatch --parsable does.
const std::string fake_sbatch = R"(#!/bin/bash
set -euo pipefail
array= wrap= script=
while [ $# -gt 0 ]; do
    case $1 in
        --array=*) array=${1#--array=} ;;
        --wrap) wrap=$2; shift ;;
        --*) ;;
        *) script=$1 ;;
    esac
    shift
done
echo "array=$array wrap=${wrap:+yes}" >>"$CALLS"
if [ -n "$wrap" ]; then bash -c "$wrap"; fi
if [ -n "$script" ]; then
    for task in $(seq "${array%-*}" "${array#*-}"); do
        SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=1 bash "$script" >&2
    done
fi
echo "4711;cluster"
)";

} // namespace

TEST_CASE("the tasks of the array and the merge behind them give the result of a single run") {
    const TemporaryFolder folder;
    write(folder / "sbatch", fake_sbatch);
    std::filesystem::permissions(folder / "sbatch", std::filesystem::perms::owner_all);
    const auto set = std::string("economy.discount_rate=\"9 %/year\"");
    const std::vector<std::string> run{small_scenario(), "--set", set, "--samples", "300", "--seed", "3"};
    auto words = run;
    words.insert(words.begin(), "shard");
    words.insert(words.end(), {"--shards", "3", "-o", folder / "run.sh"});
    const auto made = autarky_run(words);
    REQUIRE_MESSAGE(made.exit == 0, made.err);
    const auto command = "cd '" + folder.path().string() + "' && PATH='" + folder.path().string() +
                         "':$PATH CALLS=calls AUTARKY='" AUTARKY_PROGRAM "' bash run.sh >out 2>&1";
    REQUIRE_MESSAGE(std::system(command.c_str()) == 0, content(folder / "out"));
    CHECK(content(folder / "calls") == "array=1-3 wrap=\narray= wrap=yes\n");
    auto alone = run;
    alone.insert(alone.begin(), "run");
    alone.emplace_back("--json");
    const auto single = nlohmann::json::parse(autarky_run(alone).out);
    const auto whole = nlohmann::json::parse(content(folder / "autarky-parts/result.json"));
    CHECK(whole.at("result_sha256") == single.at("result_sha256"));
    CHECK(whole.at("verdict") == single.at("verdict"));
}

TEST_CASE("words that a shell would read otherwise stay as they are") {
    const auto made = autarky_run({"shard", small_scenario(), "--set", "economy.discount_rate=\"9 %/year\""});
    CHECK(made.out.find("--set 'economy.discount_rate=\"9 %/year\"'") != std::string::npos);
}

TEST_CASE("a division that cannot be is refused") {
    CHECK(autarky_run({"shard", small_scenario(), "--samples", "3", "--shards", "4"}).err.find("do not give 4 parts") !=
          std::string::npos);
    CHECK(autarky_run({"shard", small_scenario(), "--folder", "a b"}).err.find("no plain name") != std::string::npos);
    CHECK(autarky_run({"shard", small_scenario(), "--metrics", "no.such"}).exit != 0);
    CHECK(autarky_run({"shard", "nowhere.toml"}).exit != 0);
}

TEST_CASE("merge of what is there while parts are missing") {
    const TemporaryFolder folder;
    const auto part = [&](const std::string& which) {
        const auto file = folder / ("part-" + which.substr(0, 1));
        const auto made = autarky_run({"run", small_scenario(), "--samples", "400", "--shard", which, "-o", file});
        REQUIRE_MESSAGE(made.exit == 0, made.err);
        return file;
    };
    const auto first = part("1/4"), second = part("2/4"), last = part("4/4");
    CHECK(autarky_run({"merge", first, second, last}).exit != 0);
    const auto merged = autarky_run({"merge", last, first, second, "--unfinished", "--json"});
    CHECK(merged.err.find("200 of 400 samples: these are the figures of --samples 200") != std::string::npos);
    const auto single = autarky_run({"run", small_scenario(), "--samples", "200", "--json"});
    CHECK(nlohmann::json::parse(merged.out).at("result_sha256") ==
          nlohmann::json::parse(single.out).at("result_sha256"));
    CHECK(autarky_run({"merge", last, "--unfinished"}).err.find("the first samples are in no part") !=
          std::string::npos);
}

TEST_CASE("some parts become a larger one, which merges on with the same bits") {
    const TemporaryFolder folder;
    const auto file = [&](const std::string& name) { return folder / name; };
    for (const std::string k : {"1", "2", "3", "4"}) {
        const auto made =
            autarky_run({"run", small_scenario(), "--samples", "400", "--shard", k + "/4", "-o", file("part-" + k)});
        REQUIRE_MESSAGE(made.exit == 0, made.err);
    }
    const auto even = autarky_run({"merge", file("part-2"), file("part-4"), "--part", "-o", file("even")});
    REQUIRE_MESSAGE(even.exit == 0, even.err);
    CHECK(even.out.empty());
    REQUIRE(autarky_run({"merge", file("part-3"), file("part-1"), "--part", "-o", file("odd")}).exit == 0);
    REQUIRE(autarky_run({"merge", file("part-4"), file("part-2"), "--part", "-o", file("even-again")}).exit == 0);
    CHECK(content(file("even")) == content(file("even-again")));
    const auto whole = autarky_run({"merge", file("even"), file("odd"), "--json"});
    const auto single = autarky_run({"run", small_scenario(), "--samples", "400", "--json"});
    const auto hash = [](const std::string& json) { return nlohmann::json::parse(json).at("result_sha256"); };
    CHECK(hash(whole.out) == hash(single.out));

    CHECK(autarky_run({"merge", file("even")}).err.find("200 of 400 samples are in no part") != std::string::npos);
    CHECK(autarky_run({"merge", file("even"), file("part-2")}).err.find("has already") != std::string::npos);
    CHECK(autarky_run({"merge", file("odd"), "--unfinished"}).err.find("in no part without gaps") != std::string::npos);
    const auto refused = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"merge", file("odd"), "--part"});
        const auto done = autarky_run(words);
        CHECK(done.exit == 2);
        return done.err;
    };
    CHECK(refused({}).find("--part needs a file") != std::string::npos);
    CHECK(refused({"-o", "-"}).find("--part needs a file") != std::string::npos);
    CHECK(refused({"-o", file("x.csv")}).find("not JSON or a table") != std::string::npos);
    CHECK(refused({"-o", file("x"), "--json"}).find("not JSON or a table") != std::string::npos);
    CHECK(refused({"-o", file("x"), "--unfinished"}).find("exclude each other") != std::string::npos);
    const auto before = content(file("odd"));
    CHECK(autarky_run({"merge", file("odd"), file("even"), "--part", "-o", file("odd")}).exit == 2);
    CHECK(content(file("odd")) == before);
}
