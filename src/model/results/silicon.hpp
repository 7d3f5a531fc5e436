// autarky: results of the silicon stage: the own chip and the merchants' offers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantities.hpp"
#include "model/results/metric.hpp"

namespace autarky::model {

/// The generation in use (the first one before any is), and what is offered instead.
template <class R> struct SiliconResults {
    DiesPerWafer<R> gross_dies;
    R yield;
    DieCost<R> good_die_cost;
    Area<R> die_area;
    ChipCost<R> unit_cost, full_cost;
    ChipsPerUnit<R> own_chips_a_device, merchant_chips_a_device;
    ChipCost<R> merchant_price, merchant_cost, list_price, floor_price;
    UnitCost<R> own_device, bought_device, bought_device_cost, memory_a_device;
    R price_to_cost, cost_to_cost, merchant_margin;
    R beyond_shipped;
    Chips<R> annuity_volume;
};

template <class R, class Take> void silicon_metrics(const Take& take) {
    using T = SiliconResults<R>;
    each_of(
        take, metric<R>("silicon.gross_dies", &T::gross_dies, "die/wafer"_u, "Gross dies of a wafer"),
        metric<R>("silicon.die_area", &T::die_area, "mm^2"_u, "Die area"),
        metric<R>("silicon.yield", &T::yield, "%"_u, "Share of dies that are good, weighted by planned source"),
        metric<R>("silicon.good_die_cost", &T::good_die_cost, "USD/die"_u, "Wafer price over good dies"),
        metric<R>("chip.unit_cost", &T::unit_cost, "USD/chip"_u,
                  "Recurring cost of a shipped, tested chip, without DRAM beside it and before one-off costs"),
        metric<R>("chip.full_cost", &T::full_cost, "USD/chip"_u,
                  "Unit cost plus the programme's cost levelised over the discounted chips", {}, true),
        metric<R>(
            "compute.own_chips", &T::own_chips_a_device, "chip/unit"_u,
            "Own chips of a device of the first programme: an integer in every future where one generation is in use"),
        metric<R>("compute.merchant_chips", &T::merchant_chips_a_device, "chip/unit"_u,
                  "Chips of the chosen merchant in the same device: an integer in every future"),
        metric<R>(
            "compute.beyond_shipped", &T::beyond_shipped, "%"_u,
            "Whether a device or outlet, own or bought, takes more chips than any shipped one of its kind carries"),
        metric<R>("compute.memory_cost", &T::memory_a_device, "USD/unit"_u,
                  "DRAM beside the chosen merchant's chips in the same device"),
        metric<R>("compute.own_cost", &T::own_device, "USD/unit"_u,
                  "Compute of the same device with own chips: chips and the DRAM beside them"),
        metric<R>("compute.merchant_price", &T::bought_device, "USD/unit"_u,
                  "Compute of the same device bought (buy world)"),
        metric<R>("compute.merchant_cost", &T::bought_device_cost, "USD/unit"_u,
                  "What the bought compute costs its makers: the merchant's unit cost and the DRAM"),
        metric<R>("merchant.price", &T::merchant_price, "USD/chip"_u,
                  "Quote of the merchant that the first programme would buy from (buy world)"),
        metric<R>("merchant.unit_cost", &T::merchant_cost, "USD/chip"_u, "What that chip costs the merchant to make"),
        metric<R>("merchant.margin", &T::merchant_margin, "%"_u, "Gross margin of that quote (buy world)"),
        metric<R>("merchant.list_price", &T::list_price, "USD/chip"_u,
                  "List price of that merchant's newest generation"),
        metric<R>("merchant.floor", &T::floor_price, "USD/chip"_u, "Price below which that merchant does not quote"),
        metric<R>("advantage.price_to_cost", &T::price_to_cost, "x"_u,
                  "Bought compute of a device over its compute with own chips"),
        metric<R>("advantage.cost_to_cost", &T::cost_to_cost, "x"_u,
                  "What bought compute costs its makers over compute with own chips"),
        metric<R>("volume.annuity", &T::annuity_volume, "Mchip"_u,
                  "Annuity volume: own chips whose saving at this quarter's price and cost pays for the programme", {},
                  true));
}

} // namespace autarky::model
