// autarky: `grid nation` and `grid surface`: from the street to the country.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>

#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "grid/feeder/picture.hpp"
#include "grid/nation/nation.hpp"
#include "grid/nation/overload_surface.hpp"
#include "grid/nation/published.hpp"

namespace autarky::cli {
namespace {

using namespace autarky::grid;
using json = nlohmann::ordered_json;

void check_region(const StreetCatalogue& streets, const std::string& region) {
    if (streets.regions.contains(region)) return;
    std::vector<std::string_view> names;
    for (const auto& [name, row] : streets.regions)
        names.push_back(name);
    const std::string suggestion = did_you_mean(region, names);
    throw UsageError("E0505", fmt::format("there is no region '{}'", region),
                     suggestion.empty() ? "us or europe" : suggestion);
}

json json_of(const NationRow& r) {
    return {{"penetration", r.penetration},
            {"cars", r.cars},
            {"robots", r.robots},
            {"share_over_rating", r.over_rating},
            {"share_over_1.25", r.over_125},
            {"share_over_1.5", r.over_150},
            {"share_over_limit", r.over_limit},
            {"share_hot_spot_over_120", r.hot_120},
            {"share_hot_spot_over_140", r.hot_140},
            {"share_ageing_fast", r.ageing_fast},
            {"mean_ageing_factor", r.mean_ageing},
            {"share_needs_upgrade", r.needs},
            {"share_needs_upgrade_error", r.share_error},
            {"units_needing_upgrade", r.needs_units},
            {"average_kw_a_car", r.average_kw_a_car},
            {"local_peak_kw_a_car", r.added_kw_a_car},
            {"system_peak_kw_a_car", r.system_kw_a_car},
            {"capacity_to_add_share", r.added_kva_share},
            {"cost_usd", {{"low", r.cost_usd[0]}, {"middle", r.cost_usd[1]}, {"high", r.cost_usd[2]}}}};
}

/// 165, 43.4, 3430: never with an exponent.
std::string three_digits(double x) {
    constexpr double large = 100.0;
    return x < large ? fmt::format("{:.3g}", x) : fmt::format("{:.0f}", x);
}

std::string picture_of(const NationResult& result, const std::string& region) {
    Diagram d{"Street transformers that need an upgrade, " + region,
              "share of car places with the device",
              "share of units",
              {}};
    d.lines = {{"limit, heat or ageing", {}},
               {"over the owner's limit", {}},
               {"hot spot above 120 C", {}},
               {"ages faster than normal", {}}};
    for (const NationRow& r : result.rows) {
        d.lines[0].points.emplace_back(r.penetration, r.needs);
        d.lines[1].points.emplace_back(r.penetration, r.over_limit);
        d.lines[2].points.emplace_back(r.penetration, r.hot_120);
        d.lines[3].points.emplace_back(r.penetration, r.ageing_fast);
    }
    return drawn(d);
}

} // namespace

Exit grid_nation(const GridOptions& o) {
    const StreetCatalogue streets = grid_streets();
    check_region(streets, o.region);
    grid_check_range("--managed", o.managed, 0.0, 1.0);
    grid_check_range("--timers", o.timers, 0.0, 1.0);
    grid_check_range("--clustering", o.clustering, 0.0, 1.0);
    grid_check_range("--units", o.units, 8, 1'000'000);
    grid_check_range("--robots", o.robots, 0.0, 10.0);
    NationStudy study;
    study.region = o.region;
    if (!o.penetrations.empty()) {
        study.penetrations = o.penetrations;
        study.penetrations.push_back(0.0);
        std::sort(study.penetrations.begin(), study.penetrations.end());
        study.penetrations.erase(std::unique(study.penetrations.begin(), study.penetrations.end()),
                                 study.penetrations.end());
        for (const double p : study.penetrations)
            grid_check_range("--penetration", p, 0.0, 1.0);
    }
    study.units = o.units;
    study.clustering = o.clustering;
    study.managed_share = o.managed;
    study.timer_share = o.timers;
    study.robots_a_home = o.robots;
    study.seed = o.seed;
    study.threads = o.threads > 1 ? o.threads : 2;
    const NationResult result = study_nation(streets, study);
    if (!o.svg.empty()) write_file(o.svg, picture_of(result, o.region));
    const auto comparisons = compared_with_studies(result, study);
    if (o.json) {
        json rows = json::array(), checks = json::array();
        for (const NationRow& r : result.rows)
            rows.push_back(json_of(r));
        for (const Comparison& c : comparisons)
            checks.push_back({{"quantity", c.quantity},
                              {"unit", c.unit},
                              {"ours_low", c.ours_low},
                              {"ours_high", c.ours_high},
                              {"published_low", c.low},
                              {"published_high", c.high},
                              {"source", c.source},
                              {"verdict", c.verdict}});
        print(json{{"command", "grid nation"},
                   {"region", o.region},
                   {"sampled_units", study.units},
                   {"homes", result.homes},
                   {"units", result.units},
                   {"installed_kva", result.installed_kva},
                   {"homes_a_unit", result.homes_a_unit},
                   {"managed_share", o.managed},
                   {"timer_share", o.timers},
                   {"clustering", o.clustering},
                   {"rows", rows},
                   {"compared", checks}}
                  .dump(2) +
              "\n");
        return Exit::ok;
    }
    print(fmt::format("{}: {:.0f} M homes, {:.3g} M street transformers of {:.3g} kVA, {:.3g} homes each; {} sampled\n",
                      o.region, result.homes / 1e6, result.units / 1e6, result.installed_kva / result.units,
                      result.homes_a_unit, study.units));
    print("share of places  cars/M  over limit  hot spot>120  ages fast   needs upgrade   M units  local kW/car  "
          "system kW/car  cost GUSD (low..high)\n");
    for (const NationRow& r : result.rows)
        print(fmt::format("{:>15.2f}{:>8.1f}{:>11.1f} %{:>12.1f} %{:>9.1f} %{:>9.1f} +-{:.1f} "
                          "%{:>9.2f}{:>14.2f}{:>15.2f}{:>12.1f} ({:.1f}..{:.1f})\n",
                          r.penetration, r.cars / 1e6, 100 * r.over_limit, 100 * r.hot_120, 100 * r.ageing_fast,
                          100 * r.needs, 100 * r.share_error, r.needs_units / 1e6, r.added_kw_a_car, r.system_kw_a_car,
                          r.cost_usd[1] / 1e9, r.cost_usd[0] / 1e9, r.cost_usd[2] / 1e9));
    print(comparisons.empty() ? "\npublished studies with which this could be compared are of the US\n"
                              : "\nbeside published studies: ours with the last row's cars, less what today needs\n");
    for (const Comparison& c : comparisons)
        print(fmt::format("  {}: ours {} to {} {}, published {} to {} ({}): {}\n", c.quantity, three_digits(c.ours_low),
                          three_digits(c.ours_high), c.unit, three_digits(c.low), three_digits(c.high), c.source,
                          c.verdict));
    return Exit::ok;
}

Exit grid_surface(const GridOptions& o) {
    const StreetCatalogue streets = grid_streets();
    check_region(streets, o.region);
    const OverloadModel model(streets, o.region, surface_units, o.seed);
    const OverloadTables tables = model.tables(surface_error);
    const Surface& surface = tables.over;
    const std::string text =
        written_tables(tables, fmt::format("street transformers that devices overload, {}", o.region));
    if (!o.svg.empty()) {
        Diagram d{"Street transformers over their limit, " + o.region,
                  "share of car places with the device",
                  "share of units",
                  {}};
        for (const double managed : {0.0, 0.3, 0.6, 1.0}) {
            d.lines.push_back({fmt::format("managed {:g}", managed), {}});
            for (int i = 0; i <= 50; ++i)
                d.lines.back().points.emplace_back(0.02 * i, surface.at<double>({0.02 * i, managed, o.clustering}));
        }
        write_file(o.svg, drawn(d));
    }
    print(text);
    return Exit::ok;
}

} // namespace autarky::cli
