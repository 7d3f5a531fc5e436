// autarky: devices of one programme: what is wanted, what waits and why, what is delivered and in service, by region.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "market/diffusion.hpp"
#include "market/labour.hpp"
#include "model/access.hpp"
#include "model/sales.hpp"

namespace autarky::model {

/// Fleet of one programme in one world.
template <class R> struct Fleet {
    std::vector<Units<R>> full, eligible, gated, delivered, service, backlog, adopters; ///< by region
    std::vector<Power<R>> compute; ///< power at work of the chips in service, by region
    SalesLedger<Units<R>> sales;
    Units<R> retired{}, output{};     ///< of the quarter; cumulative
    std::array<Units<R>, 2> recent{}; ///< wanted of the last two quarters
    UnitCost<R> margin{};             ///< of a device before its compute, in the quarter

    void reset(std::size_t n_regions) {
        for (auto* column : {&full, &eligible, &gated, &delivered, &service, &backlog, &adopters})
            column->assign(n_regions, Units<R>{});
        compute.assign(n_regions, Power<R>{});
        sales = {};
        retired = output = Units<R>{};
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
/// `saving` is the bought compute of a device less that of this world.
template <class R>
void want_vehicles(const Scenario<R>& s, const market::VehicleProgramme<R>& p, const R& scale, double t,
                   const UnitCost<R>& saving, Fleet<R>& fleet) {
    const Units<R> plan = p.volume.at(t) * quantity<R>(quarter_years, "year"_u) * scale;
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

/// What a robot costs, to make and to own.
template <class R> struct RobotPrice {
    UnitCost<R> bom{}, price{};
};

inline constexpr Formula robot_price_formula{
    "robot.price", "Price of a robot",
    "(bom + merchant compute)(1 + markup) - passed on x (merchant compute - compute of this world)", "Autarky"};

/// `merchant_compute` is what a robot's compute costs where it is bought (buy world), `own_compute` in this world.
template <class R>
RobotPrice<R> robot_price(const market::RobotProgramme<R>& p, const R& bom_exponent, const Units<R>& output,
                          const R& parts_lost, const UnitCost<R>& merchant_compute, const UnitCost<R>& own_compute) {
    RobotPrice<R> out;
    out.bom = market::robot_bom(p, bom_exponent, output, parts_lost);
    const UnitCost<R> saving = merchant_compute - own_compute;
    const UnitCost<R> price = (out.bom + merchant_compute) * (R(1.0) + p.markup) - saving * p.pass_through;
    out.price = named(robot_price_formula, max(price, quantity<R>(1.0, "USD/unit"_u)), arg("bom", out.bom),
                      arg("merchant compute", merchant_compute), arg("own compute", own_compute),
                      arg("markup", p.markup), arg("passed on", p.pass_through));
    return out;
}

/// Labour of one region against a robot.
template <class R> struct LabourCase {
    market::WorkersPerUnit<R> break_even{}, output{};
    R undercut{};
};

template <class R>
LabourCase<R> labour_case(const market::Region<R>& g, const market::RobotProgramme<R>& p, const UnitCost<R>& price,
                          const PowerPerUnit<R>& compute_power, const PerYear<R>& recovery, const R& wage_factor,
                          double t) {
    const auto cost =
        market::robot_yearly_cost(price, p, PowerPerUnit<R>(p.power + compute_power), g.energy_price, recovery);
    const Wage<R> wage = market::wage_after(g, wage_factor);
    LabourCase<R> out;
    out.break_even = market::break_even_output(cost, wage);
    out.output = market::robot_output(p.productivity.at(t), p.duty, g.working_hours);
    out.undercut = market::undercut_share(cost, wage, out.output, g.wage_shape);
    return out;
}

inline constexpr Formula robot_potential_formula{"robot.potential", "Robots that could work in the region",
                                                 "workers x automatable x undercut share / output", "Autarky"};

/// Robots wanted from the buyer, by Bass diffusion toward a potential that is a share of labour.
template <class R>
void want_robots(const Scenario<R>& s, const market::RobotProgramme<R>& p, const R& scale,
                 const std::vector<LabourCase<R>>& labour, double start, double end, Fleet<R>& fleet) {
    const R selling = clamp((R(end) - p.start.year) / R(end - start), R(0.0), R(1.0));
    for (std::size_t r = 0; r < s.region.size(); ++r) {
        const auto& region = s.region[r];
        const Workers<R> jobs = region.workforce * (region.automatable * labour[r].undercut * scale);
        const auto output = max(labour[r].output, market::WorkersPerUnit<R>(R(1e-6)));
        const Units<R> potential =
            named(robot_potential_formula, Units<R>(jobs / output), arg("jobs undercut", jobs), arg("output", output));
        const auto dt = quantity<R>(quarter_years, "year"_u);
        const Units<R> all =
            market::bass_adoptions(p.innovation, p.imitation, fleet.adopters[r], potential, dt) * selling;
        fleet.full[r] = all * p.market_share;
        // The other makers deliver; the buyer's part is added when delivered. Worn-out robots free their place.
        const R leaving = min(R(quarter_years) / p.life.raw(), R(1.0));
        fleet.adopters[r] = fleet.adopters[r] * (R(1.0) - leaving) + all * (R(1.0) - p.market_share);
    }
}

} // namespace autarky::model
