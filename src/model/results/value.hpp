// autarky: results of the verdict: cash of both worlds, value, and what binds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantities.hpp"
#include "model/results/metric.hpp"
#include "model/sales.hpp"

namespace autarky::model {

template <class R> struct ValueResults {
    Money<R> cash_make, cash_buy, npv;
    std::array<R, n_causes> binding; // 1 for the cause that binds
    std::array<R, n_causes> share;   // of the devices wanted and waiting, that a cause takes
};

template <class R, class Take> void value_metrics(const Take& take) {
    using T = ValueResults<R>;
    each_of(
        take, metric<R>("cash.make", &T::cash_make, "MUSD"_u, "Cash of the quarter in the make world"),
        metric<R>("cash.buy", &T::cash_buy, "MUSD"_u, "Cash of the quarter in the buy world"),
        metric<R>("npv.make_vs_buy", &T::npv, "MUSD"_u,
                  "Discounted difference of the two worlds' cash up to the quarter, stocks not yet counted"),
        metric<R>("binding", &T::binding, "1"_u,
                  "1 where this cause takes the most, and a notable share, of the devices wanted; else demand binds",
                  "constraint"),
        metric<R>("held_back", &T::share, "%"_u,
                  "Share of the devices wanted and waiting that a cause keeps from being sold", "constraint"));
}

} // namespace autarky::model
