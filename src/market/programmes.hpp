// autarky: what the buyer's chips go into: vehicles, robots, outlets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"
#include "market/need.hpp"

namespace autarky::market {

/// The buyer's vehicles, or any other device made to a plan.
template <class R> struct VehicleProgramme : Need<R> {
    Series<UnitRate<R>> volume, part_limit;
    UnitCost<R> margin, price;
    R elasticity, pass_through, lost_share, owned_share;
    Duration<R> life;
    R driving_share, parked_share;
};

template <class R> constexpr auto describe(Type<VehicleProgramme<R>> /*type*/) {
    using V = VehicleProgramme<R>;
    return std::tuple_cat(
        describe_need<V, R>(),
        fields(
            field("volume", &V::volume, "Mvehicle/year"_u,
                  "Vehicles wanted, all regions, at the price with bought compute", Range::nonnegative),
            field("part_limit", &V::part_limit, "Mvehicle/year"_u, "What all other parts and lines allow",
                  Range::nonnegative),
            field("margin", &V::margin, "USD/vehicle"_u, "Margin of a vehicle before its compute", Range::nonnegative),
            field("price", &V::price, "USD/vehicle"_u, "Price of a vehicle, to which the elasticity refers",
                  Range::positive, "30_000 to 50_000 USD/vehicle"),
            field("elasticity", &V::elasticity, "1"_u, "Per cent more vehicles wanted a per cent off the price",
                  Range::nonnegative, "0"),
            field("pass_through", &V::pass_through, "%"_u,
                  "Share of a saving on compute that is passed on in the price", Range::fraction, "0 %"),
            field("lost_share", &V::lost_share, "%"_u,
                  "Of the vehicles that wait, the share lost in each quarter waited", Range::fraction, "5 to 30 %"),
            field("owned_share", &V::owned_share, "%"_u,
                  "Share of the fleet that the buyer owns, whose electricity it pays", Range::fraction, "0 %"),
            field("life", &V::life, "year"_u, "Service life", Range::positive, "12 to 18 year"),
            field("driving_share", &V::driving_share, "%"_u, "Share of the day with compute at work while driving",
                  Range::fraction, "3 to 6 %"),
            field("parked_share", &V::parked_share, "%"_u, "Share of the day with compute at work while parked",
                  Range::fraction, "0 to 5 %")));
}

/// The buyer's humanoid robots.
template <class R> struct RobotProgramme : Need<R> {
    Date<R> start;
    PerYear<R> innovation, imitation;
    R market_share;
    UnitCost<R> bom, bom_floor;
    R bom_learning;
    Units<R> bom_units;
    R markup, pass_through, parts_closed_multiple;
    std::string parts_location;
    Series<UnitRate<R>> part_limit;
    Duration<R> life;
    PerYear<R> upkeep;
    R duty;
    Series<R> productivity;
    R lost_share, owned_share;
    PowerPerUnit<R> power;
};

template <class R> constexpr auto describe(Type<RobotProgramme<R>> /*type*/) {
    using B = RobotProgramme<R>;
    return std::tuple_cat(
        describe_need<B, R>(),
        fields(
            date_field("start", &B::start, "First sales"),
            field("innovation", &B::innovation, "1/year"_u, "Bass coefficient of innovation p", Range::nonnegative),
            field("imitation", &B::imitation, "1/year"_u, "Bass coefficient of imitation q", Range::nonnegative),
            field("market_share", &B::market_share, "%"_u, "The buyer's share of humanoid sales", Range::fraction),
            field("bom", &B::bom, "USD/robot"_u, "Bill of materials without compute at bom_units", Range::positive),
            field("bom_floor", &B::bom_floor, "USD/robot"_u, "Bill of materials that learning cannot go below",
                  Range::nonnegative),
            field("bom_learning", &B::bom_learning, "%"_u, "Fall of the bill above its floor a doubling of own output",
                  Range::fraction),
            field("bom_units", &B::bom_units, "robot"_u, "Cumulative output to which `bom` belongs", Range::positive,
                  "1000 robot"),
            field("markup", &B::markup, "%"_u, "Margin over bill of materials and compute", Range::nonnegative),
            field("pass_through", &B::pass_through, "%"_u,
                  "Share of the saving on compute that is passed on in the price", Range::fraction, "20 to 70 %"),
            field("parts_closed_multiple", &B::parts_closed_multiple, "x"_u,
                  "Multiple of the bill when the parts region is closed", Range::positive, "2 to 3 x"),
            plain_field("parts_location", &B::parts_location, "Country code of the parts region", ""),
            field("part_limit", &B::part_limit, "Mrobot/year"_u, "What other parts and lines allow", Range::nonnegative,
                  nullptr, Before::zero),
            field("life", &B::life, "year"_u, "Service life", Range::positive),
            field("upkeep", &B::upkeep, "%/year"_u, "Maintenance as a share of the price", Range::nonnegative),
            field("duty", &B::duty, "%"_u, "Share of all hours at work", Range::fraction),
            field("productivity", &B::productivity, "x"_u, "Output an hour, in a person's hours", Range::nonnegative),
            field("power", &B::power, "W/robot"_u, "Power at work without compute", Range::nonnegative),
            field("lost_share", &B::lost_share, "%"_u, "Of the robots that wait, the share lost in each quarter waited",
                  Range::fraction, "5 to 30 %"),
            field("owned_share", &B::owned_share, "%"_u,
                  "Share of the fleet that the buyer owns, whose electricity it pays", Range::fraction, "0 %")));
}

/// A use of the buyer's chips beside its devices, such as a data centre of its own: both worlds have it; in the make world
/// free wafers may serve it.
template <class R> struct Outlet : Need<R> {
    Reference merchant;
    Series<UnitRate<R>> demand;
    Series<UnitCost<R>> price;
    UnitCost<R> system_cost, porting;
};

template <class R> constexpr auto describe(Type<Outlet<R>> /*type*/) {
    using O = Outlet<R>;
    return std::tuple_cat(
        describe_need<O, R>(),
        fields(reference("merchant", &O::merchant, "merchant", "Whose chip serves it otherwise"),
               field("demand", &O::demand, "unit/year"_u, "Systems wanted", Range::nonnegative, nullptr, Before::zero),
               field("price", &O::price, "USD/unit"_u, "What a system with its compute is worth to the buyer",
                     Range::positive),
               field("system_cost", &O::system_cost, "USD/unit"_u, "All of a system but its chips and their memory",
                     Range::nonnegative),
               field("porting", &O::porting, "USD/unit"_u, "Porting of its software to the own chip, a system",
                     Range::nonnegative, "0 USD/unit")));
}

} // namespace autarky::market
