// autarky: devices of one programme: what is wanted, what is delivered, what is in service, by region.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/diffusion.hpp"
#include "market/labour.hpp"
#include "model/access.hpp"
#include "model/street.hpp"

namespace autarky::model {

/// Fleet of one programme.
template <class R> struct Fleet {
    std::vector<Units<R>> full, wanted, gated, delivered, service, queue, adopters; ///< by region
    std::vector<Power<R>> compute;    ///< power at work of the chips in service, by region
    Units<R> open{};                  ///< wanted in open markets, before other parts
    Units<R> limit{};                 ///< what other parts allow in the quarter
    Units<R> retired{}, output{};     ///< of the quarter; cumulative
    std::array<Units<R>, 2> recent{}; ///< wanted of the last two quarters

    void reset(std::size_t n_regions) {
        for (auto* column : {&full, &wanted, &gated, &delivered, &service, &queue, &adopters})
            column->assign(n_regions, Units<R>{});
        compute.assign(n_regions, Power<R>{});
        open = limit = retired = output = Units<R>{};
        recent.fill(Units<R>{});
    }

    /// Holds `wanted` to what other parts allow, every region alike.
    void hold_to_parts(const Units<R>& allowed) {
        limit = allowed;
        open = sum(wanted);
        const R share = min(ratio(allowed, open, R(1.0)), R(1.0));
        for (auto& units : wanted)
            units = units * share;
    }

    /// Delivers `share` of what the streets let through; `chip_power` is the power at work of one device's chips.
    void deliver(const R& share, const PowerPerUnit<R>& chip_power, const Duration<R>& life) {
        const R leaving = min(R(quarter_years) / life.raw(), R(1.0));
        retired = Units<R>{};
        for (std::size_t r = 0; r < service.size(); ++r) {
            delivered[r] = gated[r] * share;
            const Units<R> retiring = service[r] * leaving;
            service[r] = service[r] + delivered[r] - retiring;
            compute[r] = compute[r] * (R(1.0) - leaving) + delivered[r] * chip_power;
            retired += retiring;
        }
        output += sum(delivered);
        recent = {sum(wanted), recent[0]};
    }

    static Units<R> sum(const std::vector<Units<R>>& by_region) {
        Units<R> total{};
        for (const auto& units : by_region)
            total += units;
        return total;
    }
};

/// Vehicles wanted in the quarter, before and after closed markets and other parts.
template <class R>
void want_vehicles(const Scenario<R>& s, const market::VehicleProgramme<R>& p, const Access<R>& access, double t,
                   Fleet<R>& fleet) {
    const auto quarter = quantity<R>(quarter_years, "year"_u);
    const Units<R> all = p.volume.at(t) * quarter;
    for (std::size_t r = 0; r < s.region.size(); ++r) {
        fleet.full[r] = all * s.region[r].vehicle_share;
        fleet.wanted[r] = fleet.full[r] * access.open(r);
    }
    fleet.hold_to_parts(p.part_limit.at(t) * quarter);
}

/// What a robot costs, to make and to own.
template <class R> struct RobotPrice {
    UnitCost<R> bom{}, price{};
};

inline constexpr Formula robot_price_formula{
    "robot.price", "Price of a robot",
    "(bom + merchant compute)(1 + markup) - passed on x (merchant compute - own compute)", "Autarky"};

/// `merchant_compute` and `own_compute` are what its chips cost at the merchants' and in this world.
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
                                                 "workers x automatable x undercut share / output x open", "Autarky"};

/// Robots wanted from the buyer, by Bass diffusion toward a potential that is a share of labour.
template <class R>
void want_robots(const Scenario<R>& s, const market::RobotProgramme<R>& p, const Access<R>& access,
                 const std::vector<LabourCase<R>>& labour, double start, double end, Fleet<R>& fleet) {
    const R selling = clamp((R(end) - p.start.year) / R(end - start), R(0.0), R(1.0));
    for (std::size_t r = 0; r < s.region.size(); ++r) {
        const auto& region = s.region[r];
        const Workers<R> jobs = region.workforce * (region.automatable * labour[r].undercut);
        const auto output = max(labour[r].output, market::WorkersPerUnit<R>(R(1e-6)));
        const Units<R> closed_potential = jobs / output;
        const Units<R> potential =
            named(robot_potential_formula, Units<R>(closed_potential * access.open(r)), arg("jobs undercut", jobs),
                  arg("output", output), arg("open", access.open(r)));
        const auto dt = quantity<R>(quarter_years, "year"_u);
        const Units<R> all =
            market::bass_adoptions(p.innovation, p.imitation, fleet.adopters[r], potential, dt) * selling;
        const Units<R> uncut =
            market::bass_adoptions(p.innovation, p.imitation, fleet.adopters[r], closed_potential, dt) * selling;
        fleet.full[r] = uncut * p.market_share;
        fleet.wanted[r] = all * p.market_share;
        // The other makers deliver; the buyer's part is added when delivered. Worn-out robots free their place.
        const R leaving = min(R(quarter_years) / p.life.raw(), R(1.0));
        fleet.adopters[r] = fleet.adopters[r] * (R(1.0) - leaving) + all * (R(1.0) - p.market_share);
    }
    fleet.hold_to_parts(p.part_limit.at(0.5 * (start + end)) * quantity<R>(quarter_years, "year"_u));
}

} // namespace autarky::model
