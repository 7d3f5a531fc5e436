// autarky: a site in a quarter: capacity among named customers, price, defect density, the profit of the whole site.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "foundry/expansion.hpp"
#include "model/timeline.hpp"
#include "silicon/on_process.hpp"

namespace autarky::model {

inline constexpr Formula granted_formula{
    "foundry.granted", "Wafers granted to the buyer",
    "own paths + contracted (if all contracts fit, else pro rata) + open request x left / all open requests",
    "Autarky"};
inline constexpr Formula site_profit_formula{
    "foundry.profit", "Profit of the whole site",
    "wafers of all customers x (price - cash cost) + settlements - depreciation of the installed capacity",
    "definition"};

/// Wafers of a site in one quarter before anybody has asked: shared by both worlds.
template <class R> struct SiteCapacity {
    Wafers<R> installed{};    ///< working capacity of the quarter, after events, without the buyer's own paths
    Wafers<R> own_path{};     ///< capacity that only the buyer has
    Wafers<R> firm{}, open{}; ///< requests of the other customers: by contract, and beyond

    /// `lost` is the share of the site's capacity that events take.
    void open_quarter(const Scenario<R>& s, std::size_t index, const Timeline& time, std::size_t q, const R& lost) {
        const auto& site = s.site[index];
        const double t = time.middle(q);
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        const R working = R(1.0) - lost;
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
    Wafers<R> own{}, reserved{};                  ///< for own chips; of them reserved by contract
    Wafers<R> merchants_firm{}, merchants_open{}; ///< for the bought parts: under the merchants' contracts, and beyond

    /// Wafers for own chips if `want` are asked for in all. Never more than asked, nor more than there is.
    [[nodiscard]] Wafers<R> granted(const SiteCapacity<R>& c, const Wafers<R>& want) const {
        const Split split(c, *this, want);
        const Wafers<R> result = split.on_path + split.by_contract * split.fits + split.beyond * split.open_share;
        return named(granted_formula, result, arg("wanted", want), arg("own paths", split.on_path),
                     arg("by contract", split.by_contract), arg("contracts that fit", split.fits),
                     arg("open requests met", split.open_share));
    }
    /// Wafers that run for anybody but the buyer.
    [[nodiscard]] Wafers<R> granted_beside_own(const SiteCapacity<R>& c) const {
        const Split split(c, *this, own);
        const Wafers<R> others = c.firm * split.fits + c.open * split.open_share;
        return others + (merchants_firm * split.fits + merchants_open * split.open_share);
    }
    /// Share that is met of a request for bought parts, `firm` of it under the merchant's contract.
    [[nodiscard]] R met(const SiteCapacity<R>& c, const R& firm_share) const {
        const Split split(c, *this, own);
        return firm_share * split.fits + (R(1.0) - firm_share) * split.open_share;
    }
    /// Most that the buyer could get of the quarter, were it served before all without a contract.
    [[nodiscard]] Wafers<R> available(const SiteCapacity<R>& c) const {
        return c.own_path + max(c.installed - c.firm - merchants_firm, Wafers<R>(min(reserved, c.installed)));
    }

private:
    /// How a site's wafers are divided when the buyer wants `want` for own chips.
    struct Split {
        Wafers<R> on_path, by_contract, beyond;
        R fits;       ///< share of all contracts that capacity meets
        R open_share; ///< share of every open request that is met by what contracts leave

        Split(const SiteCapacity<R>& c, const SiteRequests& r, const Wafers<R>& want)
            : on_path(min(want, c.own_path)),
              by_contract(min(want - on_path, r.reserved)),
              beyond(want - on_path - by_contract) {
            const Wafers<R> firm = c.firm + by_contract + r.merchants_firm;
            // Of a site where nothing runs nothing is met, even where nobody asks.
            const Wafers<R> hardly_any(R(1e-9));
            const Wafers<R> asked = c.open + beyond + r.merchants_open;
            fits = min(c.installed / max(firm, hardly_any), R(1.0));
            open_share = min(max(c.installed - firm, Wafers<R>{}) / max(asked, hardly_any), R(1.0));
        }
    };
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
        if (!some(site.excursion_jump > DefectDensity<R>{})) return;
        excess = silicon::excursion(site.excursion_jump, site.excursion_recovery,
                                    Duration<R>(R(t) - site.excursion_start.year));
        density += excess;
    }

    /// `settled` is what the buyer pays the site's owner for wafers it does not take.
    void close(const Scenario<R>& s, std::size_t index, const SiteCapacity<R>& capacity, const WaferRate<R>& built,
               const Money<R>& settled, const Wafers<R>& to_outlets) {
        const auto& site = s.site[index];
        const Wafers<R> others = requests.granted_beside_own(capacity);
        taught += finished + others + to_outlets;
        const WaferPrice<R> cash_cost = market_price * site.cash_cost_share;
        const Money<R> depreciation = built * site.capital * (quantity<R>(quarter_years, "year"_u) / site.depreciation);
        profit = named(site_profit_formula,
                       Money<R>(others * (market_price - cash_cost) + (started + to_outlets) * (price - cash_cost) +
                                settled - depreciation),
                       arg("others' wafers", others), arg("the buyer's wafers", started + to_outlets),
                       arg("price", market_price), arg("cash cost", cash_cost), arg("settlements", settled),
                       arg("depreciation", depreciation));
    }

private:
    /// Share of a wafer's price that capacity paid for by the buyer saves.
    static R own_path_saving(const Scenario<R>& s, std::size_t index, const SiteCapacity<R>& capacity) {
        R saving(0.0);
        for (const auto& path : s.path.rows) {
            if (!path.taken || static_cast<std::size_t>(path.site.index) != index) continue;
            const R cost_share = foundry::own_cost_share(path, s.site[index].cash_cost_share);
            const R own = ratio(capacity.own_path,
                                capacity.own_path + max(capacity.installed - capacity.firm, Wafers<R>{}), R(0.0));
            saving = own * path.own_share * (R(1.0) - cost_share);
        }
        return saving;
    }
};

} // namespace autarky::model
