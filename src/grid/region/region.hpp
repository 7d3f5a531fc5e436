// autarky: a region's distribution grid as the quarterly model sees it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/describe.hpp"
#include "core/quantities.hpp"
#include "core/series.hpp"

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
    Series<MoneyRate<R>> investment;
    R investment_response;
    R slow_charging;
    R upgrade_utility, upgrade_customer, upgrade_buyer; ///< who pays for upgrades
    R storage_share;
    QuantityIn<"kWh/unit", R> storage_size;
    EnergyPrice<R> storage_cost;
    R storage_utility, storage_customer, storage_buyer; ///< who pays for storage
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
              Range::fraction, "0 %"),
        field(
            "investment", &G::investment, "BUSD/year"_u,
            "Money a year for the region's grid; supply and crews follow it from the first quarter on (0: they do not)",
            Range::nonnegative, "0 BUSD/year"),
        field("investment_response", &G::investment_response, "%"_u,
              "Share of a rise in that money that becomes more units; the rest is prices and other works",
              Range::fraction, "50 %"),
        field("slow_charging", &G::slow_charging, "%"_u,
              "Share of its wished power that a device gets at its wished hour while it waits for a transformer",
              Range::fraction, "15 to 40 %"),
        field("upgrade_utility", &G::upgrade_utility, "%"_u,
              "Share of an upgrade that the utility pays; the shares of utility, customer and buyer add up to 100 %",
              Range::fraction, "100 %"),
        field("upgrade_customer", &G::upgrade_customer, "%"_u, "Share that the device's owner pays", Range::fraction,
              "0 %"),
        field("upgrade_buyer", &G::upgrade_buyer, "%"_u, "Share that the buyer of chips pays: its cash, in both worlds",
              Range::fraction, "0 %"),
        field(
            "storage_share", &G::storage_share, "%"_u,
            "Share of the devices that are one too many for which storage is bought; it works from the next quarter on",
            Range::fraction, "0 %"),
        field("storage_size", &G::storage_size, "kWh/unit"_u, "Storage that lets one of them charge as it wishes",
              Range::positive, "5 to 15 kWh/unit"),
        field("storage_cost", &G::storage_cost, "USD/kWh"_u, "Cost of that storage, installed", Range::nonnegative,
              "300 to 900 USD/kWh"),
        field("storage_utility", &G::storage_utility, "%"_u,
              "Share of storage that the utility pays; where storage is bought the shares add up to 100 %",
              Range::fraction, "0 %"),
        field("storage_customer", &G::storage_customer, "%"_u, "Share that the device's owner pays", Range::fraction,
              "0 %"),
        field("storage_buyer", &G::storage_buyer, "%"_u, "Share that the buyer of chips pays: its cash, in both worlds",
              Range::fraction, "0 %"));
}

} // namespace autarky::grid
