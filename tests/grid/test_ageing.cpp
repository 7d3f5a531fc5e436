// autarky: tests of ageing rates and of the heat models' own properties.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "grid/heat/ageing.hpp"
#include "grid/heat/heat_c5791.hpp"
#include "grid/heat/heat_iec60076.hpp"
#include "grid/heat/heat_series.hpp"
#include "grid/heat/heat_spec.hpp"
#include "grid/heat/loading_limits.hpp"

using namespace autarky;
using namespace autarky::grid;

namespace {
bool near(double got, double expected, double relative) {
    return std::fabs(got - expected) <= relative * std::fabs(expected);
}
} // namespace

TEST_CASE("ageing rates are those of the two standards") {
    struct Row {
        double hot_spot_c, kraft, upgraded;
    };
    // alliander-opensource/transformer-thermal-model 0.6.0 and IEEE C57.91-2011 table 2; 1e-9: both are closed forms.
    const Row rows[]{{60, 0.012401570718501561, 0.002793236880444453},
                     {80, 0.125, 0.03584945245027534},
                     {98, 1.0, 0.2817384883020515},
                     {100, 1.2599210498948732, 0.34994252573193724},
                     {110, 4.0, 1.0},
                     {120, 12.699208415745595, 2.7089251438281656},
                     {140, 128.0, 17.19946486473111},
                     {160, 1290.1591550923506, 92.06165623562843},
                     {180, 13003.989417723486, 424.9230442440313}};
    for (const Row& row : rows) {
        CAPTURE(row.hot_spot_c);
        CHECK(near(kraft_ageing_rate(row.hot_spot_c), row.kraft, 1e-9));
        CHECK(near(upgraded_ageing_rate(row.hot_spot_c), row.upgraded, 1e-9));
    }
    // C57.91-2011: at 110 C the life is the normal one; its constants give 1 only to the printed digits.
    CHECK(near(per_unit_life(110.0), 1.0, 0.005));
    CHECK(loss_of_life_percent(1.0, 24.0) == doctest::Approx(0.0133).epsilon(0.01));
}

TEST_CASE("a 400 kVA unit ends at the temperatures of its data sheet") {
    // 4600 W and 430 W, 60 K + 10 K housing, ambient 20 C: transformer-thermal-model 0.6.0, steady state (top oil, hot spot).
    struct Row {
        double load, oil, hot;
    };
    const Row rows[]{{0.5, 47.7185, 56.8231},
                     {0.8, 70.8581, 90.1712},
                     {1.0, 90.0, 117.6},
                     {1.2, 111.7470, 148.6957},
                     {1.5, 148.8068, 201.6093}};
    Iec60076<double> unit;
    unit.surcharge_k = 10.0;
    for (const Row& row : rows) {
        CAPTURE(row.load);
        const auto state = unit.steady(unit.ultimate(row.load), 20.0);
        CHECK(std::fabs(unit.top_oil_c(state) - row.oil) < 5e-5); // four printed digits
        CHECK(std::fabs(unit.hot_spot_c(state) - row.hot) < 1.5e-4);
    }
}

TEST_CASE("the IEC 250 MVA example follows the standard's own table") {
    // IEC 60076-7:2018 annex, end of each load step; its table is drawn up by hand, hence 1.5 K.
    Iec60076<double> unit = iec_power_onaf<double>();
    unit.loss_ratio = 1000.0, unit.oil_rise_k = 38.3, unit.gradient_k = 14.5, unit.hot_spot_factor = 1.4;
    LoadSeries<double> events{
        {0, 190, 365, 500, 705, 730, 745}, {1.0, 1.0, 0.6, 1.5, 0.3, 2.1, 0.0}, std::vector<double>(7, 25.6)};
    const auto heat = heat_series<double>(unit, events, unit.at_ambient(38.3));
    const double oil[]{61.9, 44.4, 89.2, 35.0, 67.9, 60.3};
    const double hot[]{83.8, 54.0, 127.0, 37.54, 138.6, 75.3};
    for (std::size_t i = 0; i < 6; ++i) {
        CAPTURE(i);
        CHECK(std::fabs(heat.top_oil_c[i + 1] - oil[i]) < 1.5);
        CHECK(std::fabs(heat.hot_spot_c[i + 1] - hot[i]) < 1.5);
    }
}

TEST_CASE("a step of three hours is as exact as one of a minute") {
    // transformer-thermal-model's own test: 1000 W and 200 W, 1500 A, housing 20 K, H 1.1, 1000 A for a day, then none.
    Iec60076<double> unit;
    unit.loss_ratio = 5.0, unit.surcharge_k = 20.0, unit.hot_spot_factor = 1.1;
    LoadSeries<double> coarse, fine;
    for (int i = 0; i <= 12; ++i)
        coarse.minute.push_back(180.0 * i), coarse.load_pu.push_back(i < 8 ? 1000.0 / 1500.0 : 0.0),
            coarse.ambient_c.push_back(20.0);
    const double oil[]{20,          50.75341103, 62.0669587, 66.22898029, 67.76010247, 68.32337084,
                       68.53058569, 68.60681578, 49.9420479, 43.07566352, 40.54966187, 39.62039779};
    const double hot[]{20,          63.97776626, 75.29131393, 79.45333552, 80.9844577,
                       81.54772607, 81.75494092, 81.83117101, 49.9420479};
    const auto heat = heat_series<double>(unit, coarse, unit.at_ambient(20.0));
    for (std::size_t i = 0; i < std::size(oil); ++i)
        CHECK(std::fabs(heat.top_oil_c[i] - oil[i]) < 1e-6);
    for (std::size_t i = 0; i < std::size(hot); ++i)
        CHECK(std::fabs(heat.hot_spot_c[i] - hot[i]) < 1e-6);
    for (int i = 0; i <= 12 * 180; ++i)
        fine.minute.push_back(i), fine.load_pu.push_back(i <= 7 * 180 ? 1000.0 / 1500.0 : 0.0),
            fine.ambient_c.push_back(20.0);
    const auto every_minute = heat_series<double>(unit, fine, unit.at_ambient(20.0));
    CHECK(std::fabs(every_minute.hot_spot_c.back() - heat.hot_spot_c.back()) < 1e-9);
}

TEST_CASE("reverse flow heats like load, and the two forms of C57.91 agree when nothing changes") {
    const C5791Ode<double> ode;
    const C5791Classic<double> classic;
    CHECK(ode.ultimate(-0.7).oil_k == ode.ultimate(0.7).oil_k);
    const auto a = ode.steady(ode.ultimate(1.0), 30.0);
    const auto b = classic.steady(classic.ultimate(1.0), 30.0);
    CHECK(ode.hot_spot_c(a) == doctest::Approx(110.0).epsilon(1e-12)); // 30 C + 80 K, IEEE's reference
    CHECK(classic.hot_spot_c(b) == doctest::Approx(110.0).epsilon(1e-12));
}

TEST_CASE("equal time constants of oil and winding are no singularity") {
    C5791Ode<double> unit;
    unit.tau_winding_min = unit.tau_oil_min;
    C5791Ode<double> near_by = unit;
    near_by.tau_winding_min = unit.tau_oil_min * 0.999;
    const auto to = unit.ultimate(1.2);
    const auto a = unit.after(unit.at_ambient(20.0), to, 20.0, unit.decay(90.0));
    const auto b = near_by.after(near_by.at_ambient(20.0), to, 20.0, near_by.decay(90.0));
    CHECK(std::fabs(a.hot_spot_c - b.hot_spot_c) < 0.02); // the constants differ by a thousandth
}

TEST_CASE("lanes age eight units to the last bit as numbers do") {
    Iec60076<Lanes> unit;
    std::array<double, 8> load{0.0, 0.3, 0.6, 0.9, 1.1, 1.4, 1.8, 2.5};
    LoadSeries<Lanes> together;
    for (int i = 0; i < 50; ++i) {
        together.minute.push_back(15.0 * i);
        together.load_pu.push_back(Lanes::load(load.data()) * Lanes(0.5 + 0.01 * i));
        together.ambient_c.emplace_back(20.0 + 0.1 * i);
    }
    const auto all = heat_series<Lanes>(unit, together, unit.at_ambient(Lanes(20.0)));
    for (std::size_t lane = 0; lane < 8; ++lane) {
        LoadSeries<double> alone;
        for (int i = 0; i < 50; ++i) {
            alone.minute.push_back(15.0 * i);
            alone.load_pu.push_back(load[lane] * (0.5 + 0.01 * i));
            alone.ambient_c.push_back(20.0 + 0.1 * i);
        }
        const Iec60076<double> single;
        const auto one = heat_series<double>(single, alone, single.at_ambient(20.0));
        CHECK(all.hot_spot_c.back()[lane] == one.hot_spot_c.back());
        CHECK(all.upgraded_aged_min[lane] == one.upgraded_aged_min);
    }
}

TEST_CASE("the derivative of a day's ageing with respect to the load is what a difference gives") {
    Tape::current().clear();
    Iec60076<Traced> unit;
    const Traced peak(1.3, Tape::current().push_input(1.3, 0));
    LoadSeries<Traced> day;
    for (int i = 0; i <= 24; ++i) {
        day.minute.push_back(60.0 * i);
        day.load_pu.push_back(i > 17 && i < 22 ? peak : Traced(0.5));
        day.ambient_c.emplace_back(20.0);
    }
    const auto heat = heat_series<Traced>(unit, day, unit.at_ambient(Traced(20.0)));
    const auto aged = [](double at) {
        const Iec60076<double> number;
        LoadSeries<double> series;
        for (int i = 0; i <= 24; ++i) {
            series.minute.push_back(60.0 * i);
            series.load_pu.push_back(i > 17 && i < 22 ? at : 0.5);
            series.ambient_c.push_back(20.0);
        }
        return heat_series<double>(number, series, number.at_ambient(20.0)).kraft_aged_min;
    };
    CHECK(heat.kraft_aged_min.value == aged(1.3));
    const double slope = (aged(1.3 + 1e-5) - aged(1.3 - 1e-5)) / 2e-5;
    CHECK(near(Tape::current().gradient(heat.kraft_aged_min.node, 1)[0], slope, 1e-6));
}

TEST_CASE("masses and losses give the time constant of the working group's unit") {
    // IEEE C57.91 open-source code, 28/52 MVA unit: R 6.695573, tau TO,R 142.865510 min at 28 MVA's losses.
    HeatSpec spec = default_heat_spec(HeatModel::c57_91);
    SheetReader sheet(spec);
    CHECK(sheet.set("M_core", {75600.0, ""}).empty());
    CHECK(sheet.set("M_tank", {31400.0, ""}).empty());
    CHECK(sheet.set("V_oil", {4910.0, ""}).empty());
    CHECK(sheet.set("Delta_theta_TO_R", {55.0, "K"}).empty());
    CHECK(sheet.set("T_hsr", {80.0, ""}).empty());
    CHECK(sheet.set("total_loss", {284634.9, "W"}).empty());
    CHECK(sheet.finish().empty());
    CHECK(spec.c5791.hot_spot_rise_k == 25.0);
    CHECK(spec.c5791.tau_oil_min == doctest::Approx(142.8655).epsilon(1e-4));
}

TEST_CASE("a data sheet refuses what cannot be, in the user's words") {
    HeatSpec spec = default_heat_spec(HeatModel::iec60076_7);
    SheetReader sheet(spec);
    CHECK(sheet.set("Δθor", {60.0, "K"}).empty());
    CHECK(sheet.set("tau_o", {3.0, "h"}).empty());
    CHECK(spec.iec.tau_oil_min == 180.0);
    CHECK(sheet.set("I_r", {0.0, "A"}) == "must be more than zero, not 0");
    CHECK(sheet.set("I_r", {5.0, "K"}) == "has no unit \"K\"");
    CHECK(sheet.set("x", {std::nullopt, "big"}) == "needs a number, not \"big\"");
    CHECK(sheet.set("tau_q", {1.0, ""}) == "unknown key");
    CHECK(sheet.set("load_loss", {1000.0, "W"}).empty());
    CHECK(sheet.finish().front() == "load_loss and no_load_loss give R only together; one of them is missing");
}

TEST_CASE("class and cooling of a sheet choose the constants of IEC 60076-7's table 4, and the sheet's own win") {
    const auto read = [](std::initializer_list<std::pair<const char*, SheetValue>> values) {
        HeatSpec spec = default_heat_spec(HeatModel::iec60076_7);
        SheetReader sheet(spec);
        for (const auto& [key, value] : values)
            CHECK(sheet.set(key, value).empty());
        CHECK(sheet.finish().empty());
        return spec;
    };
    const SheetValue ofaf{std::nullopt, "OFAF"}, medium{std::nullopt, "medium"};
    const HeatSpec of = read({{"cooling", ofaf}});
    CHECK(of.unit_class == UnitClass::medium); // table 4 has no forced oil for distribution units
    CHECK(of.iec.oil_exponent == 1.0);
    CHECK(of.iec.tau_oil_min == 90.0);
    // Half an hour at the rated load from cold, written out from the equations with x 1, k11 1, k21 1.3, k22 1, tau_o 90,
    // tau_w 7: the oil has 60 K to go, the winding 1.3 x 17 K.
    const HeatSeries<double> heat = heat_of(of, {{0.0, 30.0}, {1.0, 1.0}, {20.0, 20.0}});
    const double oil = 20.0 + 60.0 * (1.0 - std::exp(-30.0 / 90.0));
    const double rise = 1.3 * 22.1 * (1.0 - std::exp(-30.0 / 7.0)) - 0.3 * 22.1 * (1.0 - std::exp(-30.0 / 90.0));
    CHECK(heat.top_oil_c[1] == doctest::Approx(oil).epsilon(1e-12));
    CHECK(heat.hot_spot_c[1] == doctest::Approx(oil + rise).epsilon(1e-12));
    CHECK(read({{"cooling", {std::nullopt, "ODAF"}}}).iec.winding_exponent == 2.0);
    CHECK(read({{"type", medium}, {"cooling", {std::nullopt, "ONAF"}}}).iec.tau_oil_min == 150.0);
    CHECK(read({{"type", medium}}).iec.tau_oil_min == 210.0);
    CHECK(read({{"tau_o", {100.0, "min"}}, {"type", medium}}).iec.tau_oil_min == 100.0);
    CHECK(read({{"type", {std::nullopt, "power"}}, {"rated_kva", {250.0, "MVA"}}}).unit_class == UnitClass::large);
    CHECK(read({}).iec.tau_oil_min == 180.0);

    HeatSpec spec = default_heat_spec(HeatModel::iec60076_7);
    SheetReader sheet(spec);
    CHECK(sheet.set("type", {std::nullopt, "dry"}).starts_with("is \"distribution\""));
    CHECK(sheet.set("type", {std::nullopt, "distribution"}).empty());
    CHECK(sheet.set("cooling", ofaf).empty());
    CHECK(sheet.set("delta_theta_H_R", {25.0, "K"}).empty());
    CHECK(sheet.unused() == std::vector<std::string>{"delta_theta_H_R"});
    CHECK(sheet.finish().front().starts_with("type distribution has constants for ONAN only"));
}

TEST_CASE("an exponent of the sheet holds whether it stands before or after the cooling") {
    for (const bool before : {true, false}) {
        HeatSpec spec = default_heat_spec(HeatModel::c57_91);
        SheetReader sheet(spec);
        if (before) CHECK(sheet.set("n", {0.85, ""}).empty());
        CHECK(sheet.set("cooling", {std::nullopt, "ODAF"}).empty());
        if (!before) CHECK(sheet.set("n", {0.85, ""}).empty());
        CHECK(sheet.finish().empty());
        CHECK(spec.c5791.n == 0.85);
        CHECK(spec.c5791.m == 1.0);
    }
}

TEST_CASE("a sheet that contradicts itself or gives half of a quantity is refused") {
    HeatSpec spec = default_heat_spec(HeatModel::c57_91);
    SheetReader sheet(spec);
    CHECK(sheet.set("I_r", {400.0, "A"}).empty());
    CHECK(sheet.set("rated_kva", {400.0, "kVA"}).empty());
    CHECK(sheet.set("rated_voltage", {400.0, "V"}).empty());
    CHECK(sheet.set("core_mass", {300.0, "kg"}).empty());
    const auto faults = sheet.finish();
    REQUIRE(faults.size() == 2);
    CHECK(faults[0] == "core_mass, tank_mass and oil_volume give tau_TO_R only together; one of them is missing");
    CHECK(faults[1] == "I_r is 400 A, and rated_kva over rated_voltage gives 577.35 A (3 phases)");
}

TEST_CASE("limits rise with the emergency") {
    CHECK(iec_distribution_limits[0].hot_spot_c == 120.0);
    for (std::size_t i = 1; i < 3; ++i)
        CHECK(iec_distribution_limits[i].hot_spot_c > iec_distribution_limits[i - 1].hot_spot_c);
}
