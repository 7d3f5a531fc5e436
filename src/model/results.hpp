// autarky: what a simulation gives, quarter by quarter, and what each result means.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/describe.hpp"
#include "core/quantities.hpp"

namespace autarky::model {

/// Reasons why the make world deploys less than its customers want; exactly one binds in a quarter.
enum class Constraint { demand, market_access, parts, grid, chips, programme };
inline constexpr std::size_t n_constraints = 6;
inline constexpr std::array<std::string_view, n_constraints> constraint_names{"demand", "market_access", "parts",
                                                                              "grid",   "chips",         "programme"};

/// Results of one quarter. Flows belong to the quarter, stocks to its end. "make" world unless said otherwise.
template <class R> struct QuarterResults {
    // silicon: the generation in use (the first one before any is)
    DiesPerWafer<R> gross_dies;
    R yield;
    DieCost<R> good_die_cost;
    Area<R> die_area;
    ChipCost<R> unit_cost, full_cost;
    // merchant
    ChipCost<R> merchant_price, merchant_cost, list_price;
    ChipCost<R> price_per_work;
    R price_to_cost, cost_to_cost, merchant_margin;
    Chips<R> break_even;
    // foundry
    Wafers<R> wafers, wafers_finished, wafers_scrapped, wafers_in_progress, wafers_available, wafers_unmet_minimum;
    Dies<R> dies_good, dies_scrapped, dies_in_progress;
    Chips<R> chips, chips_scrapped, chips_stock, chips_used, chips_written_off, merchant_chips, merchant_chips_buy;
    R utilisation;
    Money<R> foundry_profit;
    // deployment
    Units<R> vehicles, robots, fleet_vehicles, fleet_robots, vehicles_buy, robots_buy, vehicles_retired, robots_retired;
    UnitCost<R> robot_price, robot_bom;
    Workers<R> displaced;
    std::vector<QuantityIn<"worker/unit", R>> labour_break_even; // by region
    std::vector<Wage<R>> wage;                                   // by region
    std::vector<R> undercut;                                     // by region
    std::vector<R> market_open;                                  // by region
    // merchants and followers
    Units<R> adopters_vehicles;
    Money<R> merchant_revenue, revenue_lost, revenue_lost_gone, revenue_lost_captive, revenue_lost_adopters,
        revenue_lost_counterfactual;
    // grid
    Power<R> average_power, coincident_power, local_power;
    Power<R> chip_power, induced_power, vehicle_power, baseline_power;
    std::vector<Units<R>> deployable; // by region
    UnitCost<R> shadow_price;
    Energy<R> energy;
    Units<R> transformers_overloaded, grid_ageing, transformers_upgraded, grid_queue;
    Money<R> grid_cost;
    // policy, programme, strategy
    Performance<R> tpp;
    PerformanceDensity<R> density;
    R refusal;
    Duration<R> tapeout;
    R ramp, onshore_share;
    std::vector<Money<R>> path_npv, path_option, path_capex; // by path
    // verdict
    Money<R> cash_make, cash_buy, npv;
    std::array<R, n_constraints> binding; // 1 for the constraint that binds
    std::array<R, n_constraints> slack;   // room as a share of demand; 0 where it binds
};

/// One metric: id, unit, meaning, and where it stands in QuarterResults.
template <class R, class M> struct Metric {
    std::string_view id;
    M QuarterResults<R>::* member;
    std::string_view unit;
    std::string_view doc;
    std::string_view by{};    ///< table whose rows index it, "" for a single number
    bool may_be_none = false; ///< NaN means that the value does not exist
};

namespace detail {
template <class M> struct Element {
    using type = M;
};
template <class Q> struct Element<std::vector<Q>> {
    using type = Q;
};
template <class Q, std::size_t N> struct Element<std::array<Q, N>> {
    using type = Q;
};
} // namespace detail

template <class R, class M, FixedString S>
constexpr Metric<R, M> metric(std::string_view id, M QuarterResults<R>::* member, UnitLiteral<S> unit,
                              std::string_view doc, std::string_view by = {}, bool may_be_none = false) {
    using Q = typename detail::Element<M>::type;
    static_assert(autarky::detail::Leaf<Q>::dim == UnitLiteral<S>::dim, "the unit does not fit the result");
    return {id, member, unit.text, doc, by, may_be_none};
}

template <class R> constexpr auto silicon_metrics() {
    using T = QuarterResults<R>;
    return std::tuple{
        metric<R>("silicon.gross_dies", &T::gross_dies, "die/wafer"_u, "Gross dies of a wafer"),
        metric<R>("silicon.die_area", &T::die_area, "mm^2"_u, "Die area"),
        metric<R>("silicon.yield", &T::yield, "%"_u, "Share of dies that are good, weighted by planned source"),
        metric<R>("silicon.good_die_cost", &T::good_die_cost, "USD/die"_u, "Wafer price over good dies"),
        metric<R>("chip.unit_cost", &T::unit_cost, "USD/chip"_u,
                  "Recurring cost of a shipped, tested chip with its memory, before one-off costs"),
        metric<R>("chip.full_cost", &T::full_cost, "USD/chip"_u,
                  "Unit cost plus the programme's cost levelised over the discounted chips", {}, true),
        metric<R>("merchant.price", &T::merchant_price, "USD/chip"_u,
                  "What this buyer would pay the merchants for the work of one own chip (buy world)"),
        metric<R>("merchant.unit_cost", &T::merchant_cost, "USD/chip"_u,
                  "What the same work costs the merchant to make"),
        metric<R>("merchant.margin", &T::merchant_margin, "%"_u,
                  "Gross margin of the best offer to this buyer (buy world)"),
        metric<R>("merchant.list_price", &T::list_price, "USD/chip"_u, "List price of the reference merchant chip"),
        metric<R>("merchant.price_per_work", &T::price_per_work, "USD/chip"_u,
                  "Best offer for the work of one reference merchant chip (buy world)"),
        metric<R>("advantage.price_to_cost", &T::price_to_cost, "x"_u, "Merchant price over own unit cost"),
        metric<R>("advantage.cost_to_cost", &T::cost_to_cost, "x"_u, "Merchant's cost over own unit cost"),
        metric<R>("volume.break_even", &T::break_even, "Mchip"_u,
                  "Lifetime own chips at which making pays, at this quarter's price and unit cost", {}, true)};
}

template <class R> constexpr auto foundry_metrics() {
    using T = QuarterResults<R>;
    return std::tuple{
        metric<R>("foundry.wafers", &T::wafers, "wafer"_u, "Wafers started for the buyer in the quarter"),
        metric<R>("foundry.wafers_finished", &T::wafers_finished, "wafer"_u, "Wafers finished in the quarter"),
        metric<R>("foundry.wafers_scrapped", &T::wafers_scrapped, "wafer"_u, "Wafers lost in line in the quarter"),
        metric<R>("foundry.wafers_in_progress", &T::wafers_in_progress, "wafer"_u, "Wafers in the fab at its end"),
        metric<R>("foundry.wafers_available", &T::wafers_available, "wafer"_u,
                  "Wafers that the buyer's sites could start for it in the quarter"),
        metric<R>("foundry.wafers_unmet_minimum", &T::wafers_unmet_minimum, "wafer"_u,
                  "Wafers paid under take-or-pay but not started"),
        metric<R>("foundry.utilisation", &T::utilisation, "%"_u, "Started over available wafers"),
        metric<R>("foundry.profit", &T::foundry_profit, "MUSD"_u,
                  "What the foundries earn on the buyer's wafers over their cash cost in the quarter"),
        metric<R>("foundry.dies_good", &T::dies_good, "die"_u, "Good dies of the quarter"),
        metric<R>("foundry.dies_scrapped", &T::dies_scrapped, "die"_u, "Bad dies of the quarter"),
        metric<R>("foundry.dies_in_progress", &T::dies_in_progress, "die"_u, "Good dies in assembly at its end"),
        metric<R>("foundry.chips", &T::chips, "chip"_u, "Own chips shipped into stock in the quarter"),
        metric<R>("foundry.chips_scrapped", &T::chips_scrapped, "chip"_u, "Lost in assembly and final test"),
        metric<R>("foundry.chips_used", &T::chips_used, "chip"_u, "Own chips built into devices in the quarter"),
        metric<R>("foundry.chips_stock", &T::chips_stock, "chip"_u, "Own chips in stock at its end"),
        metric<R>("foundry.chips_written_off", &T::chips_written_off, "chip"_u,
                  "Own chips written off when their generation ended"),
        metric<R>("merchant.chips", &T::merchant_chips, "chip"_u, "Merchant chips bought in the make world"),
        metric<R>("merchant.chips_buy", &T::merchant_chips_buy, "chip"_u, "Merchant chips bought in the buy world")};
}

template <class R> constexpr auto deployment_metrics() {
    using T = QuarterResults<R>;
    return std::tuple{
        metric<R>("deploy.vehicles", &T::vehicles, "vehicle"_u, "Vehicles deployed in the quarter"),
        metric<R>("deploy.robots", &T::robots, "robot"_u, "Robots deployed in the quarter"),
        metric<R>("deploy.vehicles_buy", &T::vehicles_buy, "vehicle"_u, "Vehicles deployed in the buy world"),
        metric<R>("deploy.robots_buy", &T::robots_buy, "robot"_u, "Robots deployed in the buy world"),
        metric<R>("deploy.fleet_vehicles", &T::fleet_vehicles, "vehicle"_u, "Vehicles in service at its end"),
        metric<R>("deploy.fleet_robots", &T::fleet_robots, "robot"_u, "Robots in service at its end"),
        metric<R>("deploy.vehicles_retired", &T::vehicles_retired, "vehicle"_u, "Vehicles retired in the quarter"),
        metric<R>("deploy.robots_retired", &T::robots_retired, "robot"_u, "Robots retired in the quarter"),
        metric<R>("robot.price", &T::robot_price, "USD/robot"_u, "Price of a robot"),
        metric<R>("robot.bom", &T::robot_bom, "USD/robot"_u, "Bill of materials of a robot without compute"),
        metric<R>("labour.wage", &T::wage, "USD/worker/year"_u, "Median fully loaded cost of a worker", "region"),
        metric<R>("labour.break_even", &T::labour_break_even, "worker/robot"_u,
                  "Output of one robot, in workers, at which it costs as much as the labour it replaces", "region"),
        metric<R>("labour.undercut_share", &T::undercut, "%"_u, "Share of jobs where the robot is the cheaper one",
                  "region"),
        metric<R>("labour.displaced", &T::displaced, "worker"_u, "Workers' output delivered by the buyer's robots"),
        metric<R>("market.open", &T::market_open, "%"_u, "Share of the market that is open to devices with own chips",
                  "region"),
        metric<R>("adopters.vehicles", &T::adopters_vehicles, "vehicle"_u,
                  "Vehicles of other makers with newly in-house chips in the quarter"),
        metric<R>("merchant.revenue", &T::merchant_revenue, "MUSD"_u,
                  "Merchants' sales of the quarter to car makers and to the buyer, make world"),
        metric<R>("merchant.revenue_lost", &T::revenue_lost, "MUSD"_u,
                  "Merchants' sales of the quarter lost to the buyer's own chips and to the followers it caused"),
        metric<R>("merchant.revenue_lost_gone", &T::revenue_lost_gone, "MUSD"_u,
                  "already gone: programmes of other makers that exist whatever happens here"),
        metric<R>("merchant.revenue_lost_captive", &T::revenue_lost_captive, "MUSD"_u,
                  "incremental: the buyer's own purchases, buy world less make world"),
        metric<R>("merchant.revenue_lost_adopters", &T::revenue_lost_adopters, "MUSD"_u,
                  "all makers that go in-house in the make world"),
        metric<R>("merchant.revenue_lost_counterfactual", &T::revenue_lost_counterfactual, "MUSD"_u,
                  "makers that would have gone in-house in the buy world too")};
}

template <class R> constexpr auto system_metrics() {
    using T = QuarterResults<R>;
    return std::tuple{
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
        metric<R>("grid.queue", &T::grid_queue, "unit"_u, "Devices that wait for a transformer"),
        metric<R>("grid.deployable", &T::deployable, "unit"_u, "Devices that the streets let through in the quarter",
                  "region"),
        metric<R>("grid.shadow_price", &T::shadow_price, "USD/transformer"_u,
                  "Margin of the devices that one more transformer would let through, 0 when none waits"),
        metric<R>("grid.upgrade_cost", &T::grid_cost, "MUSD"_u, "Cost of those upgrades so far"),
        metric<R>("export.tpp", &T::tpp, "TPP"_u, "Total processing performance of the chip in use"),
        metric<R>("export.pd", &T::density, "TPP/mm^2"_u, "Performance density of the chip in use"),
        metric<R>("export.refusal", &T::refusal, "%"_u, "Probability that the rule in force refuses a product with it"),
        metric<R>("programme.tapeout", &T::tapeout, "year"_u, "Final tape-out of the first generation, decimal year"),
        metric<R>("programme.ramp", &T::ramp, "%"_u, "Share of devices meant to carry own chips"),
        metric<R>("resilience.onshore_share", &T::onshore_share, "%"_u,
                  "Share of the work in the quarter's devices that was made onshore"),
        metric<R>("strategy.npv", &T::path_npv, "MUSD"_u, "Net present value of a path at its decision", "path"),
        metric<R>("strategy.option_value", &T::path_option, "MUSD"_u, "Value of the option to take it", "path"),
        metric<R>("strategy.capex", &T::path_capex, "MUSD"_u, "Capital of the whole path", "path"),
        metric<R>("cash.make", &T::cash_make, "MUSD"_u, "Cash of the quarter in the make world"),
        metric<R>("cash.buy", &T::cash_buy, "MUSD"_u, "Cash of the quarter in the buy world"),
        metric<R>("npv.make_vs_buy", &T::npv, "MUSD"_u,
                  "Discounted difference of the two worlds' cash up to the quarter; the last one is the verdict"),
        metric<R>("binding", &T::binding, "1"_u, "1 in the quarters in which this constraint binds", "constraint"),
        metric<R>("slack", &T::slack, "%"_u, "Room that a constraint leaves, as a share of demand", "constraint")};
}

/// Every quarterly metric in the order of the reports.
template <class R> constexpr auto quarterly_metrics() {
    return std::tuple_cat(silicon_metrics<R>(), foundry_metrics<R>(), deployment_metrics<R>(), system_metrics<R>());
}

/// One simulated sample: quarters, and what belongs to the whole.
template <class R> struct Trajectory {
    std::vector<QuarterResults<R>> quarters;
    Money<R> npv{};            ///< of make against buy, to the end of the horizon
    Money<R> npv_with_tail{};  ///< the same with a fading perpetuity behind it
    Money<R> programme_cost{}; ///< present value of the programmes' one-off and sustaining cost
    R conservation_error{};    ///< largest relative gap between recorded flows and stocks
};

} // namespace autarky::model
