// autarky: tests of reading a load series.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "grid/heat/heat_series.hpp"
#include "grid/heat/series_csv.hpp"

using namespace autarky;
using namespace autarky::grid;

namespace {
Diagnostics findings_of(const std::string& text, bool hold = false) {
    Diagnostics findings;
    (void)read_series_csv(text, "load.csv", hold, findings);
    return findings;
}
std::string regular_with_hole() {
    std::string text = "minute,load,ambient_c\n";
    for (int i = 0; i < 30; ++i)
        if (i < 12 || i > 14) text += std::to_string(15 * i) + ",100,20\n";
    return text;
}
} // namespace

TEST_CASE("columns are found by name, in any order, with others beside them") {
    Diagnostics findings;
    const auto rows =
        read_series_csv("ambient_c,note,load,minute\r\n20,a,100,0\r\n21,b,-5,15\r\n", "x.csv", false, findings);
    CHECK(findings.empty());
    CHECK(rows.minute == std::vector<double>{0, 15});
    CHECK(rows.load == std::vector<double>{100, -5});
    CHECK(rows.n_negative == 1);
}

TEST_CASE("all that is wrong with a series is said at once, with its place") {
    const auto findings =
        findings_of("minute,load,ambient_c\n0,100,20\n0,100,20\n15,,20\n30,abc,20\n10,1,20\n45,nan,1\n");
    REQUIRE(findings.items().size() == 4);
    CHECK(findings.items()[0].message == "time step 0: minute 0 stands twice");
    CHECK(findings.items()[0].origin.line == 3);
    CHECK(findings.items()[1].message == "load is missing");
    CHECK(findings.items()[1].origin.column == 4);
    CHECK(findings.items()[2].message == "load: 'abc' is no number");
    CHECK(findings.items()[3].message == "load: 'nan' is no number");
    CHECK(findings_of("minute,load\n0,1\n").items()[0].message == "the header has no column 'ambient_c'");
    CHECK(findings_of("").items()[0].message == "a series needs at least two rows, this one has 0");
}

TEST_CASE("the header tells what parts the columns, so that a decimal comma is never read as the next column") {
    Diagnostics findings;
    const auto rows = read_series_csv("minute;load;ambient_c\n0;1,5;20\n15;2,5;-3,5\n", "s.csv", false, findings);
    CHECK(findings.empty());
    CHECK(rows.load == std::vector<double>{1.5, 2.5});
    CHECK(rows.ambient_c == std::vector<double>{20.0, -3.5});
    CHECK(findings_of("minute,load,ambient_c\n0,1,5,20\n15,1,5,20\n").items()[0].message ==
          "this row has 4 values, the header 3 columns");
    CHECK(findings_of("minute,load,ambient_c\n0,1,20,\n15,1,20,\n").empty());
    CHECK(findings_of("minute,load,ambient_c\n0,1,293\n15,1,20\n").items()[0].message ==
          "ambient_c: 293 is no temperature of air");
}

TEST_CASE("missing rows of a regular series are a gap; events of unequal length are none") {
    CHECK(findings_of(regular_with_hole()).items()[0].message ==
          "gap: 3 rows of 15 min are missing between minute 165 and 225");
    CHECK_FALSE(findings_of(regular_with_hole(), true).has_errors());
    CHECK_FALSE(findings_of(regular_with_hole(), true).empty());
    CHECK(findings_of("minute,load,ambient_c\n0,1,20\n190,1,20\n365,0.6,20\n500,1.5,20\n").empty());
}

TEST_CASE("lines between rows are cut into steps of a minute") {
    const LoadSeries<double> rows{{0, 10}, {0.0, 1.0}, {20.0, 30.0}};
    const auto lines = interpolated(rows, 1.0);
    CHECK(lines.size() == 11);
    CHECK(lines.load_pu[5] == doctest::Approx(0.5));
    CHECK(lines.ambient_c.back() == 30.0);
}
