// autarky: merchants, car makers, products, regions and export rules, as the scenario describes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::market {

template <class R> using ChipRate = QuantityIn<"chip/year", R>;

/// A chip that the merchant market offers to this buyer.
template <class R> struct Merchant {
    std::string location;
    Reference accelerator;
    ChipCost<R> list_price, unit_cost;
    Date<R> price_date;
    R work;
    PerYear<R> price_decline, cost_decline;
    R volume_discount;
    ChipRate<R> discount_reference;
    R minimum_margin, response, bargain;
    Series<ChipRate<R>> supply;
    Money<R> porting_cost;
    MoneyRate<R> support_cost;
    Power<R> power;
    DataSize<R> memory;
    R memory_premium;
};

template <class R> constexpr auto describe(Type<Merchant<R>> /*type*/) {
    using M = Merchant<R>;
    return fields(
        plain_field("location", &M::location, "Country code of the fab that makes it"),
        reference("accelerator", &M::accelerator, "accelerator", "What its chip is made of, to compare own chips with",
                  ""),
        field("list_price", &M::list_price, "USD/chip"_u, "List price at price_date", Range::positive),
        field("unit_cost", &M::unit_cost, "USD/chip"_u, "What it costs the merchant at price_date", Range::positive),
        date_field("price_date", &M::price_date, "Date of both prices", "2025Q4"),
        field("work", &M::work, "1"_u, "Work it does, in chips of the first merchant of the file", Range::positive,
              "1"),
        field("price_decline", &M::price_decline, "%/year"_u, "Real decline of the list price for the same work",
              Range::nonnegative, "5 to 15 %/year"),
        field("cost_decline", &M::cost_decline, "%/year"_u, "Real decline of the merchant's cost for the same work",
              Range::nonnegative, "5 to 12 %/year"),
        field("volume_discount", &M::volume_discount, "%"_u, "Discount a tenfold volume above discount_reference",
              Range::fraction, "5 to 15 %"),
        field("discount_reference", &M::discount_reference, "chip/year"_u, "Volume up to which the list price holds",
              Range::positive, "100_000 chip/year"),
        field("minimum_margin", &M::minimum_margin, "%"_u, "Gross margin below which the merchant does not quote",
              Range::fraction, "20 to 40 %"),
        field("response", &M::response, "1"_u, "Price cut a unit of market share lost to in-house chips",
              Range::nonnegative, "0 to 0.5"),
        field("bargain", &M::bargain, "%"_u,
              "How far a buyer with a credible own chip moves the price from list toward its own cost", Range::fraction,
              "0 to 30 %"),
        field("supply", &M::supply, "chip/year"_u, "Chips this buyer can get", Range::nonnegative, nullptr,
              Before::zero),
        field("porting_cost", &M::porting_cost, "MUSD"_u, "One-off port of the buyer's software, both worlds",
              Range::nonnegative, "0 MUSD"),
        field("support_cost", &M::support_cost, "MUSD/year"_u, "Licences, porting and support while buying",
              Range::nonnegative, "0 MUSD/year"),
        field("power", &M::power, "W"_u, "Power while working", Range::positive, "130 W"),
        field("memory", &M::memory, "GB"_u, "DRAM that the buyer adds to one such chip, at the common price",
              Range::nonnegative, "0 GB"),
        field("memory_premium", &M::memory_premium, "x"_u, "Price of its kind of DRAM over the common price",
              Range::positive, "1 x"));
}

/// Another car maker, who may follow.
template <class R> struct Maker {
    Series<UnitRate<R>> volume;
    Series<R> equipped, in_house;
    ChipsPerUnit<R> content;
    Money<R> nre;
    R cost_premium, hurdle, benchmark_relief;
    Duration<R> lead_time, generation_life, ramp_time;
};

template <class R> constexpr auto describe(Type<Maker<R>> /*type*/) {
    using M = Maker<R>;
    return fields(field("volume", &M::volume, "Mvehicle/year"_u, "Vehicles sold", Range::nonnegative),
                  field("equipped", &M::equipped, "%"_u, "Share of vehicles with merchant-class driving compute",
                        Range::fraction),
                  field("in_house", &M::in_house, "%"_u,
                        "Share of those already served by an own chip whatever happens here", Range::fraction, "0 %"),
                  field("content", &M::content, "chip/vehicle"_u, "Reference merchant chips an equipped vehicle",
                        Range::positive, "1 to 2 chip/vehicle"),
                  field("nre", &M::nre, "MUSD"_u, "One-off cost of an own chip", Range::positive),
                  field("cost_premium", &M::cost_premium, "x"_u,
                        "Its unit cost over the captive pioneer's, for the same work", Range::positive, "1.1 to 2 x"),
                  field("hurdle", &M::hurdle, "x"_u, "Multiple of break-even volume at which it dares", Range::positive,
                        "1.2 to 5 x"),
                  field("benchmark_relief", &M::benchmark_relief, "%"_u,
                        "Share of that hurdle above 1 which a pioneer's working chip removes", Range::fraction,
                        "10 to 60 %"),
                  field("lead_time", &M::lead_time, "year"_u, "From decision to own chips in cars", Range::positive,
                        "2.5 to 4.5 year"),
                  field("generation_life", &M::generation_life, "year"_u, "Years over which one design sells",
                        Range::positive, "4 to 6 year"),
                  field("ramp_time", &M::ramp_time, "year"_u, "From first cars to the whole range", Range::positive,
                        "1 to 3 year"));
}

/// The buyer's vehicles.
template <class R> struct VehicleProgramme {
    Series<UnitRate<R>> volume, part_limit;
    ChipsPerUnit<R> chips;
    UnitCost<R> margin;
    Duration<R> life;
    R driving_share, parked_share;
};

template <class R> constexpr auto describe(Type<VehicleProgramme<R>> /*type*/) {
    using V = VehicleProgramme<R>;
    return fields(
        field("volume", &V::volume, "Mvehicle/year"_u, "Vehicles wanted, all regions", Range::nonnegative),
        field("part_limit", &V::part_limit, "Mvehicle/year"_u, "What all other parts and lines allow",
              Range::nonnegative),
        field("chips", &V::chips, "chip/vehicle"_u, "Own chips a vehicle, redundancy included", Range::positive),
        field("margin", &V::margin, "USD/vehicle"_u, "Margin of a vehicle before its compute", Range::nonnegative),
        field("life", &V::life, "year"_u, "Service life", Range::positive, "12 to 18 year"),
        field("driving_share", &V::driving_share, "%"_u, "Share of the day with compute at work while driving",
              Range::fraction, "3 to 6 %"),
        field("parked_share", &V::parked_share, "%"_u, "Share of the day with compute at work while parked",
              Range::fraction, "0 to 5 %"));
}

/// The buyer's humanoid robots.
template <class R> struct RobotProgramme {
    Date<R> start;
    PerYear<R> innovation, imitation;
    R market_share;
    ChipsPerUnit<R> chips;
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
    PowerPerUnit<R> power;
};

template <class R> constexpr auto describe(Type<RobotProgramme<R>> /*type*/) {
    using B = RobotProgramme<R>;
    return fields(
        date_field("start", &B::start, "First sales"),
        field("innovation", &B::innovation, "1/year"_u, "Bass coefficient of innovation p", Range::nonnegative),
        field("imitation", &B::imitation, "1/year"_u, "Bass coefficient of imitation q", Range::nonnegative),
        field("market_share", &B::market_share, "%"_u, "The buyer's share of humanoid sales", Range::fraction),
        field("chips", &B::chips, "chip/robot"_u, "Own chips a robot", Range::positive),
        field("bom", &B::bom, "USD/robot"_u, "Bill of materials without compute at bom_units", Range::positive),
        field("bom_floor", &B::bom_floor, "USD/robot"_u, "Bill of materials that learning cannot go below",
              Range::nonnegative),
        field("bom_learning", &B::bom_learning, "%"_u, "Fall of the bill above its floor a doubling of own output",
              Range::fraction),
        field("bom_units", &B::bom_units, "robot"_u, "Cumulative output to which `bom` belongs", Range::positive,
              "1000 robot"),
        field("markup", &B::markup, "%"_u, "Margin over bill of materials and compute", Range::nonnegative),
        field("pass_through", &B::pass_through, "%"_u, "Share of the saving on compute that is passed on in the price",
              Range::fraction, "20 to 70 %"),
        field("parts_closed_multiple", &B::parts_closed_multiple, "x"_u,
              "Multiple of the bill when the parts region is closed", Range::positive, "2 to 3 x"),
        plain_field("parts_location", &B::parts_location, "Country code of the parts region", ""),
        field("part_limit", &B::part_limit, "Mrobot/year"_u, "What other parts and lines allow", Range::nonnegative,
              nullptr, Before::zero),
        field("life", &B::life, "year"_u, "Service life", Range::positive),
        field("upkeep", &B::upkeep, "%/year"_u, "Maintenance as a share of the price", Range::nonnegative),
        field("duty", &B::duty, "%"_u, "Share of all hours at work", Range::fraction),
        field("productivity", &B::productivity, "x"_u, "Output an hour, in a person's hours", Range::nonnegative),
        field("power", &B::power, "W/robot"_u, "Power at work without compute", Range::nonnegative));
}

/// A market: its labour, its rules, its share of sales.
template <class R> struct Region {
    R vehicle_share;
    Wage<R> wage;
    Date<R> wage_date;
    PerYear<R> wage_growth;
    R wage_shape;
    Workers<R> workforce;
    R automatable;
    Duration<R> working_hours;
    EnergyPrice<R> energy_price;
    bool export_controlled = false, second_stack = false;
    Money<R> second_stack_cost;
    Duration<R> second_stack_time;
};

template <class R> constexpr auto describe(Type<Region<R>> /*type*/) {
    using G = Region<R>;
    return fields(
        field("vehicle_share", &G::vehicle_share, "%"_u, "Share of the buyer's vehicles sold here", Range::fraction),
        field("wage", &G::wage, "USD/worker/year"_u, "Median fully loaded cost of a worker in the addressed jobs",
              Range::positive),
        date_field("wage_date", &G::wage_date, "Date of that wage", "2025Q1"),
        field("wage_growth", &G::wage_growth, "%/year"_u, "Real growth of that cost", Range::rate),
        field("wage_shape", &G::wage_shape, "1"_u,
              "Shape of the log-logistic wage distribution (p90/p10 = 81^(1/shape))", Range::positive, "5 to 9"),
        field("workforce", &G::workforce, "Mworker"_u, "Workers in the addressed jobs", Range::nonnegative),
        field("automatable", &G::automatable, "%"_u, "Share of their tasks that a robot could ever do",
              Range::fraction),
        field("working_hours", &G::working_hours, "h"_u, "Hours that a worker works a year", Range::positive),
        field("energy_price", &G::energy_price, "USD/kWh"_u, "Electricity price", Range::nonnegative),
        plain_field("export_controlled", &G::export_controlled, "Whether chip export rules apply to it", "false"),
        plain_field("second_stack", &G::second_stack, "Whether a separate design is made when it closes", "false"),
        field("second_stack_cost", &G::second_stack_cost, "MUSD"_u, "Cost of that separate design or stack",
              Range::nonnegative, "0 MUSD"),
        field("second_stack_time", &G::second_stack_time, "year"_u, "Time until it reopens the market", Range::positive,
              "1.5 to 3 year"));
}

/// A dated export rule for chips (the United States' 3A090 and its successors).
template <class R> struct ExportRule {
    Date<R> effective;
    Performance<R> tpp_limit, density_floor, exempt_below, licence_below;
    PerformanceDensity<R> density_limit;
    DataRate<R> io_limit, licence_bandwidth;
    R refused_controlled, refused_licensable, luck;
};

template <class R> constexpr auto describe(Type<ExportRule<R>> /*type*/) {
    using E = ExportRule<R>;
    return fields(
        date_field("effective", &E::effective, "First day of force; the latest rule in force counts"),
        field("tpp_limit", &E::tpp_limit, "TPP"_u, "Controlled from this total processing performance on",
              Range::positive),
        field("density_floor", &E::density_floor, "TPP"_u, "From here on the density limit counts too",
              Range::nonnegative, "0 TPP"),
        field("density_limit", &E::density_limit, "TPP/mm^2"_u,
              "Performance density that is controlled (0: no such test)", Range::nonnegative, "0 TPP/mm^2"),
        field("io_limit", &E::io_limit, "GB/s"_u, "Controlled only with at least this chip-to-chip bandwidth",
              Range::nonnegative, "0 GB/s"),
        field("exempt_below", &E::exempt_below, "TPP"_u, "Chips not for data centres are free below this",
              Range::nonnegative, "0 TPP"),
        field("licence_below", &E::licence_below, "TPP"_u, "Licences case by case below this (0: no such window)",
              Range::nonnegative, "0 TPP"),
        field("licence_bandwidth", &E::licence_bandwidth, "GB/s"_u, "and below this memory bandwidth",
              Range::nonnegative, "0 GB/s"),
        field("refused_controlled", &E::refused_controlled, "%"_u,
              "Probability that a controlled chip in a product is refused", Range::fraction),
        field("refused_licensable", &E::refused_licensable, "%"_u, "The same inside the licence window",
              Range::fraction),
        field("luck", &E::luck, "1"_u, "The draw that decides; leave as it is", Range::fraction, "uniform(0, 1)"));
}

} // namespace autarky::market
