// autarky: runs a load series through a transformer, and describes temperatures, ageing and limits.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/age.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/refuse.hpp"
#include "grid/feeder/picture.hpp"
#include "grid/heat/heat_unit.hpp"

namespace autarky::grid {
namespace {

constexpr std::string_view too_hot = "it is too hot for a number";

double rated_of(const HeatSpec& spec) { return spec.rated_current_a > 0.0 ? spec.rated_current_a : 1.0; }

} // namespace

constexpr auto describe(Type<Iec60076<double>> /*type*/) {
    using I = Iec60076<double>;
    return fields(
        item("delta_theta_or", &I::oil_rise_k, unit_named("K"), "Top-oil rise at rated losses"),
        item("ambient_surcharge", &I::surcharge_k, unit_named("K"), "Of a housing, on top of ambient"),
        item("g_r", &I::gradient_k, unit_named("K"), "Gradient of winding to oil at rated current"),
        item("H", &I::hot_spot_factor, "1"_u, "Hot-spot factor"), item("x", &I::oil_exponent, "1"_u, "Oil exponent"),
        item("y", &I::winding_exponent, "1"_u, "Winding exponent"), item("k11", &I::k11, "1"_u, "Thermal constant"),
        item("k21", &I::k21, "1"_u, "Thermal constant"), item("k22", &I::k22, "1"_u, "Thermal constant"),
        item("tau_o", &I::tau_oil_min, "min"_u, "Time constant of the oil"));
}

constexpr auto describe(Type<C5791Unit<double>> /*type*/) {
    using C = C5791Unit<double>;
    return fields(
        item("delta_theta_TO_R", &C::oil_rise_k, unit_named("K"), "Top-oil rise at rated load"),
        item("delta_theta_H_R", &C::hot_spot_rise_k, unit_named("K"), "Hot-spot rise over top oil at rated load"),
        item("tau_TO_R", &C::tau_oil_min, "min"_u, "Time constant of the oil at rated load"),
        item("n", &C::n, "1"_u, "Oil exponent"), item("m", &C::m, "1"_u, "Winding exponent"));
}

constexpr auto describe(Type<HeatSpec> /*type*/) {
    using S = HeatSpec;
    constexpr auto is_iec = [](const S& s) { return s.model == HeatModel::iec60076_7; };
    return fields(item("I_r", &rated_of, unit_named("A"), "Rated current; 1: the series is in per unit"),
                  item(
                      "R", [=](const S& s) { return is_iec(s) ? s.iec.loss_ratio : s.c5791.loss_ratio; }, "1"_u,
                      "Load losses over no-load losses at rated current"),
                  item(
                      "tau_w", [=](const S& s) { return is_iec(s) ? s.iec.tau_winding_min : s.c5791.tau_winding_min; },
                      "min"_u, "Time constant of the winding"),
                  item(
                      "iec", [=](const S& s) { return is_iec(s) ? std::optional(s.iec) : std::nullopt; },
                      "By the names of IEC 60076-7")
                      .merged_if("it is computed by IEEE C57.91"),
                  item(
                      "c5791", [=](const S& s) { return is_iec(s) ? std::nullopt : std::optional(s.c5791); },
                      "By the names of IEEE C57.91")
                      .merged_if("it is computed by IEC 60076-7"));
}

} // namespace autarky::grid

namespace autarky::answers {
namespace {

using grid::HeatStart;

std::string_view name_of_start(const HeatStart& start) {
    switch (start.kind) {
    case HeatStart::Kind::ambient: return "at ambient";
    case HeatStart::Kind::steady: return "steady at the first load";
    case HeatStart::Kind::top_oil: return "given top oil";
    case HeatStart::Kind::load: return "steady at the given load";
    }
    return {};
}

double aged_hours(const AgeAnswer& a) { return a.heat.aged_min(a.spec.paper) / 60.0; }
double aged_percent(const AgeAnswer& a) { return 100.0 * aged_hours(a) / a.spec.life_h; }

struct LossOfLife {
    const AgeAnswer* of;
};
constexpr auto describe(Type<LossOfLife> /*type*/) {
    using L = LossOfLife;
    constexpr auto why = grid::too_hot;
    return fields(item(
                      "hours", [](const L& l) { return aged_hours(*l.of); }, "h"_u, "Normal life that the series takes")
                      .null_if(why),
                  item(
                      "days", [](const L& l) { return aged_hours(*l.of) / 24.0; }, "day"_u, "The same")
                      .null_if(why),
                  item(
                      "percent", [](const L& l) { return aged_percent(*l.of); }, "%"_u, "The same, of a whole life")
                      .null_if(why),
                  item(
                      "kraft_days", [](const L& l) { return l.of->heat.kraft_aged_min / 1440.0; }, "day"_u,
                      "The same if the paper were kraft")
                      .null_if(why),
                  item(
                      "upgraded_days", [](const L& l) { return l.of->heat.upgraded_aged_min / 1440.0; }, "day"_u,
                      "The same if it were thermally upgraded")
                      .null_if(why));
}

struct LimitView {
    grid::LoadingLimit limit;
    bool is_kept;
};
constexpr auto describe(Type<LimitView> /*type*/) {
    using L = LimitView;
    return fields(
        item(
            "category", [](const L& l) { return l.limit.category; }, "Category of loading, by the standard"),
        item(
            "current_pu", [](const L& l) { return l.limit.current_pu; }, "1"_u, "Highest current over rated current"),
        item(
            "hot_spot_c", [](const L& l) { return l.limit.hot_spot_c; }, unit_named("degC"), "Highest hot spot"),
        item(
            "top_oil_c", [](const L& l) { return l.limit.top_oil_c; }, unit_named("degC"), "Highest top oil"),
        item("kept", &L::is_kept, "Whether the series stays within it"));
}

std::vector<LimitView> limits_of(const AgeAnswer& a) {
    const double peak = grid::peak_pu(a.spec, a.series);
    std::vector<LimitView> out;
    for (const auto& limit : grid::limits_of(a.spec))
        out.push_back({limit, grid::keeps(limit, peak, a.heat)});
    return out;
}

struct SeriesView {
    const AgeAnswer* of;
    [[nodiscard]] std::vector<double> load_pu() const {
        auto out = of->series.load_pu; // in ampere, see rated_series
        for (double& x : out)
            x /= grid::rated_of(of->spec);
        return out;
    }
};
constexpr auto describe(Type<SeriesView> /*type*/) {
    using S = SeriesView;
    constexpr auto why = grid::too_hot;
    return fields(
        item(
            "minute", [](const S& s) { return s.of->series.minute; }, "min"_u, "End of each step, as the file counts"),
        item(
            "load_a", [](const S& s) { return s.of->series.load_pu; }, unit_named("A"),
            "Load; of rated current where that is not known"),
        item("load_pu", &S::load_pu, "1"_u, "Load over rated current"),
        item(
            "ambient_c", [](const S& s) { return s.of->series.ambient_c; }, unit_named("degC"), "Ambient"),
        item(
            "top_oil_c", [](const S& s) { return s.of->heat.top_oil_c; }, unit_named("degC"), "Top oil")
            .null_if(why),
        item(
            "hot_spot_c", [](const S& s) { return s.of->heat.hot_spot_c; }, unit_named("degC"), "Hot spot")
            .null_if(why),
        item(
            "ageing_rate",
            [](const S& s) {
                return s.of->spec.paper == grid::Paper::kraft ? s.of->heat.kraft_rate : s.of->heat.upgraded_rate;
            },
            "1"_u, "Ageing over normal ageing")
            .null_if(why),
        item(
            "ageing_rate_kraft", [](const S& s) { return s.of->heat.kraft_rate; }, "1"_u, "The same of kraft paper")
            .null_if(why),
        item(
            "ageing_rate_upgraded", [](const S& s) { return s.of->heat.upgraded_rate; }, "1"_u,
            "The same of thermally upgraded paper")
            .null_if(why));
}

} // namespace

constexpr auto describe(Type<AgeAnswer> /*type*/) {
    using A = AgeAnswer;
    constexpr auto why = grid::too_hot;
    return fields(
        item(
            "command", [](const A&) { return "grid age"; }, "What was asked"),
        item("unit", &A::unit, "Which transformer"),
        item(
            "model", [](const A& a) { return a.spec.model; }, "Which standard"),
        item(
            "paper", [](const A& a) { return a.spec.paper; }, "Its insulation"),
        item(
            "start", [](const A& a) { return name_of_start(a.spec.start); }, "What it is at the first row"),
        item("spec", &A::spec, "Its data, by the names of the standard"),
        item(
            "rows", [](const A& a) { return a.series.size(); }, "1"_u, "Rows that are computed"),
        item(
            "rows_with_reverse_flow", [](const A& a) { return a.rows.n_negative; }, "1"_u,
            "Rows below zero; they heat as load does"),
        item(
            "rows_missing", [](const A& a) { return a.rows.n_missing; }, "1"_u,
            "Rows that a regular series would have had"),
        item(
            "loss_of_life", [](const A& a) { return LossOfLife{&a}; }, "What the series takes of its life"),
        item(
            "loss_of_life_days", [](const A& a) { return aged_hours(a) / 24.0; }, "day"_u, "The same")
            .null_if(why),
        item("loss_of_life_percent", &aged_percent, "%"_u, "The same, of a whole life").null_if(why),
        item(
            "equivalent_ageing_factor", [](const A& a) { return a.heat.equivalent_factor(a.spec.paper); }, "1"_u,
            "Aged time over elapsed time")
            .null_if(why),
        item(
            "elapsed_hours", [](const A& a) { return a.heat.minutes / 60.0; }, "h"_u, "Length of the series"),
        item(
            "max_top_oil_c", [](const A& a) { return a.heat.highest_top_oil_c; }, unit_named("degC"), "Highest top oil")
            .null_if(why),
        item(
            "max_hot_spot_c", [](const A& a) { return a.heat.highest_hot_spot_c; }, unit_named("degC"),
            "Highest hot spot")
            .null_if(why),
        item("limits", &limits_of, "Limits of the standard for its size"),
        item("series", [](const A& a) { return SeriesView{&a}; }, "Row by row"));
}

namespace {

/// The street and the series that the question names.
struct AgeTarget {
    std::string street, series;
};

AgeTarget target_of(const AgeQuestion& q) {
    AgeTarget out{{}, q.load};
    for (const auto& target : q.target) {
        const bool is_file = target == "-" || target.find_first_of("./") != std::string::npos;
        std::string& to = is_file ? out.series : out.street;
        if (!to.empty())
            refuse_field("target", "E0504",
                         fmt::format("one series and one street are taken, and '{}' is another", target));
        to = target;
    }
    if (out.series.empty()) refuse_field("load", "E0506", "there is no load series", "a CSV file, such as day.csv");
    if (!out.street.empty() && !q.spec.empty())
        refuse_field("spec", "E0504", fmt::format("the unit is {} or that of the sheet, not both", out.street));
    return out;
}

grid::HeatSpec unit_of(const Catalogue& catalogue, const AgeQuestion& q, const std::string& street,
                       const Watch& watch) {
    if (!q.spec.empty()) {
        Diagnostics findings;
        auto sheet = grid::read_heat_sheet(file_text(q.spec, "spec"), q.spec, q.model, findings);
        watch.settle(findings);
        return std::move(*sheet);
    }
    if (street.empty()) return grid::assumed_unit(q.model);
    const auto streets = catalogue.streets(watch);
    const auto* unit = streets.unit(street);
    if (unit == nullptr) {
        std::vector<std::string_view> names;
        for (const auto& one : streets.units)
            names.emplace_back(one.name);
        const auto suggestion = did_you_mean(street, names);
        refuse_field("target", "E0505", fmt::format("there is no street '{}'", street),
                     suggestion.empty() ? "a file has a dot or a slash in its name" : suggestion);
    }
    if (q.model != grid::HeatModel::iec60076_7)
        refuse_field("model", "E0504",
                     fmt::format("{} is described for iec60076-7, not for {}", street, name_of(q.model)));
    return grid::street_unit(*unit);
}

HeatStart start_of(const std::string& start) {
    if (start.empty() || start == "cold" || start == "ambient") return {HeatStart::Kind::ambient, 0.0};
    if (start == "steady") return {HeatStart::Kind::steady, 0.0};
    double celsius = 0.0;
    const char* end = start.data() + start.size();
    const auto read = std::from_chars(start.data(), end, celsius);
    if (read.ec != std::errc{} || read.ptr != end)
        refuse_field("start", "E0504", fmt::format("'{}' is not cold, steady or a top-oil temperature in C", start));
    constexpr double low = -90.0;
    constexpr double high = 300.0;
    if (!(celsius >= low && celsius <= high))
        refuse_field("start", "E0504", fmt::format("{:g} is outside {:g} to {:g}", celsius, low, high));
    return {HeatStart::Kind::top_oil, celsius};
}

} // namespace

AgeAnswer age(const Catalogue& catalogue, const AgeQuestion& q, const Watch& watch) {
    const auto target = target_of(q);
    AgeAnswer out{q, {}, unit_of(catalogue, q, target.street, watch), {}, {}, {}};
    out.spec.paper = q.paper.value_or(out.spec.paper);
    if (!q.start.empty()) out.spec.start = start_of(q.start);
    const auto& named = q.spec.empty() ? target.street : q.spec;
    out.unit = (named.empty() ? "" : named + ": ") + grid::unit_text(out.spec);

    Diagnostics findings;
    const grid::SeriesReading reading{q.gaps == Gaps::hold, q.daylight_saving, q.stamps == Stamps::begin, q.column,
                                      q.ambient};
    out.rows = grid::read_series_csv(file_text(target.series, "load"), target.series, reading, findings);
    if (out.rows.n_negative > 0)
        findings.warning({target.series, 0, 0, 0}, "W0806",
                         fmt::format("{} rows have reverse flow; it heats as load does", out.rows.n_negative));
    if (findings.has_errors()) throw InputError{std::move(findings)};
    if (q.power_factor && out.rows.unit != grid::LoadUnit::kw)
        refuse_field("power_factor", "E0506",
                     fmt::format("it changes nothing: {} is in {}", out.rows.load_name, grid::name_of(out.rows.unit)));
    auto rated = grid::rated_series(out.rows, out.spec, q.power_factor, target.series, findings);
    watch.settle(findings);
    constexpr double longest_step_min = 1.0;
    out.series = q.between == BetweenRows::line ? grid::interpolated(*rated, longest_step_min) : std::move(*rated);
    out.heat = grid::heat_of(out.spec, out.series);
    return out;
}

std::string picture(const AgeAnswer& answer) {
    const auto& series = answer.series;
    const auto& limit = grid::limits_of(answer.spec).front();
    grid::Diagram d{fmt::format("Temperatures of the transformer, {}", name_of(answer.spec.model)),
                    "hour",
                    "°C",
                    {{"hot spot", {}, false},
                     {"top oil", {}, false},
                     {"ambient", {}, false},
                     {fmt::format("hot-spot limit, {} ({:g} °C)", limit.category, limit.hot_spot_c), {}, true}},
                    false,
                    true,
                    fmt::format("column {} · {}", answer.rows.load_name, answer.unit)};
    for (std::size_t i = 0; i < series.size(); ++i) {
        const double hour = series.minute[i] / 60.0;
        d.lines[0].points.emplace_back(hour, answer.heat.hot_spot_c[i]);
        d.lines[1].points.emplace_back(hour, answer.heat.top_oil_c[i]);
        d.lines[2].points.emplace_back(hour, series.ambient_c[i]);
    }
    for (const double minute : {series.minute.front(), series.minute.back()})
        d.lines[3].points.emplace_back(minute / 60.0, limit.hot_spot_c);
    return grid::drawn(d);
}

std::string text(const AgeAnswer& answer, const show::Page& page) {
    const auto& spec = answer.spec;
    const auto& heat = answer.heat;
    constexpr std::size_t indent = 17;
    std::string out;
    const auto line = [&](std::string_view label, const std::string& value) {
        out += fmt::format("{:<{}}{}\n", label, indent, show::hanging(value, page.width, indent));
    };
    line("unit", answer.unit);
    line("model",
         fmt::format("{}, {} paper, start {}", name_of(spec.model),
                     spec.paper == grid::Paper::kraft ? "kraft" : "thermally upgraded", name_of_start(spec.start)));
    line("series", fmt::format("{} rows over {:.4g} h, {} in {}", answer.rows.minute.size(), heat.minutes / 60.0,
                               answer.rows.load_name, grid::name_of(answer.rows.unit)));
    line("highest top oil", fmt::format("{:.2f} C", heat.highest_top_oil_c));
    line("highest hot spot", fmt::format("{:.2f} C", heat.highest_hot_spot_c));
    line("loss of life", fmt::format("{:.4g} h = {:.4g} % of {:.0f} h; ageing factor {:.4g}", aged_hours(answer),
                                     aged_percent(answer), spec.life_h, heat.equivalent_factor(spec.paper)));
    const auto limits = limits_of(answer);
    const auto kept = std::ranges::find_if(limits, &LimitView::is_kept);
    line("highest load",
         fmt::format("{:.3f} of the rated current: {}", grid::peak_pu(spec, answer.series),
                     kept == limits.end() ? std::string("beyond the limits of every category")
                                          : fmt::format("within {} (current {:g}, hot spot {:g} C, top oil {:g} C)",
                                                        kept->limit.category, kept->limit.current_pu,
                                                        kept->limit.hot_spot_c, kept->limit.top_oil_c)));
    return out;
}

const Entry age_entry = entry_of<&age, AgeQuestion, AgeAnswer>(
    "grid", "age", "A load series through a transformer: temperatures, ageing, loss of life");

} // namespace autarky::answers
