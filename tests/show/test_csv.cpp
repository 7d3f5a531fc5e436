// autarky: tables of answers as CSV.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "show/csv.hpp"
#include "show/described_tables.hpp"

namespace autarky::show {
namespace {

struct Inner {
    int year = 0;
    std::vector<double> band;
};
constexpr auto describe(Type<Inner> /*type*/) {
    return fields(item("year", &Inner::year, "1"_u, "Year"), item("band", &Inner::band, "1"_u, "Band"));
}
struct Size {
    double width = 0.0;
};
constexpr auto describe(Type<Size> /*type*/) { return fields(item("width", &Size::width, "mm"_u, "Width")); }
struct Case {
    std::string name;
    Size size;
    std::vector<Inner> years;
};
constexpr auto describe(Type<Case> /*type*/) {
    return fields(item("name", &Case::name, "Name"), item("size", &Case::size, "Size"),
                  item("years", &Case::years, "Years"));
}
struct Answer {
    std::string region;
    std::vector<Case> cases;
};
constexpr auto describe(Type<Answer> /*type*/) {
    return fields(item("region", &Answer::region, "Region"), item("cases", &Answer::cases, "Cases"));
}
struct Whole {
    std::vector<Size> sizes;
};
constexpr auto describe(Type<Whole> /*type*/) { return fields(item("sizes", &Whole::sizes, "Sizes").whole()); }

TEST_CASE("lists of records are tables; inner rows carry the plain values of the outer row") {
    const Answer answer{"us", {{"a,\"b\"", {2.0}, {{2026, {0.5, 1.0}}, {2027, {}}}}, {"c", {3.0}, {}}}};
    const auto tables = tables_of(answer, "autarky.x/1");
    REQUIRE(tables.size() == 3);
    CHECK(tables[0].name.empty());
    CHECK(csv_text(tables[0]) == "schema,region\nautarky.x/1,us\n");
    CHECK(tables[1].name == "cases.years");
    CHECK(csv_text(tables[1]) == "name,size.width,year,band\n\"a,\"\"b\"\"\",2,2026,0.5 1\n\"a,\"\"b\"\"\",2,2027,\n");
    CHECK(tables[2].name == "cases");
    CHECK(csv_text(tables[2]) == "name,size.width\n\"a,\"\"b\"\"\",2\nc,3\n");
}

TEST_CASE("an answer that is a list is one table") {
    const auto tables = tables_of(Whole{{{1.0}, {2.0}}}, "autarky.x/1");
    REQUIRE(tables.size() == 1);
    CHECK(csv_text(tables[0]) == "width\n1\n2\n");
}

struct Reading {
    std::string name, unit;
    double power = 0.0, figure = 0.0, share = 0.0;
};
constexpr auto describe(Type<Reading> /*type*/) {
    return fields(item("name", &Reading::name, "Name"), item("power", &Reading::power, "kW"_u, "Power"),
                  item("unit", &Reading::unit, "Unit of the figure"),
                  item("figure", &Reading::figure, unit_in("unit"), "A figure in the unit that stands beside it"),
                  item("share", &Reading::share, "1"_u, "A share"));
}
struct Priced {
    double die = 0.0, dies = 0.0;
};
constexpr auto describe(Type<Priced> /*type*/) {
    return fields(item("die", &Priced::die, "USD"_u, "Cost of one"), item("dies", &Priced::dies, "die"_u, "How many"));
}
struct Readings {
    std::vector<Reading> today, never;
    std::vector<Case> cases;
};
constexpr auto describe(Type<Readings> /*type*/) {
    return fields(item("today", &Readings::today, "Today"), item("never", &Readings::never, "Never"),
                  item("cases", &Readings::cases, "Cases"));
}

TEST_CASE("columns have the units of their items; a list without an element is a head") {
    const Readings answer{{{"a", "USD", 1.0, 2.0, 0.5}}, {}, {{"c", {3.0}, {{2026, {}}}}}};
    const auto tables = described(tables_of(answer, "autarky.x/1"), record_shape<Readings>());
    REQUIRE(tables.size() == 5);
    CHECK(csv_text(tables[0]) == "schema\nautarky.x/1\n");
    CHECK(csv_text(tables[1]) == "name,power [kW],unit,figure,share\na,1,USD,2,0.5\n");
    CHECK(csv_text(tables[2]) == "name,size.width [mm],year,band\nc,3,2026,\n"); // outer columns too
    CHECK(csv_text(tables[3]) == "name,size.width [mm]\nc,3\n");
    CHECK(tables[4].name == "never");
    CHECK(csv_text(tables[4]) == "name,power [kW],unit,figure,share\n");
}

TEST_CASE("a number that is named like a unit tells none") {
    const auto tables = described(tables_of(Priced{2.0, 3.0}, "autarky.x/1"), record_shape<Priced>());
    CHECK(csv_text(tables.at(0)) == "schema,die [USD],dies [die]\nautarky.x/1,2,3\n");
}

TEST_CASE("an answer that is an empty list is a head") {
    const auto tables = described(tables_of(Whole{}, "autarky.x/1"), record_shape<Whole>());
    REQUIRE(tables.size() == 1);
    CHECK(csv_text(tables[0]) == "width [mm]\n");
}

} // namespace
} // namespace autarky::show

TEST_CASE("a text that a spreadsheet program would run is kept from it; numbers stay numbers") {
    const autarky::show::Table table{
        "", {"a", "b"}, {{"=1+1", "-2.5"}, {"+1", "-1e-5"}, {"@sum", "-x, \"y\""}, {"a=b", "-1 -2"}}};
    CHECK(autarky::show::csv_text(table) == "a,b\n'=1+1,-2.5\n'+1,-1e-5\n'@sum,\"'-x, \"\"y\"\"\"\na=b,'-1 -2\n");
}

TEST_CASE("what steers a terminal is shown in a table and not obeyed") {
    const autarky::show::Table table{"", {"a\x1b[2J", "b"}, {{"x\r\ty", "\u202e\uFFFE"}}};
    CHECK(autarky::show::csv_text(table) == "a␛[2J,b\nx␍ y,\uFFFD\uFFFD\n");
}
