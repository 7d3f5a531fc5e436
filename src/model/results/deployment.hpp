// autarky: results of deployment: devices, what is not sold, labour, merchants and followers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantities.hpp"
#include "model/results/metric.hpp"
#include "model/sales.hpp"

namespace autarky::model {

template <class R> struct DeploymentResults {
    Units<R> vehicles, robots, fleet_vehicles, fleet_robots, vehicles_buy, robots_buy, vehicles_retired, robots_retired;
    Units<R> wanted, waited, waiting, wanted_buy, waiting_buy;
    std::array<Units<R>, n_causes> lost, held, lost_buy; // by cause
    UnitCost<R> robot_price, robot_bom;
    Workers<R> displaced;
    QuantityIn<"worker*h", R> work_hours, work_hours_buy;
    std::vector<QuantityIn<"worker/unit", R>> labour_break_even; // by region
    std::vector<Wage<R>> wage;                                   // by region
    std::vector<QuantityIn<"worker/unit", R>> output;            // by region
    std::vector<Workers<R>> potential;                           // by region
    std::vector<Units<R>> rival_robots;                          // by rival
    std::vector<R> robot_share;                                  // by region
    std::vector<R> undercut;                                     // by region
    std::vector<R> market_open;                                  // by region
    Units<R> adopters_vehicles, adopters_vehicles_buy, adopters_caused;
    std::vector<R> maker_share;         // by maker
    std::vector<Units<R>> maker_caused; // by maker
    Money<R> merchant_revenue, revenue_lost, revenue_lost_gone, revenue_lost_captive, revenue_lost_adopters,
        revenue_lost_counterfactual;
};

template <class R, class Take> void deployment_metrics(const Take& take) {
    using T = DeploymentResults<R>;
    each_of(
        take, metric<R>("deploy.vehicles", &T::vehicles, "vehicle"_u, "Vehicles deployed in the quarter"),
        metric<R>("deploy.robots", &T::robots, "robot"_u, "Robots deployed in the quarter"),
        metric<R>("deploy.vehicles_buy", &T::vehicles_buy, "vehicle"_u, "Vehicles deployed in the buy world"),
        metric<R>("deploy.robots_buy", &T::robots_buy, "robot"_u, "Robots deployed in the buy world"),
        metric<R>("deploy.fleet_vehicles", &T::fleet_vehicles, "vehicle"_u, "Vehicles in service at its end"),
        metric<R>("deploy.fleet_robots", &T::fleet_robots, "robot"_u, "Robots in service at its end"),
        metric<R>("deploy.vehicles_retired", &T::vehicles_retired, "vehicle"_u, "Vehicles retired in the quarter"),
        metric<R>("deploy.robots_retired", &T::robots_retired, "robot"_u, "Robots retired in the quarter"),
        metric<R>("sales.wanted", &T::wanted, "unit"_u, "Devices newly wanted in the quarter, all programmes"),
        metric<R>("sales.waited", &T::waited, "unit"_u, "Devices that waited from the quarter before"),
        metric<R>("sales.lost", &T::lost, "unit"_u,
                  "Devices lost in the quarter to a cause; wanted + waited = deployed + lost + waiting", "constraint"),
        metric<R>("sales.waiting_for", &T::held, "unit"_u, "Devices that wait at its end because of a cause",
                  "constraint"),
        metric<R>("sales.waiting", &T::waiting, "unit"_u, "Devices that wait at its end"),
        metric<R>("sales.wanted_buy", &T::wanted_buy, "unit"_u, "Devices newly wanted in the buy world"),
        metric<R>("sales.lost_buy", &T::lost_buy, "unit"_u, "Devices lost to a cause in the buy world", "constraint"),
        metric<R>("sales.waiting_buy", &T::waiting_buy, "unit"_u, "Devices that wait at its end in the buy world"),
        metric<R>("robot.price", &T::robot_price, "USD/robot"_u, "Price of a robot"),
        metric<R>("robot.bom", &T::robot_bom, "USD/robot"_u, "Bill of materials of a robot without compute"),
        metric<R>("labour.wage", &T::wage, "USD/worker/year"_u, "Median fully loaded cost of a worker", "region"),
        metric<R>("labour.break_even", &T::labour_break_even, "worker/robot"_u,
                  "Output of one robot, in workers, at which it costs as much as the labour it replaces", "region"),
        metric<R>("labour.undercut_share", &T::undercut, "%"_u,
                  "Share of the work that robots could do where they are the cheaper way", "region"),
        metric<R>("labour.output", &T::output, "worker/robot"_u,
                  "Output of one robot at the median task, in workers: as it rises, fewer robots do the same work",
                  "region"),
        metric<R>("labour.potential", &T::potential, "worker"_u,
                  "Work that the robots of all makers could take, in workers", "region"),
        metric<R>("robot.market_share", &T::robot_share, "%"_u,
                  "The buyer's share of robot sales, by what an hour of work costs from it and from rivals", "region"),
        metric<R>("rivals.robots", &T::rival_robots, "robot"_u,
                  "Robots that a rival sells in the quarter, all regions together", "rival"),
        metric<R>("labour.hours", &T::work_hours, "Mworker*h"_u,
                  "Hours of work that the buyer's robots deliver in the quarter"),
        metric<R>("labour.hours_buy", &T::work_hours_buy, "Mworker*h"_u, "the same in the buy world"),
        metric<R>("labour.displaced", &T::displaced, "worker"_u, "Workers' output delivered by the buyer's robots"),
        metric<R>("market.open", &T::market_open, "%"_u, "Share of the market that is open to the buyer's devices",
                  "region"),
        metric<R>("adopters.vehicles", &T::adopters_vehicles, "vehicle"_u,
                  "Vehicles of other makers with newly in-house chips in the quarter"),
        metric<R>("adopters.vehicles_buy", &T::adopters_vehicles_buy, "vehicle"_u, "the same in the buy world"),
        metric<R>("adopters.caused", &T::adopters_caused, "vehicle"_u,
                  "Vehicles of other makers that go in-house because the buyer did: make world less buy world"),
        metric<R>("adopters.share", &T::maker_share, "%"_u,
                  "Share of a maker's cars still open to it that carry a new own chip, make world", "maker"),
        metric<R>("adopters.caused_of", &T::maker_caused, "vehicle"_u,
                  "Vehicles of a maker that go in-house because the buyer did", "maker"),
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
                  "makers that would have gone in-house in the buy world too"));
}

} // namespace autarky::model
