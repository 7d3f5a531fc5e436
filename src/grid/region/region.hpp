// autarky: a region's distribution grid as the quarterly model sees it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::grid {

/// Street transformers of one region: how many, how much room they have, how fast they are replaced.
template <class R> struct Grid {
    Reference region;
    Units<R> homes;
    R homes_per_transformer;
    R station_share, clustering;
    R vehicles_at_home, robots_at_home;
    R local_coincidence, system_coincidence, managed_share, managed_relief;
    PowerPerUnit<R> induced_charging, own_charging;
    R baseline_share;
    Duration<R> charging_hours;
    UnitCost<R> upgrade_cost;
    UnitRate<R> upgrade_rate, crew_rate;
    Duration<R> lead_time;
    R upgrade_growth, replacement_share, blocks_sale;
};

template <class R> constexpr auto describe(Type<Grid<R>> /*type*/) {
    using G = Grid<R>;
    return fields(
        reference("region", &G::region, "region", "Region that this grid serves"),
        field("homes", &G::homes, "Mhome"_u, "Homes", Range::positive),
        field("homes_per_transformer", &G::homes_per_transformer, "1"_u, "Homes behind one street transformer",
              Range::positive),
        field("station_share", &G::station_share, "%"_u,
              "Share of homes behind stations that serve some hundred, the others behind units for a few",
              Range::fraction),
        field("clustering", &G::clustering, "%"_u,
              "How much places of one street resemble each other: intraclass correlation of having a device",
              Range::fraction, "2 to 25 %"),
        field("vehicles_at_home", &G::vehicles_at_home, "%"_u, "Share of vehicles behind a street transformer",
              Range::fraction),
        field("robots_at_home", &G::robots_at_home, "%"_u, "Share of robots behind a street transformer",
              Range::fraction),
        field("local_coincidence", &G::local_coincidence, "%"_u,
              "Share of a device's peak that meets the local peak, unmanaged", Range::fraction),
        field("system_coincidence", &G::system_coincidence, "%"_u, "The same at the peak of the whole system",
              Range::fraction),
        field("managed_share", &G::managed_share, "%"_u, "Share of devices whose charging is managed", Range::fraction,
              "10 to 40 %"),
        field("managed_relief", &G::managed_relief, "%"_u,
              "Share of its part of the local peak that a managed device gives up", Range::fraction, "50 to 80 %"),
        field("induced_charging", &G::induced_charging, "W/vehicle"_u,
              "Average extra charging that autonomy induces (empty trips, more driving), the ledger's induced use",
              Range::nonnegative, "0 to 60 W/vehicle"),
        field("own_charging", &G::own_charging, "W/vehicle"_u,
              "Average charging at home for a vehicle's own driving, which either chip needs", Range::nonnegative,
              "250 to 500 W/vehicle"),
        field("baseline_share", &G::baseline_share, "%"_u,
              "Share of vehicles that stand for an electric car which would charge in the same street anyway",
              Range::fraction, "20 to 80 %"),
        field("charging_hours", &G::charging_hours, "h"_u, "Hours a day in which a vehicle takes back its day's energy",
              Range::positive, "3 to 8 h"),
        field("upgrade_cost", &G::upgrade_cost, "kUSD/transformer"_u, "Cost of one transformer upgrade",
              Range::positive),
        field("upgrade_rate", &G::upgrade_rate, "transformer/year"_u, "Units a year that makers supply to the region",
              Range::positive),
        field("crew_rate", &G::crew_rate, "transformer/year"_u, "Units a year that crews can install", Range::positive),
        field("lead_time", &G::lead_time, "year"_u,
              "Mean time from the order of a unit to its delivery, at least a year", Range::positive, "1 to 2.5 year"),
        field("upgrade_growth", &G::upgrade_growth, "%"_u, "Growth of supply and crews a year", Range::rate,
              "0 to 10 %"),
        field("replacement_share", &G::replacement_share, "%"_u, "Share of both taken by ordinary ageing",
              Range::fraction, "40 to 70 %"),
        field("blocks_sale", &G::blocks_sale, "%"_u,
              "Share of the waits for a transformer that forbid the sale; the others charge slowly until it comes",
              Range::fraction, "0 %"));
}

} // namespace autarky::grid
