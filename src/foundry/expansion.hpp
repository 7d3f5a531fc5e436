// autarky: what a way to more wafers is worth, now and as an option.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finance.hpp"
#include "foundry/entities.hpp"

namespace autarky::foundry {

inline constexpr Formula path_capex_formula{"strategy.capex", "Capital of the path",
                                            "capacity x capital a unit of capacity",
                                            "IBS 2023: 28 BUSD for 50,000 wafers a month at 2 nm"};
inline constexpr Formula path_value_formula{"strategy.value", "Present value of its wafers",
                                            "wafers a year x (market price - cost) x annuity x discount", "Autarky"};
inline constexpr Formula path_npv_formula{"strategy.npv", "Net present value of the path", "value - own capital",
                                          "definition"};
inline constexpr Formula option_root_formula{"strategy.option_root", "Root beta of the fundamental quadratic",
                                             "1/2 - (r - d)/s^2 + sqrt(((r - d)/s^2 - 1/2)^2 + 2 r/s^2)",
                                             "McDonald and Siegel, QJE 101(4):707-727, 1986"};
inline constexpr Formula option_value_formula{
    "strategy.option_value", "Value of the option to invest",
    "V - I above the trigger V* = beta/(beta - 1) I, else (V* - I)(V/V*)^beta",
    "McDonald and Siegel, QJE 101(4):707-727, 1986"};

/// Capital of the whole path.
template <class R> Money<R> path_capex(const ExpansionPath<R>& path) {
    const Money<R> result = path.capacity * path.capex;
    return named(path_capex_formula, result, arg("capacity", path.capacity), arg("capital a capacity", path.capex));
}

/// Positive root of the fundamental quadratic. Domain: rate, payout, volatility > 0; result > 1.
/// Oracle: r = d = 0.04, s = 0.2 gives 2.
template <class R> R option_root(const R& rate, const R& payout, const R& volatility) {
    const R variance = volatility * volatility;
    const R drift = (rate - payout) / variance - R(0.5);
    const R result = sqrt(drift * drift + R(2.0) * rate / variance) - drift;
    return named(option_root_formula, result, arg("rate", rate), arg("payout", payout), arg("volatility", volatility));
}

/// Value of the right to pay `investment` for `value` whenever it suits. Domain: investment > 0, root > 1.
/// A project without value has an option worth 0.
template <class R> Money<R> option_value(const Money<R>& value, const Money<R>& investment, const R& root) {
    const Money<R> trigger = investment * (root / (root - R(1.0)));
    const R depth = clamp(value / trigger, R(1e-12), R(1.0));
    const Money<R> waiting = (trigger - investment) * pow(depth, root);
    const Money<R> result = select(value >= trigger, value - investment, waiting);
    return named(option_value_formula, result, arg("value", value), arg("investment", investment),
                 arg("trigger", trigger), arg("beta", root));
}

/// What one path costs and brings, discounted to its decision.
template <class R> struct PathValue {
    Money<R> capex{}, npv{}, option{};
};

/// Part of a path's capital that the buyer pays itself, grants taken off.
template <class R> R own_part(const ExpansionPath<R>& path) { return path.own_share * (R(1.0) - path.grant_share); }

/// Of a period that ends at `end`, the share in which the path stands. Years; domain: length > 0.
template <class R> R standing_share(const ExpansionPath<R>& path, double end, double length) {
    const R ready = path.decision.year + path.lead_time.raw();
    return clamp((R(end) - ready) / R(length), R(0.0), R(1.0));
}

/// What a path adds for the buyer alone: all but its tenants' part.
template <class R> WaferRate<R> buyers_capacity(const ExpansionPath<R>& path) {
    return path.capacity * (R(1.0) - path.tenant_share);
}
/// Share of the buyer's wafers on a path that its capital stands behind: tenants' capital is theirs, or the partner's.
template <class R> R own_wafer_share(const ExpansionPath<R>& path) {
    return min(ratio(path.own_share, R(1.0) - path.tenant_share, R(0.0)), R(1.0));
}

/// What a wafer of the buyer's own part costs over the site's price: cash cost and the operator's fee on it.
template <class R> R own_cost_share(const ExpansionPath<R>& path, const R& cash_cost_share) {
    return min(cash_cost_share * (R(1.0) + path.fee), R(1.0));
}

/// Of the price of a wafer on the buyer's part of a path, what its capital saves it, or brings it where the wafer is sold.
template <class R> R own_margin(const ExpansionPath<R>& path, const R& cash_cost_share) {
    return own_wafer_share(path) * (R(1.0) - own_cost_share(path, cash_cost_share));
}

/// Values a path at a wafer price. The partner's capital is already in the wafer price: only the own share is paid, and
/// only its wafers come at cash cost plus fee. Domain: rate > 0.
template <class R>
PathValue<R> path_value(const ExpansionPath<R>& path, const WaferPrice<R>& market_price, const R& cash_cost_share,
                        const PerYear<R>& rate) {
    PathValue<R> out;
    out.capex = path_capex(path);
    const R cost_share = own_cost_share(path, cash_cost_share);
    const WaferPrice<R> saving = market_price * (R(1.0) - cost_share);
    const MoneyRate<R> yearly = saving * path.capacity * (path.own_share * path.utilisation);
    const Duration<R> years = R(1.0) / capital_recovery(rate, path.life);
    const Money<R> value = named(path_value_formula, Money<R>(yearly * years * discount_factor(rate, path.lead_time)),
                                 arg("saving a wafer", saving), arg("capacity", path.capacity),
                                 arg("own share", path.own_share), arg("utilisation", path.utilisation));
    const Money<R> own = out.capex * own_part(path);
    out.npv = named(path_npv_formula, Money<R>(value - own), arg("value", value), arg("own capital", own));
    const R root = option_root(R(rate.raw()), R(path.payout.raw()), path.volatility);
    // A path that costs the buyer nothing is no option; a cent keeps the formula finite.
    out.option = option_value(value, max(own, quantity<R>(0.01, "USD"_u)), root);
    return out;
}

} // namespace autarky::foundry
