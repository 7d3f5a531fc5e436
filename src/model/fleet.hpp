// autarky: devices of one programme: what is wanted, what waits and why, what is delivered and in service, by region.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "market/diffusion.hpp"
#include "model/access.hpp"
#include "model/labour_market.hpp"
#include "model/sales.hpp"

namespace autarky::model {

/// Fleet of one programme in one world.
template <class R> struct Fleet {
    std::vector<Units<R>> full, eligible, gated, delivered, service, backlog, adopters; ///< by region
    std::vector<Units<R>> of_rivals; ///< sold by other makers in the quarter, by region
    std::vector<Power<R>> compute;   ///< power at work of the chips in service, by region
    SalesLedger<Units<R>> sales;
    Units<R> retired{}, output{};     ///< of the quarter; cumulative
    Units<R> never_sold{};            ///< for want of a transformer, cumulative
    std::array<Units<R>, 2> recent{}; ///< wanted of the last two quarters
    UnitCost<R> margin{};             ///< of a device before its compute, in the quarter

    void reset(std::size_t n_regions) {
        for (auto* column : {&full, &eligible, &gated, &delivered, &service, &backlog, &adopters, &of_rivals})
            column->assign(n_regions, Units<R>{});
        compute.assign(n_regions, Power<R>{});
        sales = {};
        retired = output = never_sold = Units<R>{};
        recent.fill(Units<R>{});
        margin = UnitCost<R>{};
    }

    /// What is new and what waits, in open markets; the rest is lost to market access.
    void open_markets(const Access<R>& access) {
        sales.wanted = sum(full);
        sales.waited = sum(backlog);
        for (std::size_t r = 0; r < full.size(); ++r)
            eligible[r] = (full[r] + backlog[r]) * access.open(r);
        gated = eligible;
        sales.short_of.fill(Units<R>{});
        sales.lost_to_access = sales.wanted + sales.waited - sum(eligible);
    }
    /// Holds back what streets forbid to sell in region r.
    void block(std::size_t r, const R& share) {
        const Units<R> blocked = gated[r] * share;
        gated[r] -= blocked;
        sales.of(Cause::grid) += blocked;
    }
    /// Holds every region alike to what other parts allow.
    void hold_to_parts(const Units<R>& allowed) {
        const Units<R> before = sum(gated);
        const R share = min(ratio(allowed, before, R(1.0)), R(1.0));
        for (auto& units : gated)
            units = units * share;
        sales.of(Cause::parts) += before - sum(gated);
    }

    /// Delivers `share` of what is left; `chip_power` is the power at work of one device's chips. What is short waits, less
    /// `lost_share` of it.
    void deliver(const R& share, const PowerPerUnit<R>& chip_power, const Duration<R>& life, const R& lost_share) {
        const R leaving = min(R(quarter_years) / life.raw(), R(1.0));
        retired = Units<R>{};
        for (std::size_t r = 0; r < service.size(); ++r) {
            delivered[r] = gated[r] * share;
            backlog[r] = (eligible[r] - delivered[r]) * (R(1.0) - lost_share);
            const Units<R> retiring = service[r] * leaving;
            service[r] = service[r] + delivered[r] - retiring;
            compute[r] = compute[r] * (R(1.0) - leaving) + delivered[r] * chip_power;
            retired += retiring;
        }
        sales.deployed = sum(delivered);
        sales.lost_share = lost_share;
        output += sales.deployed;
        never_sold += sales.lost(static_cast<std::size_t>(Cause::grid));
        recent = {sales.wanted, recent[0]};
    }

    static Units<R> sum(const std::vector<Units<R>>& by_region) {
        Units<R> total{};
        for (const auto& units : by_region)
            total += units;
        return total;
    }
};

inline constexpr Formula vehicle_demand_formula{"vehicle.demand", "Vehicles wanted",
                                                "plan x (price now / price with bought compute)^-elasticity",
                                                "constant-elasticity demand"};

/// Vehicles wanted in the quarter: the plan holds at the price with bought compute; a saving that is passed on sells more.
/// `plan` is that of the quarter, `saving` the bought compute of a device less that of this world.
template <class R>
void want_vehicles(const Scenario<R>& s, const market::VehicleProgramme<R>& p, const Units<R>& plan,
                   const UnitCost<R>& saving, Fleet<R>& fleet) {
    const UnitCost<R> passed_on = saving * p.pass_through;
    const R relative = max(R(1.0) - passed_on / p.price, R(0.01));
    const Units<R> all = named(vehicle_demand_formula, Units<R>(plan * exp(-p.elasticity * log(relative))),
                               arg("plan", plan), arg("price passed on", passed_on), arg("elasticity", p.elasticity));
    R shares(0.0); // of all regions: normalised, so that every vehicle of the plan is wanted somewhere
    for (const auto& region : s.region.rows)
        shares += region.vehicle_share;
    for (std::size_t r = 0; r < s.region.size(); ++r)
        fleet.full[r] = all * ratio(s.region[r].vehicle_share, shares, R(0.0));
    fleet.margin = p.margin - passed_on;
}

/// What a robot costs, to make and to buy.
template <class R> struct RobotPrice {
    UnitCost<R> bom{}, price{};
};

inline constexpr Formula robot_price_formula{
    "robot.price", "Price of a robot",
    "(bom + merchant compute)(1 + markup) - passed on x (merchant compute - compute of this world)", "Autarky"};

/// `merchant_compute` is what a robot's compute costs where it is bought (buy world), `own_compute` in this world; `lost` the
/// share of each part that closed regions take.
template <class R>
RobotPrice<R> robot_price(const market::RobotProgramme<R>& p, const market::RobotBill<R>& bill, const Units<R>& output,
                          const std::vector<R>& lost, const UnitCost<R>& merchant_compute,
                          const UnitCost<R>& own_compute) {
    RobotPrice<R> out;
    out.bom = market::robot_bom(p, bill, output, lost);
    const UnitCost<R> saving = merchant_compute - own_compute;
    const UnitCost<R> price = (out.bom + merchant_compute) * (R(1.0) + p.markup) - saving * p.pass_through;
    out.price = named(robot_price_formula, max(price, quantity<R>(1.0, "USD/unit"_u)), arg("bom", out.bom),
                      arg("merchant compute", merchant_compute), arg("own compute", own_compute),
                      arg("markup", p.markup), arg("passed on", p.pass_through));
    return out;
}

/// Labour of one region against robots, the buyer's and its rivals'.
template <class R> struct LabourCase {
    market::YearlyCost<R> cost{}; ///< of the buyer's robot
    market::WorkersPerUnit<R> break_even{};
    R undercut{}, share{};  ///< of the work; the buyer's share of sales
    Workers<R> potential{}; ///< all makers' robots together
};

inline constexpr Formula robot_potential_formula{
    "robot.potential", "Work that robots could take in the region",
    "workers x automatable x undercut share x share at sites large enough x hours that a cheaper hour sells",
    "Autarky"};

/// `power` is that of a robot at work, compute included; `scale` multiplies all work. What the market's robots undercut
/// follows from what an hour of their work costs, the buyer's and its rivals' together.
template <class R>
LabourCase<R> labour_case(const Scenario<R>& s, const LabourMarket<R>& market, std::size_t robot, std::size_t region,
                          const UnitCost<R>& price, const PowerPerUnit<R>& power, const R& scale) {
    const auto& p = s.robot[robot];
    const auto& g = s.region[region];
    const auto& place = market.place(robot, region);
    LabourCase<R> out;
    out.cost = market::robot_yearly_cost(price, p, power, place.hours, g.energy_price, market.recovery(robot),
                                         place.supervision);
    out.break_even = market::break_even_output(out.cost, place.wage);
    const R log_cost = log(out.cost.raw());
    const auto split =
        market::split_market<R>(p.market_share, p.rivalry, log_cost, market.weights(), place.rival_log_cost);
    out.share = split.share;
    const R log_worth = place.log_worth - log_cost - split.log_price;
    out.undercut = market.undercut(robot, region, log_worth);
    const R at_sites = market::site_share(g, p.least_site, R(g.automatable * out.undercut));
    const R hours = market::cheaper_hours(log_worth, p.elasticity);
    out.potential = named(robot_potential_formula,
                          Workers<R>(g.workforce * (g.automatable * out.undercut * at_sites * hours * scale)),
                          arg("workers", g.workforce), arg("automatable", g.automatable), arg("undercut", out.undercut),
                          arg("at sites large enough", at_sites), arg("hours sold", hours));
    return out;
}

inline constexpr Formula robot_places_formula{"robot.places", "Robots that the work would take",
                                              "work / output of a robot", "definition"};

/// Robots wanted from the buyer, by Bass diffusion of all makers' robots toward the work that there is. Robots in place and
/// robots that wait for the buyer's chips are places taken; worn-out robots free theirs.
template <class R>
void want_robots(const Scenario<R>& s, const LabourMarket<R>& market, std::size_t robot,
                 const std::vector<LabourCase<R>>& labour, double start, double end, Fleet<R>& fleet) {
    const auto& p = s.robot[robot];
    const R selling = clamp((R(end) - p.start.year) / R(end - start), R(0.0), R(1.0));
    const auto dt = quantity<R>(quarter_years, "year"_u);
    const R leaving = min(R(quarter_years) / p.life.raw(), R(1.0));
    for (std::size_t r = 0; r < s.region.size(); ++r) {
        const auto& output = market.place(robot, r).output;
        // A robot without output takes no place.
        const Units<R> places = named(robot_places_formula, Units<R>(ratio(labour[r].potential, output, R(0.0))),
                                      arg("work", labour[r].potential), arg("output", output));
        const Units<R> taken = fleet.adopters[r] + fleet.backlog[r];
        const Units<R> all = market::bass_adoptions(p.innovation, p.imitation, taken, places, dt);
        fleet.full[r] = all * (labour[r].share * selling);
        fleet.of_rivals[r] = all - fleet.full[r];
        // Other makers deliver what is not the buyer's; its own part counts when delivered.
        fleet.adopters[r] = fleet.adopters[r] * (R(1.0) - leaving) + all - fleet.full[r];
    }
}

} // namespace autarky::model
