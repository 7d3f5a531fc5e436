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

/// A part of a robot's bill of materials.
template <class R> struct RobotPart {
    R share, learning;
    std::string location;
};

template <class R> constexpr auto describe(Type<RobotPart<R>> /*type*/) {
    using P = RobotPart<R>;
    return fields(field("share", &P::share, "%"_u, "Share of the bill of materials; the shares are normalised",
                        Range::nonnegative),
                  field("learning", &P::learning, "x"_u, "Its fall a doubling of output over that of the bill",
                        Range::nonnegative, "1 x"),
                  plain_field("location", &P::location, "Country code of the region that supplies it", ""));
}

/// The buyer's humanoid robots.
template <class R> struct RobotProgramme : Need<R> {
    Date<R> start;
    PerYear<R> innovation, imitation;
    R market_share, rivalry, elasticity;
    Workers<R> least_site;
    UnitCost<R> bom, bom_floor;
    R bom_learning;
    Units<R> bom_units;
    Table<RobotPart<R>> part;
    R markup, pass_through, parts_closed_multiple;
    std::string parts_location;
    Series<UnitRate<R>> part_limit;
    Duration<R> life;
    R integration;
    PerYear<R> financing, upkeep;
    Series<QuantityIn<"worker/unit", R>> supervision;
    R shifts, duty;
    Series<R> productivity, task_spread;
    R lost_share, owned_share;
    PowerPerUnit<R> power;
};

/// Of a robot: its market and its price.
template <class R> constexpr auto describe_robot_sale(Type<RobotProgramme<R>> /*type*/) {
    using B = RobotProgramme<R>;
    return fields(
        date_field("start", &B::start, "First sales"),
        field("innovation", &B::innovation, "1/year"_u, "Bass coefficient of innovation p", Range::nonnegative),
        field("imitation", &B::imitation, "1/year"_u, "Bass coefficient of imitation q", Range::nonnegative),
        field("market_share", &B::market_share, "%"_u,
              "The buyer's share of humanoid sales where an hour of work costs the same from all makers",
              Range::fraction),
        field("rivalry", &B::rivalry, "1"_u,
              "Per cent that the buyer's sales over a rival's rise a per cent off its cost of an hour of work",
              Range::positive, "1 to 4"),
        field("elasticity", &B::elasticity, "1"_u,
              "Per cent more hours wanted in the jobs already undercut a per cent off the cost of an hour",
              Range::nonnegative, "0 to 0.6"),
        field("least_site", &B::least_site, "worker"_u,
              "Work, in workers, that a site must have for robots before it takes any", Range::nonnegative, "0 worker"),
        field("bom", &B::bom, "USD/robot"_u, "Bill of materials without compute at bom_units", Range::positive),
        field("bom_floor", &B::bom_floor, "USD/robot"_u, "Bill of materials that learning cannot go below",
              Range::nonnegative),
        field("bom_learning", &B::bom_learning, "%"_u, "Fall of the bill above its floor a doubling of own output",
              Range::fraction),
        field("bom_units", &B::bom_units, "robot"_u, "Cumulative output to which `bom` belongs", Range::positive,
              "1000 robot"),
        table("part", &B::part, "Parts of the bill; none: one bill from one place"),
        field("markup", &B::markup, "%"_u, "Margin over bill of materials and compute", Range::nonnegative),
        field("pass_through", &B::pass_through, "%"_u, "Share of the saving on compute that is passed on in the price",
              Range::fraction, "20 to 70 %"),
        field("parts_closed_multiple", &B::parts_closed_multiple, "x"_u,
              "Multiple of what parts cost when their region is closed", Range::positive, "2 to 3 x"),
        plain_field("parts_location", &B::parts_location, "Country code of the region of parts that name none", ""),
        field("part_limit", &B::part_limit, "Mrobot/year"_u, "What other parts and lines allow", Range::nonnegative,
              nullptr, Before::zero));
}

/// Of a robot: what it costs to own, and what it does.
template <class R> constexpr auto describe_robot_work(Type<RobotProgramme<R>> /*type*/) {
    using B = RobotProgramme<R>;
    return fields(
        field("life", &B::life, "year"_u, "Service life", Range::positive),
        field("integration", &B::integration, "x"_u,
              "One-off cost of fitting a site and its line, a robot, over the robot's price", Range::nonnegative,
              "0 x"),
        field("financing", &B::financing, "%/year"_u, "Real rate at which owners finance a robot and its site",
              Range::nonnegative, "6 to 14 %/year"),
        field("upkeep", &B::upkeep, "%/year"_u, "Maintenance as a share of the price", Range::nonnegative),
        field("supervision", &B::supervision, "worker/robot"_u,
              "People who watch, help and reset a robot while its shifts last", Range::nonnegative, "0 worker/robot"),
        field("shifts", &B::shifts, "1"_u, "Shifts of a worker's hours that a robot's place of work runs",
              Range::positive, "1 to 3"),
        field("duty", &B::duty, "%"_u, "Share of the hours of those shifts that a robot works", Range::fraction),
        field("productivity", &B::productivity, "x"_u,
              "Output an hour at the median task, in a person's hours; over tasks it is lognormal", Range::nonnegative),
        field("task_spread", &B::task_spread, "1"_u,
              "Spread of that output over tasks: standard deviation of its logarithm", Range::positive, "0.68 to 1.26"),
        field("power", &B::power, "W/robot"_u, "Power at work without compute", Range::nonnegative),
        field("lost_share", &B::lost_share, "%"_u, "Of the robots that wait, the share lost in each quarter waited",
              Range::fraction, "5 to 30 %"),
        field("owned_share", &B::owned_share, "%"_u,
              "Share of the fleet that the buyer owns, whose electricity it pays", Range::fraction, "0 %"));
}

template <class R> constexpr auto describe(Type<RobotProgramme<R>> type) {
    return std::tuple_cat(describe_need<RobotProgramme<R>, R>(), describe_robot_sale(type), describe_robot_work(type));
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
