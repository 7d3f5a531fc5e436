// autarky: the streets of each region: overloaded transformers, the pipeline of new ones, and the devices that wait.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "grid/region/fleet_load.hpp"
#include "grid/region/overload_curve.hpp"
#include "grid/region/replacement.hpp"
#include "grid/region/storage.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

inline constexpr Formula street_places_formula{"grid.device_places", "Devices a car place",
                                               "added power at home x (1 + waiting / in service) / (places x a car's)",
                                               "Autarky"};
inline constexpr Formula street_ageing_formula{"grid.ageing", "Life that the fleet takes from units within their limit",
                                               "transformers x years of life a year", "Autarky"};
inline constexpr Formula street_queue_formula{"grid.street_queue", "Devices that wait in a region's streets",
                                              "places whose device is one too many x units not yet upgraded / needed",
                                              "Autarky"};

inline constexpr Formula street_unserved_formula{
    "grid.unserved", "Energy of the quarter that devices did not get at their wished hour",
    "added power at home x below wish / devices x (1 - share of power while waiting) x a quarter", "Autarky"};

/// What three payers pay of one thing: the utility, the devices' owners, the buyer of chips.
template <class Q> struct Payers {
    Q utility{}, customer{}, buyer{};
};

/// Cost of one thing by payer. Shares that miss 100 % are scaled to it; where nobody pays, nobody does.
template <class R>
Payers<UnitCost<R>> split_cost(const UnitCost<R>& cost, const R& utility, const R& customer, const R& buyer) {
    const R sum = utility + customer + buyer;
    return {cost * ratio(utility, sum, R(0.0)), cost * ratio(customer, sum, R(0.0)), cost * ratio(buyer, sum, R(0.0))};
}

/// Devices at home in one region, in service: how many, and the power that they add to what was there.
template <class R> struct AtHome {
    Units<R> devices{};
    Power<R> added{};
};

/// What no quarter changes about a region's streets; both worlds share it.
template <class R> struct StreetPlan {
    explicit StreetPlan(const grid::Grid<R>& g) : StreetPlan(g, grid::overload_streets()) {}

    grid::OverloadCurve<R> curve;
    R concentration, local_share;
    grid::StageShares<R> stages; ///< of the pipeline of transformers
    R system_share;              ///< of average power: its part of the system's peak
    PowerPerUnit<R> fresh;       ///< a vehicle's own driving that is new to its street
    Units<R> transformers;
    R places;                    ///< for a car
    R places_a_power;            ///< devices a car place that a base unit of power at home stands for
    UnitRate<R> ordered, crews;  ///< for upgrades, in the first quarter's terms
    Payers<UnitCost<R>> upgrade; ///< cost of a unit
    Payers<UnitCost<R>> storage; ///< cost of the storage that frees one device

private:
    /// Parts of the units and of the car places that belong to stations.
    struct Mix {
        R units, places, places_a_home, car_w;
        Mix(const grid::Grid<R>& g, const grid::OverloadStreets& of) {
            const R pole = R(1.0) - g.station_share;
            const R pole_units = pole / R(of.pole.homes_a_unit);
            const R station_units = g.station_share / R(of.station.homes_a_unit);
            units = station_units / (pole_units + station_units);
            const R pole_places = pole * R(of.pole.places_a_unit / of.pole.homes_a_unit);
            const R station_places = g.station_share * R(of.station.places_a_unit / of.station.homes_a_unit);
            places_a_home = pole_places + station_places;
            places = station_places / places_a_home;
            car_w = (R(1.0) - places) * R(of.pole.car_w) + places * R(of.station.car_w);
        }
    };
    StreetPlan(const grid::Grid<R>& g, const grid::OverloadStreets& of) : StreetPlan(g, of, Mix(g, of)) {}
    StreetPlan(const grid::Grid<R>& g, const grid::OverloadStreets& of, const Mix& mix)
        : curve(of, g.managed_share, g.clustering, mix.units, mix.places),
          concentration(grid::charging_concentration(g)),
          local_share(grid::local_share(g)),
          stages(grid::stage_shares(R(g.lead_time.raw() / R(quarter_years)))),
          system_share(concentration * g.system_coincidence),
          fresh(g.own_charging * (R(1.0) - g.baseline_share)),
          transformers(g.homes / g.homes_per_transformer),
          places(g.homes.raw() * mix.places_a_home),
          places_a_power(R(1.0) / (places * quantity<R>(1.0, "W"_u).raw() * mix.car_w)),
          ordered(g.upgrade_rate * (R(1.0) - g.replacement_share)),
          crews(g.crew_rate * (R(1.0) - g.replacement_share)),
          upgrade(split_cost(g.upgrade_cost, g.upgrade_utility, g.upgrade_customer, g.upgrade_buyer)),
          storage(split_cost(UnitCost<R>(g.storage_size * g.storage_cost), g.storage_utility, g.storage_customer,
                             g.storage_buyer)) {}
};

/// One region's street grid in one world.
template <class R> class Street {
public:
    void reset(const grid::Grid<R>& g, const StreetPlan<R>& plan) {
        grid_ = &g;
        plan_ = &plan;
        pipeline_ = {};
        storage_ = {};
        home_ = {};
        penetration_ = R(0.0);
        rate_factor_ = R(1.0);
        goal_ = queue_ = installed_ = Units<R>{};
    }

    /// Share of the devices at home, new and waiting, that may not be sold before a transformer comes. A wait for one forbids
    /// the sale in `blocks_sale` of the cases; the other devices charge below wish until it is there.
    R blocked_share(const Units<R>& at_home) {
        queue_ = min(goal_ * grid_->blocks_sale, at_home);
        return ratio(queue_, at_home, R(0.0));
    }

    /// `rate_factor`: supply and crews over those of the first quarter.
    void advance(const AtHome<R>& home, const R& rate_factor) {
        const StreetPlan<R>& p = *plan_;
        const R in_service = home.added.raw() * p.places_a_power; // devices of the study's size a car place
        const R with_waiting = R(1.0) + ratio(queue_, home.devices, R(0.0));
        const R penetration = named(street_places_formula, R(in_service * with_waiting), arg("added power", home.added),
                                    arg("with those waiting", with_waiting));
        penetration_ = penetration;
        home_ = home;
        rate_factor_ = rate_factor;
        const grid::Overload<R> shares = p.curve.at(penetration);
        const R needed = shares.over * p.transformers.raw();
        const R scale = rate_factor * R(quarter_years);
        const Units<R> before(pipeline_.installed);
        pipeline_.advance(needed, {p.ordered.raw() * scale, p.crews.raw() * scale, p.stages});
        installed_ = Units<R>(pipeline_.installed) - before;
        // Of the places with a device, in service or waiting: those that are one too many for a unit not yet upgraded.
        // (in service + waiting) / penetration is in service / its own places.
        const Units<R> waits =
            home.devices * ratio(R(shares.waiting * pipeline_.waiting), R(in_service * needed), R(0.0));
        const Units<R> one_too_many =
            named(street_queue_formula, min(waits, home.devices + queue_), arg("in service", home.devices),
                  arg("waiting", queue_), arg("share one too many", shares.waiting),
                  arg("not upgraded", pipeline_.waiting), arg("needed", needed));
        storage_.advance(one_too_many, grid_->storage_share);
        goal_ = one_too_many - storage_.freed;
    }

    [[nodiscard]] Units<R> waiting() const { return Units<R>(pipeline_.waiting); }
    /// Transformers' lives a normal life long that the devices take in a year from units that nobody exchanges.
    [[nodiscard]] Units<R> ageing() const {
        const R years = plan_->curve.ageing_at(penetration_);
        return named(street_ageing_formula, Units<R>(plan_->transformers * years), arg("years a year", years));
    }
    [[nodiscard]] Units<R> upgraded() const { return Units<R>(pipeline_.installed); }
    /// Devices that are not sold for want of a transformer.
    [[nodiscard]] const Units<R>& queue() const { return queue_; }
    /// Devices in service that charge below wish for want of one.
    [[nodiscard]] Units<R> below_wish() const { return max(goal_ - queue_, Units<R>{}); }
    /// Devices that charge as they wish because of storage.
    [[nodiscard]] const Units<R>& freed() const { return storage_.freed; }
    /// Years until the last unit that waits today is exchanged, at today's supply and crews.
    [[nodiscard]] Duration<R> years_to_ready() const {
        return Duration<R>(grid::years_to_ready(pipeline_, R(plan_->ordered.raw() * rate_factor_),
                                                R(plan_->crews.raw() * rate_factor_), grid_->lead_time.raw()));
    }
    /// Energy of the quarter that came later than wished, of what the devices add to their streets.
    [[nodiscard]] Energy<R> unserved() const {
        const R share = ratio(below_wish(), home_.devices, R(0.0));
        const R missing = share * (R(1.0) - grid_->slow_charging);
        return named(street_unserved_formula, Energy<R>(home_.added * missing * quantity<R>(quarter_years, "year"_u)),
                     arg("added power", home_.added), arg("share below wish", share));
    }
    /// Units that the fleet needs exchanged, done or waiting.
    [[nodiscard]] Units<R> needed() const { return Units<R>(pipeline_.installed + pipeline_.waiting); }
    /// Paid so far for upgrades and storage, by payer.
    [[nodiscard]] Payers<Money<R>> paid() const {
        const auto of = [&](UnitCost<R> Payers<UnitCost<R>>::* payer) {
            return Money<R>(plan_->upgrade.*payer * upgraded() + plan_->storage.*payer * storage_.devices);
        };
        using P = Payers<UnitCost<R>>;
        return {of(&P::utility), of(&P::customer), of(&P::buyer)};
    }
    /// Cost of all storage bought so far.
    [[nodiscard]] Money<R> storage_cost() const {
        return storage_.devices * UnitCost<R>(grid_->storage_size * grid_->storage_cost);
    }
    /// What the buyer of chips pays in the quarter.
    [[nodiscard]] Money<R> bill() const {
        return plan_->upgrade.buyer * installed_ + plan_->storage.buyer * storage_.bought;
    }
    [[nodiscard]] const grid::Grid<R>& grid() const { return *grid_; }
    [[nodiscard]] const StreetPlan<R>& plan() const { return *plan_; }

private:
    const grid::Grid<R>* grid_ = nullptr;
    const StreetPlan<R>* plan_ = nullptr;
    grid::Pipeline<R> pipeline_;
    grid::Storage<R> storage_;
    AtHome<R> home_;
    R rate_factor_{};
    Units<R> installed_{}; ///< in the last quarter
    R penetration_{};      ///< devices a car place, as of the last quarter
    Units<R> goal_{};      ///< devices that should wait, as of the last quarter's end
    Units<R> queue_{};
};

} // namespace autarky::model
