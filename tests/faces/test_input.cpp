// autarky: inputs that are no scenario, given to the commands that load one.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "program_run.hpp"

using namespace autarky::test;

namespace {

Outcome run_of(const TemporaryFolder& folder, const std::string& text) {
    write(folder / "small.toml", content(AUTARKY_SOURCE_DIR "/tests/model/data/small.toml"));
    write(folder / "s.toml", text);
    return autarky_run({"run", "s.toml", "-n", "10"}, {.folder = folder.path()});
}

/// A scenario that extends the small one, with more text behind that.
std::string extended(const std::string& text) { return "extends = \"small.toml\"\n" + text; }

} // namespace

TEST_CASE("a scenario that is not there is an error of files, with what is there") {
    const auto outcome = autarky_run({"run", "nosuch.toml"});
    CHECK(outcome.exit == 5);
    CHECK(outcome.out == "");
    CHECK(outcome.err.starts_with("nosuch.toml: error[E0601]: there is no such file\n"));
}

TEST_CASE("text that is not TOML is refused with place, line and caret") {
    const TemporaryFolder folder;
    const auto outcome = run_of(folder, "title = \"x\"\n[process.alpha\n");
    CHECK(outcome.exit == 3);
    CHECK(outcome.out == "");
    CHECK(outcome.err.starts_with("s.toml:2:"));
    CHECK(outcome.err.find("    2 | [process.alpha\n") != std::string::npos);
}

TEST_CASE("a wrong value is refused with everything that a reader needs to mend it") {
    const TemporaryFolder folder;
    const auto outcome = run_of(folder, extended("[process.alpha]\nwafer_price = \"17_000 USD/wafre\"\n"));
    CHECK(outcome.exit == 3);
    CHECK(outcome.err.find("s.toml:3:") != std::string::npos);
    CHECK(outcome.err.find("error[E02") != std::string::npos);
    CHECK(outcome.err.find("wafre") != std::string::npos);
    CHECK(outcome.err.find("did you mean 'wafer'?") != std::string::npos);
}

TEST_CASE("all findings are shown at once") {
    const TemporaryFolder folder;
    const auto outcome =
        run_of(folder, extended("[process.alpha]\nwafer_price = \"-3 USD/wafer\"\nwafer_prise = \"3 USD/wafer\"\n"
                                "line_yield = \"130 %\"\n"));
    CHECK(outcome.exit == 3);
    for (const char* line : {"s.toml:3:", "s.toml:4:", "s.toml:5:"})
        CHECK_MESSAGE(outcome.err.find(line) != std::string::npos, outcome.err);
}

TEST_CASE("a setting of the command line that is wrong is refused like one of a file") {
    const auto outcome = autarky_run({"run", small_scenario(), "--set", "process.alpha.wafer_prise=3 USD/wafer"});
    CHECK(outcome.exit == 3);
    CHECK(outcome.err.find("--set #1:1:") != std::string::npos);
    CHECK(outcome.err.find("did you mean 'wafer_price'?") != std::string::npos);
}

TEST_CASE("an unknown variant is refused with a suggestion") {
    const auto outcome = autarky_run({"run", small_scenario(), "--variant", "daer"});
    CHECK(outcome.exit == 3);
    CHECK(outcome.err.find("error[E0305]: the scenario has no variant 'daer'\n      = did you mean 'dear'?\n") !=
          std::string::npos);
}

TEST_CASE("hostile input ends with an exit code of its own, never by a signal") {
    const TemporaryFolder folder;
    const std::string deep = "a = " + std::string(20'000, '[') + std::string(20'000, ']') + "\n";
    for (const auto& text : {std::string("\xff\xfe\0"
                                         "bad",
                                         6),
                             deep, std::string(10'000'000, '#'), std::string(3'000'000, '\n'), std::string()}) {
        const auto outcome = run_of(folder, text);
        CHECK_MESSAGE((outcome.exit == 3 || outcome.exit == 5), outcome.err.substr(0, 200));
        CHECK(!outcome.err.empty());
    }
    const auto itself = autarky_run({"run", folder.path().string()});
    CHECK((itself.exit == 3 || itself.exit == 5));
}

TEST_CASE("a scenario without time, money of its year or a scanner for its die says which number does it") {
    const auto told = [](const std::string& set) {
        const auto outcome = autarky_run({"run", "ai5", "-n", "10", "--set", set});
        CHECK((outcome.exit == 3) == (outcome.err.find("error[") != std::string::npos));
        return outcome.err;
    };
    CHECK(told("horizon.end=2020Q1")
              .starts_with("--set #1:1:13: error[E0205]: horizon.end: 2020Q1 is before horizon.start, 2025Q4\n"));
    CHECK(told("economy.decision_date=2036-01")
              .starts_with("--set #1:1:23: error[E0205]: economy.decision_date: '2036-01' is behind the horizon, which "
                           "ends with 2035Q4\n"));
    const auto price = told("economy.price_year=2300");
    CHECK(price.starts_with("--set #1:1:20: error[E0212]: economy.price_year: there are no prices of 2300\n"));
    CHECK(price.find("error", 30) == std::string::npos); // once, not at every amount of money
    CHECK(told("chip.ai5.height=25 to 35 mm").find("fit no field of 26 x 33 mm") != std::string::npos);
    CHECK(told("use=[\"-chip.ai5\"]").find("left out, for its chip, chip.ai5, is taken out") != std::string::npos);
}
