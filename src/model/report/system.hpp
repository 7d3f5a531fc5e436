// autarky: fills the results of the grid, of export rules, of the programme's dates, and of ways to more wafers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "grid/region/fleet_load.hpp"
#include "model/report/view.hpp"
#include "model/results.hpp"

namespace autarky::model {

inline constexpr Formula transformer_value_formula{
    "grid.shadow_price", "Value of one more street transformer",
    "margin of the devices not sold for want of one / transformers that wait", "Autarky"};
inline constexpr Formula onshore_formula{"resilience.onshore_share", "Onshore share of the chips in devices",
                                         "own chips made at home / all chips built in", "Autarky"};

/// Whose power it is. Only what the chip draws and what it induces differs between making and buying; streets bear
/// that and the driving that is new to them.
template <class R> void fill_ledger(const ReportView<R>& v, SystemResults<R>& out) {
    out.local_power = out.chip_power = out.induced_power = out.vehicle_power = out.baseline_power = Power<R>{};
    const std::size_t vehicles = v.s.vehicle.size();
    for (const auto& street : v.make.streets()) {
        const auto& g = street.grid();
        const auto& plan = street.plan();
        const auto r = static_cast<std::size_t>(g.region.index);
        Power<R> peak{};
        for (std::size_t i = 0; i < vehicles; ++i) {
            const auto& fleet = v.make.fleets()[i];
            const Power<R> chips = fleet.compute[r] * v.make.work_share()[i];
            const Power<R> induced = fleet.service[r] * g.induced_charging;
            out.chip_power += chips;
            out.induced_power += induced;
            out.vehicle_power += fleet.service[r] * plan.fresh;
            out.baseline_power += fleet.service[r] * (g.own_charging - plan.fresh);
            peak += autarky::grid::vehicle_peak(Power<R>(chips + induced), plan.concentration) * g.vehicles_at_home;
        }
        for (std::size_t i = 0; i < v.s.robot.size(); ++i) {
            const auto& fleet = v.make.fleets()[vehicles + i];
            out.chip_power += fleet.compute[r] * v.now.labour->place(i, r).hours.raw(); // as a share of the year
            peak +=
                autarky::grid::robot_peak(fleet.compute[r], fleet.service[r], v.s.robot[i].power) * g.robots_at_home;
        }
        out.local_power += peak * plan.local_share;
    }
}

/// What streets cost, who pays, how long it takes, and what comes late or never.
template <class R> void fill_street_costs(const ReportView<R>& v, SystemResults<R>& out) {
    out.storage_freed = out.never_sold = Units<R>{};
    out.unserved = Energy<R>{};
    out.cost_on_time = out.storage_cost = out.paid_utility = out.paid_customer = out.paid_buyer = Money<R>{};
    Units<R> waiting{};
    Duration<R> years{}; // sum over regions of the years of each, by its units
    for (const auto& street : v.make.streets()) {
        const auto paid = street.paid();
        out.paid_utility += paid.utility;
        out.paid_customer += paid.customer;
        out.paid_buyer += paid.buyer;
        out.storage_freed += street.freed();
        out.storage_cost += street.storage_cost();
        out.unserved += street.unserved();
        out.cost_on_time += street.grid().upgrade_cost * street.needed();
        waiting += street.waiting();
        years += street.years_to_ready() * street.waiting().raw();
    }
    const auto some = waiting >= Units<R>(R(1.0));
    out.years_to_ready = select(some, Duration<R>(years / max(waiting.raw(), R(1.0))), Duration<R>{});
    for (const auto& fleet : v.make.fleets())
        out.never_sold += fleet.never_sold;
}

template <class R> void fill_grid(const ReportView<R>& v, SystemResults<R>& out) {
    out.average_power = v.make.average_power();
    out.coincident_power = v.make.system_power();
    out.energy = v.make.average_power() * quantity<R>(quarter_years, "year"_u);
    fill_ledger(v, out);
    Units<R> upgraded{};
    Units<R> ageing{};
    Units<R> waiting{};
    Units<R> queue{};
    Units<R> below_wish{};
    Money<R> cost{};
    fill_street_costs(v, out);
    out.deployable.assign(v.s.region.size(), Units<R>{});
    for (const auto& fleet : v.make.fleets())
        for (std::size_t r = 0; r < v.s.region.size(); ++r)
            out.deployable[r] += fleet.gated[r];
    for (const auto& street : v.make.streets()) {
        waiting += street.waiting();
        ageing += street.ageing();
        upgraded += street.upgraded();
        queue += street.queue();
        below_wish += street.below_wish();
        cost += street.grid().upgrade_cost * street.upgraded();
    }
    out.transformers_overloaded = waiting;
    out.grid_ageing = ageing;
    out.transformers_upgraded = upgraded;
    out.grid_queue = queue;
    out.below_wish = below_wish;
    out.grid_cost = cost;
    // Waiting devices a waiting unit is what one more unit lets through.
    Money<R> margin{};
    for (const auto& fleet : v.make.fleets())
        margin += fleet.sales.short_of[static_cast<std::size_t>(Cause::grid)] * fleet.margin;
    const auto some = waiting >= Units<R>(R(1.0));
    const UnitCost<R> price = margin / max(waiting, Units<R>(R(1.0)));
    out.shadow_price = named(transformer_value_formula, select(some, price, UnitCost<R>{}),
                             arg("margin of waiting devices", margin), arg("waiting transformers", waiting));
}

template <class R> void fill_policy(const ReportView<R>& v, SystemResults<R>& out) {
    const std::size_t q = v.now.q;
    out.tpp = Performance<R>{};
    out.density = PerformanceDensity<R>{};
    out.refusal = R(0.0);
    Chips<R> onshore{};
    Chips<R> all{};
    for (std::size_t g = 0; g < v.generations.size(); ++g) {
        const auto& licence = v.now.licences->products[g];
        const R weight = use_weight(v.generations, g, q);
        out.tpp += licence.tpp * weight;
        out.density += licence.density * weight;
        out.refusal += licence.refusal * weight;
        onshore += v.supply.used_from_home(g);
        all += v.make.used()[g];
    }
    for (const auto& chips : v.make.bought())
        all += chips;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    out.tapeout = Duration<R>(R(0.0));
    out.first_chips = Duration<R>(R(none));
    if (!v.generations.empty()) {
        const auto& first = v.generations[0].schedule;
        out.tapeout = Duration<R>(first.final_tapeout);
        out.first_chips = Duration<R>(select(first.cancelled, R(none), first.first_chips));
    }
    out.ramp = own_share(v.generations, q);
    out.onshore_share = named(onshore_formula, ratio(onshore, all, R(0.0)), arg("own chips made at home", onshore),
                              arg("chips built in", all));
}

template <class R> void fill_paths(const ReportView<R>& v, SystemResults<R>& out) {
    out.path_npv.resize(v.s.path.size());
    out.path_option.resize(v.s.path.size());
    out.path_capex.resize(v.s.path.size());
    for (std::size_t i = 0; i < v.s.path.size(); ++i) {
        out.path_npv[i] = v.path_values[i].npv;
        out.path_option[i] = v.path_values[i].option;
        out.path_capex[i] = v.path_values[i].capex;
    }
}

} // namespace autarky::model
