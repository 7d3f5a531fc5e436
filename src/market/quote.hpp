// autarky: what a merchant asks of this buyer, this quarter: list, rivals' pressure, bargain; never below its floor.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finance.hpp"
#include "market/entities.hpp"

namespace autarky::market {

inline constexpr Formula list_price_formula{"merchant.list_price", "List price of the newest generation",
                                            "list x generation price^k x (1 - decline)^age", "Autarky"};
inline constexpr Formula merchant_cost_formula{"merchant.unit_cost", "Merchant's unit cost of the newest generation",
                                               "cost x generation price^k x (1 - decline)^age", "Autarky"};
inline constexpr Formula asked_formula{"merchant.asked", "List price for this volume",
                                       "max(list x discount x response, floor)", "Autarky"};
inline constexpr Formula quote_formula{
    "merchant.quote", "Quote under the rivals' pressure",
    "max(floor, asked - conduct x max(0, asked - limit)), limit = lowest rival floor and the gap in cost of use",
    "limit pricing: Bain, American Economic Review 39(2) 1949; conduct between Bertrand and a price that stands"};
inline constexpr Formula discount_formula{"merchant.volume_discount", "Volume discount",
                                          "1 - slope x log10(max(1, volume / reference)), at least 0.2", "Autarky"};
inline constexpr Formula bargain_formula{"merchant.bargain", "Price after bargaining",
                                         "quote - weight x credibility x max(0, quote - max(outside option, floor))",
                                         "split of the surplus, Nash, Econometrica 18(2) 1950"};

/// A merchant's figures of one quarter, a chip of its newest generation.
template <class R> struct Quote {
    ChipCost<R> list{}, asked{}, price{}, cost{}, floor{};
};

/// Discount factor on the list price at a yearly volume. Domain: slope in [0, 1], reference > 0, volume >= 0.
template <class R> R volume_discount(const R& slope, const ChipRate<R>& volume, const ChipRate<R>& reference) {
    constexpr double one_over_ln10 = 0.43429448190325176;
    const R decades = log(max(volume / reference, R(1.0))) * R(one_over_ln10);
    const R result = max(R(1.0) - slope * decades, R(0.2));
    return named(discount_formula, result, arg("slope", slope), arg("volume", volume), arg("reference", reference));
}

/// How a merchant's prices fall, in one sample.
template <class R> struct PriceFall {
    R log_step, log_list, log_cost; ///< logs of what a generation, and a year of one, leave of a price

    /// Domain: declines < 1, generation price > 0.
    explicit PriceFall(const Merchant<R>& m)
        : log_step(log(m.generation_price)),
          log_list(log(max(R(1.0) - m.price_decline.raw(), R(1e-9)))),
          log_cost(log(max(R(1.0) - m.cost_decline.raw(), R(1e-9)))) {}
};

/// List price of generation k, `age` years after its start.
template <class R> ChipCost<R> list_price(const Merchant<R>& m, const PriceFall<R>& fall, const R& k, const R& age) {
    return named(list_price_formula, ChipCost<R>(m.list_price * exp(k * fall.log_step + age * fall.log_list)),
                 arg("list price", m.list_price), arg("generation", k), arg("age", age));
}

/// What a chip of generation k costs the merchant, `age` years after its start.
template <class R> ChipCost<R> merchant_cost(const Merchant<R>& m, const PriceFall<R>& fall, const R& k, const R& age) {
    return named(merchant_cost_formula, ChipCost<R>(m.unit_cost * exp(k * fall.log_step + age * fall.log_cost)),
                 arg("unit cost", m.unit_cost), arg("generation", k), arg("age", age));
}

/// Price of a chip that the merchant lists at `list` and that costs it `cost`, for `volume` a year after the merchant has lost
/// `lost_share` of its market to in-house chips; never below its floor.
template <class R>
Quote<R> listed(const Merchant<R>& m, const ChipCost<R>& list, const ChipCost<R>& cost, const ChipRate<R>& volume,
                const R& lost_share) {
    Quote<R> out;
    out.list = list;
    out.cost = cost;
    out.floor = out.cost / max(R(1.0) - m.minimum_margin, R(0.01));
    const R response = max(R(1.0) - m.response * lost_share, R(0.5));
    const ChipCost<R> asked = out.list * (volume_discount(m.volume_discount, volume, m.discount_reference) * response);
    out.asked = named(asked_formula, ChipCost<R>(max(asked, out.floor)), arg("list price", out.list),
                      arg("lost share", lost_share), arg("floor", out.floor));
    out.price = out.asked;
    return out;
}

/// Quote when a rival could serve the buyer at `limit` a chip of this merchant. Between floor and asked price; it never
/// falls as the limit rises. Domain: conduct in [0, 1].
template <class R> ChipCost<R> pressed_price(const Quote<R>& q, const ChipCost<R>& limit, const R& conduct) {
    const ChipCost<R> pull = max(q.asked - limit, ChipCost<R>(R(0.0))) * conduct;
    return named(quote_formula, ChipCost<R>(max(q.asked - pull, q.floor)), arg("asked", q.asked), arg("limit", limit),
                 arg("conduct", conduct), arg("floor", q.floor));
}

/// Price to a buyer whose outside option costs `outside` a chip of this merchant and is credible to the degree
/// `credibility` (0..1): it moves from the quote toward the higher of that cost and the floor. Domain: weight in [0, 1].
template <class R>
ChipCost<R> bargained_price(const Quote<R>& q, const ChipCost<R>& outside, const R& weight, const R& credibility) {
    const ChipCost<R> target = max(outside, q.floor);
    const ChipCost<R> room = max(q.price - target, ChipCost<R>(R(0.0)));
    const ChipCost<R> result = q.price - room * (weight * credibility);
    return named(bargain_formula, result, arg("quote", q.price), arg("outside option", outside), arg("floor", q.floor),
                 arg("weight", weight), arg("credibility", credibility));
}

} // namespace autarky::market
