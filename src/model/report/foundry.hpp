// autarky: fills the results of the foundry stage.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/report/named_rows.hpp"
#include "model/report/view.hpp"
#include "model/results.hpp"

namespace autarky::model {

inline constexpr Formula started_formula{"foundry.started", "Wafers started for the buyer's devices",
                                         "sum over the sites that make own chips", "definition"};
inline constexpr Formula site_started_formula{"foundry.site_started", "Wafers started at a site",
                                              "sum over the chips that are made there", "definition"};

/// Whether a site is planned to make own chips.
template <class R> bool makes_own(const ReportView<R>& v, std::size_t site) {
    for (const auto& line : v.supply.lines())
        if (line.site == site) return true;
    return false;
}

/// Names what is started by site, and at a site by chip: for `explain` alone.
template <class R> void name_started(const ReportView<R>& v, FoundryResults<R>& out) {
    std::vector<bool> is_told(v.s.site.size());
    for (std::size_t i = 0; i < is_told.size(); ++i) {
        is_told[i] = makes_own(v, i);
        if (!is_told[i]) continue;
        std::vector<Wafers<R>> by_chip(v.s.chip.size());
        std::vector<bool> is_made(by_chip.size());
        for (const auto& line : v.supply.lines()) {
            if (line.site != i) continue;
            by_chip[line.chip] += line.started;
            is_made[line.chip] = true;
        }
        out.site_started[i] = named_rows(site_started_formula, out.site_started[i], v.s.chip.names, by_chip, is_made);
    }
    out.wafers = named_rows(started_formula, out.wafers, v.s.site.names, out.site_started, is_told);
}

template <class R> void fill_wafers_by_site(const ReportView<R>& v, FoundryResults<R>& out) {
    const std::size_t n = v.s.site.size();
    for (auto* one : {&out.site_scrapped, &out.site_in_progress, &out.site_unmet_minimum})
        one->assign(n, Wafers<R>{});
    out.site_started.resize(n);
    out.site_finished.resize(n);
    out.site_cost.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto& site = v.supply.sites()[i];
        out.site_started[i] = site.started;
        out.site_finished[i] = site.finished;
        out.site_cost[i] = site.started * site.price;
    }
    for (const auto& line : v.supply.lines()) {
        out.site_scrapped[line.site] += line.scrapped;
        out.site_in_progress[line.site] += line.fab.in_progress();
    }
    out.site_to_outlets = v.outlets.by_site;
    if constexpr (std::is_same_v<R, Traced>) name_started(v, out);
}

template <class R> void fill_wafers(const ReportView<R>& v, FoundryResults<R>& out) {
    out.wafers = out.wafers_finished = out.wafers_scrapped = out.wafers_in_progress = Wafers<R>{};
    out.wafers_available = out.wafers_unmet_minimum = out.wafers_short = Wafers<R>{};
    for (const auto& line : v.supply.lines()) {
        out.wafers += line.started;
        out.wafers_finished += line.finished;
        out.wafers_scrapped += line.scrapped;
        out.wafers_in_progress += line.fab.in_progress();
    }
    fill_wafers_by_site(v, out);
    out.site_profit.resize(v.s.site.size());
    out.site_filled.resize(v.s.site.size());
    for (std::size_t i = 0; i < v.s.site.size(); ++i) {
        const auto& site = v.supply.sites()[i];
        if (makes_own(v, i)) out.wafers_available += site.requests.available((*v.now.capacity)[i]);
        out.site_profit[i] = site.profit;
        out.site_filled[i] = site.filled;
    }
    for (const auto& line : v.supply.lines())
        out.wafers_short += v.supply.short_of_wafers(line.chip) * line.share / line.chips_per_started_wafer();
    out.settled_make = Money<R>{};
    for (std::size_t c = 0; c < v.s.contract.size(); ++c) {
        const auto& commitment = v.supply.contracts()[c];
        const Money<R> taken = v.supply.contracts().taken(c, v.supply.sites()) + v.outlets.taken[c];
        const Wafers<R> unmet = Wafers<R>(max(commitment.minimum - taken, Money<R>{}) / commitment.price);
        out.wafers_unmet_minimum += unmet;
        for (std::size_t i = 0; i < v.s.site.size(); ++i)
            if (covers(v.s.contract[c], i)) out.site_unmet_minimum[i] += unmet * commitment.unmet_share[i];
        out.settled_make += v.value.settled_make()[c];
    }
    out.settled_buy = v.value.settled_buy();
    out.wafers_to_outlets = v.outlets.wafers;
    out.outlet_systems = v.outlets.systems;
    out.outlet_gain = v.outlets.gain;
    out.utilisation = ratio(out.wafers, out.wafers_available, R(0.0));
}

/// Where each chip's wafers are started, and for what.
template <class R> void fill_lines(const ReportView<R>& v, FoundryResults<R>& out) {
    const auto& lines = v.supply.lines();
    out.line_started.resize(lines.size());
    out.line_chips.resize(lines.size());
    out.line_yield.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out.line_started[i] = lines[i].started;
        out.line_chips[i] = lines[i].started * lines[i].chips_per_started_wafer();
        out.line_yield[i] = lines[i].yield;
    }
    out.line_to_outlets = v.outlets.by_line;
    const std::size_t programmes = v.make.fleets().size();
    out.chips_into.resize(v.s.chip.size() * programmes);
    for (std::size_t i = 0; i < out.chips_into.size(); ++i)
        out.chips_into[i] = v.make.used_in(i / programmes, i % programmes);
}

template <class R> void fill_chips(const ReportView<R>& v, FoundryResults<R>& out) {
    out.dies_good = out.dies_scrapped = out.dies_in_progress = out.dies_waiting = Dies<R>{};
    out.chips = out.chips_scrapped = out.chips_stock = out.chips_used = out.chips_written_off = Chips<R>{};
    for (const auto& line : v.supply.lines()) {
        out.dies_good += line.good;
        out.dies_scrapped += line.bad;
        out.dies_in_progress += line.dies_in_progress();
        out.dies_waiting += line.bank;
        out.chips += line.shipped;
        out.chips_scrapped += line.failed;
    }
    for (std::size_t g = 0; g < v.s.chip.size(); ++g) {
        out.chips_stock += v.supply.stock(g);
        out.chips_used += v.make.used()[g];
        out.chips_written_off += v.supply.written_off(g);
    }
    out.merchant_chips = out.merchant_chips_buy = Chips<R>{};
    for (const auto& chips : v.make.bought())
        out.merchant_chips += chips;
    for (const auto& chips : v.buy.bought())
        out.merchant_chips_buy += chips;
}

} // namespace autarky::model
