// autarky: backtests: the model on past times, with the records that its scenarios state.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "analysis/backtest.hpp"
#include "core/diagnostics.hpp"
#include "scenario/load.hpp"

using namespace autarky;
using analysis::PastKind;

namespace {

const std::filesystem::path validation = std::filesystem::path(AUTARKY_SOURCE_DIR) / "validation";

Loaded decision(const std::string& name) {
    LoadRequest request;
    request.scenario = (validation / "decisions" / (name + ".toml")).string();
    request.data_folder = AUTARKY_SOURCE_DIR;
    return load(request);
}

/// The last moment of "2016", "2016-04" or "2016-04-25", in decimal years: as late as the source can be.
double latest(const std::string& date) {
    const double year = std::stod(date.substr(0, 4));
    if (date.size() < 7) return year + 1.0;
    const double month = std::stod(date.substr(5, 2));
    const double day = date.size() < 10 ? 31.0 : std::stod(date.substr(8, 2));
    return year + (month - 1.0 + day / 31.0) / 12.0;
}

ValidationCase band(double low, double high, bool pass, const char* unit) {
    ValidationCase row;
    row.low = low;
    row.high = high;
    row.pass = pass;
    row.unit = unit;
    return row;
}

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

TEST_CASE("no number of a decision has a source from after it, but the rules that are the same for all") {
    const auto names = analysis::backtests(validation, PastKind::decision);
    for (const auto* wanted : {"hw3", "dojo-d1", "nio", "xpeng", "li-auto", "cruise"})
        CHECK(std::ranges::find(names, wanted) != names.end());
    for (const auto& name : names) {
        const Loaded loaded = decision(name);
        const auto decided = std::ranges::find(loaded.inputs.rows, "economy.decision_date", &Input::path);
        REQUIRE(decided != loaded.inputs.rows.end());
        const double date = decided->distribution.parameters.front();
        std::size_t dated = 0;
        for (const auto& row : loaded.inputs.rows) {
            if (row.source < 0) continue; // a default of the program, the same in all of them
            const auto& source = loaded.inputs.sources[static_cast<std::size_t>(row.source)];
            if (source.id == "rule" || source.id == "no-part") {
                CHECK(source.grade == Grade::assumption);
                continue;
            }
            CAPTURE(name);
            CAPTURE(row.path);
            CAPTURE(source.id);
            CHECK(latest(source.date) < date + 1.0 / 12.0); // the decision's own month counts
            ++dated;
        }
        CHECK(dated >= 10);
    }
}

TEST_CASE("a decision is met by its band, a record by its median") {
    for (const auto& name : analysis::backtests(validation, PastKind::decision))
        for (const auto& row : analysis::backtest_cases(name, validation, 0, PastKind::decision)) {
            CAPTURE(name);
            CAPTURE(row.name);
            CHECK(std::isfinite(row.got));
            CHECK(row.low <= row.got);
            CHECK(row.got <= row.high);
            CHECK(row.pass == (row.expected - row.tolerance <= row.high && row.low <= row.expected + row.tolerance));
        }
}

TEST_CASE("coverage counts what bands hold and how wide they are, dates in years") {
    const auto coverage = analysis::coverage_of({band(1.0, 2.0, true, "chip"), band(1.0, 8.0, true, "MUSD"),
                                                 band(10.0, 40.0, false, "chip"), band(0.0, 5.0, true, "chip"),
                                                 band(2018.0, 2021.0, true, "year")});
    CHECK(coverage.rows == 5);
    CHECK(coverage.met == 4);
    CHECK(coverage.ratio == 4.0); // of 2, 8 and 4; a band from 0 has no factor
    CHECK(coverage.years == 3.0);
    const auto none = analysis::coverage_of({});
    CHECK(none.rows == 0);
    CHECK(std::isnan(none.ratio));
    CHECK(std::isnan(none.years));
}
