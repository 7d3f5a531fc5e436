// autarky: heat models against series that other programs computed.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "grid/heat/heat_c5791.hpp"
#include "grid/heat/heat_iec60076.hpp"
#include "grid/heat/heat_series.hpp"
#include "table.hpp"

using namespace autarky;
using namespace autarky::grid;
using autarky::test::table_of;
using autarky::test::text_of;

namespace {

double farthest(const std::vector<double>& got, const std::vector<double>& expected) {
    REQUIRE(got.size() == expected.size());
    double most = 0.0;
    for (std::size_t i = 0; i < got.size(); ++i)
        most = std::max(most, std::fabs(got[i] - expected[i]));
    return most;
}

/// A case of transformer-thermal-model: its data sheet in .json, its series in .csv.
void check_iec_case(const std::filesystem::path& sheet_path) {
    CAPTURE(sheet_path.string());
    const auto sheet = nlohmann::json::parse(text_of(sheet_path.string()));
    const auto& spec = sheet["specs"];
    const auto rows = table_of(std::filesystem::path(sheet_path).replace_extension(".csv").string());
    Iec60076<double> unit;
    unit.loss_ratio = spec["load_loss"].get<double>() / spec["no_load_loss"].get<double>();
    unit.oil_rise_k = spec["top_oil_temp_rise"].get<double>() - spec["end_temp_reduction"].get<double>();
    unit.surcharge_k = spec["amb_temp_surcharge"];
    unit.gradient_k = spec["winding_oil_gradient"];
    unit.hot_spot_factor = spec["hot_spot_fac"];
    unit.oil_exponent = spec["oil_exp_x"];
    unit.winding_exponent = spec["winding_exp_y"];
    unit.k11 = spec["oil_const_k11"];
    unit.k21 = spec["winding_const_k21"].get<double>();
    unit.k22 = spec["winding_const_k22"].get<double>();
    unit.tau_oil_min = spec["time_const_oil"];
    unit.tau_winding_min = spec["time_const_windings"];
    const double rated = spec["nom_load_sec_side"];
    LoadSeries<double> series{rows.at("minute"), rows.at("load"), rows.at("ambient_c")};
    for (double& load : series.load_pu)
        load /= rated;

    auto state = unit.at_ambient(series.ambient_c.front());
    const std::string initial = sheet["initial"];
    const double value =
        initial.find('=') == std::string::npos ? 0.0 : std::stod(initial.substr(initial.find('=') + 1));
    if (initial.starts_with("InitialLoad")) state = unit.steady(unit.ultimate(value / rated), series.ambient_c.front());
    if (initial.starts_with("InitialTopOil")) state = unit.at_ambient(value);
    const auto heat = heat_series<double>(unit, series, state);
    // 2e-7 K: the load column is printed to ten digits.
    CHECK(farthest(heat.top_oil_c, rows.at("top_oil_c")) < 2e-7);
    CHECK(farthest(heat.hot_spot_c, rows.at("hot_spot_c")) < 2e-7);
    CHECK(heat.kraft_aged_min / 1440.0 == doctest::Approx(sheet["days_aged_normal"].get<double>()).epsilon(2e-8));
    CHECK(heat.upgraded_aged_min / 1440.0 == doctest::Approx(sheet["days_aged_tup"].get<double>()).epsilon(2e-8));
}

int check_iec_folder(const std::string& folder) {
    int n = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json" || entry.path().stem() == "ageing_points") continue;
        check_iec_case(entry.path());
        ++n;
    }
    return n;
}

template <class Model>
HeatSeries<double> run(const Model& unit, const std::map<std::string, std::vector<double>>& rows,
                       bool load_of_row_before, typename Model::State state) {
    const char* load = rows.contains("K_before") ? "K_before" : rows.contains("K") ? "K" : "load";
    LoadSeries<double> series;
    for (std::size_t i = 0; i < rows.at("minute").size(); ++i) {
        // That program holds a row's load until the next row; ours holds it since the row before.
        series.minute.push_back(rows.at("minute")[i]);
        series.load_pu.push_back(rows.at(load)[load_of_row_before && i > 0 ? i - 1 : i]);
        series.ambient_c.push_back(rows.contains("ambient") ? rows.at("ambient")[i] : 30.0);
    }
    return heat_series<double>(unit, series, state);
}

template <class Model> Model working_group_unit() {
    Model unit;
    unit.loss_ratio = 6.6955729072954195;
    unit.tau_oil_min = 142.8655098804937;
    return unit;
}

const std::string data = std::string(AUTARKY_TEST_DATA_DIR);

} // namespace

TEST_CASE("IEC 60076-7 gives the series of transformer-thermal-model") {
    CHECK(check_iec_folder(data + "/iec60076") == 5);
}

TEST_CASE("IEC 60076-7 gives every series of transformer-thermal-model that is at hand") {
    const std::string oracles = AUTARKY_ORACLES_DIR;
    if (oracles.empty()) {
        MESSAGE("skipped: AUTARKY_ORACLES is not set");
        return;
    }
    CHECK(check_iec_folder(oracles + "/grid/ttm") >= 40);
}

TEST_CASE("the ODE of C57.91 gives the series solved to 1e-11") {
    const auto rows = table_of(data + "/c5791/alt_clause7_tight_step.csv");
    const auto unit = working_group_unit<C5791Ode<double>>();
    const auto heat = run(unit, rows, false, unit.steady(unit.ultimate(1.0), 30.0));
    CHECK(farthest(heat.top_oil_c, rows.at("top_oil_c")) < 2e-9);
    CHECK(farthest(heat.hot_spot_c, rows.at("hot_spot_c")) < 1e-5); // what the solver left: it starts 8e-6 K off steady
    CHECK(heat.hot_spot_c[20] == doctest::Approx(181.776591).epsilon(1e-7));
}

TEST_CASE("classic clause 7 gives the series of the working group's code on a step of load") {
    const auto rows = table_of(data + "/c5791/default52MVA_step_old_clause_7_analytical.csv");
    const auto unit = working_group_unit<C5791Classic<double>>();
    const auto heat = run(unit, rows, true, unit.steady(unit.ultimate(1.0), 30.0));
    CHECK(farthest(heat.top_oil_c, rows.at("Top Liquid [C]")) < 2e-3); // it adds its one-minute steps in single hours
    CHECK(farthest(heat.hot_spot_c, rows.at("Hot Spot [C]")) < 2e-3);
}

TEST_CASE("classic clause 7 gives an independent program's warm-up and evening") {
    for (const char* name : {"cl7_100pct", "cl7_50kVA_evening"}) {
        CAPTURE(name);
        const auto rows = table_of(data + "/c5791/" + name + ".csv");
        C5791Classic<double> unit;
        unit.oil_rise_k = 53.0, unit.hot_spot_rise_k = 27.0, unit.tau_winding_min = 7.0, unit.loss_ratio = 5.0;
        const auto heat = run(unit, rows, false, unit.at_ambient(30.0));
        CHECK(farthest(heat.top_oil_c, rows.at("top_oil_c")) < 0.05);
        CHECK(farthest(heat.hot_spot_c, rows.at("hot_spot_c")) < 0.05);
    }
}

namespace {

/// The working group's day by the minute, of which its tables show every tenth: 0.5 with a bump in the morning and one in
/// the evening, ambient as a sine.
LoadSeries<double> working_group_day() {
    LoadSeries<double> series;
    for (int minute = 0; minute <= 2880; ++minute) {
        const double at = minute == 0 ? 0.0 : minute - 1.0;
        const double hour = std::fmod(at / 60.0, 24.0);
        const auto bump = [hour](double top, double width) { return std::exp(-std::pow((hour - top) / width, 2)); };
        series.minute.push_back(minute);
        series.load_pu.push_back(0.5 + 0.2 * bump(8.0, 1.5) + 0.7 * bump(20.0, 2.5));
        series.ambient_c.push_back(25.0 + 8.0 * std::sin(2.0 * 3.14159265358979 * (at / 60.0 - 9.0) / 24.0));
    }
    return series;
}
std::vector<double> every_tenth(const std::vector<double>& of) {
    std::vector<double> out;
    for (std::size_t i = 0; i < of.size(); i += 10)
        out.push_back(of[i]);
    return out;
}

} // namespace

TEST_CASE("the ODE of C57.91 follows the working group's integration of a day, which steps by the minute") {
    const auto rows = table_of(data + "/c5791/default52MVA_day_alt_clause_7_diff.csv");
    const auto unit = working_group_unit<C5791Ode<double>>();
    C5791Ode<double>::State state{rows.at("Top Liquid [C]").front(), rows.at("Hot Spot [C]").front()};
    const auto heat = heat_series<double>(unit, working_group_day(), state);
    double oil = 0.0, hot = 0.0;
    for (std::size_t i = 0; i < rows.at("minute").size(); ++i) {
        oil = std::max(oil, std::fabs(heat.top_oil_c[10 * i] - rows.at("Top Liquid [C]")[i]));
        hot = std::max(hot, std::fabs(heat.hot_spot_c[10 * i] - rows.at("Hot Spot [C]")[i]));
    }
    CHECK(oil < 0.05); // an explicit scheme with its own tolerance, not an exact one
    CHECK(hot < 0.25);
}

TEST_CASE("clause 7 in both forms gives the other series of the working group's code and of the independent program") {
    const std::string oracles = AUTARKY_ORACLES_DIR;
    if (oracles.empty()) {
        MESSAGE("skipped: AUTARKY_ORACLES is not set");
        return;
    }
    const std::string folder = oracles + "/grid/ieee_c5791/";
    const auto within = [](const HeatSeries<double>& heat, const auto& rows, const char* oil, const char* hot,
                           double oil_k, double hot_k) {
        const double oil_off = farthest(heat.top_oil_c, rows.at(oil)),
                     hot_off = farthest(heat.hot_spot_c, rows.at(hot));
        MESSAGE("farthest ", oil_off, " K oil, ", hot_off, " K hot spot");
        CHECK(oil_off < oil_k);
        CHECK(hot_off < hot_k);
    };
    const auto classic = working_group_unit<C5791Classic<double>>();
    const auto ode = working_group_unit<C5791Ode<double>>();
    const auto warm_up = table_of(folder + "default52MVA_unit_old_clause_7_analytical.csv");
    within(run(classic, warm_up, true, classic.at_ambient(30.0)), warm_up, "Top Liquid [C]", "Hot Spot [C]", 0.01,
           0.01);
    const auto day = table_of(folder + "default52MVA_day_old_clause_7_analytical.csv");
    // That run starts at half of the rated rises, its load being half.
    const C5791Classic<double>::State start{0.5 * classic.oil_rise_k, 0.5 * classic.hot_spot_rise_k,
                                            day.at("ambient").front()};
    HeatSeries<double> by_minute = heat_series<double>(classic, working_group_day(), start);
    by_minute.top_oil_c = every_tenth(by_minute.top_oil_c), by_minute.hot_spot_c = every_tenth(by_minute.hot_spot_c);
    within(by_minute, day, "Top Liquid [C]", "Hot Spot [C]", 0.3, 0.3);
    const auto step = table_of(folder + "default52MVA_step_alt_clause_7_diff.csv");
    // That run starts with the rises of rated load, without the air.
    const C5791Ode<double>::State rises{step.at("Top Liquid [C]").front(), step.at("Hot Spot [C]").front()};
    // Its solver smears a step of load over a minute before and after: 4 K in that row, below 1.3 K in all others. The
    // series solved to 1e-11 above has none of that.
    within(run(ode, step, true, rises), step, "Top Liquid [C]", "Hot Spot [C]", 0.5, 4.0);
    const auto night = table_of(folder + "cl7_50kVA_night_ev.csv");
    C5791Classic<double> pole;
    pole.oil_rise_k = 53.0, pole.hot_spot_rise_k = 27.0, pole.tau_winding_min = 7.0, pole.loss_ratio = 5.0;
    within(run(pole, night, false, pole.at_ambient(30.0)), night, "top_oil_c", "hot_spot_c", 0.05, 0.05);
}
