// autarky: the pipeline of replacement transformers, and the fleet that it lets through.
// SPDX-License-Identifier: Apache-2.0
//
// Units are ordered, made and shipped over a lead time, held in store, installed by crews. Devices behind a unit that
// needs an upgrade queue; all others are deployed and age theirs.
#pragma once

#include <array>

#include "core/formula.hpp"
#include "core/surface.hpp"

namespace autarky::grid {

inline constexpr Formula installed_formula{"grid.installed", "Units installed in a quarter",
                                           "min(waiting, store + arrivals, crews)", "Autarky"};
inline constexpr Formula deployable_formula{"grid.deployable", "Penetration that the installed upgrades allow",
                                            "largest p with overload(p) x units <= installed + tolerated", "Autarky"};
inline constexpr Formula shadow_price_formula{"grid.transformer_shadow_price", "Value of one more transformer",
                                              "margin a device x devices it frees", "Autarky"};

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

/// Largest penetration whose overloaded units are installed already or tolerated; `overload` is the share of units over
/// their limit by penetration (ascending). Found by halving, so it holds for every reading; its derivative is that of
/// the last step only: use shadow_price() for what a unit is worth.
template <class R> R deployable_penetration(const Curve<R>& overload, const R& allowed_share) {
    R low(overload.points.front()), high(overload.points.back());
    for (int halving = 0; halving < 30; ++halving) {
        const R middle = R(0.5) * (low + high);
        const auto fits = overload.at(middle) <= allowed_share;
        low = select(fits, middle, low);
        high = select(fits, high, middle);
    }
    const auto all = overload.at(R(overload.points.back())) <= allowed_share;
    return named(deployable_formula, select(all, R(overload.points.back()), low), arg("allowed share", allowed_share));
}

/// Margin lost for want of one transformer: devices that wait a waiting unit, times the margin of each; 0 when no unit
/// waits.
template <class R> R shadow_price(const R& waiting_devices, const R& waiting_units, const R& margin_a_device) {
    const R freed = ratio(waiting_devices, waiting_units, R(0.0));
    return named(shadow_price_formula, R(margin_a_device * freed), arg("margin a device", margin_a_device),
                 arg("devices freed", freed));
}

} // namespace autarky::grid
