// autarky: other car makers, who may follow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::market {

/// Another car maker, who may follow: its market, its own design, its nerve.
template <class R> struct Maker {
    Series<UnitRate<R>> volume;
    Series<R> equipped, in_house;
    ChipsPerUnit<R> content, own_chips;
    Reference process;
    Area<R> die_area;
    R wafer_premium;
    ChipCost<R> chip_rest;
    Money<R> nre;
    R hurdle, benchmark_relief, lead_relief, most;
    PerYear<R> hazard;
    R luck, progress_lost;
    Duration<R> lead_time, generation_life, ramp_time;
};

/// Of a maker: what it buys, and what its own chip would cost.
template <class R> constexpr auto describe_maker_chip(Type<Maker<R>> /*type*/) {
    using M = Maker<R>;
    return fields(field("volume", &M::volume, "Mvehicle/year"_u, "Vehicles sold", Range::nonnegative),
                  field("equipped", &M::equipped, "%"_u, "Share of vehicles with merchant-class driving compute",
                        Range::fraction),
                  field("in_house", &M::in_house, "%"_u,
                        "Share of those already served by an own chip whatever happens here", Range::fraction, "0 %"),
                  field("content", &M::content, "chip/vehicle"_u, "Reference merchant chips an equipped vehicle",
                        Range::positive, "1 to 2 chip/vehicle"),
                  field("own_chips", &M::own_chips, "chip/vehicle"_u, "Own chips that do the work of those",
                        Range::positive, "1 to 2 chip/vehicle"),
                  reference("process", &M::process, "process", "Process on which its own chip would be made"),
                  field("die_area", &M::die_area, "mm^2"_u, "Area of its own chip's die", Range::positive),
                  field("wafer_premium", &M::wafer_premium, "x"_u,
                        "What it pays for a wafer over the process's price, for its volume", Range::positive,
                        "1 to 1.5 x"),
                  field("chip_rest", &M::chip_rest, "USD/chip"_u, "Package, test, scrap and royalties of its own chip",
                        Range::nonnegative, "20 to 80 USD/chip"),
                  field("nre", &M::nre, "MUSD"_u, "One-off cost of a generation of its own chip", Range::positive),
                  field("generation_life", &M::generation_life, "year"_u, "Years over which one design sells",
                        Range::positive, "4 to 6 year"));
}

/// Of a maker: when it dares, how long it takes, how it may fail.
template <class R> constexpr auto describe_maker_nerve(Type<Maker<R>> /*type*/) {
    using M = Maker<R>;
    return fields(
        field("hurdle", &M::hurdle, "x"_u, "Multiple of break-even volume at which it dares", Range::positive,
              "1.2 to 5 x"),
        field("benchmark_relief", &M::benchmark_relief, "%"_u,
              "Share of that hurdle above 1 which a pioneer's working chip removes", Range::fraction, "10 to 60 %"),
        field("lead_relief", &M::lead_relief, "%"_u,
              "Share of the lead time which a pioneer's working chip saves, by suppliers' earlier quotes",
              Range::fraction, "0 %"),
        field("most", &M::most, "%"_u, "Largest share of its equipped cars that an own chip can ever serve",
              Range::fraction, "100 %"),
        field("hazard", &M::hazard, "%/year"_u, "Rate at which a programme is stopped before its first cars",
              Range::nonnegative, "3 to 20 %/year"),
        field("luck", &M::luck, "1"_u, "The draw that decides when; leave as it is", Range::fraction, "uniform(0, 1)"),
        field("progress_lost", &M::progress_lost, "%"_u, "Share of its progress that is lost at a stop",
              Range::fraction, "70 to 100 %"),
        field("lead_time", &M::lead_time, "year"_u, "From decision to own chips in cars", Range::positive,
              "2.5 to 4.5 year"),
        field("ramp_time", &M::ramp_time, "year"_u, "From first cars to the whole range", Range::positive,
              "1 to 3 year"));
}

template <class R> constexpr auto describe(Type<Maker<R>> type) {
    return std::tuple_cat(describe_maker_chip(type), describe_maker_nerve(type));
}

} // namespace autarky::market
