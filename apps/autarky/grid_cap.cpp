// autarky: `grid cap`: in which share of futures, and when, the grid binds before chips do.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "grid/feeder/picture.hpp"
#include "grid/nation/futures.hpp"
#include "grid/nation/overload_surface.hpp"

namespace autarky::cli {
namespace {

using namespace autarky::grid;
using json = nlohmann::ordered_json;

struct Case {
    const char* name;
    Band managed;
    Futures futures;
};

json json_of(const Case& one) {
    json years = json::array();
    for (const FutureYear& y : one.futures.years)
        years.push_back({{"year", y.year},
                         {"demand_binds", y.demand_binds},
                         {"chips_bind", y.chips_bind},
                         {"grid_binds", y.grid_binds},
                         {"fleet_median", y.fleet},
                         {"queue_median", y.queue},
                         {"queue_p95", y.queue_high},
                         {"waiting_units_median", y.waiting_units},
                         {"deployable_median", y.deployable},
                         {"shadow_price_usd", y.shadow_price_usd}});
    return {{"case", one.name},
            {"managed_share", {one.managed.low, one.managed.high}},
            {"grid_binds_ever", one.futures.ever},
            {"grid_binds_before_chips", one.futures.ever_before_chips},
            {"first_median", one.futures.first_median_year},
            {"years", years}};
}

} // namespace

Exit grid_cap(const GridOptions& o) {
    const std::string file = grid_catalogue_file("overload_" + o.region + ".toml");
    if (file.empty())
        throw UsageError("E0505", fmt::format("there is no overload surface of region '{}'", o.region),
                         "us or europe; autarky grid surface makes one");
    grid_check_range("--futures", o.futures, 10, 1'000'000);
    Diagnostics findings;
    const auto tables = read_tables(grid_text_of(file), file, findings);
    grid_settle(findings);
    const Surface* surface = &tables->over;
    FutureRanges ranges;
    if (o.region == "europe") ranges.units = 2.23e6, ranges.places_a_unit = 114.0, ranges.ordered_share = {0.006, 0.02};
    std::vector<Case> cases{{"unmanaged", {0.0, 0.0}, {}}, {"managed", {0.5, 0.9}, {}}};
    for (Case& one : cases) {
        ranges.managed = one.managed;
        one.futures = drawn_futures(*tables, ranges, o.futures, o.seed);
    }
    if (!o.svg.empty()) {
        Diagram d{"Share of futures in which the street grid binds, " + o.region, "year", "share", {}};
        for (const Case& one : cases) {
            d.lines.push_back({one.name, {}});
            for (const FutureYear& y : one.futures.years)
                d.lines.back().points.emplace_back(y.year, y.grid_binds);
        }
        write_file(o.svg, drawn(d));
    }
    if (o.json) {
        json out{{"command", "grid cap"},
                 {"region", o.region},
                 {"futures", o.futures},
                 {"surface", surface->source},
                 {"surface_error", surface->stated_error},
                 {"cases", json::array()}};
        for (const Case& one : cases)
            out["cases"].push_back(json_of(one));
        print(out.dump(2) + "\n");
        return Exit::ok;
    }
    for (const Case& one : cases) {
        print(fmt::format("{} ({:.0f} to {:.0f} % of cars managed): the grid binds in {:.0f} % of {} futures, in "
                          "{:.0f} % while chips do not",
                          one.name, 100 * one.managed.low, 100 * one.managed.high, 100 * one.futures.ever, o.futures,
                          100 * one.futures.ever_before_chips));
        print(one.futures.ever >= 0.005 ? fmt::format(", first in {:.1f} (median)\n", one.futures.first_median_year)
                                        : "\n");
        print("       tightest, share of futures\nyear   demand  chips   grid   fleet M  queue M (95 %)   units "
              "waiting M  shadow price USD\n");
        for (const FutureYear& y : one.futures.years)
            if (y.year % 2 == 1)
                print(fmt::format("{}  {:>6.0f} %{:>6.0f} %{:>5.0f} %{:>9.1f}{:>9.2f} ({:.1f}){:>16.2f}{:>17.0f}\n",
                                  y.year, 100 * y.demand_binds, 100 * y.chips_bind, 100 * y.grid_binds, y.fleet / 1e6,
                                  y.queue / 1e6, y.queue_high / 1e6, y.waiting_units / 1e6, y.shadow_price_usd));
    }
    return Exit::ok;
}

} // namespace autarky::cli
