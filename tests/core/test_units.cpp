// autarky: the unit table and the parser of unit expressions.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "core/units.hpp"

using namespace autarky;

namespace {
double factor(std::string_view text) {
    const auto parsed = parse_unit(text);
    REQUIRE(parsed.ok);
    return parsed.unit.factor;
}
Dim dim(std::string_view text) { return parse_unit(text).unit.dim; }
} // namespace

TEST_CASE("every unit name is unique and reads back as itself") {
    std::set<std::string_view> names;
    for (const auto& row : unit_table) {
        CHECK(names.insert(row.name).second);
        const auto parsed = parse_unit(row.name);
        CHECK(parsed.ok);
        CHECK(parsed.unit.dim == row.dim);
        CHECK(parsed.unit.factor == row.factor);
        CHECK(row.factor > 0.0);
        CHECK(!row.meaning.empty());
    }
}

TEST_CASE("products, quotients and powers combine dimension and factor") {
    CHECK(dim("USD/wafer") == units::money - units::wafer);
    CHECK(dim("1/cm^2") == units::length * -2);
    CHECK(factor("1/cm^2") == doctest::Approx(0.01).epsilon(1e-15)); // 1/cm^2 = 0.01/mm^2
    CHECK(factor("mm^-2") == 1.0);
    CHECK(dim("MUSD*month/wafer") == units::money + units::time - units::wafer);
    CHECK(factor("MUSD*month/wafer") == doctest::Approx(1e6 / 12.0).epsilon(1e-15));
    CHECK(dim("USD/worker/year") == units::money - units::worker - units::time);
    CHECK(factor("USD / wafer") == 1.0);
    CHECK(dim("") == dimensionless);
}

TEST_CASE("units that mean the same have the same size") {
    CHECK(factor("kWh") == doctest::Approx(factor("kW*h")).epsilon(1e-15));
    CHECK(factor("TPP") == doctest::Approx(factor("TOPS*bit")).epsilon(1e-15));
    CHECK(dim("TPP") == dim("TOPS*bit"));
    CHECK(factor("W") == doctest::Approx(factor("J/s")).epsilon(1e-15));
    CHECK(factor("GB/s") == doctest::Approx(8e9 * 8760.0 * 3600.0).epsilon(1e-15));
    CHECK(4.0 * factor("quarter") == factor("year"));
    CHECK(12.0 * factor("month") == doctest::Approx(factor("year")).epsilon(1e-15));
    CHECK(factor("%") == 0.01);
}

TEST_CASE("a unit that cannot be read says what is wrong and where") {
    const auto unknown = parse_unit("USD/wafre");
    CHECK(!unknown.ok);
    CHECK(unknown.position == 4);
    CHECK(unknown.culprit == "wafre");
    const auto stray = parse_unit("USD;wafer");
    CHECK(!stray.ok);
    CHECK(stray.position == 3);
    CHECK(stray.culprit == ";");
    CHECK(!parse_unit("USD/").ok);
    CHECK(!parse_unit("/wafer").ok);
    CHECK(!parse_unit("USD wafer").ok);
    CHECK(!parse_unit("mm^").ok);
    CHECK(!parse_unit("mm^x").ok);
    CHECK(!parse_unit("mm^99").ok);
    CHECK(!parse_unit(" ").ok);
}
