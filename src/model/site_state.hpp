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
    "wafers of all customers and of the state x (price - cash cost) + settlements - the buyer's part of rated orders - "
    "depreciation of the installed capacity",
    "definition"};

inline constexpr Formula site_utilisation_formula{"foundry.filled", "Utilisation of the whole site",
                                                  "wafers of all customers and of the state / working capacity",
                                                  "definition"};

/// Shares of what is asked that a capacity meets: contracts first, then every open request alike.
template <class Q, class R> struct Rationed {
    R fits;       ///< of all contracts
    R open_share; ///< of every open request, by what contracts leave

    Rationed(const Q& installed, const Q& firm, const Q& asked) {
        // Of a site where nothing runs nothing is met, even where nobody asks.
        const Q hardly_any(R(1e-9));
        fits = min(installed / max(firm, hardly_any), R(1.0));
        open_share = min(max(installed - firm, Q{}) / max(asked, hardly_any), R(1.0));
    }
};

/// Wafers of a site in one quarter before anybody has asked: shared by both worlds.
template <class R> struct SiteCapacity {
    Wafers<R> installed{};    ///< working capacity of the quarter, after events, without what is the buyer's alone
    Wafers<R> own_path{};     ///< capacity that only the buyer has
    Wafers<R> firm{}, open{}; ///< requests of the other customers: by contract, and beyond
    Wafers<R> rated{}, rated_path{}; ///< what rated orders take of either capacity
    R path_margin{}; ///< of a wafer's price, what the buyer saves on its own capacity; paths by the wafers that each has

    /// The same without rated orders.
    [[nodiscard]] SiteCapacity whole() const {
        auto out = *this;
        out.installed += rated;
        out.own_path += rated_path;
        out.rated = out.rated_path = Wafers<R>{};
        return out;
    }

    /// `lost` is the share of the site's capacity that events take, `to_state` that of the rest which rated orders take.
    void open_quarter(const Scenario<R>& s, std::size_t index, const Timeline& time, std::size_t q, const R& lost,
                      const R& to_state) {
        const auto& site = s.site[index];
        const double t = time.middle(q);
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        const R working = R(1.0) - lost;
        const Wafers<R> capacity = site.capacity.at(t) * quarter;
        installed = capacity * working;
        own_path = firm = open = Wafers<R>{};
        path_margin = R(0.0);
        Wafers<R> tenants{};
        for (const auto& path : s.path.rows) {
            if (!path.taken || static_cast<std::size_t>(path.site.index) != index) continue;
            const Wafers<R> added = path.capacity * quarter * foundry::standing_share(path, time.end(q), quarter_years);
            const Wafers<R> buyers = added * (R(1.0) - path.tenant_share);
            own_path += buyers;
            path_margin +=
                (foundry::own_margin(path, site.cash_cost_share) - path_margin) * ratio(buyers, own_path, R(0.0));
            tenants += added * path.tenant_share;
        }
        own_path = own_path * working;
        installed += tenants * working;
        firm += tenants;
        rated = installed * to_state;
        rated_path = own_path * to_state;
        installed -= rated;
        own_path -= rated_path;
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
        const Wafers<R> result = split.on_path + split.by_contract * split.of.fits + split.beyond * split.of.open_share;
        return named(granted_formula, result, arg("wanted", want), arg("own paths", split.on_path),
                     arg("by contract", split.by_contract), arg("contracts that fit", split.of.fits),
                     arg("open requests met", split.of.open_share));
    }
    /// Wafers that run for anybody but the buyer: the other customers, and the merchants' parts.
    struct BesideOwn {
        Wafers<R> others, merchants;
    };
    [[nodiscard]] BesideOwn granted_beside_own(const SiteCapacity<R>& c) const {
        const auto of = Split(c, *this, own).of;
        return {c.firm * of.fits + c.open * of.open_share, merchants_firm * of.fits + merchants_open * of.open_share};
    }
    /// Share that is met of a request for bought parts, `firm` of it under the merchant's contract.
    [[nodiscard]] R met(const SiteCapacity<R>& c, const R& firm_share) const {
        const Split split(c, *this, own);
        return firm_share * split.of.fits + (R(1.0) - firm_share) * split.of.open_share;
    }
    /// Most that the buyer could get of the quarter, were it served before all without a contract.
    [[nodiscard]] Wafers<R> available(const SiteCapacity<R>& c) const {
        return c.own_path + max(c.installed - c.firm - merchants_firm, Wafers<R>(min(reserved, c.installed)));
    }

private:
    /// How a site's wafers are divided when the buyer wants `want` for own chips.
    struct Split {
        Wafers<R> on_path, by_contract, beyond;
        Rationed<Wafers<R>, R> of;

        Split(const SiteCapacity<R>& c, const SiteRequests& r, const Wafers<R>& want)
            : on_path(min(want, c.own_path)),
              by_contract(min(want - on_path, r.reserved)),
              beyond(want - on_path - by_contract),
              of(c.installed, c.firm + by_contract + r.merchants_firm, c.open + beyond + r.merchants_open) {}
    };
};

/// From whom rated orders take their wafers: what each would have had of the whole capacity, asked for the same. Adds up to
/// what the state takes.
template <class R> struct RatedFrom {
    Wafers<R> own{}, merchants{}, others{}, idle{};

    RatedFrom() = default;
    RatedFrom(const SiteCapacity<R>& c, const SiteRequests<R>& r) {
        if (!some(c.rated + c.rated_path > Wafers<R>{})) return;
        const auto whole = c.whole();
        own = r.granted(whole, r.own) - r.granted(c, r.own);
        const auto could = r.granted_beside_own(whole), does = r.granted_beside_own(c);
        merchants = could.merchants - does.merchants;
        others = could.others - does.others;
        idle = c.rated + c.rated_path - own - merchants - others;
    }
};

/// What a site charges and has learned, in the world that starts wafers there.
template <class R> struct SiteState {
    SiteRequests<R> requests;
    Wafers<R> started{}, finished{};
    Wafers<R> taught{}; ///< finished wafers of everybody, up to the last quarter
    WaferPrice<R> price{}, market_price{};
    WaferPrice<R> agreed{};     ///< what a wafer costs under the site's contracts, own paths left aside
    RatedFrom<R> rated_from{};  ///< wafers that the state took in the quarter
    Money<R> rated_paid{};      ///< what it paid for them
    Money<R> rated_income{};    ///< of that, the buyer's: its paths' wafers at their price less what they cost it
    DefectDensity<R> density{}; ///< that learning and excursions leave
    DefectDensity<R> excess{};  ///< of it, that of the site's own excursion
    Duration<R> age{};          ///< of the process since learning_start, 0 before
    Wafers<R> lessons{};        ///< wafers that taught it
    Money<R> profit{};          ///< of the whole site, in the quarter
    R filled{};                 ///< share of its working capacity that all customers and the state take, 0 of none

    void open(const Scenario<R>& s, std::size_t index, const SiteCapacity<R>& capacity, double t, const R& price_factor,
              const R& contract_price, const Wafers<R>& learned_elsewhere) {
        const auto& site = s.site[index];
        const auto& process = s.process[site.process];
        started = finished = Wafers<R>{};
        requests.own = Wafers<R>{};
        market_price = silicon::wafer_price(process.wafer_price, site.premium, price_factor);
        agreed = market_price * contract_price;
        price = agreed * (R(1.0) - own_path_saving(capacity));
        rated_from = RatedFrom<R>{};
        rated_paid = rated_income = Money<R>{};
        age = Duration<R>(max(R(t) - process.learning_start.year, R(0.0)));
        lessons = taught + learned_elsewhere;
        density = silicon::defect_density(process, age, lessons);
        excess = DefectDensity<R>{};
        if (!some(site.excursion_jump > DefectDensity<R>{})) return;
        excess = silicon::excursion(site.excursion_jump, site.excursion_recovery,
                                    Duration<R>(R(t) - site.excursion_start.year));
        density += excess;
    }

    /// The state takes and pays what rated orders ask for, once all have said what they want. Regularly quoted prices hold for
    /// rated orders (15 CFR 700.13), so each wafer costs it what it would have cost the buyer.
    void serve_state(const SiteCapacity<R>& capacity) {
        if (!some(capacity.rated + capacity.rated_path > Wafers<R>{})) return;
        rated_from = RatedFrom<R>(capacity, requests);
        rated_paid = (capacity.rated + capacity.rated_path) * agreed;
        rated_income = capacity.rated_path * agreed * capacity.path_margin;
    }

    /// `settled` is what the buyer pays the site's owner for wafers it does not take.
    void close(const Scenario<R>& s, std::size_t index, const SiteCapacity<R>& capacity, const WaferRate<R>& built,
               const Money<R>& settled, const Wafers<R>& to_outlets) {
        const auto& site = s.site[index];
        const auto beside = requests.granted_beside_own(capacity);
        const Wafers<R> others = beside.others + beside.merchants;
        const Wafers<R> to_state = capacity.rated + capacity.rated_path;
        taught += finished + others + to_outlets + to_state;
        const auto whole = capacity.whole();
        const Wafers<R> taken = others + started + to_outlets + to_state;
        filled = named(site_utilisation_formula, ratio(taken, whole.installed + whole.own_path, R(0.0)),
                       arg("others' wafers", others), arg("the buyer's wafers", started + to_outlets),
                       arg("rated orders", to_state), arg("capacity", whole.installed + whole.own_path));
        const WaferPrice<R> cash_cost = market_price * site.cash_cost_share;
        const Money<R> depreciation = built * site.capital * (quantity<R>(quarter_years, "year"_u) / site.depreciation);
        profit = named(site_profit_formula,
                       Money<R>(others * (market_price - cash_cost) + (started + to_outlets) * (price - cash_cost) +
                                (rated_paid - rated_income - to_state * cash_cost) + settled - depreciation),
                       arg("others' wafers", others), arg("the buyer's wafers", started + to_outlets),
                       arg("price", market_price), arg("cash cost", cash_cost), arg("settlements", settled),
                       arg("rated orders", rated_paid - rated_income), arg("depreciation", depreciation));
    }

private:
    /// Share of a wafer's price that capacity paid for by the buyer saves, in the share that it has of what is free.
    static R own_path_saving(const SiteCapacity<R>& capacity) {
        const R own =
            ratio(capacity.own_path, capacity.own_path + max(capacity.installed - capacity.firm, Wafers<R>{}), R(0.0));
        return own * capacity.path_margin;
    }
};

} // namespace autarky::model
