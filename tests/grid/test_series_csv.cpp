// autarky: tests of reading a load series.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <cmath>

#include "grid/heat/heat_series.hpp"
#include "grid/heat/heat_spec.hpp"
#include "grid/heat/series_csv.hpp"

using namespace autarky;
using namespace autarky::grid;

namespace {
Diagnostics findings_of(const std::string& text, const SeriesReading& how = {}) {
    Diagnostics findings;
    (void)read_series_csv(text, "load.csv", how, findings);
    return findings;
}
std::string first_of(const std::string& text, const SeriesReading& how = {}) {
    const Diagnostics findings = findings_of(text, how);
    return findings.empty() ? "" : findings.items()[0].message;
}
SeriesColumns read(const std::string& text, const SeriesReading& how = {}) {
    Diagnostics findings;
    const SeriesColumns out = read_series_csv(text, "load.csv", how, findings);
    INFO(findings.render());
    CHECK_FALSE(findings.has_errors());
    return out;
}
/// Quarter hours of a clock on a day of 2024, from and to an hour.
std::string quarters(const std::string& day, int from_h, int to_h, const std::string& zone = "") {
    std::string out;
    for (int q = from_h * 4; q < to_h * 4; ++q)
        out += fmt::format("2024-{}T{:02}:{:02}{},100,20\n", day, q / 4, q % 4 * 15, zone);
    return out;
}
const std::string stamped = "timestamp,load,ambient_c\n";
std::string regular_with_hole() {
    std::string text = "minute,load,ambient_c\n";
    for (int i = 0; i < 30; ++i)
        if (i < 12 || i > 14) text += std::to_string(15 * i) + ",100,20\n";
    return text;
}
} // namespace

TEST_CASE("days of a spreadsheet and seconds since 1970 are not read as minutes") {
    const auto series = [](const char* head, double start, double step) {
        std::string out = fmt::format("{},load_kva,ambient_c\n", head);
        for (int i = 0; i < 20; ++i)
            out += fmt::format("{:.6f},200,20\n", start + step * i);
        return out;
    };
    const auto told = [](const std::string& text) { return findings_of(text).items().at(0).message; };
    CHECK(told(series("time", 46027.0, 1.0 / 96)) ==
          "46027 looks like a spreadsheet's day since 1900, not like minutes from the start");
    CHECK(told(series("time", 1767571200.0, 900)) ==
          "1767571200 looks like seconds since 1970, not like minutes from the start");
    CHECK(findings_of(series("time", 0.0, 15.0)).empty());
    CHECK(findings_of(series("time", 46027.0, 15.0)).empty()); // after a month
    CHECK(findings_of(series("minute", 46027.0, 1.0 / 96)).empty());
}

TEST_CASE("a series that is no text in UTF-8 is told what it is") {
    CHECK(findings_of("\xff\xfem").items().at(0).message == "the file is UTF-16; save it as UTF-8");
    CHECK(findings_of("PK\x03\x04").items().at(0).message ==
          "the file is a zip archive or a workbook; unpack it, or save the sheet as CSV");
}

TEST_CASE("columns are found by name, in any order, with others beside them") {
    Diagnostics findings;
    const auto rows =
        read_series_csv("ambient_c,note,load,minute\r\n20,a,100,0\r\n21,b,-5,15\r\n", "x.csv", {}, findings);
    CHECK(findings.empty());
    CHECK(rows.minute == std::vector<double>{0, 15});
    CHECK(rows.load == std::vector<double>{100, -5});
    CHECK(rows.n_negative == 1);
}

TEST_CASE("all that is wrong with a series is said at once, with its place") {
    const auto findings =
        findings_of("minute,load,ambient_c\n0,100,20\n0,100,20\n15,,20\n30,abc,20\n10,1,20\n45,nan,1\n");
    const auto said = findings.sorted();
    REQUIRE(said.size() == 4);
    CHECK(said[0].message == "time step 0: minute 0 stands twice");
    CHECK(said[0].origin.line == 3);
    CHECK(said[1].message == "load is missing");
    CHECK(said[1].origin.column == 4);
    CHECK(said[2].message == "load: 'abc' is no number");
    CHECK(said[3].message == "load: 'nan' is no number");
    CHECK(findings_of("minute,load\n0,1\n").items()[0].message == "the header has no column 'ambient_c'");
    CHECK(findings_of("").items()[0].message == "the file is empty");
}

TEST_CASE("the header tells what parts the columns, so that a decimal comma is never read as the next column") {
    Diagnostics findings;
    const auto rows = read_series_csv("minute;load;ambient_c\n0;1,5;20\n15;2,5;-3,5\n", "s.csv", {}, findings);
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
    CHECK_FALSE(findings_of(regular_with_hole(), {true}).has_errors());
    CHECK_FALSE(findings_of(regular_with_hole(), {true}).empty());
    CHECK(findings_of("minute,load,ambient_c\n0,1,20\n190,1,20\n365,0.6,20\n500,1.5,20\n").empty());
}

TEST_CASE("lines between rows are cut into steps of a minute, each with the mean of its line") {
    const LoadSeries<double> rows{{0, 10}, {0.0, 1.0}, {20.0, 30.0}};
    const auto lines = interpolated(rows, 1.0);
    CHECK(lines.size() == 11);
    CHECK(lines.minute[5] == doctest::Approx(5.0));
    CHECK(lines.load_pu[5] == doctest::Approx(0.45));
    CHECK(lines.ambient_c.back() == doctest::Approx(29.5));
}

TEST_CASE("a load that doubles in half an hour is followed to second order") {
    // Against the same line in steps of a hundredth of a minute: a step's end in place of its mean would be 0.9 K off.
    const LoadSeries<double> rows{{0, 30, 60, 90}, {0.3, 0.3, 1.5, 1.5}, {20.0, 20.0, 20.0, 20.0}};
    const HeatSpec unit = default_heat_spec(HeatModel::iec60076_7);
    const auto hot_at = [&](double longest_min, double minute) {
        const auto lines = interpolated(rows, longest_min);
        const auto heat = heat_of(unit, lines);
        for (std::size_t i = 0; i < lines.size(); ++i)
            if (std::fabs(lines.minute[i] - minute) < 1e-6) return heat.hot_spot_c[i];
        return 0.0;
    };
    const double fine = hot_at(0.01, 46.0);
    CHECK(std::fabs(hot_at(1.0, 46.0) - fine) < 0.02);
    CHECK(std::fabs(hot_at(2.0, 46.0) - fine) < 4.5 * std::fabs(hot_at(1.0, 46.0) - fine) + 1e-4); // halving quarters
}

TEST_CASE("quoted cells may have decimal commas and thousands; a lone comma before three digits is a question") {
    const std::string head = "minute,load,ambient_c,note\n";
    CHECK(read(head + "0,\"500,5\",20,\n15,\"500,5\",20,\n").load == std::vector<double>{500.5, 500.5});
    CHECK(read(head + "0,\"1,234.5\",20,\n15,\"2,000\",20,\n").load == std::vector<double>{1234.5, 2000.0});
    CHECK(read(head + "0,\"1.234,5\",20,\n15,\"98,5\",20,\n").load == std::vector<double>{1234.5, 98.5});
    CHECK(read("minute;load;ambient_c\n0;1.234,5;20\n15;98,5;20\n").load == std::vector<double>{1234.5, 98.5});
    CHECK(read("minute;load;ambient_c\n0;1 234,5;20\n15;1\xC2\xA0"
               "234;20\n")
              .load == std::vector<double>{1234.5, 1234.0});
    CHECK(first_of(head + "0,\"1,234\",20,\n15,\"1,300\",20,\n") ==
          "is '1,234' a thousand and more, or a little over one?");
    CHECK(read("minute,load,ambient_c,note\n0,5,20,\"a, \"\"b\"\"\nc\"\n15,6,20,\n").load ==
          std::vector<double>{5.0, 6.0});
}

TEST_CASE("columns are known by name and unit, whatever their case and brackets") {
    const auto unit = [](const std::string& load) {
        return read("Minute," + load + ",Ambient [°C]\n0,100,20\n15,100,20\n");
    };
    CHECK(unit("Load [A]").unit == LoadUnit::ampere);
    CHECK(unit("LOAD_KVA").unit == LoadUnit::kva);
    CHECK(unit("P (kW)").unit == LoadUnit::kw);
    CHECK(unit("S (MVA)").load[0] == 100000.0);
    CHECK(unit("load (%)").load[0] == doctest::Approx(1.0));
    CHECK(unit("load_pu").unit == LoadUnit::per_unit);
    CHECK(unit("Current").unit == LoadUnit::unstated);
    CHECK(read("Time (h),load,T_amb [degF]\n0,100,50\n0.5,100,50\n").minute[1] == 30.0);
    CHECK(read("Time (h),load,T_amb [degF]\n0,100,50\n0.5,100,50\n").ambient_c[0] == doctest::Approx(10.0));
    CHECK(read("minute,load,ambient (K)\n0,100,293.15\n15,100,293.15\n").ambient_c[0] == doctest::Approx(20.0));
    CHECK(first_of("minute,load [V],ambient_c\n0,1,20\n") == "'load [V]': 'v' has no unit that is known here");
}

TEST_CASE("two columns that could be the load are a question, and a file without an ambient takes one that is given") {
    const std::string two = "minute,load_kw,load_kva,ambient_c\n0,90,100,20\n15,90,100,20\n";
    CHECK(first_of(two) == "2 columns could be 'load': load_kw, load_kva");
    CHECK(read(two, {false, false, false, "load_kva"}).load[0] == 100.0);
    CHECK(first_of(two, {false, false, false, "load_mw"}) == "the header has no column of load 'load_mw'");
    CHECK(read("minute,load\n0,100\n15,100\n", {false, false, false, "", 12.0}).ambient_c[1] == 12.0);
    // load_a alone is a load in ampere; beside load_b it is one of several
    const std::string phases = "minute,load_a,load_b,ambient_c,load_type\n0,90,100,20,1\n15,90,100,20,1\n";
    CHECK(first_of(phases) == "2 columns could be 'load': load_a, load_b");
    CHECK(read(phases, {false, false, false, "load_b"}).load[0] == 100.0);
    CHECK(first_of("minute,I_L1,I_L2,I_L3,ambient_c\n0,9,9,9,20\n15,9,9,9,20\n") ==
          "3 columns could be 'load': I_L1, I_L2, I_L3");
    CHECK(first_of("minute,Current phase B (A),load [kVA],ambient_c\n0,9,9,20\n15,9,9,20\n") ==
          "2 columns could be 'load': Current phase B (A), load [kVA]");
    CHECK(read("minute,load_a,ambient_c\n0,90,20\n15,90,20\n").unit == LoadUnit::ampere);
    CHECK(read("minute,load 2,ambient_c\n0,90,20\n15,90,20\n").unit == LoadUnit::unstated);
}

TEST_CASE("stamps are ISO 8601, day.month.year or times of day; offsets make them one clock") {
    CHECK(read(stamped + "2024-01-01T00:00Z,1,20\n2024-01-01T01:30+01:00,1,20\n").minute[1] -
              read(stamped + "2024-01-01T00:00Z,1,20\n2024-01-01T01:30+01:00,1,20\n").minute[0] ==
          30.0);
    const auto spread = [](const std::string& rows) {
        const SeriesColumns out = read("Time,load,ambient_c\n" + rows);
        return out.minute.back() - out.minute.front();
    };
    CHECK(spread("2024-02-28 23:45:00,1,20\n2024-02-29 24:00,1,20\n") == 1455.0); // a leap day
    CHECK(spread("01.01.2016 00:15,1,20\n01.01.2016 00:30,1,20\n") == 15.0);
    CHECK(spread("00:15,1,20\n24:00,1,20\n") == 1425.0);
    CHECK(first_of(stamped + "10/27/2024 00:00,1,20\n") == "'10/27/2024 00:00' could be day/month or month/day");
    CHECK(first_of(stamped + "2024-13-01T00:00,1,20\n") ==
          "minute: '2024-13-01T00:00' is no number of minutes and no time");
    CHECK(first_of(stamped + "2024-01-01T00:00Z,1,20\n2024-01-01T01:00,1,20\n") ==
          "this time is written in another way than the first one");
    CHECK(read("Date,Time,load,ambient_c\n2024-01-01,00:15,1,20\n2024-01-01,00:45,1,20\n").minute[1] -
              read("Date,Time,load,ambient_c\n2024-01-01,00:15,1,20\n2024-01-01,00:45,1,20\n").minute[0] ==
          30.0);
}

TEST_CASE(
    "a time zone by its name is no offset: it is refused with what to write, once, and ignored behind an offset") {
    CHECK(first_of(stamped + "2024-10-27T02:30 Europe/Berlin,1,20\n2024-10-27T03:30 Europe/Berlin,1,20\n") ==
          "'Europe/Berlin' names a time zone, not how far its clock is from UTC");
    CHECK(first_of(stamped + "2024-10-26 02:30 CET,1,20\n") ==
          "'CET' names a time zone, not how far its clock is from UTC");
    CHECK(first_of(stamped + "2024-10-27T02:30[America/New_York],1,20\n") ==
          "'America/New_York' names a time zone, not how far its clock is from UTC");
    const auto named =
        read(stamped + "2024-10-27T02:30+02:00[Europe/Berlin],1,20\n2024-10-27T02:30+01:00[Europe/Berlin],1,20\n");
    CHECK(named.minute[1] - named.minute[0] == 60.0); // RFC 9557: the offset decides
    CHECK(first_of("timestamp (Europe/Berlin),load,ambient_c\n2024-10-26T02:30,1,20\n2024-10-26T03:30,1,20\n")
              .find("'Europe/Berlin' names a time zone: leave it out") != std::string::npos);
}

TEST_CASE("the hours that summer time repeats and leaves out are asked about, and followed when that is said") {
    // Clocks of Central Europe: 27 October 2024 has 2 h to 3 h twice, 31 March has none.
    const std::string autumn = stamped + quarters("10-27", 0, 3) + quarters("10-27", 2, 24);
    const std::string spring = stamped + quarters("03-31", 0, 2) + quarters("03-31", 3, 24);
    CHECK(first_of(autumn) == "2024-10-27T02:00 stands twice: is it the hour that the end of summer time repeats?");
    CHECK(findings_of(autumn).items().size() == 1); // said once, not for each of its quarters
    CHECK(first_of(spring) ==
          "gap: 4 rows of 15 min are missing between 2024-03-31T01:45 and 2024-03-31T03:00: is it the "
          "hour that summer time leaves out?");
    const SeriesReading follow{false, true};
    const SeriesColumns long_day = read(autumn, follow), short_day = read(spring, follow);
    CHECK(long_day.minute.size() == 100);
    CHECK(long_day.minute.back() - long_day.minute.front() == 25 * 60 - 15);
    CHECK(short_day.minute.back() - short_day.minute.front() == 23 * 60 - 15);
    CHECK(short_day.n_missing == 0);
    // The same day with offsets needs nothing said.
    const SeriesColumns offsets =
        read(stamped + quarters("10-27", 0, 3, "+02:00") + quarters("10-27", 2, 24, "+01:00"));
    CHECK(offsets.minute.size() == 100);
    CHECK(offsets.minute.back() - offsets.minute.front() == long_day.minute.back() - long_day.minute.front());
    // On any other day a repeated time is an error whatever is said.
    CHECK(first_of(stamped + quarters("06-12", 0, 3) + quarters("06-12", 2, 4), follow).find("runs backwards") !=
          std::string::npos);
}

TEST_CASE("a stamp at the beginning of its step is moved to its end") {
    const std::string rows = "minute,load,ambient_c\n0,100,20\n15,200,21\n30,300,22\n";
    const SeriesColumns begin = read(rows, {false, false, true});
    CHECK(begin.minute == std::vector<double>{0, 15, 30, 45});
    CHECK(begin.load == std::vector<double>{100, 100, 200, 300});
    CHECK(begin.ambient_c == std::vector<double>{20, 20, 21, 22});
}
