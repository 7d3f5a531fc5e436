// autarky: the streets of each region: overloaded transformers, upgrades, and the devices that wait for them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "grid/fleet_load.hpp"
#include "grid/headroom.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

/// Home devices of one kind, in one region: what wants to deploy, what must wait, what is let go.
template <class R> struct Gate {
    Units<R> wanted{}, blocked{}, released{}, passed{};
};

/// One region's street grid.
template <class R> class Street {
public:
    void reset(const grid::Grid<R>& g) {
        grid_ = &g;
        transformers_ = g.homes / g.homes_per_transformer;
        concentration_ = grid::charging_concentration(g);
        local_share_ = grid::local_share(g);
        overloaded_ = upgraded_ = waiting_ = queue_ = Units<R>{};
        upgrades_ = Units<R>{};
        spent_ = Money<R>{};
    }

    /// Splits new devices into those that deploy and those that queue; `at_home` is the share behind a street unit.
    Gate<R> admit(const Units<R>& wanted, const R& at_home) const {
        Gate<R> gate;
        gate.wanted = wanted;
        gate.blocked = wanted * (at_home * grid::blocked_share(waiting_, transformers_, grid_->clustering));
        gate.passed = wanted - gate.blocked;
        return gate;
    }
    /// Queued devices that the upgrades of the last quarter let through.
    [[nodiscard]] Units<R> release() const {
        return queue_ * min(ratio(upgrades_, waiting_ + upgrades_, R(1.0)), R(1.0));
    }
    void requeue(const Units<R>& blocked, const Units<R>& released) { queue_ = queue_ + blocked - released; }

    /// `local_peak` is the coincident peak that the fleet adds behind this region's transformers, `rate_factor` the growth
    /// of the upgrade rate so far.
    void advance(const Power<R>& local_peak, const R& rate_factor) {
        const auto& g = *grid_;
        const Power<R> added(local_peak.raw() / transformers_.raw());
        const Units<R> over = transformers_ * grid::overload_share(added, g.headroom, g.headroom_shape, g.clustering);
        overloaded_ = max(overloaded_, over);
        const UnitRate<R> rate = g.upgrade_rate * (rate_factor * (R(1.0) - g.replacement_share));
        const Units<R> backlog = max(overloaded_ - upgraded_, Units<R>{});
        upgrades_ = min(backlog, rate * quantity<R>(quarter_years, "year"_u));
        upgraded_ += upgrades_;
        waiting_ = backlog - upgrades_;
        spent_ = g.upgrade_cost * upgrades_;
    }

    /// Charging hours and coincidence of this sample, which no quarter changes.
    [[nodiscard]] const R& concentration() const { return concentration_; }
    [[nodiscard]] const R& local_share() const { return local_share_; }
    [[nodiscard]] const Units<R>& waiting() const { return waiting_; }
    [[nodiscard]] const Units<R>& upgraded() const { return upgraded_; }
    [[nodiscard]] const Units<R>& queue() const { return queue_; }
    [[nodiscard]] const Money<R>& spent() const { return spent_; }
    [[nodiscard]] const grid::Grid<R>& grid() const { return *grid_; }

private:
    const grid::Grid<R>* grid_ = nullptr;
    R concentration_{}, local_share_{};
    Units<R> transformers_{}, overloaded_{}, upgraded_{}, waiting_{}, queue_{}, upgrades_{};
    Money<R> spent_{};
};

} // namespace autarky::model
