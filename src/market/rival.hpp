// autarky: other makers of robots, and the compute that they can get.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::market {

/// Other makers of humanoid robots, as one: what their robots cost and do, and how far their compute lags.
template <class R> struct Rival {
    std::string location;
    Reference process;
    R weight;
    Series<UnitCost<R>> price;
    R productivity;
    Area<R> die_area;
    UnitCost<R> compute_rest;
    PowerPerUnit<R> compute_power;
    R process_lag, process_lag_closed, node_cost, node_power;
};

template <class R> constexpr auto describe(Type<Rival<R>> /*type*/) {
    using V = Rival<R>;
    return fields(
        plain_field("location", &V::location,
                    "Country code of its home; an event of kind foundries_closed there cuts "
                    "it off from foundries abroad"),
        reference("process", &V::process, "process", "Leading process, which it lags behind"),
        field("weight", &V::weight, "1"_u,
              "Its part of the sales that the buyer does not have where an hour of work costs the same from all; the "
              "weights are normalised",
              Range::nonnegative, "1"),
        field("price", &V::price, "USD/robot"_u, "Price of its robot without compute", Range::positive),
        field("productivity", &V::productivity, "x"_u, "Output an hour of its robot over the buyer's", Range::positive,
              "0.7 to 1.2 x"),
        field("die_area", &V::die_area, "mm^2"_u, "Area of the dies of its compute, on the leading process",
              Range::positive),
        field("compute_rest", &V::compute_rest, "USD/robot"_u, "Memory, package, board and margin of its compute",
              Range::nonnegative),
        field("compute_power", &V::compute_power, "W/robot"_u, "Power of its compute at work on the leading process",
              Range::nonnegative),
        field("process_lag", &V::process_lag, "1"_u, "Nodes that its chips lag while foundries abroad serve it",
              Range::nonnegative, "0 to 2"),
        field("process_lag_closed", &V::process_lag_closed, "1"_u,
              "Nodes that they lag once those foundries are closed to it", Range::nonnegative, "2 to 3"),
        field("node_cost", &V::node_cost, "x"_u, "Cost of the same chip for each node that it lags", Range::positive,
              "1.2 to 2 x"),
        field("node_power", &V::node_power, "x"_u, "Power of the same work for each node that it lags", Range::positive,
              "1.2 to 1.5 x"));
}

} // namespace autarky::market
