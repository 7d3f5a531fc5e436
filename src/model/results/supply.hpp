// autarky: results of the supply stage: what a planner of wafers has to know before anything is contracted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantities.hpp"
#include "model/results/metric.hpp"

namespace autarky::model {

/// Flows belong to the quarter; make world.
template <class R> struct SupplyResults {
    std::vector<Chips<R>> chips_needed;                                   // by generation
    std::vector<QuantityIn<"chip/wafer", R>> chips_a_wafer;               // by line
    std::vector<ChipCost<R>> variable_cost;                               // by line
    std::vector<WaferPrice<R>> market_price;                              // by site
    std::vector<Wafers<R>> site_capacity, firm_of_others, open_of_others; // by site
    std::vector<ChipCost<R>> outlet_gain;                                 // by outlet, then line
    std::vector<Chips<R>> outlet_chips;                                   // by outlet, then line
    UnitCost<R> device_margin;
};

template <class R> constexpr auto supply_metrics() {
    using T = SupplyResults<R>;
    return std::tuple{
        metric<R>("supply.chips_needed", &T::chips_needed, "chip"_u,
                  "Own chips of a generation that the devices of the quarter would take, were there enough", "chip"),
        metric<R>("supply.chips_a_wafer", &T::chips_a_wafer, "chip/wafer"_u,
                  "Shipped chips that a started wafer gives, at the quarter's yields", "line"),
        metric<R>("supply.variable_cost", &T::variable_cost, "USD/chip"_u, "What a shipped chip costs beyond its wafer",
                  "line"),
        metric<R>("supply.wafer_price", &T::market_price, "USD/wafer"_u,
                  "Price of a wafer at a site without a contract", "site"),
        metric<R>("supply.capacity", &T::site_capacity, "wafer"_u,
                  "Wafers that a site can start in the quarter, after events, without the buyer's own paths", "site"),
        metric<R>("supply.firm", &T::firm_of_others, "wafer"_u,
                  "Of them, what others have by contract, merchants for the bought parts included", "site"),
        metric<R>("supply.open", &T::open_of_others, "wafer"_u, "What others ask for beyond their contracts", "site"),
        metric<R>("supply.outlet_gain", &T::outlet_gain, "USD/chip"_u,
                  "What an own chip gains in an outlet over the other way, before its wafer; as of the wafer's start",
                  "outlet_line"),
        metric<R>("supply.outlet_chips", &T::outlet_chips, "chip"_u, "Own chips that an outlet would take",
                  "outlet_line"),
        metric<R>("supply.device_margin", &T::device_margin, "USD/unit"_u,
                  "Margin of a device of the first programme before its compute")};
}

} // namespace autarky::model
