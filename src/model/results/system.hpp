// autarky: results of the grid, of export rules, of the programme's dates, and of ways to more wafers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantities.hpp"
#include "model/results/metric.hpp"

namespace autarky::model {

template <class R> struct SystemResults {
    Power<R> average_power, coincident_power, local_power;
    Power<R> chip_power, induced_power, vehicle_power, baseline_power;
    std::vector<Units<R>> deployable; // by region
    UnitCost<R> shadow_price;
    Energy<R> energy;
    Units<R> transformers_overloaded, grid_ageing, transformers_upgraded, grid_queue, below_wish;
    Units<R> storage_freed, never_sold;
    Energy<R> unserved;
    Duration<R> years_to_ready;
    Money<R> grid_cost, cost_on_time, storage_cost;
    Money<R> paid_utility, paid_customer, paid_buyer;
    Performance<R> tpp;
    PerformanceDensity<R> density;
    R refusal;
    Duration<R> tapeout, first_chips;
    R ramp, onshore_share;
    std::vector<Money<R>> path_npv, path_option, path_capex; // by path
};

template <class R, class Take> void system_metrics(const Take& take) {
    using T = SystemResults<R>;
    each_of(
        take,
        metric<R>("grid.average_power", &T::average_power, "MW"_u,
                  "Average power of the fleet's compute, induced charging and robots"),
        metric<R>("grid.coincident_power", &T::coincident_power, "MW"_u, "Its part of the system peak"),
        metric<R>("grid.local_power", &T::local_power, "MW"_u,
                  "Its part of the peaks of the streets that it charges in, each at its own hour"),
        metric<R>("grid.chip_power", &T::chip_power, "MW"_u, "Ledger: average power of all devices' compute"),
        metric<R>("grid.induced_power", &T::induced_power, "MW"_u,
                  "Ledger: average charging that autonomy brings; it and the chip's count in make against buy"),
        metric<R>("grid.vehicle_power", &T::vehicle_power, "MW"_u,
                  "Ledger: average charging for driving that is new to its street; loads streets, counts in no cash"),
        metric<R>("grid.baseline_power", &T::baseline_power, "MW"_u,
                  "Ledger: average charging for driving that would be in the street anyway; loads nothing new"),
        metric<R>("grid.energy", &T::energy, "GWh"_u, "Energy it takes in the quarter"),
        metric<R>("grid.transformers_overloaded", &T::transformers_overloaded, "transformer"_u,
                  "Street transformers that the fleet overloads and that are not yet upgraded"),
        metric<R>("grid.ageing", &T::grid_ageing, "transformer"_u,
                  "Transformer-years of life a year that the fleet takes from units within their limit, which nobody "
                  "exchanges"),
        metric<R>("grid.transformers_upgraded", &T::transformers_upgraded, "transformer"_u,
                  "Transformers upgraded for it so far"),
        metric<R>("grid.queue", &T::grid_queue, "unit"_u, "Devices that may not be sold before a transformer comes"),
        metric<R>("grid.below_wish", &T::below_wish, "unit"_u,
                  "Devices in service that charge below wish until a transformer comes"),
        metric<R>("grid.deployable", &T::deployable, "unit"_u, "Devices that the streets let through in the quarter",
                  "region"),
        metric<R>("grid.shadow_price", &T::shadow_price, "USD/transformer"_u,
                  "Margin of the devices that one more transformer would let be sold, 0 when none waits"),
        metric<R>("grid.upgrade_cost", &T::grid_cost, "MUSD"_u, "Cost of those upgrades so far"),
        metric<R>("grid.cost_on_time", &T::cost_on_time, "MUSD"_u,
                  "Cost of every unit that the fleet has overloaded so far, done or waiting: what being ready on time "
                  "takes"),
        metric<R>("grid.years_to_ready", &T::years_to_ready, "year"_u,
                  "Years until the units that wait today are exchanged, mean over regions by units; 0 where none "
                  "waits, none where "
                  "nobody exchanges them",
                  "", true),
        metric<R>("grid.unserved", &T::unserved, "GWh"_u,
                  "Energy that devices did not get at their wished hour in the quarter, but later"),
        metric<R>("grid.never_sold", &T::never_sold, "unit"_u, "Devices never sold for want of a transformer, so far"),
        metric<R>("grid.storage_freed", &T::storage_freed, "unit"_u,
                  "Devices that charge as they wish because of storage beside their transformer"),
        metric<R>("grid.storage_cost", &T::storage_cost, "MUSD"_u, "Cost of that storage so far"),
        metric<R>("grid.paid_utility", &T::paid_utility, "MUSD"_u,
                  "What utilities have paid so far for upgrades and storage"),
        metric<R>("grid.paid_customer", &T::paid_customer, "MUSD"_u, "The same of the devices' owners"),
        metric<R>("grid.paid_buyer", &T::paid_buyer, "MUSD"_u,
                  "The same of the buyer of chips; it is its cash, in both worlds"),
        metric<R>("export.tpp", &T::tpp, "TPP"_u, "Total processing performance of the chip in use"),
        metric<R>("export.pd", &T::density, "TPP/mm^2"_u, "Performance density of the chip in use"),
        metric<R>("export.refusal", &T::refusal, "%"_u, "Probability that the rule in force refuses a product with it"),
        metric<R>("programme.tapeout", &T::tapeout, "year"_u, "Final tape-out of the first generation, decimal year"),
        metric<R>("programme.first_chips", &T::first_chips, "year"_u,
                  "First tested chips of the first generation, decimal year; none where it is cancelled before", {},
                  true),
        metric<R>("programme.ramp", &T::ramp, "%"_u, "Share of devices meant to carry own chips"),
        metric<R>("resilience.onshore_share", &T::onshore_share, "%"_u,
                  "Share of the work in the quarter's devices that was made onshore"),
        metric<R>("strategy.npv", &T::path_npv, "MUSD"_u, "Net present value of a path at its decision", "path"),
        metric<R>("strategy.option_value", &T::path_option, "MUSD"_u, "Value of the option to take it", "path"),
        metric<R>("strategy.capex", &T::path_capex, "MUSD"_u, "Capital of the whole path", "path"));
}

} // namespace autarky::model
