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
    Power<R> headroom;
    R headroom_shape, clustering;
    R vehicles_at_home, robots_at_home;
    R local_coincidence, system_coincidence, managed_share, managed_relief;
    PowerPerUnit<R> induced_charging;
    Duration<R> charging_hours;
    UnitCost<R> upgrade_cost;
    UnitRate<R> upgrade_rate;
    R upgrade_growth, replacement_share;
};

template <class R> constexpr auto describe(Type<Grid<R>> /*type*/) {
    using G = Grid<R>;
    return fields(
        reference("region", &G::region, "region", "Region that this grid serves"),
        field("homes", &G::homes, "Mhome"_u, "Homes", Range::positive),
        field("homes_per_transformer", &G::homes_per_transformer, "1"_u, "Homes behind one street transformer",
              Range::positive),
        field("headroom", &G::headroom, "kW"_u,
              "Median room between the present local peak and the limit of a transformer", Range::positive),
        field("headroom_shape", &G::headroom_shape, "1"_u, "Shape of its log-logistic distribution over transformers",
              Range::positive),
        field("clustering", &G::clustering, "x"_u, "Devices a transformer where they cluster, over the average",
              Range::positive, "1.5 to 3 x"),
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
        field("managed_relief", &G::managed_relief, "%"_u, "Share of the local peak that management removes",
              Range::fraction, "50 to 80 %"),
        field("induced_charging", &G::induced_charging, "W/vehicle"_u,
              "Average extra charging that autonomy induces (empty trips, more driving), the ledger's induced use",
              Range::nonnegative, "0 to 60 W/vehicle"),
        field("charging_hours", &G::charging_hours, "h"_u, "Hours a day in which a vehicle takes back its day's energy",
              Range::positive, "3 to 8 h"),
        field("upgrade_cost", &G::upgrade_cost, "kUSD/transformer"_u, "Cost of one transformer upgrade",
              Range::positive),
        field("upgrade_rate", &G::upgrade_rate, "transformer/year"_u, "Upgrades that crews and supply allow",
              Range::positive),
        field("upgrade_growth", &G::upgrade_growth, "%"_u, "Growth of that a year", Range::rate, "0 to 10 %"),
        field("replacement_share", &G::replacement_share, "%"_u, "Share of them taken by ordinary ageing",
              Range::fraction, "40 to 70 %"));
}

} // namespace autarky::grid
