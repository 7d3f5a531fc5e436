// autarky: rolls streets up to a country, and describes what comes out.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/nation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "answers/watched.hpp"
#include "grid/feeder/picture.hpp"
#include "show/table.hpp"

namespace autarky::grid {

constexpr auto describe(Type<Comparison> /*type*/) {
    using C = Comparison;
    return fields(item("quantity", &C::quantity, "What is compared"), item("unit", &C::unit, "Its unit"),
                  item("ours_low", &C::ours_low, unit_in("unit"), "Ours, low"),
                  item("ours_high", &C::ours_high, unit_in("unit"), "Ours, high"),
                  item("published_low", &C::low, unit_in("unit"), "Published, low"),
                  item("published_high", &C::high, unit_in("unit"), "Published, high"),
                  item("source", &C::source, "Who published it"),
                  item("verdict", &C::verdict, "overlaps, below or above, and why where they differ in scope"));
}

struct CostBand {
    double low, middle, high;
};
constexpr auto describe(Type<CostBand> /*type*/) {
    return fields(item("low", &CostBand::low, "USD"_u, "At low prices of the works"),
                  item("middle", &CostBand::middle, "USD"_u, "At middle prices"),
                  item("high", &CostBand::high, "USD"_u, "At high prices"));
}

constexpr auto describe(Type<NationRow> /*type*/) {
    using N = NationRow;
    return fields(
        item("penetration", &N::penetration, "1"_u, "Share of car places with the device"),
        item("cars", &N::cars, "1"_u, "Cars in the region"), item("robots", &N::robots, "1"_u, "Robots in the region"),
        item("share_over_rating", &N::over_rating, "1"_u, "Share of units above their rating"),
        item("share_over_1.25", &N::over_125, "1"_u, "Above 1.25 of it"),
        item("share_over_1.5", &N::over_150, "1"_u, "Above 1.5 of it"),
        item("share_over_limit", &N::over_limit, "1"_u, "Above the limit of their owner"),
        item("share_hot_spot_over_120", &N::hot_120, "1"_u, "Hot spot above 120 C"),
        item("share_hot_spot_over_140", &N::hot_140, "1"_u, "Hot spot above 140 C"),
        item("share_ageing_fast", &N::ageing_fast, "1"_u, "Age faster than normal"),
        item("mean_ageing_factor", &N::mean_ageing, "1"_u, "Years of life a year, each unit at most 20"),
        item("share_needs_upgrade", &N::needs, "1"_u, "Break limit, heat or ageing"),
        item("share_needs_upgrade_error", &N::share_error, "1"_u, "Standard error of that share"),
        item("units_needing_upgrade", &N::needs_units, "unit"_u, "The same in units of the region"),
        item("average_kw_a_car", &N::average_kw_a_car, "kW"_u, "Average power of a car with its share of robots"),
        item("local_peak_kw_a_car", &N::added_kw_a_car, "kW"_u, "Mean growth of the local peak over devices"),
        item("system_peak_kw_a_car", &N::system_kw_a_car, "kW"_u,
             "Growth of the joint peak of all streets over devices"),
        item("capacity_to_add_share", &N::added_kva_share, "1"_u, "Capacity to add over installed capacity"),
        item(
            "cost_usd", [](const N& n) { return CostBand{n.cost_usd[0], n.cost_usd[1], n.cost_usd[2]}; },
            "Cost of the works"));
}

} // namespace autarky::grid

namespace autarky::answers {

constexpr auto describe(Type<NationAnswer> /*type*/) {
    using A = NationAnswer;
    return fields(
        item(
            "command", [](const A&) { return "grid nation"; }, "What was asked"),
        item(
            "region", [](const A& a) -> std::string_view { return a.study.region; }, "Region"),
        item(
            "sampled_units", [](const A& a) { return a.result.sampled; }, "1"_u,
            "Sampled transformers, fewer than asked for when it was stopped"),
        item(
            "homes", [](const A& a) { return a.result.homes; }, "home"_u, "Homes of the region"),
        item(
            "units", [](const A& a) { return a.result.units; }, "unit"_u, "Its street transformers"),
        item(
            "installed_kva", [](const A& a) { return a.result.installed_kva; }, "kVA"_u, "Their rating together"),
        item(
            "homes_a_unit", [](const A& a) { return a.result.homes_a_unit; }, "1"_u, "Homes behind one"),
        item(
            "managed_share", [](const A& a) { return a.study.managed_share; }, "1"_u, "Share of managed cars"),
        item(
            "timer_share", [](const A& a) { return a.study.timer_share; }, "1"_u, "Share of cars on a timer"),
        item(
            "clustering", [](const A& a) { return a.study.clustering; }, "1"_u, "Correlation within a street"),
        item(
            "rows", [](const A& a) { return a.result.rows; }, "One row a penetration"),
        item("compared", &A::compared, "Beside published studies; none for a region that nobody studied"));
}

NationAnswer nation(const Catalogue& catalogue, const NationQuestion& q, const Watch& watch) {
    NationAnswer out;
    auto& study = out.study;
    study.region = name_of(q.region);
    if (!q.penetration.empty()) {
        study.penetrations = q.penetration;
        study.penetrations.push_back(0.0);
        std::sort(study.penetrations.begin(), study.penetrations.end());
        study.penetrations.erase(std::unique(study.penetrations.begin(), study.penetrations.end()),
                                 study.penetrations.end());
    }
    study.units = q.units;
    study.clustering = q.clustering;
    study.managed_share = q.managed;
    study.timer_share = q.timers;
    study.robots_a_home = q.robots;
    study.seed = q.seed;
    study.threads = static_cast<int>(watch.n_threads());
    out.result = grid::study_nation(catalogue.streets(watch), study, watched(watch));
    if (out.result.sampled == 0) refuse_stopped("units");
    out.compared = grid::compared_with_studies(out.result, study);
    return out;
}

Standing standing(const NationAnswer& answer) {
    return answer.result.sampled < answer.study.units ? Standing::interrupted : Standing::good;
}

std::string picture(const NationAnswer& answer) {
    grid::Diagram d{"Street transformers that need an upgrade, " + answer.study.region,
                    "share of car places with the device",
                    "share of units",
                    {}};
    d.lines = {{"limit, heat or ageing", {}},
               {"over the owner's limit", {}},
               {"hot spot above 120 C", {}},
               {"ages faster than normal", {}}};
    for (const auto& r : answer.result.rows) {
        d.lines[0].points.emplace_back(r.penetration, r.needs);
        d.lines[1].points.emplace_back(r.penetration, r.over_limit);
        d.lines[2].points.emplace_back(r.penetration, r.hot_120);
        d.lines[3].points.emplace_back(r.penetration, r.ageing_fast);
    }
    d.of = fmt::format("streets of the catalogue, {} · seed {} · {} units", answer.study.region, answer.study.seed,
                       answer.result.sampled);
    return grid::drawn(d);
}

namespace {

/// 165, 43.4, 3430: never with an exponent.
std::string three_digits(double x) {
    constexpr double large = 100.0;
    return x < large ? fmt::format("{:.3g}", x) : fmt::format("{:.0f}", x);
}

} // namespace

std::string text(const NationAnswer& answer, const show::Page& page) {
    const auto& r = answer.result;
    std::string out =
        show::wrapped(
            fmt::format(
                "{}: {:.0f} M homes, {:.3g} M street transformers of {:.3g} kVA, {:.3g} homes each; {} sampled{}",
                answer.study.region, r.homes / 1e6, r.units / 1e6, r.installed_kva / r.units, r.homes_a_unit, r.sampled,
                r.sampled < answer.study.units ? ", then it was stopped" : ""),
            page.width, 0) +
        "\n\n";
    show::TableColumn share{"places", {}, true};
    std::vector<show::ColumnGroup> groups{{"share of", "", {}}};
    const auto column = [&](const char* title, const char* unit, const auto& cell) {
        show::TableColumn made{"", {}};
        for (const auto& row : r.rows)
            made.cells.push_back(cell(row));
        groups.push_back({title, unit, {std::move(made)}});
    };
    using Row = grid::NationRow;
    for (const auto& row : r.rows)
        share.cells.push_back(fmt::format("{:.2f}", row.penetration));
    groups.front().columns.push_back(std::move(share));
    const auto percent = [](double x) { return fmt::format("{:.1f} %", 100 * x); };
    column("cars", "M", [](const Row& x) { return fmt::format("{:.1f}", x.cars / 1e6); });
    column("over limit", "", [&](const Row& x) { return percent(x.over_limit); });
    column("over 120 C", "", [&](const Row& x) { return percent(x.hot_120); });
    column("ages fast", "", [&](const Row& x) { return percent(x.ageing_fast); });
    column("needs upgrade", "",
           [](const Row& x) { return fmt::format("{:.1f} ± {:.1f} %", 100 * x.needs, 100 * x.share_error); });
    column("units", "M", [](const Row& x) { return fmt::format("{:.2f}", x.needs_units / 1e6); });
    column("local", "kW/car", [](const Row& x) { return fmt::format("{:.2f}", x.added_kw_a_car); });
    column("system", "kW/car", [](const Row& x) { return fmt::format("{:.2f}", x.system_kw_a_car); });
    column("cost (low to high)", "GUSD", [](const Row& x) {
        return fmt::format("{:.1f} ({:.1f} to {:.1f})", x.cost_usd[1] / 1e9, x.cost_usd[0] / 1e9, x.cost_usd[2] / 1e9);
    });
    out += show::table_text(page, groups, 0, 2) + "\n";
    out += show::wrapped(answer.compared.empty()
                             ? "published studies with which this could be compared are of the US"
                             : "beside published studies: ours with the last row's cars, less what today needs",
                         page.width, 0) +
           "\n";
    for (const auto& c : answer.compared)
        out += "  " +
               show::wrapped(fmt::format("{}: ours {} to {} {}, published {} to {} ({}): {}", c.quantity,
                                         three_digits(c.ours_low), three_digits(c.ours_high), c.unit,
                                         three_digits(c.low), three_digits(c.high), c.source, c.verdict),
                             page.width - 2, 4) +
               "\n";
    return out;
}

const Entry nation_entry = threaded(entry_of<&nation, NationQuestion, NationAnswer>(
    "grid", "nation", "Overload, ageing and cost of a country's street transformers by penetration"));

} // namespace autarky::answers
