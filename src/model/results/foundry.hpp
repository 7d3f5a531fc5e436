// autarky: results of the foundry stage: wafers, dies, chips, sites, contracts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantities.hpp"
#include "model/results/metric.hpp"

namespace autarky::model {

/// Flows belong to the quarter, stocks to its end; make world unless said otherwise.
template <class R> struct FoundryResults {
    Wafers<R> wafers, wafers_finished, wafers_scrapped, wafers_in_progress, wafers_available, wafers_unmet_minimum;
    Wafers<R> wafers_to_outlets, wafers_short;
    Dies<R> dies_good, dies_scrapped, dies_in_progress, dies_waiting;
    Chips<R> chips, chips_scrapped, chips_stock, chips_used, chips_written_off, merchant_chips, merchant_chips_buy;
    R utilisation;
    std::vector<Money<R>> site_profit;                                                   // by site
    std::vector<R> site_filled;                                                          // by site
    std::vector<Wafers<R>> site_started, site_finished, site_scrapped, site_in_progress; // by site
    std::vector<Wafers<R>> site_unmet_minimum, site_to_outlets;                          // by site
    std::vector<Money<R>> site_cost;                                                     // by site
    std::vector<Wafers<R>> line_started, line_to_outlets;                                // by line: a chip at a site
    std::vector<Chips<R>> line_chips;                                                    // by line
    std::vector<R> line_yield;                                                           // by line
    std::vector<Chips<R>> chips_into; // by generation, then programme
    Money<R> settled_make, settled_buy;
    Units<R> outlet_systems;
    Money<R> outlet_gain;
};

template <class R, class Take> void foundry_metrics(const Take& take) {
    using T = FoundryResults<R>;
    each_of(
        take,
        metric<R>("foundry.wafers", &T::wafers, "wafer"_u, "Wafers started for the buyer's devices in the quarter"),
        metric<R>("foundry.wafers_finished", &T::wafers_finished, "wafer"_u, "Wafers finished in the quarter"),
        metric<R>("foundry.wafers_scrapped", &T::wafers_scrapped, "wafer"_u, "Wafers lost in line in the quarter"),
        metric<R>("foundry.wafers_in_progress", &T::wafers_in_progress, "wafer"_u, "Wafers in the fab at its end"),
        metric<R>(
            "foundry.wafers_available", &T::wafers_available, "wafer"_u,
            "Wafers that the buyer's sites could start for it, were it served before customers without a contract"),
        metric<R>("foundry.wafers_short", &T::wafers_short, "wafer"_u,
                  "Wafers that the buyer wanted to start and was not granted"),
        metric<R>("foundry.wafers_unmet_minimum", &T::wafers_unmet_minimum, "wafer"_u,
                  "Wafers committed by contract, neither started for devices nor for outlets"),
        metric<R>("foundry.wafers_to_outlets", &T::wafers_to_outlets, "wafer"_u,
                  "Wafers of an unmet minimum that are started for outlets"),
        metric<R>("foundry.utilisation", &T::utilisation, "%"_u, "Started over available wafers"),
        metric<R>("foundry.wafers", &T::site_started, "wafer"_u, "Wafers started for the buyer's devices at a site",
                  "site"),
        metric<R>(
            "foundry.site_wafers", &T::site_started, "wafer"_u,
            "The same as `foundry.wafers.<site>`, whose name it had until November 2026; goes with the next release",
            "site"),
        metric<R>("foundry.wafers_finished", &T::site_finished, "wafer"_u, "Wafers finished at a site", "site"),
        metric<R>("foundry.wafers_scrapped", &T::site_scrapped, "wafer"_u, "Wafers lost in line at a site", "site"),
        metric<R>("foundry.wafers_in_progress", &T::site_in_progress, "wafer"_u,
                  "Wafers in the fab of a site at its end", "site"),
        metric<R>("foundry.wafers_unmet_minimum", &T::site_unmet_minimum, "wafer"_u,
                  "Committed wafers that nobody starts at a site; of a contract of several by how much each is short",
                  "site"),
        metric<R>("foundry.wafers_to_outlets", &T::site_to_outlets, "wafer"_u,
                  "Wafers of an unmet minimum that are started for outlets at a site", "site"),
        metric<R>("foundry.wafer_cost", &T::site_cost, "MUSD"_u,
                  "Paid for the wafers that are started at a site for the buyer's devices", "site"),
        metric<R>("foundry.line_wafers", &T::line_started, "wafer"_u,
                  "Wafers of one chip started for devices at a site", "line"),
        metric<R>("foundry.line_chips", &T::line_chips, "chip"_u, "Chips that they will give, at the quarter's yields",
                  "line"),
        metric<R>("foundry.line_yield", &T::line_yield, "%"_u,
                  "Share of the dies of one chip that pass sort at a site, were wafers finished in the quarter",
                  "line"),
        metric<R>("foundry.line_to_outlets", &T::line_to_outlets, "wafer"_u,
                  "Wafers of one chip started for outlets at a site", "line"),
        metric<R>("foundry.profit", &T::site_profit, "MUSD"_u,
                  "Profit of a whole site in the quarter: all customers, cash cost, settlements, depreciation", "site"),
        metric<R>(
            "foundry.filled", &T::site_filled, "%"_u,
            "Utilisation of a whole site in the quarter: wafers of all customers and of the state over its working "
            "capacity; 0 while nothing runs",
            "site"),
        metric<R>("foundry.dies_good", &T::dies_good, "die"_u, "Good dies of the quarter"),
        metric<R>("foundry.dies_scrapped", &T::dies_scrapped, "die"_u, "Bad dies of the quarter"),
        metric<R>("foundry.dies_in_progress", &T::dies_in_progress, "die"_u,
                  "Good dies in assembly, or waiting for it, at its end"),
        metric<R>("foundry.dies_waiting", &T::dies_waiting, "die"_u, "Of them, those that wait for a back end"),
        metric<R>("foundry.chips", &T::chips, "chip"_u, "Own chips shipped into stock in the quarter"),
        metric<R>("foundry.chips_scrapped", &T::chips_scrapped, "chip"_u, "Lost in assembly and final test"),
        metric<R>("foundry.chips_used", &T::chips_used, "chip"_u, "Own chips built into devices in the quarter"),
        metric<R>("foundry.chips_into", &T::chips_into, "chip"_u,
                  "Of them, chips of one generation in the devices of one programme", "use"),
        metric<R>("foundry.chips_stock", &T::chips_stock, "chip"_u, "Own chips in stock at its end"),
        metric<R>("foundry.chips_written_off", &T::chips_written_off, "chip"_u,
                  "Own chips written off when their generation ended"),
        metric<R>("merchant.chips", &T::merchant_chips, "chip"_u, "Merchant chips built into devices, make world"),
        metric<R>("merchant.chips_buy", &T::merchant_chips_buy, "chip"_u,
                  "Merchant chips built into devices, buy world"),
        metric<R>("contract.settled", &T::settled_make, "MUSD"_u, "Paid for wafers not taken, make world"),
        metric<R>("contract.settled_buy", &T::settled_buy, "MUSD"_u, "Paid for wafers not taken, buy world"),
        metric<R>("outlet.systems", &T::outlet_systems, "unit"_u,
                  "Systems of the buyer's outlets served with own chips from free wafers"),
        metric<R>("outlet.gain", &T::outlet_gain, "MUSD"_u,
                  "What they are worth over the buy world's way, wafers at what settling them would have cost"));
}

} // namespace autarky::model
