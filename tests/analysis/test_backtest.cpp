// autarky: backtests: the model on past times, with the records that its scenarios state.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "analysis/backtest.hpp"
#include "core/diagnostics.hpp"

using namespace autarky;

namespace {

const std::filesystem::path validation = std::filesystem::path(AUTARKY_SOURCE_DIR) / "validation";

} // namespace

TEST_CASE("every backtest gives a row for each record of its own, the same for any number of threads") {
    const auto names = analysis::backtests(validation);
    REQUIRE(std::ranges::find(names, "us-streets") != names.end());
    for (const auto& name : names) {
        CAPTURE(name);
        const auto rows = analysis::backtest_cases(name, validation, 2),
                   again = analysis::backtest_cases(name, validation, 1);
        REQUIRE(!rows.empty());
        REQUIRE(rows.size() == again.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            CHECK(rows[i].got == again[i].got);
            CHECK(std::isfinite(rows[i].got));
            CHECK_FALSE(rows[i].source.empty());
            CHECK(rows[i].note.find("as recorded") != std::string::npos);
        }
    }
}

TEST_CASE("a row passes when its median lies in the record, and only then") {
    // What the streets of 2021 to 2025 were is recorded as a range; the counterfactual as a bound.
    for (const auto& row : analysis::backtest_cases("us-streets", validation))
        CHECK(row.pass == (std::fabs(row.got - row.expected) <= row.tolerance));
    const auto blocked = analysis::backtest_cases("us-streets-blocked", validation);
    REQUIRE(blocked.size() == 1); // what it extends has rows of its own
    CHECK(blocked[0].expected == doctest::Approx(0.5));
    CHECK(blocked[0].pass == (blocked[0].got <= 0.5));
}

TEST_CASE("where no wait forbids a sale, none is lost to the grid") {
    const auto rows = analysis::backtest_cases("us-streets", validation);
    const auto lost = std::ranges::find_if(
        rows, [](const auto& row) { return row.name.find("sales.lost.grid") != std::string::npos; });
    REQUIRE(lost != rows.end());
    CHECK(lost->got == 0.0);
    CHECK(lost->pass);
}

TEST_CASE("a backtest that does not load says why, and a folder without any has none") {
    const auto folder = std::filesystem::temp_directory_path() / "autarky-backtest";
    std::filesystem::remove_all(folder);
    CHECK(analysis::backtests(folder).empty());
    std::filesystem::create_directories(folder / "validation" / "backtests");
    std::ofstream(folder / "validation" / "backtests" / "broken.toml") << "title = \"no horizon\"\n";
    CHECK(analysis::backtests(folder / "validation") == std::vector<std::string>{"broken"});
    CHECK_THROWS_AS(analysis::backtest_cases("broken", folder / "validation"), InputError);
    std::filesystem::remove_all(folder);
}
