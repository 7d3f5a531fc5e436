// autarky: the pipeline of replacement transformers, and how long it takes.
// SPDX-License-Identifier: Apache-2.0
//
// Units are ordered, made and shipped over a lead time, held in store, installed by crews.
#pragma once

#include <array>
#include <limits>

#include "core/formula.hpp"
#include "core/real.hpp"

namespace autarky::grid {

inline constexpr Formula installed_formula{"grid.installed", "Units installed in a quarter",
                                           "min(waiting, store + arrivals, crews)", "Autarky"};
inline constexpr Formula years_to_ready_formula{
    "grid.years_to_ready", "Time until the last unit that waits is exchanged",
    "max(waiting / crews, lead time + not yet ordered / supply)", "Autarky"};

inline constexpr std::size_t pipeline_stages = 4;

/// How fast orders go through a stage: of what a stage holds, `leaving` moves on within a quarter; of what comes to it,
/// `passing` does not stop there at all.
template <class R> struct StageShares {
    R leaving = R(1.0), passing = R(0.0);
};

/// Shares with which orders take `lead_quarters` on average. A stage that holds a unit holds it for a quarter at least,
/// so leads under a year come about by stages that are passed over: the mean number of stops is the lead.
template <class R> StageShares<R> stage_shares(const R& lead_quarters) {
    constexpr auto stages = static_cast<double>(pipeline_stages);
    const R within = min(lead_quarters / R(stages), R(1.0));
    return {min(R(stages) / max(lead_quarters, R(stages)), R(1.0)), R(1.0) - within};
}

/// What a region can do in a quarter. Stocks at the end of a quarter, flows by quarter.
template <class R> struct Supply {
    R ordered;             ///< units that suppliers take on for this purpose: demand beyond this share waits for a slot
    R crews;               ///< units that crews can install
    StageShares<R> stages; ///< how fast orders go through the pipeline
};

/// Orders pass through four stages, each of which sends on its content over a quarter of the lead time: for leads of a
/// year and more an Erlang distribution with the given mean and half its value as standard deviation. Nothing is lost on
/// the way. What is ordered can be installed in the next quarter at the earliest.
template <class R> struct Pipeline {
    std::array<R, pipeline_stages> on_order{};
    R store{}, installed{}, waiting{};

    /// One quarter: `needing` is the number of units that are over their limit in all, including those done.
    void advance(const R& needing, const Supply<R>& supply) {
        R coming(0.0), on_way(0.0);
        for (R& stage : on_order) {
            const R moves = stage * supply.stages.leaving;
            const R passes = coming * supply.stages.passing;
            stage = stage - moves + (coming - passes);
            on_way = on_way + stage;
            coming = moves + passes;
        }
        const R in_store = store + coming;
        const R undone = max(needing - installed, R(0.0));
        const R done = named(installed_formula, min(undone, min(in_store, supply.crews)), arg("waiting", undone),
                             arg("store", in_store), arg("crews", supply.crews));
        store = in_store - done;
        installed = installed + done;
        waiting = undone - done;
        // Orders cover what waits and is neither in store nor on order.
        R fresh = min(max(waiting - store - on_way, R(0.0)), supply.ordered);
        for (R& stage : on_order) {
            const R passes = fresh * supply.stages.passing;
            stage = stage + (fresh - passes);
            fresh = passes;
        }
        store = store + fresh;
    }
    [[nodiscard]] Pipeline after(const R& needing, const Supply<R>& supply) const {
        Pipeline next = *this;
        next.advance(needing, supply);
        return next;
    }
};

/// Years until the last unit that waits today is exchanged: crews must get to all of them, and what is neither in store nor on
/// order waits for a slot of the makers and then for its lead time. 0 where none waits; NaN, no such time, where one waits and
/// nothing is made or installed for it. Rates are a year's.
template <class R>
R years_to_ready(const Pipeline<R>& pipeline, const R& ordered_a_year, const R& crews_a_year, const R& lead_years) {
    R covered = pipeline.store;
    for (const R& stage : pipeline.on_order)
        covered = covered + stage;
    const R to_order = max(pipeline.waiting - covered, R(0.0));
    const R made =
        select(pipeline.waiting > pipeline.store, R(lead_years + ratio(to_order, ordered_a_year, R(0.0))), R(0.0));
    const R last = max(R(ratio(pipeline.waiting, crews_a_year, R(0.0))), made);
    const auto never = (crews_a_year <= R(0.0)) | ((to_order > R(0.0)) & (ordered_a_year <= R(0.0)));
    const R none(std::numeric_limits<double>::quiet_NaN());
    return named(years_to_ready_formula, select(pipeline.waiting > R(0.0), R(select(never, none, last)), R(0.0)),
                 arg("waiting", pipeline.waiting), arg("not yet ordered", to_order), arg("lead time", lead_years));
}

} // namespace autarky::grid
