// autarky: fills the results of the foundry stage.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/report/view.hpp"
#include "model/results.hpp"

namespace autarky::model {

/// Whether a site is planned to make own chips.
template <class R> bool makes_own(const ReportView<R>& v, std::size_t site) {
    for (const auto& line : v.supply.lines())
        if (line.site == site) return true;
    return false;
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
    out.site_profit.resize(v.s.site.size());
    out.site_started.resize(v.s.site.size());
    for (std::size_t i = 0; i < v.s.site.size(); ++i) {
        const auto& site = v.supply.sites()[i];
        if (makes_own(v, i)) out.wafers_available += site.requests.available((*v.now.capacity)[i]);
        out.site_profit[i] = site.profit;
        out.site_started[i] = site.started;
    }
    for (const auto& line : v.supply.lines())
        out.wafers_short += v.supply.short_of_wafers(line.chip) * line.share / line.chips_per_started_wafer();
    out.settled_make = Money<R>{};
    for (std::size_t c = 0; c < v.s.contract.size(); ++c) {
        const auto& commitment = v.supply.contracts()[c];
        const Money<R> taken = v.supply.contracts().taken(c, v.supply.sites()) + v.outlets.taken[c];
        out.wafers_unmet_minimum += Wafers<R>(max(commitment.minimum - taken, Money<R>{}) / commitment.price);
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
    out.dies_good = out.dies_scrapped = out.dies_in_progress = Dies<R>{};
    out.chips = out.chips_scrapped = out.chips_stock = out.chips_used = out.chips_written_off = Chips<R>{};
    for (const auto& line : v.supply.lines()) {
        out.dies_good += line.good;
        out.dies_scrapped += line.bad;
        out.dies_in_progress += line.assembly.in_progress();
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
