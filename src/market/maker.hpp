// autarky: other car makers, who may follow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::market {

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

} // namespace autarky::market
