// autarky: what a quarter's state means as results.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "foundry/expansion.hpp"
#include "model/world.hpp"

namespace autarky::model {

inline constexpr Formula weighted_formula{"model.in_use", "Of the chip in use",
                                          "generations and lines weighted by planned share", "Autarky"};
inline constexpr Formula revenue_lost_formula{"merchant.revenue_lost", "Merchants' lost sales",
                                              "buyer's own purchases foregone + followers it caused", "Autarky"};
inline constexpr Formula displaced_formula{"labour.displaced", "Workers' output delivered", "robots x output",
                                           "Autarky"};
inline constexpr Formula advantage_formula{"advantage.price_to_cost", "Merchant price over own unit cost",
                                           "price / unit cost", "definition"};
inline constexpr Formula cost_advantage_formula{"advantage.cost_to_cost", "Merchant's cost over own unit cost",
                                                "merchant's cost / unit cost", "definition"};
inline constexpr Formula transformer_value_formula{"grid.shadow_price", "Value of one more street transformer",
                                                   "margin of the devices that wait / transformers that wait",
                                                   "Autarky"};
inline constexpr Formula onshore_formula{"resilience.onshore_share", "Onshore share of work",
                                         "own chips made at home / all work delivered", "Autarky"};

/// Fills the results of one quarter from the state of both worlds. Nothing flows back.
template <class R> struct Reporter {
    const Scenario<R>& s;
    const Timeline& time;
    const std::vector<Generation<R>>& generations;
    const Supply<R>& supply;
    const World<R>& make;
    const World<R>& buy;
    const Growths<R>& growths;
    const ExportFigures<R>& figures;
    const std::vector<foundry::PathValue<R>>& path_values;
    const ChipCost<R>& unit_cost;

    void fill(std::size_t q, QuarterResults<R>& out) const {
        silicon(q, out);
        prices(out);
        wafers(out);
        chips(out);
        devices(out);
        merchants(out);
        grid(out);
        policy(q, out);
        paths(out);
        constraints(q, out);
    }

private:
    void silicon(std::size_t q, QuarterResults<R>& out) const {
        DiesPerWafer<R> gross{};
        R yield(0.0);
        DieCost<R> die{};
        Area<R> area{};
        for (std::size_t g = 0; g < generations.size(); ++g)
            area += s.chip[g].width * s.chip[g].height * use_weight(generations, g, q);
        for (const auto& line : supply.lines()) {
            const R weight = line.share * use_weight(generations, line.chip, q);
            gross += line.gross * weight;
            yield += line.yield * weight;
            die += line.good_die_cost * weight;
        }
        out.gross_dies = gross;
        out.yield = yield;
        out.good_die_cost = die;
        out.die_area = area;
        out.unit_cost = named(weighted_formula, unit_cost);
    }

    void prices(QuarterResults<R>& out) const {
        const auto& offer = buy.offer();
        out.price_per_work = offer.price;
        out.list_price = offer.list;
        out.merchant_price = buy.merchant_compute();
        out.merchant_margin = R(1.0) - offer.cost / offer.price;
        out.merchant_cost = (offer.cost + offer.memory) * buy.equivalents();
        out.price_to_cost = named(advantage_formula, R(out.merchant_price / out.unit_cost),
                                  arg("merchant price", out.merchant_price), arg("unit cost", out.unit_cost));
        out.cost_to_cost = named(cost_advantage_formula, R(out.merchant_cost / out.unit_cost),
                                 arg("merchant's cost", out.merchant_cost), arg("unit cost", out.unit_cost));
    }

    void wafers(QuarterResults<R>& out) const {
        out.wafers = out.wafers_finished = out.wafers_scrapped = out.wafers_in_progress = Wafers<R>{};
        out.wafers_available = out.wafers_unmet_minimum = Wafers<R>{};
        out.foundry_profit = Money<R>{};
        for (const auto& line : supply.lines()) {
            out.wafers += line.started;
            out.wafers_finished += line.finished;
            out.wafers_scrapped += line.scrapped;
            out.wafers_in_progress += line.fab.in_progress();
        }
        for (std::size_t i = 0; i < s.site.size(); ++i) {
            const auto& site = supply.sites()[i];
            out.wafers_available += site.available;
            out.wafers_unmet_minimum += site.unmet;
            const WaferPrice<R> cash_cost = site.market_price * s.site[i].cash_cost_share;
            out.foundry_profit += site.paid * site.price - site.started * cash_cost;
        }
        out.utilisation = ratio(out.wafers, out.wafers_available, R(0.0));
    }

    void chips(QuarterResults<R>& out) const {
        out.dies_good = out.dies_scrapped = out.dies_in_progress = Dies<R>{};
        out.chips = out.chips_scrapped = out.chips_stock = out.chips_used = out.chips_written_off = Chips<R>{};
        for (const auto& line : supply.lines()) {
            out.dies_good += line.good;
            out.dies_scrapped += line.bad;
            out.dies_in_progress += line.assembly.in_progress();
            out.chips += line.shipped;
            out.chips_scrapped += line.failed;
        }
        for (std::size_t g = 0; g < s.chip.size(); ++g) {
            out.chips_stock += supply.stock(g);
            out.chips_used += make.used()[g];
            out.chips_written_off += supply.written_off(g);
        }
        out.merchant_chips = make.bought();
        out.merchant_chips_buy = buy.bought();
    }

    static Units<R> delivered(const std::vector<Fleet<R>>& fleets) {
        Units<R> sum{};
        for (const auto& fleet : fleets)
            sum += Fleet<R>::sum(fleet.delivered);
        return sum;
    }
    static Units<R> service(const std::vector<Fleet<R>>& fleets) {
        Units<R> sum{};
        for (const auto& fleet : fleets)
            sum += Fleet<R>::sum(fleet.service);
        return sum;
    }
    static Units<R> retired(const std::vector<Fleet<R>>& fleets) {
        Units<R> sum{};
        for (const auto& fleet : fleets)
            sum += fleet.retired;
        return sum;
    }

    void devices(QuarterResults<R>& out) const {
        out.vehicles = delivered(make.vehicles());
        out.robots = delivered(make.robots());
        out.vehicles_buy = delivered(buy.vehicles());
        out.robots_buy = delivered(buy.robots());
        out.fleet_vehicles = service(make.vehicles());
        out.fleet_robots = service(make.robots());
        out.vehicles_retired = retired(make.vehicles());
        out.robots_retired = retired(make.robots());
        out.robot_price = make.robot_prices().empty() ? UnitCost<R>{} : make.robot_prices()[0].price;
        out.robot_bom = make.robot_prices().empty() ? UnitCost<R>{} : make.robot_prices()[0].bom;
        const std::size_t n = s.region.size();
        out.wage.resize(n);
        out.labour_break_even.assign(n, market::WorkersPerUnit<R>{});
        out.undercut.assign(n, R(0.0));
        out.market_open.resize(n);
        Workers<R> displaced{};
        for (std::size_t r = 0; r < n; ++r) {
            out.market_open[r] = make.access().open(r);
            out.wage[r] = s.region[r].wage * growths.wage[r].factor;
            for (std::size_t i = make.robots().size(); i-- > 0;) {
                const auto& labour = make.labour()[i][r];
                out.labour_break_even[r] = labour.break_even; // of the first robot programme
                out.undercut[r] = labour.undercut;
                displaced += make.robots()[i].service[r] * labour.output;
            }
        }
        out.displaced = named(displaced_formula, displaced, arg("robots in service", out.fleet_robots));
    }

    void merchants(QuarterResults<R>& out) const {
        out.merchant_revenue = make.makers().market() - make.makers().revenue_gone() - make.makers().revenue_lost() +
                               make.bought() * make.offer().price;
        out.adopters_vehicles = make.makers().vehicles();
        out.revenue_lost_gone = make.makers().revenue_gone();
        const auto& price = buy.offer().price;
        out.revenue_lost_captive = buy.bought() * price - make.bought() * make.offer().price;
        out.revenue_lost_adopters = make.makers().revenue_lost();
        out.revenue_lost_counterfactual = buy.makers().revenue_lost();
        out.revenue_lost =
            named(revenue_lost_formula,
                  Money<R>(out.revenue_lost_captive + out.revenue_lost_adopters - out.revenue_lost_counterfactual),
                  arg("buyer's purchases foregone", out.revenue_lost_captive),
                  arg("followers, make world", out.revenue_lost_adopters),
                  arg("followers, buy world", out.revenue_lost_counterfactual));
    }

    /// Whose power it is. Only what the chip draws and what it induces differs between making and buying; streets bear
    /// that and the driving that is new to them.
    void ledger(QuarterResults<R>& out) const {
        out.local_power = out.chip_power = out.induced_power = out.vehicle_power = out.baseline_power = Power<R>{};
        for (const auto& street : make.streets()) {
            const auto& g = street.grid();
            const auto& plan = street.plan();
            const auto r = static_cast<std::size_t>(g.region.index);
            Power<R> peak{};
            for (std::size_t i = 0; i < make.vehicles().size(); ++i) {
                const auto& fleet = make.vehicles()[i];
                const Power<R> chips = fleet.compute[r] * make.work_share()[i];
                const Power<R> induced = fleet.service[r] * g.induced_charging;
                out.chip_power += chips;
                out.induced_power += induced;
                out.vehicle_power += fleet.service[r] * plan.fresh;
                out.baseline_power += fleet.service[r] * (g.own_charging - plan.fresh);
                peak += autarky::grid::vehicle_peak(Power<R>(chips + induced), plan.concentration) * g.vehicles_at_home;
            }
            for (std::size_t i = 0; i < make.robots().size(); ++i) {
                const auto& fleet = make.robots()[i];
                out.chip_power += fleet.compute[r] * s.robot[i].duty;
                peak +=
                    autarky::grid::robot_peak(fleet.compute[r], fleet.service[r], s.robot[i].power) * g.robots_at_home;
            }
            out.local_power += peak * plan.local_share;
        }
    }

    void grid(QuarterResults<R>& out) const {
        out.average_power = make.average_power();
        out.coincident_power = make.system_power();
        out.energy = make.average_power() * quantity<R>(quarter_years, "year"_u);
        ledger(out);
        Units<R> upgraded{};
        Units<R> ageing{};
        Units<R> waiting{};
        Units<R> queue{};
        Money<R> cost{};
        out.deployable.assign(s.region.size(), Units<R>{});
        for (const auto* fleets : {&make.vehicles(), &make.robots()})
            for (const auto& fleet : *fleets)
                for (std::size_t r = 0; r < s.region.size(); ++r)
                    out.deployable[r] += fleet.gated[r];
        for (const auto& street : make.streets()) {
            waiting += street.waiting();
            ageing += street.ageing();
            upgraded += street.upgraded();
            queue += street.queue();
            cost += street.grid().upgrade_cost * street.upgraded();
        }
        out.transformers_overloaded = waiting;
        out.grid_ageing = ageing;
        out.transformers_upgraded = upgraded;
        out.grid_queue = queue;
        out.grid_cost = cost;
        // Waiting devices a waiting unit is what one more unit lets through.
        const Money<R> margin = make.waiting_margin();
        const auto some = waiting >= Units<R>(R(1.0));
        const UnitCost<R> price = margin / max(waiting, Units<R>(R(1.0)));
        out.shadow_price = named(transformer_value_formula, select(some, price, UnitCost<R>{}),
                                 arg("margin of waiting devices", margin), arg("waiting transformers", waiting));
    }

    void policy(std::size_t q, QuarterResults<R>& out) const {
        out.tpp = figures.tpp;
        out.density = figures.density;
        out.refusal = figures.refusal;
        out.tapeout = Duration<R>(generations.empty() ? R(0.0) : generations[0].schedule.final_tapeout);
        out.ramp = own_share(generations, q);
        Chips<R> onshore{};
        for (std::size_t g = 0; g < generations.size(); ++g)
            onshore += supply.used_from_home(g) * generations[g].relative_work;
        out.onshore_share = named(onshore_formula, ratio(onshore, make.work().delivered, R(0.0)),
                                  arg("onshore work", onshore), arg("work delivered", make.work().delivered));
    }

    void paths(QuarterResults<R>& out) const {
        out.path_npv.resize(s.path.size());
        out.path_option.resize(s.path.size());
        out.path_capex.resize(s.path.size());
        for (std::size_t i = 0; i < s.path.size(); ++i) {
            out.path_npv[i] = path_values[i].npv;
            out.path_option[i] = path_values[i].option;
            out.path_capex[i] = path_values[i].capex;
        }
    }

    /// The constraint that takes most of the work that customers want binds; demand binds when nothing else takes any.
    void constraints(std::size_t q, QuarterResults<R>& out) const {
        const auto& w = make.work();
        const Chips<R> nothing{};
        const R mostly_own = select(own_share(generations, q) >= R(0.5), R(1.0), R(0.0));
        const Chips<R> by_chips = max(w.gated - w.delivered, nothing);
        std::array<Chips<R>, n_constraints> lost{};
        const auto at = [](Constraint c) { return static_cast<std::size_t>(c); };
        lost[at(Constraint::market_access)] = max(w.full - w.open, nothing);
        lost[at(Constraint::parts)] = max(w.open - w.parts, nothing);
        lost[at(Constraint::grid)] = max(w.parts - w.gated, nothing);
        lost[at(Constraint::chips)] = by_chips * mostly_own;
        lost[at(Constraint::programme)] = by_chips * (R(1.0) - mostly_own);
        constexpr double noticeable = 1e-3; // a loss under 0.1 % of demand binds nobody
        lost[at(Constraint::demand)] = w.full * R(noticeable);
        std::array<R, n_constraints> room{};
        room[at(Constraint::demand)] = ratio(max(w.full - w.delivered, nothing), w.full, R(0.0));
        room[at(Constraint::market_access)] = ratio(w.open, w.full, R(1.0));
        room[at(Constraint::parts)] = ratio(max(w.part_room - w.parts, nothing), w.full, R(0.0));
        room[at(Constraint::grid)] = ratio(w.gated, w.parts, R(1.0));
        room[at(Constraint::chips)] = ratio(max(w.chip_room - w.delivered, nothing), w.full, R(0.0));
        room[at(Constraint::programme)] = room[at(Constraint::chips)];
        R found(0.0);
        for (std::size_t c = 0; c < n_constraints; ++c) {
            R largest(1.0);
            for (std::size_t other = 0; other < n_constraints; ++other) {
                // At a tie the earlier name wins, so exactly one binds.
                const auto wins = other < c ? lost[c] > lost[other] : lost[c] >= lost[other];
                largest = largest * select(wins, R(1.0), R(0.0));
            }
            out.binding[c] = largest;
            found += largest;
            out.slack[c] = room[c];
        }
    }
};

} // namespace autarky::model
