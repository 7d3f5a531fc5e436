// autarky: `grid age`: a load series through a transformer: temperatures, ageing, loss of life.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <iterator>

#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "autarky/program.hpp"
#include "grid/feeder/picture.hpp"
#include "grid/heat/heat_unit.hpp"

namespace autarky::cli {
namespace {

using namespace autarky::grid;

/// The transformer: a sheet, a street of the catalogue, or the usual one.
HeatSpec read_spec(const GridOptions& o, HeatModel model, const std::string& street) {
    HeatSpec spec = assumed_unit(model);
    if (!o.spec.empty()) {
        Diagnostics findings;
        const auto sheet = read_heat_sheet(grid_text_of(o.spec), o.spec, model, findings);
        grid_settle(findings);
        spec = *sheet;
    } else if (!street.empty()) {
        if (model != HeatModel::iec60076_7)
            throw UsageError("E0503",
                             fmt::format("{} is described for iec60076-7, not for {}", street, name_of(model)));
        spec = street_unit(*grid_streets().unit(street));
    }
    if (!o.paper.empty()) {
        if (o.paper != "kraft" && o.paper != "upgraded")
            throw UsageError("E0503", fmt::format("--paper is kraft or upgraded, not '{}'", o.paper));
        spec.paper = o.paper == "kraft" ? Paper::kraft : Paper::thermally_upgraded;
    }
    if (o.start == "cold" || o.start == "ambient") {
        spec.start = {HeatStart::Kind::ambient, 0.0};
    } else if (o.start == "steady") {
        spec.start = {HeatStart::Kind::steady, 0.0};
    } else if (!o.start.empty()) {
        double celsius = 0.0;
        if (!read_value(o.start, celsius).empty())
            throw UsageError("E0503",
                             fmt::format("--start is cold, steady or a top-oil temperature, not '{}'", o.start));
        grid_check_range("--start", celsius, -90.0, 300.0);
        spec.start = {HeatStart::Kind::top_oil, celsius};
    }
    return spec;
}

std::string_view name_of_start(const HeatStart& start) {
    switch (start.kind) {
    case HeatStart::Kind::ambient: return "at ambient";
    case HeatStart::Kind::steady: return "steady at the first load";
    case HeatStart::Kind::top_oil: return "given top oil";
    case HeatStart::Kind::load: return "steady at the given load";
    }
    return {};
}

using Buffer = fmt::memory_buffer;

void put_column(Buffer& out, const char* name, const std::vector<double>& values, bool last = false) {
    auto to = std::back_inserter(out);
    fmt::format_to(to, "    \"{}\": [", name);
    for (std::size_t i = 0; i < values.size(); ++i)
        fmt::format_to(to, "{}{}", i > 0 ? ", " : "", values[i]);
    fmt::format_to(to, "]{}\n", last ? "" : ",");
}

std::string json_of(const HeatSpec& spec, const std::string& unit, const LoadSeries<double>& series,
                    const HeatSeries<double>& heat, const SeriesColumns& rows) {
    const bool iec = spec.model == HeatModel::iec60076_7;
    const double rated = spec.rated_current_a > 0.0 ? spec.rated_current_a : 1.0;
    Buffer out;
    auto to = std::back_inserter(out);
    fmt::format_to(to,
                   "{{\n  \"command\": \"grid age\",\n  \"unit\": {},\n  \"model\": \"{}\",\n  \"paper\": \"{}\",\n  "
                   "\"start\": \"{}\",\n  \"spec\": {{",
                   nlohmann::json(unit).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                   name_of(spec.model), spec.paper == Paper::kraft ? "kraft" : "upgraded", name_of_start(spec.start));
    if (iec)
        fmt::format_to(to,
                       "\"I_r\": {}, \"R\": {}, \"delta_theta_or\": {}, \"ambient_surcharge\": {}, \"g_r\": {}, \"H\": "
                       "{}, \"x\": {}, "
                       "\"y\": {}, \"k11\": {}, \"k21\": {}, \"k22\": {}, \"tau_o\": {}, \"tau_w\": {}",
                       rated, spec.iec.loss_ratio, spec.iec.oil_rise_k, spec.iec.surcharge_k, spec.iec.gradient_k,
                       spec.iec.hot_spot_factor, spec.iec.oil_exponent, spec.iec.winding_exponent, spec.iec.k11,
                       spec.iec.k21, spec.iec.k22, spec.iec.tau_oil_min, spec.iec.tau_winding_min);
    else
        fmt::format_to(to,
                       "\"I_r\": {}, \"R\": {}, \"delta_theta_TO_R\": {}, \"delta_theta_H_R\": {}, \"tau_TO_R\": {}, "
                       "\"tau_w\": {}, "
                       "\"n\": {}, \"m\": {}",
                       rated, spec.c5791.loss_ratio, spec.c5791.oil_rise_k, spec.c5791.hot_spot_rise_k,
                       spec.c5791.tau_oil_min, spec.c5791.tau_winding_min, spec.c5791.n, spec.c5791.m);
    const double hours = heat.aged_min(spec.paper) / 60.0;
    fmt::format_to(to, "}},\n  \"rows\": {},\n  \"rows_with_reverse_flow\": {},\n  \"rows_missing\": {},\n",
                   series.size(), rows.n_negative, rows.n_missing);
    fmt::format_to(to,
                   "  \"loss_of_life\": {{\"hours\": {}, \"days\": {}, \"percent\": {}, \"kraft_days\": {}, "
                   "\"upgraded_days\": {}}},\n",
                   hours, hours / 24.0, 100.0 * hours / spec.life_h, heat.kraft_aged_min / 1440.0,
                   heat.upgraded_aged_min / 1440.0);
    fmt::format_to(
        to, "  \"loss_of_life_days\": {},\n  \"loss_of_life_percent\": {},\n  \"equivalent_ageing_factor\": {},\n",
        hours / 24.0, 100.0 * hours / spec.life_h, heat.equivalent_factor(spec.paper));
    fmt::format_to(to, "  \"elapsed_hours\": {},\n  \"max_top_oil_c\": {},\n  \"max_hot_spot_c\": {},\n  \"limits\": [",
                   heat.minutes / 60.0, heat.highest_top_oil_c, heat.highest_hot_spot_c);
    const double peak = peak_pu(spec, series);
    bool first = true;
    for (const LoadingLimit& limit : limits_of(spec)) {
        fmt::format_to(
            to,
            "{}\n    {{\"category\": \"{}\", \"current_pu\": {}, \"hot_spot_c\": {}, \"top_oil_c\": {}, \"kept\": {}}}",
            first ? "" : ",", limit.category, limit.current_pu, limit.hot_spot_c, limit.top_oil_c,
            keeps(limit, peak, heat));
        first = false;
    }
    fmt::format_to(to, "],\n  \"series\": {{\n");
    std::vector<double> pu(series.load_pu);
    for (double& x : pu)
        x /= rated;
    put_column(out, "minute", series.minute);
    put_column(out, "load_a", series.load_pu);
    put_column(out, "load_pu", pu);
    put_column(out, "ambient_c", series.ambient_c);
    put_column(out, "top_oil_c", heat.top_oil_c);
    put_column(out, "hot_spot_c", heat.hot_spot_c);
    put_column(out, "ageing_rate", spec.paper == Paper::kraft ? heat.kraft_rate : heat.upgraded_rate);
    put_column(out, "ageing_rate_kraft", heat.kraft_rate);
    put_column(out, "ageing_rate_upgraded", heat.upgraded_rate, true);
    fmt::format_to(to, "  }}\n}}\n");
    return {out.data(), out.size()};
}

std::string picture_of(const HeatSpec& spec, const LoadSeries<double>& series, const HeatSeries<double>& heat) {
    const LoadingLimit& limit = limits_of(spec).front();
    Diagram d{fmt::format("Temperatures of the transformer, {}", name_of(spec.model)),
              "hour",
              "°C",
              {{"hot spot", {}, false},
               {"top oil", {}, false},
               {"ambient", {}, false},
               {fmt::format("hot-spot limit, {} ({:g} °C)", limit.category, limit.hot_spot_c), {}, true}},
              false,
              true};
    for (std::size_t i = 0; i < series.size(); ++i) {
        const double hour = series.minute[i] / 60.0;
        d.lines[0].points.emplace_back(hour, heat.hot_spot_c[i]);
        d.lines[1].points.emplace_back(hour, heat.top_oil_c[i]);
        d.lines[2].points.emplace_back(hour, series.ambient_c[i]);
    }
    for (const double minute : {series.minute.front(), series.minute.back()})
        d.lines[3].points.emplace_back(minute / 60.0, limit.hot_spot_c);
    return drawn(d);
}

} // namespace

namespace {

/// TARGET is a street, or the series when --load gives none.
struct AgeTarget {
    std::string street, series;
};
AgeTarget target_of(const GridOptions& o) {
    AgeTarget out{{}, o.load};
    for (const std::string& target : o.targets) {
        const bool file =
            target == "-" || target.find('.') != std::string::npos || target.find('/') != std::string::npos;
        std::string& to = file ? out.series : out.street;
        if (!to.empty())
            throw UsageError("E0504", fmt::format("age takes one series and one street, and '{}' is another", target));
        to = target;
    }
    if (out.series.empty()) throw UsageError("E0504", "age wants a load series", "autarky grid age --load day.csv");
    if (!out.street.empty() && !o.spec.empty())
        throw UsageError("E0504", fmt::format("the unit is {} or that of --spec, not both", out.street));
    if (!out.street.empty() && !grid_streets().unit(out.street))
        throw UsageError("E0505", fmt::format("there is no street '{}'", out.street), "autarky grid list names them");
    return out;
}

SeriesReading reading_of(const GridOptions& o) {
    if (!o.gaps.empty() && o.gaps != "hold") throw UsageError("E0503", "--gaps is hold, or not given");
    if (!o.stamps.empty() && o.stamps != "begin" && o.stamps != "end")
        throw UsageError("E0503", "--stamps is begin or end: what a time of the series is of its step");
    if (o.power_factor) grid_check_range("--power-factor", *o.power_factor, 0.01, 1.0);
    if (o.ambient) grid_check_range("--ambient", *o.ambient, -90.0, 100.0);
    return {o.gaps == "hold", o.daylight_saving, o.stamps == "begin", o.column, o.ambient};
}

} // namespace

Exit grid_age(const GridOptions& o) {
    const auto model = heat_model_named(o.model);
    if (!model)
        throw UsageError("E0503", fmt::format("there is no model '{}'", o.model), "iec60076-7, c57.91 or c57.91-ode");
    if (!o.between.empty() && o.between != "hold" && o.between != "line")
        throw UsageError("E0503", "--between is hold or line");
    const AgeTarget target = target_of(o);
    const std::string& file = target.series;
    const SeriesReading reading = reading_of(o);
    const HeatSpec spec = read_spec(o, *model, target.street);
    Diagnostics findings;
    const SeriesColumns rows = read_series_csv(grid_text_of(file), file, reading, findings);
    if (rows.n_negative > 0)
        findings.warning({file, 0, 0, 0}, "W0806",
                         fmt::format("{} rows have reverse flow; it heats as load does", rows.n_negative));
    if (findings.has_errors()) grid_settle(findings);
    const auto as_given = rated_series(rows, spec, o.power_factor, file, findings);
    grid_settle(findings);

    const LoadSeries<double> series = o.between == "line" ? interpolated(*as_given, 1.0) : *as_given;
    const HeatSeries<double> heat = heat_of(spec, series);
    const std::string unit = (!o.spec.empty()          ? o.spec + ": "
                              : !target.street.empty() ? target.street + ": "
                                                       : "") +
                             unit_text(spec);
    if (!o.svg.empty()) write_file(o.svg, picture_of(spec, series, heat));
    if (o.json) {
        print(json_of(spec, unit, series, heat, rows));
        return Exit::ok;
    }
    const double hours = heat.aged_min(spec.paper) / 60.0;
    print(fmt::format("unit             {}\n", unit));
    print(fmt::format("model            {}, {} paper, start {}\n", name_of(spec.model),
                      spec.paper == Paper::kraft ? "kraft" : "thermally upgraded", name_of_start(spec.start)));
    print(fmt::format("series           {} rows over {:.4g} h, {} in {}\n", rows.minute.size(), heat.minutes / 60.0,
                      rows.load_name, name_of(rows.unit)));
    print(fmt::format("highest top oil  {:.2f} C\nhighest hot spot {:.2f} C\n", heat.highest_top_oil_c,
                      heat.highest_hot_spot_c));
    print(fmt::format("loss of life     {:.4g} h = {:.4g} % of {:.0f} h; ageing factor {:.4g}\n", hours,
                      100.0 * hours / spec.life_h, spec.life_h, heat.equivalent_factor(spec.paper)));
    const double peak = peak_pu(spec, series);
    const auto limits = limits_of(spec);
    const auto kept = std::ranges::find_if(limits, [&](const LoadingLimit& l) { return keeps(l, peak, heat); });
    print(fmt::format("highest load     {:.3f} of the rated current: {}\n", peak,
                      kept == limits.end()
                          ? std::string("beyond the limits of every category")
                          : fmt::format("within {} (current {:g}, hot spot {:g} C, top oil {:g} C)", kept->category,
                                        kept->current_pu, kept->hot_spot_c, kept->top_oil_c)));
    return Exit::ok;
}

} // namespace autarky::cli
