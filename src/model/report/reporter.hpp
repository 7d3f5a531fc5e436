// autarky: what a quarter's state means as results.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/report/deployment.hpp"
#include "model/report/foundry.hpp"
#include "model/report/silicon.hpp"
#include "model/report/supply.hpp"
#include "model/report/system.hpp"

namespace autarky::model {

/// The cause that takes most of what customers want binds, if that is a notable share; else demand does. At a tie the
/// earlier name wins, so exactly one binds.
template <class R> void fill_binding(const ReportView<R>& v, QuarterResults<R>& out) {
    const Units<R> all = out.wanted + out.waited;
    std::array<R, n_causes> share{};
    for (std::size_t c = 1; c < n_causes; ++c)
        share[c] = ratio(out.lost[c] + out.held[c], all, R(0.0));
    share[0] = v.s.economy.notable_share;
    for (std::size_t c = 0; c < n_causes; ++c) {
        R largest(1.0);
        for (std::size_t other = 0; other < n_causes; ++other) {
            if (other == c) continue;
            const auto wins = other < c ? share[c] > share[other] : share[c] >= share[other];
            largest = largest * select(wins, R(1.0), R(0.0));
        }
        out.binding[c] = largest;
        out.share[c] = c == 0 ? R(0.0) : share[c];
    }
}

/// Fills the results of one quarter from the state of both worlds.
template <class R> void fill_reports(const ReportView<R>& v, QuarterResults<R>& out) {
    fill_silicon<R>(v, out);
    fill_prices<R>(v, out);
    fill_wafers<R>(v, out);
    fill_lines<R>(v, out);
    fill_chips<R>(v, out);
    fill_supply<R>(v, out);
    fill_devices<R>(v, out);
    fill_sales<R>(v, out);
    fill_labour<R>(v, out);
    fill_rivals<R>(v, out);
    fill_merchants<R>(v, out);
    fill_grid<R>(v, out);
    fill_policy<R>(v, out);
    fill_paths<R>(v, out);
    fill_binding<R>(v, out);
}

} // namespace autarky::model
