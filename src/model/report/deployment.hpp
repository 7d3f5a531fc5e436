// autarky: fills the results of deployment: devices, what is not sold, labour, merchants and followers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/report/view.hpp"
#include "model/results.hpp"

namespace autarky::model {

inline constexpr Formula revenue_lost_formula{"merchant.revenue_lost", "Merchants' lost sales",
                                              "buyer's own purchases foregone + followers it caused", "Autarky"};
inline constexpr Formula caused_formula{"adopters.caused", "Vehicles that go in-house because the buyer did",
                                        "make world - buy world", "definition"};
inline constexpr Formula displaced_formula{"labour.displaced", "Workers' output delivered", "robots x output",
                                           "Autarky"};
inline constexpr Formula hours_formula{"labour.hours", "Hours of work delivered in the quarter",
                                       "robots x output x working hours / 4", "definition"};

/// A figure of the fleets [first, last) of a world.
template <class R, class Figure>
Units<R> of_fleets(const World<R>& world, std::size_t first, std::size_t last, Figure&& figure) {
    Units<R> sum{};
    for (std::size_t p = first; p < last; ++p)
        sum += figure(world.fleets()[p]);
    return sum;
}

template <class R> void fill_devices(const ReportView<R>& v, DeploymentResults<R>& out) {
    const std::size_t vehicles = v.s.vehicle.size();
    const std::size_t all = v.make.fleets().size();
    const auto deployed = [](const Fleet<R>& fleet) { return fleet.sales.deployed; };
    const auto service = [](const Fleet<R>& fleet) { return Fleet<R>::sum(fleet.service); };
    const auto retired = [](const Fleet<R>& fleet) { return fleet.retired; };
    out.vehicles = of_fleets(v.make, 0, vehicles, deployed);
    out.robots = of_fleets(v.make, vehicles, all, deployed);
    out.vehicles_buy = of_fleets(v.buy, 0, vehicles, deployed);
    out.robots_buy = of_fleets(v.buy, vehicles, all, deployed);
    out.fleet_vehicles = of_fleets(v.make, 0, vehicles, service);
    out.fleet_robots = of_fleets(v.make, vehicles, all, service);
    out.vehicles_retired = of_fleets(v.make, 0, vehicles, retired);
    out.robots_retired = of_fleets(v.make, vehicles, all, retired);
}

template <class R> void fill_sales(const ReportView<R>& v, DeploymentResults<R>& out) {
    const std::size_t all = v.make.fleets().size();
    const auto wanted = [](const Fleet<R>& fleet) { return fleet.sales.wanted; };
    out.wanted = of_fleets(v.make, 0, all, wanted);
    out.wanted_buy = of_fleets(v.buy, 0, all, wanted);
    out.waited = of_fleets(v.make, 0, all, [](const Fleet<R>& fleet) { return fleet.sales.waited; });
    out.waiting = out.waiting_buy = Units<R>{};
    for (std::size_t c = 0; c < n_causes; ++c) {
        const auto lost = [c](const Fleet<R>& fleet) { return fleet.sales.lost(c); };
        const auto waiting = [c](const Fleet<R>& fleet) { return fleet.sales.waiting(c); };
        out.lost[c] = of_fleets(v.make, 0, all, lost);
        out.held[c] = of_fleets(v.make, 0, all, waiting);
        out.lost_buy[c] = of_fleets(v.buy, 0, all, lost);
        out.waiting += out.held[c];
        out.waiting_buy += of_fleets(v.buy, 0, all, waiting);
    }
}

/// Work of a world's robots in the quarter: workers' output, and hours of people's work.
template <class R> struct WorkDone {
    Workers<R> workers{};
    QuantityIn<"worker*h", R> hours{};
};
template <class R> WorkDone<R> work_done(const ReportView<R>& v, const World<R>& world) {
    WorkDone<R> out;
    for (std::size_t i = 0; i < v.s.robot.size(); ++i)
        for (std::size_t r = 0; r < v.s.region.size(); ++r) {
            const Workers<R> work =
                world.fleets()[v.s.vehicle.size() + i].service[r] * v.now.labour->place(i, r).output;
            out.workers += work;
            out.hours += work * v.s.region[r].working_hours * R(quarter_years);
        }
    return out;
}

template <class R> void fill_labour(const ReportView<R>& v, DeploymentResults<R>& out) {
    out.robot_price = v.make.robot_prices().empty() ? UnitCost<R>{} : v.make.robot_prices()[0].price;
    out.robot_bom = v.make.robot_prices().empty() ? UnitCost<R>{} : v.make.robot_prices()[0].bom;
    const std::size_t n = v.s.region.size();
    out.wage.resize(n);
    out.labour_break_even.assign(n, market::WorkersPerUnit<R>{});
    out.undercut.assign(n, R(0.0));
    out.market_open.resize(n);
    out.output.assign(n, market::WorkersPerUnit<R>{});
    out.robot_share.assign(n, R(0.0));
    out.potential.assign(n, Workers<R>{});
    for (std::size_t r = 0; r < n; ++r) {
        out.market_open[r] = v.make.access().open(r);
        out.wage[r] = v.s.region[r].wage * v.now.growths->wage[r].factor;
        if (v.s.robot.size() == 0) continue; // else of the first robot programme
        const auto& labour = v.make.labour()[0][r];
        out.labour_break_even[r] = labour.break_even;
        out.undercut[r] = labour.undercut;
        out.robot_share[r] = labour.share;
        out.potential[r] = labour.potential;
        out.output[r] = v.now.labour->place(0, r).output;
    }
    const auto make = work_done(v, v.make);
    out.displaced = named(displaced_formula, make.workers, arg("robots in service", out.fleet_robots));
    out.work_hours = named(hours_formula, make.hours, arg("workers' output", make.workers));
    out.work_hours_buy = work_done(v, v.buy).hours;
}

/// Robots of each rival in the make world.
template <class R> void fill_rivals(const ReportView<R>& v, DeploymentResults<R>& out) {
    out.rival_robots.assign(v.s.rival.size(), Units<R>{});
    std::vector<R> shares;
    for (std::size_t i = 0; i < v.s.robot.size(); ++i)
        for (std::size_t r = 0; r < v.s.region.size(); ++r) {
            market::rival_shares<R>(v.s.robot[i].rivalry, v.now.labour->weights(),
                                    v.now.labour->place(i, r).rival_log_cost, shares);
            for (std::size_t k = 0; k < shares.size(); ++k)
                out.rival_robots[k] += v.make.fleets()[v.s.vehicle.size() + i].of_rivals[r] * shares[k];
        }
}

template <class R> void fill_makers(const ReportView<R>& v, DeploymentResults<R>& out) {
    const auto& make = v.make.makers();
    const auto& buy = v.buy.makers();
    const std::size_t n = v.s.maker.size();
    out.adopters_vehicles = make.vehicles();
    out.adopters_vehicles_buy = buy.vehicles();
    out.adopters_caused = named(caused_formula, Units<R>(make.vehicles() - buy.vehicles()),
                                arg("make world", make.vehicles()), arg("buy world", buy.vehicles()));
    out.maker_share.resize(n);
    out.maker_caused.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        out.maker_share[i] = make.share(i);
        out.maker_caused[i] = make.vehicles(i) - buy.vehicles(i);
    }
}

template <class R> void fill_merchants(const ReportView<R>& v, DeploymentResults<R>& out) {
    const auto& makers = v.make.makers();
    out.merchant_revenue = makers.market() - makers.revenue_gone() - makers.revenue_lost() + v.make.paid_to_merchants();
    fill_makers(v, out);
    out.revenue_lost_gone = makers.revenue_gone();
    out.revenue_lost_captive = v.buy.paid_to_merchants() - v.make.paid_to_merchants();
    out.revenue_lost_adopters = makers.revenue_lost();
    out.revenue_lost_counterfactual = v.buy.makers().revenue_lost();
    out.revenue_lost =
        named(revenue_lost_formula,
              Money<R>(out.revenue_lost_captive + out.revenue_lost_adopters - out.revenue_lost_counterfactual),
              arg("buyer's purchases foregone", out.revenue_lost_captive),
              arg("followers, make world", out.revenue_lost_adopters),
              arg("followers, buy world", out.revenue_lost_counterfactual));
}

} // namespace autarky::model
