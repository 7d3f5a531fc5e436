// autarky: the overload surface of a region, as a table and a picture.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "answers/grid/nation.hpp"
#include "answers/watched.hpp"
#include "grid/feeder/picture.hpp"
#include "grid/nation/overload_surface.hpp"
#include "show/table.hpp"

namespace autarky::answers {
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
    auto tables = model.tables(grid::surface_error, watch.n_threads(), watched(watch));
    if (!tables) refuse_stopped("region");
    return {q.region, std::move(*tables)};
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
    d.of = fmt::format("streets of the catalogue, {}", name_of(answer.region));
    return grid::drawn(d);
}

const Entry surface_entry = threaded(entry_of<&surface, SurfaceQuestion, SurfaceAnswer>(
    "grid", "surface", "The table of a region's overloads that the quarterly model reads, made anew"));

} // namespace autarky::answers
