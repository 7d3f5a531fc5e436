// autarky: units and series that are off by a thousand, in another unit or of another standard.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "grid/heat/heat_unit.hpp"
#include "streets.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::streets;

namespace {

struct Sheet {
    std::optional<HeatSpec> spec;
    std::vector<std::string> said;
};
Sheet sheet(const std::string& text) {
    Diagnostics findings;
    Sheet out{read_heat_sheet(text, "unit.toml", HeatModel::iec60076_7, findings), {}};
    for (const Diagnostic& d : findings.items())
        out.said.push_back(d.code + " " + d.message);
    return out;
}
using Messages = std::vector<std::string>;

SeriesColumns constant(double load, LoadUnit unit, const char* name) {
    SeriesColumns out;
    for (int hour = 0; hour <= 24; ++hour) {
        out.minute.push_back(60.0 * hour);
        out.load.push_back(load);
        out.ambient_c.push_back(20.0);
    }
    out.unit = unit;
    out.load_name = name;
    return out;
}
struct Rated {
    std::optional<LoadSeries<double>> series;
    std::string said;
};
Rated rated(const SeriesColumns& rows, const HeatSpec& spec, std::optional<double> power_factor = {}) {
    Diagnostics findings;
    Rated out{rated_series(rows, spec, power_factor, "load.csv", findings), {}};
    if (!findings.empty()) out.said = findings.items()[0].message;
    return out;
}

} // namespace

TEST_CASE("a plate's voltage in kV, a resistance for R and a reactance for x are told from what they would be") {
    CHECK(sheet("rated_kva = 400\nrated_voltage = 0.4\n").said[0].starts_with("E0205 rated_voltage is 0.4; "));
    CHECK(sheet("rated_kva = 400\nrated_voltage = \"0.4 kV\"\n").spec->rated_current_a == doctest::Approx(577.3503));
    CHECK(sheet("I_r = 577.35\nX = 3.8\n").said[0].starts_with("E0205 X is 3.8; x lies within 0.8 to 1.0"));
    CHECK(sheet("I_r = 577.35\nR = 1.15\n").said ==
          Messages{
              "W0808 R is 1.15; usual is 2 to 1000 (R is load loss over no-load loss, no resistance and no per cent)"});
    const Sheet plate = sheet("I_r = 577.35\ni0 = 0.2\nuk = 4\n");
    CHECK(plate.said == Messages{"W0807 no heat model has a use for: i0, uk"});
    CHECK(plate.spec->start.kind == HeatStart::Kind::ambient); // a no-load current is no load to start from
    CHECK(sheet("rated_kva = 400\nload_loss = 4.6\nno_load_loss = 0.43\n").said.size() == 2); // kW without its unit
    CHECK(sheet("rated_kva = 400\nload_loss = \"4.6 kW\"\nno_load_loss = \"430 W\"\n").said.empty());
    CHECK(sheet("rated_kva = 400000\nrated_voltage = 110000\n").said.size() == 1); // VA, or a unit of another class
}

TEST_CASE("at 120 and 240 V the number of phases is asked for, above three are taken and said") {
    CHECK(sheet("rated_kva = 25\nrated_voltage = 240\n").said ==
          Messages{"E0302 phases is missing: 25 kVA at 240 V is 104.2 A with one phase and 60.1 A with three"});
    CHECK(sheet("rated_kva = 25\nrated_voltage = 240\nphases = 1\n").spec->rated_current_a ==
          doctest::Approx(104.1667).epsilon(1e-5));
    CHECK(unit_text(*sheet("rated_kva = 400\nrated_voltage = 400\n").spec) ==
          "400 kVA, 577.4 A (assumed: three phases)");
    CHECK(unit_text(*sheet("rated_kva = 400\nrated_voltage = 400\nphases = 3\n").spec) == "400 kVA, 577.4 A");
    CHECK(sheet("rated_kva = 25\nrated_voltage = 240\nphases = 2\n").said[0] == "E0302 phases is 1 or 3");
}

TEST_CASE("kVA, kW with a power factor, per cent and ampere are one load") {
    const HeatSpec unit = *sheet("rated_kva = 400\nrated_voltage = 400\nphases = 3\n").spec;
    const double ampere = 400e3 * 0.75 / (std::sqrt(3.0) * 400.0);
    for (const auto& [rows, factor] : {std::pair(constant(ampere, LoadUnit::ampere, "load_a"), 1.0),
                                       std::pair(constant(300, LoadUnit::kva, "load_kva"), 1.0),
                                       std::pair(constant(270, LoadUnit::kw, "load_kw"), 0.9),
                                       std::pair(constant(0.75, LoadUnit::per_unit, "load_pu"), 1.0)}) {
        CAPTURE(rows.load_name);
        const Rated out = rated(rows, unit, factor);
        REQUIRE(out.series);
        CHECK(peak_pu(unit, *out.series) == doctest::Approx(0.75).epsilon(1e-12));
    }
    CHECK(rated(constant(270, LoadUnit::kw, "load_kw"), unit).said == "load_kw is in kW: the transformer carries kVA");
    CHECK(rated(constant(300, LoadUnit::kva, "load_kva"), *sheet("I_r = 577\n").spec).said ==
          "load_kva is in kVA, and the unit has no rated_kva");
    CHECK(rated(constant(300, LoadUnit::ampere, "load_a"), *sheet("R = 8\n").spec).said ==
          "the load is in ampere, and the unit has no rated current I_r");
}

TEST_CASE(
    "a thousandth of the rating is as odd as a thousandfold, and per unit in a column called load is a question") {
    const HeatSpec unit = assumed_unit(HeatModel::iec60076_7);
    CHECK(rated(constant(1.0, LoadUnit::unstated, "load"), unit).said ==
          "load never passes 1: is that ampere, or of the rated 577.35 A?");
    CHECK(rated(constant(0.5, LoadUnit::ampere, "load_a"), unit).said ==
          "load_a never passes 0.5, 0.087 % of the rating (400 kVA, 577.4 A (assumed: nothing is said of the unit))");
    CHECK(rated(constant(500e3, LoadUnit::unstated, "load"), unit).said.find("times the rated current of 577.35 A") !=
          std::string::npos);
    CHECK(rated(constant(0.0, LoadUnit::unstated, "load"), unit).said.empty()); // a unit that stands idle
    CHECK(rated(constant(100.0, LoadUnit::unstated, "load"), unit).said.empty());
    // Per unit it is the full load: the standard's own steady state of a 60 K unit with 10 K for its housing.
    const Rated full = rated(constant(1.0, LoadUnit::per_unit, "load_pu"), unit);
    REQUIRE(full.series);
    CHECK(heat_of(unit, *full.series).hot_spot_c.back() == doctest::Approx(20 + 70 + 27.6).epsilon(1e-3));
}

TEST_CASE("a street's unit is one that a series can be run through") {
    const UnitType& type = *streets().unit("eu-station-400");
    const HeatSpec unit = street_unit(type);
    CHECK(unit.rated_kva == type.rating_kva);
    const Rated half = rated(constant(0.5 * type.rating_kva, LoadUnit::kva, "load_kva"), unit);
    REQUIRE(half.series);
    CHECK(peak_pu(unit, *half.series) == doctest::Approx(0.5));
    CHECK_FALSE(rated(constant(100, LoadUnit::ampere, "load_a"), unit).series);
}
