// autarky: what a simulation gives, quarter by quarter, and what each result means.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "model/results/deployment.hpp"
#include "model/results/foundry.hpp"
#include "model/results/silicon.hpp"
#include "model/results/supply.hpp"
#include "model/results/system.hpp"
#include "model/results/value.hpp"

namespace autarky::model {

/// Results of one quarter, stage by stage. Flows belong to the quarter, stocks to its end; make world unless said otherwise.
template <class R>
struct QuarterResults : SiliconResults<R>,
                        FoundryResults<R>,
                        SupplyResults<R>,
                        DeploymentResults<R>,
                        SystemResults<R>,
                        ValueResults<R> {};

/// Calls `take` with every quarterly metric, in the order of the reports.
template <class R, class Take> void quarterly_metrics(const Take& take) {
    silicon_metrics<R>(take);
    foundry_metrics<R>(take);
    supply_metrics<R>(take);
    deployment_metrics<R>(take);
    system_metrics<R>(take);
    value_metrics<R>(take);
}

/// Results of the whole run.
template <class R> struct RunResults {
    Money<R> npv{};             ///< of make against buy, to the end of the horizon, with its stocks
    Money<R> npv_with_tail{};   ///< the same with a fading perpetuity of recurring flows behind it
    Money<R> without_outlets{}; ///< npv less what outlets add
    Money<R> induced{};         ///< part of npv from devices that are sold in one world only
    Money<R> programme_cost{};  ///< present value of the programmes' one-off and sustaining cost
    Money<R> peak_need{};       ///< largest cumulative shortfall of cash of make against buy
    Duration<R> peak_date{};    ///< decimal year of it
};

/// Calls `take` with every metric of a whole run.
template <class R, class Take> void run_metrics(const Take& take) {
    using T = RunResults<R>;
    each_of(take, metric<R>("npv", &T::npv, "MUSD"_u, "Value of make against buy at the decision date, to the horizon"),
            metric<R>("npv.with_tail", &T::npv_with_tail, "MUSD"_u,
                      "The same with a fading perpetuity of recurring flows behind the horizon"),
            metric<R>("npv.without_outlets", &T::without_outlets, "MUSD"_u, "The value without the buyer's outlets"),
            metric<R>("npv.induced", &T::induced, "MUSD"_u,
                      "Part of the value that comes from devices sold in one of the two worlds only"),
            metric<R>("programme.cost", &T::programme_cost, "MUSD"_u,
                      "Present value of the programmes' one-off and sustaining cost after the decision"),
            metric<R>("cash.peak_need", &T::peak_need, "MUSD"_u,
                      "Largest cumulative shortfall of cash of make against buy, not discounted"),
            metric<R>("cash.peak_date", &T::peak_date, "year"_u, "When it is reached, decimal year"));
}

/// One simulated sample: quarters, and what belongs to the whole.
template <class R> struct Trajectory : RunResults<R> {
    std::vector<QuarterResults<R>> quarters;
};

} // namespace autarky::model
