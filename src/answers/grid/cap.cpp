// autarky: when the street grid binds: futures of a region over its overload surface, and that surface.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "answers/grid/nation.hpp"
#include "grid/feeder/picture.hpp"
#include "grid/nation/overload_surface.hpp"
#include "show/table.hpp"

namespace autarky::grid {

constexpr auto describe(Type<FutureYear> /*type*/) {
    using Y = FutureYear;
    return fields(item("year", &Y::year, "1"_u, "Year"),
                  item("demand_binds", &Y::demand_binds, "1"_u, "Share of futures in which demand binds"),
                  item("chips_bind", &Y::chips_bind, "1"_u, "Share in which chips do"),
                  item("grid_binds", &Y::grid_binds, "1"_u, "Share in which the grid does"),
                  item("fleet_median", &Y::fleet, "1"_u, "Devices, median"),
                  item("queue_median", &Y::queue, "1"_u, "Devices that wait for a transformer, median"),
                  item("queue_p95", &Y::queue_high, "1"_u, "The same, 95 % lie below"),
                  item("waiting_units_median", &Y::waiting_units, "unit"_u, "Units that wait for an upgrade, median"),
                  item("deployable_median", &Y::deployable, "1"_u,
                       "Fleet at which the upgrades done so far just suffice, median"),
                  item("shadow_price_usd", &Y::shadow_price_usd, "USD"_u,
                       "Value of one more transformer, median where the grid binds; 0: nowhere"));
}

} // namespace autarky::grid

namespace autarky::answers {

constexpr auto describe(Type<CapAnswer::Case> /*type*/) {
    using C = CapAnswer::Case;
    return fields(item("case", &C::name, "Case"),
                  item(
                      "managed_share", [](const C& c) { return std::vector<double>{c.managed.low, c.managed.high}; },
                      "1"_u, "Share of managed cars, low and high"),
                  item(
                      "grid_binds_ever", [](const C& c) { return c.futures.ever; }, "1"_u,
                      "Share of futures in which the grid binds at all"),
                  item(
                      "grid_binds_before_chips", [](const C& c) { return c.futures.ever_before_chips; }, "1"_u,
                      "Share in which it binds while chips do not"),
                  item(
                      "first_median", [](const C& c) { return c.futures.first_median_year; }, "1"_u,
                      "First such year, median over those; 0: none"),
                  item("years", [](const C& c) { return c.futures.years; }, "Year by year"));
}

constexpr auto describe(Type<CapAnswer> /*type*/) {
    using A = CapAnswer;
    return fields(item(
                      "command", [](const A&) { return "grid cap"; }, "What was asked"),
                  item(
                      "region", [](const A& a) { return a.question.region; }, "Region"),
                  item(
                      "futures", [](const A& a) { return a.question.futures; }, "1"_u, "Futures drawn"),
                  item("surface", &A::surface, "What the overload surface was made of"),
                  item("surface_error", &A::surface_error, "1"_u, "Its error, as stated"),
                  item("cases", &A::cases, "Unmanaged and managed charging"));
}

CapAnswer cap(const Catalogue& catalogue, const CapQuestion& q, const Watch& watch) {
    const auto tables = catalogue.overload(std::string(name_of(q.region)), watch);
    CapAnswer out{
        q, tables.over.source, tables.over.stated_error, {{"unmanaged", {0.0, 0.0}, {}}, {"managed", {0.5, 0.9}, {}}}};
    auto ranges = grid::ranges_of(name_of(q.region));
    for (auto& one : out.cases) {
        ranges.managed = one.managed;
        one.futures = grid::drawn_futures(tables, ranges, q.futures, q.seed);
    }
    return out;
}

std::string picture(const CapAnswer& answer) {
    grid::Diagram d{fmt::format("Share of futures in which the street grid binds, {}", name_of(answer.question.region)),
                    "year",
                    "share",
                    {}};
    for (const auto& one : answer.cases) {
        d.lines.push_back({std::string(one.name), {}});
        for (const auto& y : one.futures.years)
            d.lines.back().points.emplace_back(y.year, y.grid_binds);
    }
    return grid::drawn(d);
}

std::string text(const CapAnswer& answer, const show::Page& page) {
    std::string out;
    for (const auto& one : answer.cases) {
        auto head = fmt::format("{} ({:.0f} to {:.0f} % of cars managed): the grid binds in {:.0f} % of {} futures, in "
                                "{:.0f} % while chips do not",
                                one.name, 100 * one.managed.low, 100 * one.managed.high, 100 * one.futures.ever,
                                answer.question.futures, 100 * one.futures.ever_before_chips);
        if (one.futures.ever >= 0.005) head += fmt::format(", first in {:.1f} (median)", one.futures.first_median_year);
        out += (out.empty() ? "" : "\n") + show::wrapped(head, page.width, 0) + "\n";
        std::vector<show::ColumnGroup> groups{
            {"", "", {{"", {}, true}}},
            {"tightest, share of futures", "", {{"demand", {}}, {"chips", {}}, {"grid", {}}}},
            {"fleet", "M", {{"", {}}}},
            {"queue (95 %)", "M", {{"", {}}}},
            {"units waiting", "M", {{"", {}}}},
            {"shadow price", "USD", {{"", {}}}}};
        for (const auto& y : one.futures.years) {
            if (y.year % 2 == 0) continue;
            groups[0].columns[0].cells.push_back(fmt::format("{}", y.year));
            const auto percent = [](double x) { return fmt::format("{:.0f} %", 100 * x); };
            groups[1].columns[0].cells.push_back(percent(y.demand_binds));
            groups[1].columns[1].cells.push_back(percent(y.chips_bind));
            groups[1].columns[2].cells.push_back(percent(y.grid_binds));
            groups[2].columns[0].cells.push_back(fmt::format("{:.1f}", y.fleet / 1e6));
            groups[3].columns[0].cells.push_back(fmt::format("{:.2f} ({:.1f})", y.queue / 1e6, y.queue_high / 1e6));
            groups[4].columns[0].cells.push_back(fmt::format("{:.2f}", y.waiting_units / 1e6));
            groups[5].columns[0].cells.push_back(fmt::format("{:.0f}", y.shadow_price_usd));
        }
        out += show::table_text(page, groups, 0, 2);
    }
    return out;
}

const Entry cap_entry = entry_of<&cap, CapQuestion, CapAnswer>(
    "grid", "cap", "In which share of a region's futures the street grid binds, and when");

namespace {

struct SurfacePoint {
    double penetration, managed, clustering, share_over, share_waiting, ageing;
};
constexpr auto describe(Type<SurfacePoint> /*type*/) {
    using P = SurfacePoint;
    return fields(
        item("penetration", &P::penetration, "1"_u, "Share of car places with the device"),
        item("managed", &P::managed, "1"_u, "Share of managed cars"),
        item("clustering", &P::clustering, "1"_u, "Correlation within a street"),
        item("share_over", &P::share_over, "1"_u, "Share of units over their limit"),
        item("share_waiting", &P::share_waiting, "1"_u, "Share of places whose device is one too many for its unit"),
        item("ageing", &P::ageing, "1"_u, "Years of life a year that cars take from a unit within its limit"));
}

/// The surfaces on an even grid that tables and pictures can be made of.
std::vector<SurfacePoint> points_of(const SurfaceAnswer& answer) {
    std::vector<SurfacePoint> out;
    constexpr int steps = 20;
    for (const double managed : {0.0, 0.3, 0.6, 1.0})
        for (const double clustering : {0.0, 0.1, 0.3})
            for (int i = 0; i <= steps; ++i) {
                const double p = static_cast<double>(i) / steps;
                const auto& t = answer.tables;
                out.push_back({p, managed, clustering, t.over.at<double>({p, managed, clustering}),
                               t.waiting.at<double>({p, managed, clustering}),
                               t.ageing.at<double>({p, managed, clustering})});
            }
    return out;
}

} // namespace

constexpr auto describe(Type<SurfaceAnswer> /*type*/) {
    using A = SurfaceAnswer;
    return fields(
        item(
            "command", [](const A&) { return "grid surface"; }, "What was asked"),
        item("region", &A::region, "Region"),
        item(
            "source", [](const A& a) -> std::string_view { return a.tables.over.source; }, "What it was made of"),
        item(
            "stated_error", [](const A& a) { return a.tables.over.stated_error; }, "1"_u, "Its error"),
        item(
            "homes_a_unit", [](const A& a) { return a.tables.homes_a_unit; }, "1"_u,
            "Homes behind a unit, mean of the sample"),
        item(
            "places_a_unit", [](const A& a) { return a.tables.places_a_unit; }, "1"_u, "Car places behind a unit"),
        item(
            "car_w", [](const A& a) { return a.tables.car_w; }, "W"_u,
            "Average power of the device that fills a place"),
        item("points", &points_of, "The surfaces on an even grid"));
}

SurfaceAnswer surface(const Catalogue& catalogue, const SurfaceQuestion& q, const Watch& watch) {
    const auto streets = catalogue.streets(watch);
    const grid::OverloadModel model(streets, std::string(name_of(q.region)), grid::surface_units, q.seed);
    return {q.region, model.tables(grid::surface_error)};
}

std::string text(const SurfaceAnswer& answer, const show::Page& /*page*/) {
    return grid::written_tables(answer.tables,
                                fmt::format("street transformers that devices overload, {}", name_of(answer.region)));
}

std::string picture(const SurfaceAnswer& answer) {
    grid::Diagram d{fmt::format("Street transformers over their limit, {}", name_of(answer.region)),
                    "share of car places with the device",
                    "share of units",
                    {}};
    constexpr double usual_clustering = 0.1;
    for (const double managed : {0.0, 0.3, 0.6, 1.0}) {
        d.lines.push_back({fmt::format("managed {:g}", managed), {}});
        for (int i = 0; i <= 50; ++i)
            d.lines.back().points.emplace_back(0.02 * i,
                                               answer.tables.over.at<double>({0.02 * i, managed, usual_clustering}));
    }
    return grid::drawn(d);
}

const Entry surface_entry = entry_of<&surface, SurfaceQuestion, SurfaceAnswer>(
    "grid", "surface", "The table of a region's overloads that the quarterly model reads, made anew");

} // namespace autarky::answers
