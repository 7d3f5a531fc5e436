// autarky: `grid futures`: a scenario's futures in which the street grid binds before chips do, managed and unmanaged.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <algorithm>
#include <cmath>
#include <thread>

#include "analysis/grid_futures.hpp"
#include "autarky/grid_options.hpp"
#include "autarky/output.hpp"
#include "autarky/scenario_options.hpp"
#include "grid/feeder/picture.hpp"

namespace autarky::cli {
namespace {

using json = nlohmann::ordered_json;

struct Case {
    std::string name, managed;
    analysis::GridFutures found;
};

json number(double x) { return std::isnan(x) ? json() : json(x); }

json json_of(const Case& one) {
    json quarters = json::array();
    for (const auto& q : one.found.quarters)
        quarters.push_back({{"quarter", q.quarter},
                            {"grid_binds", q.grid_binds},
                            {"chips_bind", q.chips_bind},
                            {"more_than_one_percent_wait", q.felt},
                            {"waiting_share_median", q.waiting_median},
                            {"waiting_share_p95", q.waiting_p95},
                            {"queue_median", q.queue_median},
                            {"queue_p95", q.queue_p95},
                            {"shadow_price_usd_median", q.shadow_price_median}});
    return {{"case", one.name},
            {"managed_share", one.managed},
            {"grid_binds_ever", one.found.grid_ever},
            {"chips_bind_ever", one.found.chips_ever},
            {"more_than_one_percent_wait", one.found.felt_ever},
            {"more_than_one_percent_wait_before_chips_bind", one.found.felt_before_chips},
            {"first_year_p05_p50_p95",
             {number(one.found.first_felt_p05), number(one.found.first_felt_p50), number(one.found.first_felt_p95)}},
            {"first_year_chips_bind_median", number(one.found.first_chips_p50)},
            {"failed", one.found.failed},
            {"quarters", quarters}};
}

void print_case(const Case& one) {
    const auto& f = one.found;
    print(fmt::format("\n{} ({} of charging managed)\n", one.name, one.managed));
    print(fmt::format(
        "  more than 1 % of all devices wait for a transformer in {:.0f} % of futures, before chips ever bind in "
        "{:.0f} %",
        100 * f.felt_ever, 100 * f.felt_before_chips));
    print(f.felt_ever > 0.0 ? fmt::format("; first in {:.2f} (90 %: {:.2f} to {:.2f})\n", f.first_felt_p50,
                                          f.first_felt_p05, f.first_felt_p95)
                            : "\n");
    print(fmt::format("  the grid is the tightest constraint in some quarter in {:.0f} %, chips in {:.0f} %\n",
                      100 * f.grid_ever, 100 * f.chips_ever));
    print(
        "           tightest: grid   chips   over 1 % wait   devices waiting (95 %)      share (95 %)   a transformer, "
        "USD\n");
    for (const auto& q : f.quarters)
        if (q.quarter.ends_with("Q4"))
            print(
                fmt::format("  {}  {:>10.0f} %  {:>4.0f} %  {:>12.0f} %  {:>12.0f} ({:>7.0f})  {:>5.2f} % ({:.2f} %)  "
                            "{:>17.0f}\n",
                            q.quarter, 100 * q.grid_binds, 100 * q.chips_bind, 100 * q.felt, q.queue_median,
                            q.queue_p95, 100 * q.waiting_median, 100 * q.waiting_p95, q.shadow_price_median));
}

} // namespace

Exit grid_futures(const GridOptions& o) {
    grid_check_range("--futures", o.futures, 10, 10'000'000);
    grid_check_range("--managed", o.managed, 0.0, 1.0);
    ScenarioOptions as_stated;
    if (!o.targets.empty()) as_stated.scenario = o.targets.front();
    as_stated.variants = o.variants;
    as_stated.sets = o.sets;
    const Loaded loaded = load_scenario(as_stated);
    if (loaded.scenario.grid.rows.empty())
        throw UsageError("E0505", fmt::format("scenario '{}' has no grid", loaded.name),
                         "use = [\"grid.*\"] takes the catalogue's");
    const auto threads =
        o.threads > 1 ? static_cast<unsigned>(o.threads) : std::max(1U, std::thread::hardware_concurrency());
    const auto found = [&](const Loaded& scenario) {
        return analysis::grid_futures(scenario, static_cast<std::uint64_t>(o.futures), o.seed, threads);
    };
    const auto with_managed = [&](const std::string& share) {
        ScenarioOptions changed = as_stated;
        for (const auto& name : loaded.scenario.grid.names)
            changed.sets.push_back(fmt::format("grid.{}.managed_share={}", name, share));
        return found(load_scenario(changed));
    };
    const std::string managed = fmt::format("{:g} %", 100.0 * (o.managed > 0.0 ? o.managed : 0.8));
    std::vector<Case> cases;
    cases.push_back({"as stated", "the scenario's share", found(loaded)});
    cases.push_back({"unmanaged", "0 %", with_managed("0 %")});
    cases.push_back({"managed", managed, with_managed(managed)});
    if (!o.svg.empty()) {
        grid::Diagram d{
            "Devices that wait for a transformer, 95th percentile of futures", "year", "share of all devices", {}};
        for (const Case& one : cases) {
            d.lines.push_back({one.name, {}});
            for (std::size_t q = 0; q < one.found.quarters.size(); ++q) {
                const std::string& name = one.found.quarters[q].quarter;
                const double year = std::stod(name.substr(0, 4)) + 0.25 * (name.back() - '0');
                d.lines.back().points.emplace_back(year, one.found.quarters[q].waiting_p95);
            }
        }
        write_file(o.svg, drawn(d));
    }
    if (o.json) {
        json out{{"command", "grid futures"}, {"scenario", loaded.name}, {"variant", loaded.variant},
                 {"samples", o.futures},      {"seed", o.seed},          {"cases", json::array()}};
        for (const Case& one : cases)
            out["cases"].push_back(json_of(one));
        print(out.dump(2) + "\n");
        return Exit::ok;
    }
    print(fmt::format("{}: {} futures of the quarterly model\n", loaded.title, o.futures));
    for (const Case& one : cases)
        print_case(one);
    return Exit::ok;
}

} // namespace autarky::cli
