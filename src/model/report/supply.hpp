// autarky: fills the results of the supply stage.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/report/view.hpp"
#include "model/results.hpp"

namespace autarky::model {

template <class R> void fill_sites(const ReportView<R>& v, SupplyResults<R>& out) {
    const std::size_t n = v.s.site.size();
    for (auto* one : {&out.site_capacity, &out.firm_of_others, &out.open_of_others})
        one->resize(n);
    out.market_price.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto& site = v.supply.sites()[i];
        const auto& capacity = (*v.now.capacity)[i];
        out.market_price[i] = site.market_price;
        out.site_capacity[i] = capacity.installed;
        out.firm_of_others[i] = capacity.firm + site.requests.merchants_firm;
        out.open_of_others[i] = capacity.open + site.requests.merchants_open;
    }
}

template <class R> void fill_outlets(const ReportView<R>& v, SupplyResults<R>& out) {
    const auto& lines = v.supply.lines();
    const std::size_t n = v.s.outlet.size() * lines.size();
    out.outlet_gain.resize(n);
    out.outlet_chips.resize(n);
    for (std::size_t o = 0; o < v.s.outlet.size(); ++o) {
        const auto& outlet = v.s.outlet[o];
        const auto& need = v.needs.outlets[o];
        const OutletWorth<R> worth(outlet, need, v.buy.offers(), v.now.q, v.now.middle);
        const Units<R> wanted = outlet.demand.at(v.now.middle) * quantity<R>(quarter_years, "year"_u);
        for (std::size_t l = 0; l < lines.size(); ++l) {
            const auto& chips = need.own[lines[l].chip][v.now.q];
            const UnitCost<R> gain = worth.gain(v.s.chip[lines[l].chip], lines[l], need, v.now.q, v.now.memory_price);
            out.outlet_gain[o * lines.size() + l] = gain * v.generations[lines[l].chip].later / chips;
            out.outlet_chips[o * lines.size() + l] = wanted * chips;
        }
    }
}

/// What rated orders take, from whom in either world, and what is paid.
template <class R> void fill_rated(const ReportView<R>& v, SupplyResults<R>& out) {
    const std::size_t n = v.s.site.size();
    for (auto* one : {&out.rated_wafers, &out.rated_own, &out.rated_merchants, &out.rated_others,
                      &out.rated_merchants_buy, &out.rated_others_buy})
        one->resize(n);
    out.rated_paid.resize(n);
    out.rated_income = Money<R>{};
    for (std::size_t i = 0; i < n; ++i) {
        const auto& capacity = (*v.now.capacity)[i];
        const auto& site = v.supply.sites()[i];
        const RatedFrom<R> in_buy(capacity, v.buy.requests()[i]);
        out.rated_wafers[i] = capacity.rated + capacity.rated_path;
        out.rated_paid[i] = site.rated_paid;
        out.rated_own[i] = site.rated_from.own;
        out.rated_merchants[i] = site.rated_from.merchants;
        out.rated_others[i] = site.rated_from.others;
        out.rated_merchants_buy[i] = in_buy.merchants;
        out.rated_others_buy[i] = in_buy.others;
        out.rated_income += site.rated_income;
    }
}

template <class R> void fill_back_ends(const ReportView<R>& v, SupplyResults<R>& out) {
    const auto& back_ends = v.back_ends.quarters();
    out.back_end_met.resize(back_ends.size());
    for (auto* one : {&out.back_end_held, &out.back_end_taken, &out.back_end_capacity, &out.back_end_reserved,
                      &out.back_end_firm, &out.back_end_open})
        one->resize(back_ends.size());
    for (std::size_t i = 0; i < back_ends.size(); ++i) {
        out.back_end_met[i] = back_ends[i].met;
        out.back_end_held[i] = back_ends[i].wanted * (R(1.0) - back_ends[i].met);
        out.back_end_taken[i] = back_ends[i].taken;
        out.back_end_capacity[i] = back_ends[i].installed;
        out.back_end_reserved[i] = back_ends[i].reserved;
        out.back_end_firm[i] = back_ends[i].firm;
        out.back_end_open[i] = back_ends[i].open;
    }
}

template <class R> void fill_supply(const ReportView<R>& v, SupplyResults<R>& out) {
    out.chips_needed.resize(v.s.chip.size());
    for (std::size_t g = 0; g < out.chips_needed.size(); ++g)
        out.chips_needed[g] = v.make.needed_now(g);
    const auto& lines = v.supply.lines();
    out.chips_a_wafer.resize(lines.size());
    out.passing.resize(lines.size());
    out.variable_cost.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out.chips_a_wafer[i] = lines[i].chips_per_started_wafer();
        out.passing[i] = lines[i].passing;
        out.variable_cost[i] = lines[i].variable_cost;
    }
    fill_sites<R>(v, out);
    fill_outlets<R>(v, out);
    fill_back_ends<R>(v, out);
    fill_rated<R>(v, out);
    out.device_margin = v.make.fleets().empty() ? UnitCost<R>{} : v.make.fleets().front().margin;
}

} // namespace autarky::model
