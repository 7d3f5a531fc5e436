// autarky: a site in a quarter: capacity among named customers, price, defect density, the profit of the whole site.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "model/timeline.hpp"
#include "silicon/on_process.hpp"

namespace autarky::model {

inline constexpr Formula granted_formula{
    "foundry.granted", "Wafers granted to the buyer",
    "own paths + contracted (if all contracts fit, else pro rata) + open request x left / all open requests", "Autarky"};
inline constexpr Formula site_profit_formula{
    "foundry.profit", "Profit of the whole site",
    "wafers of all customers x (price - cash cost) + settlements - depreciation of the installed capacity", "definition"};

/// Loss of supply through events at a location.
template <class R>
R supply_loss(const Scenario<R>& s, const std::string& location, const std::vector<R>& event_loss) {
    R loss(0.0);
    for (std::size_t e = 0; e < s.event.size(); ++e)
        if (s.event[e].kind == foundry::EventKind::supply_loss && s.event[e].location == location)
            loss = max(loss, event_loss[e]);
    return loss;
}

/// Wafers of a site in one quarter before anybody has asked: shared by both worlds.
template <class R> struct SiteCapacity {
    Wafers<R> installed{}; ///< working capacity of the quarter, after events, without the buyer's own paths
    Wafers<R> own_path{};  ///< capacity that only the buyer has
    Wafers<R> firm{}, open{}; ///< requests of the other customers: by contract, and beyond

    void open_quarter(const Scenario<R>& s, std::size_t index, const Timeline& time, std::size_t q,
                      const std::vector<R>& event_loss) {
        const auto& site = s.site[index];
        const double t = time.middle(q);
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        const R working = R(1.0) - supply_loss(s, site.location, event_loss);
        const Wafers<R> capacity = site.capacity.at(t) * quarter;
        installed = capacity * working;
        own_path = Wafers<R>{};
        for (const auto& path : s.path.rows) {
            if (!path.taken || static_cast<std::size_t>(path.site.index) != index) continue;
            const R ready = path.decision.year + path.lead_time.raw();
            own_path += path.capacity * quarter * clamp((R(time.end(q)) - ready) / R(quarter_years), R(0.0), R(1.0));
        }
        own_path = own_path * working;
        firm = open = Wafers<R>{};
        for (const auto& customer : s.customer.rows) {
            if (static_cast<std::size_t>(customer.site.index) != index) continue;
            const Wafers<R> asked = capacity * customer.request.at(t);
            firm += asked * customer.firm;
            open += asked * (R(1.0) - customer.firm);
        }
    }
};

/// Requests of the buyer's world at one site, and what it is granted.
template <class R> struct SiteRequests {
    Wafers<R> own{}, reserved{}, merchants{}; ///< wafers for own chips; of them reserved by contract; for bought parts

    /// Wafers for own chips if `want` are asked for in all. Never more than asked, nor more than there is.
    [[nodiscard]] Wafers<R> granted(const SiteCapacity<R>& c, const Wafers<R>& want) const {
        const Wafers<R> on_path = min(want, c.own_path);
        const Wafers<R> by_contract = min(want - on_path, reserved);
        const R fits = contracts_fit(c, by_contract);
        const Wafers<R> beyond = want - on_path - by_contract;
        const Wafers<R> result = on_path + by_contract * fits + beyond * open_share(c, by_contract, beyond);
        return named(granted_formula, result, arg("wanted", want), arg("own paths", on_path),
                     arg("by contract", by_contract), arg("contracts that fit", fits));
    }
    /// Wafers for the merchants' parts that this world orders.
    [[nodiscard]] Wafers<R> granted_to_merchants(const SiteCapacity<R>& c) const {
        const Wafers<R> on_path = min(own, c.own_path);
        const Wafers<R> by_contract = min(own - on_path, reserved);
        return merchants * open_share(c, by_contract, own - on_path - by_contract);
    }
    /// Wafers of the other customers that run.
    [[nodiscard]] Wafers<R> granted_to_others(const SiteCapacity<R>& c) const {
        const Wafers<R> on_path = min(own, c.own_path);
        const Wafers<R> by_contract = min(own - on_path, reserved);
        return c.firm * contracts_fit(c, by_contract) +
               c.open * open_share(c, by_contract, own - on_path - by_contract);
    }
    /// Most that the buyer could get of the quarter, were it to ask for all of it before those without a contract.
    [[nodiscard]] Wafers<R> available(const SiteCapacity<R>& c) const {
        return c.own_path + max(c.installed - c.firm, reserved * contracts_fit(c, reserved));
    }

private:
    [[nodiscard]] R contracts_fit(const SiteCapacity<R>& c, const Wafers<R>& by_contract) const {
        return min(ratio(c.installed, c.firm + by_contract, R(1.0)), R(1.0));
    }
    /// Share of every open request that is met by what contracts leave.
    [[nodiscard]] R open_share(const SiteCapacity<R>& c, const Wafers<R>& by_contract, const Wafers<R>& beyond) const {
        const Wafers<R> left = max(c.installed - c.firm - by_contract, Wafers<R>{});
        return min(ratio(left, c.open + beyond + merchants, R(1.0)), R(1.0));
    }
};

/// What a site charges and has learned, in the world that starts wafers there.
template <class R> struct SiteState {
    SiteRequests<R> requests;
    Wafers<R> started{}, finished{};
    Wafers<R> taught{}; ///< finished wafers of everybody, up to the last quarter
    WaferPrice<R> price{}, market_price{};
    DefectDensity<R> density{}; ///< that learning and excursions leave
    DefectDensity<R> excess{};  ///< of it, that of the site's own excursion
    Duration<R> age{};          ///< of the process since learning_start, 0 before
    Wafers<R> lessons{};        ///< wafers that taught it
    Money<R> profit{};          ///< of the whole site, in the quarter

    void open(const Scenario<R>& s, std::size_t index, const SiteCapacity<R>& capacity, double t, const R& price_factor,
              const R& contract_price, const Wafers<R>& learned_elsewhere) {
        const auto& site = s.site[index];
        const auto& process = s.process[site.process];
        started = finished = Wafers<R>{};
        requests.own = Wafers<R>{};
        market_price = silicon::wafer_price(process.wafer_price, site.premium, price_factor);
        price = market_price * contract_price * (R(1.0) - own_path_saving(s, index, capacity));
        age = Duration<R>(max(R(t) - process.learning_start.year, R(0.0)));
        lessons = taught + learned_elsewhere;
        density = silicon::defect_density(process, age, lessons);
        excess = DefectDensity<R>{};
        if (!silicon::some(site.excursion_jump > DefectDensity<R>{})) return;
        excess = silicon::excursion(site.excursion_jump, site.excursion_recovery,
                                    Duration<R>(R(t) - site.excursion_start.year));
        density += excess;
    }

    /// `settled` is what the buyer pays the site's owner for wafers it does not take.
    void close(const Scenario<R>& s, std::size_t index, const SiteCapacity<R>& capacity, const WaferRate<R>& built,
               const Money<R>& settled) {
        const auto& site = s.site[index];
        const Wafers<R> others = requests.granted_to_others(capacity) + requests.granted_to_merchants(capacity);
        taught += finished + others;
        const WaferPrice<R> cash_cost = market_price * site.cash_cost_share;
        const Money<R> depreciation =
            built * site.capital * (quantity<R>(quarter_years, "year"_u) / site.depreciation);
        profit = named(site_profit_formula,
                       Money<R>(others * (market_price - cash_cost) + started * (price - cash_cost) + settled -
                                depreciation),
                       arg("others' wafers", others), arg("the buyer's wafers", started), arg("price", market_price),
                       arg("cash cost", cash_cost), arg("settlements", settled), arg("depreciation", depreciation));
    }

private:
    /// Share of a wafer's price that capacity paid for by the buyer saves.
    static R own_path_saving(const Scenario<R>& s, std::size_t index, const SiteCapacity<R>& capacity) {
        R saving(0.0);
        for (const auto& path : s.path.rows) {
            if (!path.taken || static_cast<std::size_t>(path.site.index) != index) continue;
            const R cost_share = min(s.site[index].cash_cost_share * (R(1.0) + path.fee), R(1.0));
            const R own = ratio(capacity.own_path, capacity.own_path + max(capacity.installed - capacity.firm, Wafers<R>{}),
                                R(0.0));
            saving = own * path.own_share * (R(1.0) - cost_share);
        }
        return saving;
    }
};

} // namespace autarky::model
