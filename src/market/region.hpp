// autarky: markets: labour, rules, share of sales, and what replaces a refused chip.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::market {

/// One occupation among the jobs that robots are offered for.
template <class R> struct Occupation {
    R share, wage, wage_spread;
};

template <class R> constexpr auto describe(Type<Occupation<R>> /*type*/) {
    using O = Occupation<R>;
    return fields(field("share", &O::share, "%"_u, "Share of the region's addressed workers; the shares are normalised",
                        Range::nonnegative),
                  field("wage", &O::wage, "x"_u, "Its median wage over that of all of them (`wage` of the region)",
                        Range::positive),
                  field("wage_spread", &O::wage_spread, "1"_u,
                        "Spread of its wages: standard deviation of their logarithm (ln(p90/p10) / 2.563)",
                        Range::positive, "0.19 to 0.31"));
}

/// A market: its labour, its rules, its share of sales.
template <class R> struct Region {
    R vehicle_share;
    Wage<R> wage;
    Date<R> wage_date;
    PerYear<R> wage_growth;
    R wage_spread;
    Table<Occupation<R>> occupation;
    Workers<R> workforce;
    R automatable;
    Workers<R> site_size;
    R site_spread;
    Duration<R> working_hours;
    EnergyPrice<R> energy_price;
    bool export_controlled = false, second_stack = false;
    Money<R> second_stack_cost;
    Duration<R> second_stack_time;
};

template <class R> constexpr auto describe(Type<Region<R>> /*type*/) {
    using G = Region<R>;
    return fields(
        field("vehicle_share", &G::vehicle_share, "%"_u,
              "Share of the buyer's vehicles sold here; the shares are normalised", Range::fraction),
        field("wage", &G::wage, "USD/worker/year"_u, "Median fully loaded cost of a worker in the addressed jobs",
              Range::positive),
        date_field("wage_date", &G::wage_date, "Date of that wage", "2025Q1"),
        field("wage_growth", &G::wage_growth, "%/year"_u, "Real growth of that cost", Range::rate),
        field(
            "wage_spread", &G::wage_spread, "1"_u,
            "Spread of wages where no occupation is given: standard deviation of their logarithm (ln(p90/p10) / 2.563)",
            Range::positive, "0.19 to 0.34"),
        table("occupation", &G::occupation, "Occupations of those workers; none: one distribution for all"),
        field("workforce", &G::workforce, "Mworker"_u, "Workers in the addressed jobs", Range::nonnegative),
        field("automatable", &G::automatable, "%"_u, "Share of their tasks that a robot could ever do",
              Range::fraction),
        field("site_size", &G::site_size, "worker"_u,
              "Addressed workers of a site such that half of all work at smaller ones", Range::positive,
              "20 to 200 worker"),
        field("site_spread", &G::site_spread, "1"_u,
              "Spread of the sites' sizes over the workers: standard deviation of their logarithm", Range::positive,
              "1.5 to 2.2"),
        field("working_hours", &G::working_hours, "h"_u, "Hours that a worker works a year", Range::positive),
        field("energy_price", &G::energy_price, "USD/kWh"_u, "Electricity price", Range::nonnegative),
        plain_field("export_controlled", &G::export_controlled, "Whether chip export rules apply to it", "false"),
        plain_field("second_stack", &G::second_stack,
                    "Whether a local stack (data, cloud, training) is built once the market is banned", "false"),
        field("second_stack_cost", &G::second_stack_cost, "MUSD"_u, "Cost of that local stack", Range::nonnegative,
              "0 MUSD"),
        field("second_stack_time", &G::second_stack_time, "year"_u,
              "Time until it stands; it cures what is curable of a ban", Range::positive, "1 to 3 year"));
}

/// What takes the place of a chip whose licence is refused in a region: a compliant merchant part (under the same rules), or
/// a design of its own. Without any, devices with the refused chip leave the market.
template <class R> struct Fallback {
    Reference region, merchant;
    Money<R> design_cost;
    Duration<R> time;
    UnitCost<R> device_cost;
};

template <class R> constexpr auto describe(Type<Fallback<R>> /*type*/) {
    using F = Fallback<R>;
    return fields(reference("region", &F::region, "region", "Region that refuses"),
                  reference("merchant", &F::merchant, "merchant",
                            "Merchant part that takes its place; none: a cut-down or second design of the buyer", ""),
                  field("design_cost", &F::design_cost, "MUSD"_u,
                        "One-off cost: design, masks and qualification of the second design, or the port to the part",
                        Range::nonnegative, "0 MUSD"),
                  field("time", &F::time, "year"_u, "From the first refusal until it is ready", Range::positive,
                        "0.75 to 3 year"),
                  field("device_cost", &F::device_cost, "USD/unit"_u, "Extra cost of a device that carries it",
                        Range::nonnegative, "0 USD/unit"));
}

} // namespace autarky::market
