// autarky: `grid age`: a load series through a transformer: temperatures, ageing, loss of life.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <span>

#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "autarky/program.hpp"
#include "grid/feeder/picture.hpp"
#include "grid/heat/heat_spec.hpp"
#include "grid/heat/loading_limits.hpp"
#include "grid/heat/series_csv.hpp"
#include "input/toml.hpp"

namespace autarky::cli {
namespace {

using namespace autarky::grid;

/// Number with its unit, or word, of a value of the sheet; a list or a date is neither.
SheetValue sheet_value(const scenario::Node& node) {
    switch (node.kind) {
    case scenario::NodeKind::integer: return {static_cast<double>(node.integer), ""};
    case scenario::NodeKind::real: return {node.real, ""};
    case scenario::NodeKind::boolean: return {std::nullopt, node.boolean ? "true" : "false"};
    case scenario::NodeKind::text: {
        std::string text = node.text;
        std::erase(text, '_');
        double number = 0.0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (fault != std::errc()) return {std::nullopt, node.text};
        std::string unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
        unit.erase(0, unit.find_first_not_of(' '));
        return {number, unit};
    }
    default: return {std::nullopt, ""};
    }
}

/// Hands every value of the sheet to the reader; tables inside it are only headings.
void read_table(const scenario::Node& table, const scenario::Texts& texts, SheetReader& sheet, HeatModel model,
                Diagnostics& findings) {
    for (const scenario::Member& member : table.members) {
        if (member.value.is_table()) {
            read_table(member.value, texts, sheet, model, findings);
            continue;
        }
        const std::string fault = sheet.set(member.key, sheet_value(member.value));
        if (fault.empty()) continue;
        const bool unknown = fault == "unknown key";
        findings.error(texts.origin(unknown ? member.place : member.value.place), unknown ? "E0301" : "E0205",
                       unknown ? fmt::format("unknown key '{}'", member.key) : fmt::format("{} {}", member.key, fault),
                       unknown ? did_you_mean(member.key, SheetReader::keys(model)) : "");
    }
}

HeatSpec read_spec(const GridOptions& o, HeatModel model) {
    HeatSpec spec = default_heat_spec(model);
    if (o.spec.empty()) {
        // What no sheet says: a 400 kVA, 400 V distribution unit of 4600 W and 430 W in a housing, see docs/model/grid.md.
        spec.rated_current_a = 577.3502691896258;
        spec.iec.surcharge_k = 10.0;
        spec.c5791.loss_ratio = spec.iec.loss_ratio;
    } else {
        scenario::Texts texts;
        const int text = texts.add({o.spec, grid_text_of(o.spec), ""});
        Diagnostics findings;
        findings.remember_source(o.spec, texts.texts.back().content);
        SheetReader sheet(spec);
        if (const auto root = scenario::read_toml(texts, text, findings))
            read_table(*root, texts, sheet, model, findings);
        if (!findings.has_errors())
            for (const std::string& fault : sheet.finish())
                findings.error({o.spec, 0, 0, 0}, "E0302", fault);
        if (!sheet.unused().empty())
            findings.warning({o.spec, 0, 0, 0}, "W0807",
                             fmt::format("{} has no use for: {}", name_of(model), fmt::join(sheet.unused(), ", ")),
                             "these keys are the other standard's");
        grid_settle(findings);
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

std::span<const LoadingLimit> limits_of(const HeatSpec& spec) {
    if (spec.model != HeatModel::iec60076_7) return c5791_limits;
    switch (spec.unit_class) {
    case UnitClass::distribution: return iec_distribution_limits;
    case UnitClass::medium: return iec_medium_limits;
    case UnitClass::large: return iec_large_limits;
    }
    return {};
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

/// The heat models hold for load, not for short circuits; a load that far over the rating is in another unit.
void check_loads(const HeatSpec& spec, const SeriesColumns& rows, const std::string& file, Diagnostics& findings) {
    constexpr double highest_pu = 10.0;
    const double rated = rows.is_per_unit || spec.rated_current_a <= 0.0 ? 1.0 : spec.rated_current_a;
    for (std::size_t i = 0; i < rows.load.size(); ++i) {
        if (abs(rows.load[i]) <= highest_pu * rated) continue;
        findings.error({file, 0, 0, 0}, "E0205",
                       fmt::format("load {:g} at minute {:g} is {:.4g} times the rated current of {:g}", rows.load[i],
                                   rows.minute[i], abs(rows.load[i]) / rated, rated),
                       "the load is in A (a column load_pu is in units of the rating); is I_r right?");
        return;
    }
}

bool keeps(const LoadingLimit& limit, double peak_pu, const HeatSeries<double>& heat) {
    return peak_pu <= limit.current_pu && heat.highest_hot_spot_c <= limit.hot_spot_c &&
           heat.highest_top_oil_c <= limit.top_oil_c;
}

double peak_of(const LoadSeries<double>& series, double rated) {
    double peak = 0.0;
    for (const double load : series.load_pu)
        peak = std::max(peak, abs(load) / rated);
    return peak;
}

using Buffer = fmt::memory_buffer;

void put_column(Buffer& out, const char* name, const std::vector<double>& values, bool last = false) {
    auto to = std::back_inserter(out);
    fmt::format_to(to, "    \"{}\": [", name);
    for (std::size_t i = 0; i < values.size(); ++i)
        fmt::format_to(to, "{}{}", i > 0 ? ", " : "", values[i]);
    fmt::format_to(to, "]{}\n", last ? "" : ",");
}

std::string json_of(const HeatSpec& spec, const LoadSeries<double>& series, const HeatSeries<double>& heat,
                    const SeriesColumns& rows) {
    const bool iec = spec.model == HeatModel::iec60076_7;
    const double rated = spec.rated_current_a > 0.0 ? spec.rated_current_a : 1.0;
    Buffer out;
    auto to = std::back_inserter(out);
    fmt::format_to(to,
                   "{{\n  \"command\": \"grid age\",\n  \"model\": \"{}\",\n  \"paper\": \"{}\",\n  \"start\": "
                   "\"{}\",\n  \"spec\": {{",
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
    const double peak = peak_of(series, rated);
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

Exit grid_age(const GridOptions& o) {
    const auto model = heat_model_named(o.model);
    if (!model)
        throw UsageError("E0503", fmt::format("there is no model '{}'", o.model), "iec60076-7, c57.91 or c57.91-ode");
    const std::string file = !o.load.empty() ? o.load : o.targets.size() == 1 ? o.targets.front() : "";
    if (file.empty()) throw UsageError("E0504", "age wants a load series", "autarky grid age --load day.csv");
    if (!o.gaps.empty() && o.gaps != "hold") throw UsageError("E0503", "--gaps is hold, or not given");
    if (!o.between.empty() && o.between != "hold" && o.between != "line")
        throw UsageError("E0503", "--between is hold or line");
    const HeatSpec spec = read_spec(o, *model);
    Diagnostics findings;
    const SeriesColumns rows = read_series_csv(grid_text_of(file), file, o.gaps == "hold", findings);
    if (!o.spec.empty() && spec.rated_current_a <= 0.0 && !rows.is_per_unit)
        findings.error({o.spec, 0, 0, 0}, "E0302", "the load is in ampere, and the sheet has no rated current I_r",
                       "give I_r, or rated_kva and rated_voltage, or name the column load_pu");
    else
        check_loads(spec, rows, file, findings);
    if (rows.n_negative > 0)
        findings.warning({file, 0, 0, 0}, "W0806",
                         fmt::format("{} rows have reverse flow; it heats as load does", rows.n_negative));
    grid_settle(findings);

    HeatSpec used = spec;
    if (rows.is_per_unit) used.rated_current_a = 0.0;
    LoadSeries<double> series{rows.minute, rows.load, rows.ambient_c};
    if (o.between == "line") series = interpolated(series, 1.0);
    const HeatSeries<double> heat = heat_of(used, series);
    if (!o.svg.empty()) write_file(o.svg, picture_of(spec, series, heat));
    if (o.json) {
        print(json_of(used, series, heat, rows));
        return Exit::ok;
    }
    const double hours = heat.aged_min(spec.paper) / 60.0;
    print(fmt::format("model            {}, {} paper, start {}\n", name_of(spec.model),
                      spec.paper == Paper::kraft ? "kraft" : "thermally upgraded", name_of_start(spec.start)));
    print(fmt::format("series           {} rows over {:.4g} h\n", series.size(), heat.minutes / 60.0));
    print(fmt::format("highest top oil  {:.2f} C\nhighest hot spot {:.2f} C\n", heat.highest_top_oil_c,
                      heat.highest_hot_spot_c));
    print(fmt::format("loss of life     {:.4g} h = {:.4g} % of {:.0f} h; ageing factor {:.4g}\n", hours,
                      100.0 * hours / spec.life_h, spec.life_h, heat.equivalent_factor(spec.paper)));
    const double peak = peak_of(series, used.rated_current_a > 0.0 ? used.rated_current_a : 1.0);
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
