// autarky: what the merchant market asks of this buyer, this quarter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finance.hpp"
#include "market/entities.hpp"

namespace autarky::market {

inline constexpr Formula list_price_formula{"merchant.list_price", "List price for the same work",
                                            "list (1 - decline)^t", "Autarky"};
inline constexpr Formula merchant_cost_formula{"merchant.unit_cost", "Merchant's unit cost for the same work",
                                               "cost (1 - decline)^t", "Autarky"};
inline constexpr Formula quote_formula{"merchant.quote", "Quote to this buyer",
                                       "max(list x discount x response, cost / (1 - minimum margin))", "Autarky"};
inline constexpr Formula discount_formula{"merchant.volume_discount", "Volume discount",
                                          "1 - slope x log10(max(1, volume / reference)), at least 0.2", "Autarky"};
inline constexpr Formula bargain_formula{"merchant.bargain", "Price after bargaining",
                                         "quote - weight x credibility x max(0, quote - max(own cost, floor))",
                                         "split of the surplus, Nash 1950"};

/// A merchant's price and cost of one quarter, for one unit of work (a chip of the reference merchant).
template <class R> struct Quote {
    ChipCost<R> list{}, price{}, cost{}, floor{};
};

/// Discount factor on the list price at a yearly volume. Domain: slope in [0, 1], reference > 0, volume >= 0.
template <class R> R volume_discount(const R& slope, const ChipRate<R>& volume, const ChipRate<R>& reference) {
    constexpr double one_over_ln10 = 0.43429448190325176;
    const R decades = log(max(volume / reference, R(1.0))) * R(one_over_ln10);
    const R result = max(R(1.0) - slope * decades, R(0.2));
    return named(discount_formula, result, arg("slope", slope), arg("volume", volume), arg("reference", reference));
}

/// Quote for `volume` a year, after the merchant has lost `lost_share` of its market to in-house chips. `price_factor`
/// and `cost_factor` are what its yearly declines have left of list price and cost.
template <class R>
Quote<R> quote(const Merchant<R>& m, const R& price_factor, const R& cost_factor, const ChipRate<R>& volume,
               const R& lost_share) {
    const ChipCost<R> list = named(list_price_formula, ChipCost<R>(m.list_price * price_factor),
                                   arg("list price", m.list_price), arg("left of it", price_factor));
    Quote<R> out;
    out.list = list / m.work;
    out.cost = named(merchant_cost_formula, ChipCost<R>(m.unit_cost * cost_factor), arg("unit cost", m.unit_cost),
                     arg("left of it", cost_factor)) /
               m.work;
    out.floor = out.cost / max(R(1.0) - m.minimum_margin, R(0.01));
    const R response = max(R(1.0) - m.response * lost_share, R(0.5));
    const ChipCost<R> asked = out.list * (volume_discount(m.volume_discount, volume, m.discount_reference) * response);
    out.price = named(quote_formula, max(asked, out.floor), arg("list price", list), arg("work", m.work),
                      arg("lost share", lost_share), arg("floor", out.floor));
    return out;
}

/// Price to a buyer whose own chip of `own_cost` is credible to the degree `credibility` (0..1): it moves from the quote
/// toward the higher of that cost and the merchant's floor. Domain: weight in [0, 1].
template <class R>
ChipCost<R> bargained_price(const Quote<R>& q, const ChipCost<R>& own_cost, const R& weight, const R& credibility) {
    const ChipCost<R> target = max(own_cost, q.floor);
    const ChipCost<R> room = max(q.price - target, ChipCost<R>(R(0.0)));
    const ChipCost<R> result = q.price - room * (weight * credibility);
    return named(bargain_formula, result, arg("quote", q.price), arg("own cost", own_cost), arg("floor", q.floor),
                 arg("weight", weight), arg("credibility", credibility));
}

} // namespace autarky::market
