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
    std::vector<R> passing;                                               // by line
    std::vector<ChipCost<R>> variable_cost;                               // by line
    std::vector<WaferPrice<R>> market_price;                              // by site
    std::vector<Wafers<R>> site_capacity, firm_of_others, open_of_others; // by site
    std::vector<ChipCost<R>> outlet_gain;                                 // by outlet, then line
    std::vector<Chips<R>> outlet_chips;                                   // by outlet, then line
    UnitCost<R> device_margin;
    std::vector<R> back_end_met;                                     // by back end
    std::vector<Chips<R>> back_end_held, back_end_taken;             // by back end
    std::vector<Chips<R>> back_end_capacity, back_end_reserved;      // by back end
    std::vector<Chips<R>> back_end_firm, back_end_open;              // by back end
    std::vector<Wafers<R>> rated_wafers;                             // by site
    std::vector<Wafers<R>> rated_own, rated_merchants, rated_others; // by site
    std::vector<Wafers<R>> rated_merchants_buy, rated_others_buy;    // by site
    std::vector<Money<R>> rated_paid;                                // by site
    Money<R> rated_income;
};

template <class R, class Take> void supply_metrics(const Take& take) {
    using T = SupplyResults<R>;
    each_of(
        take,
        metric<R>("supply.chips_needed", &T::chips_needed, "chip"_u,
                  "Own chips of a generation that the devices of the quarter would take, were there enough", "chip"),
        metric<R>("supply.chips_a_wafer", &T::chips_a_wafer, "chip/wafer"_u,
                  "Shipped chips that a started wafer gives, at the quarter's yields", "line"),
        metric<R>("supply.passing", &T::passing, "%"_u,
                  "Of the dies that passed the sort, those that become shipped chips: whole after assembly, and found "
                  "good by the final test",
                  "line"),
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
                  "Margin of a device of the first programme before its compute"),
        metric<R>("back_end.met", &T::back_end_met, "%"_u,
                  "Share of the buyer's waiting dies that a back end has room for; 100 % where none waits", "back_end"),
        metric<R>("back_end.held", &T::back_end_held, "chip"_u,
                  "Chips, of one unit each, for which it has none in the quarter", "back_end"),
        metric<R>("back_end.taken", &T::back_end_taken, "chip"_u,
                  "Of the buyer's dies, counted in the units that they take, those that go on", "back_end"),
        metric<R>("back_end.capacity", &T::back_end_capacity, "chip"_u,
                  "Chips, of one unit each, that a back end could serve in the quarter for all, after events",
                  "back_end"),
        metric<R>("back_end.reserved", &T::back_end_reserved, "chip"_u, "Of them, what the buyer has by contract",
                  "back_end"),
        metric<R>("back_end.firm", &T::back_end_firm, "chip"_u, "What others have of it by contract", "back_end"),
        metric<R>("back_end.open", &T::back_end_open, "chip"_u, "What others ask of it beyond their contracts",
                  "back_end"),
        metric<R>("rated.wafers", &T::rated_wafers, "wafer"_u, "Wafers that the state's rated orders take at a site",
                  "site"),
        metric<R>("rated.paid", &T::rated_paid, "MUSD"_u, "What the state pays for them, at the contract's price",
                  "site"),
        metric<R>("rated.from_own", &T::rated_own, "wafer"_u,
                  "Of them, what the buyer would have started for own chips, had it asked for the same", "site"),
        metric<R>("rated.from_merchants", &T::rated_merchants, "wafer"_u,
                  "Of them, what the merchants would have had, make world", "site"),
        metric<R>("rated.from_merchants_buy", &T::rated_merchants_buy, "wafer"_u, "The same, buy world", "site"),
        metric<R>("rated.from_others", &T::rated_others, "wafer"_u,
                  "Of them, what the other customers would have had, make world; the rest nobody asked for", "site"),
        metric<R>("rated.from_others_buy", &T::rated_others_buy, "wafer"_u, "The same, buy world", "site"),
        metric<R>("rated.income", &T::rated_income, "MUSD"_u,
                  "What the state pays the buyer for wafers of its own paths, over their cost; make world"));
}

} // namespace autarky::model
