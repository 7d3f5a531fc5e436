// autarky: how makers of robots share a market by what an hour of their robots' work costs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "core/power.hpp"
#include "market/entities.hpp"

namespace autarky::market {

inline constexpr Formula lag_formula{"rival.process_lag", "Nodes that a rival's chips lag",
                                     "lag + (lag once closed - lag) x closed share", "Autarky"};
inline constexpr Formula robot_share_formula{
    "robot.market_share", "The buyer's share of robot sales",
    "a / (a + (1 - a) sum over rivals of weight x (its cost of an hour / the buyer's)^-rivalry)",
    "logit in logarithms of price: Anderson, de Palma and Thisse, Discrete Choice Theory, 1992"};

/// Nodes that a rival's chips lag while foundries abroad are closed to it to this degree (0..1).
template <class R> R process_lag(const Rival<R>& rival, const R& closed) {
    const R result = rival.process_lag + (rival.process_lag_closed - rival.process_lag) * closed;
    return named(lag_formula, result, arg("lag", rival.process_lag), arg("lag once closed", rival.process_lag_closed),
                 arg("closed", closed));
}

/// The buyer's share of sales, and the log of what an hour of the market's work costs over the buyer's (at most 0 where rivals
/// are cheaper): the index that belongs to these shares.
template <class R> struct MarketSplit {
    R share{}, log_price{};
};

/// `equal` is the buyer's share where all cost the same; `weight` the rivals' parts of the rest (they add to 1), `log_cost`
/// the logs of their costs of an hour of work, `own_log_cost` that of the buyer's. As the buyer's cost falls, its share
/// never falls and the market's cost never rises. Without rivals the share is `equal`. Domain: rivalry > 0.
template <class R>
MarketSplit<R> split_market(const R& equal, const R& rivalry, const R& own_log_cost, std::span<const R> weight,
                            std::span<const R> log_cost) {
    MarketSplit<R> out;
    if (weight.empty()) {
        out.share = equal;
        out.log_price = R(0.0);
        return out;
    }
    R pull = equal;
    for (std::size_t k = 0; k < weight.size(); ++k)
        pull += (R(1.0) - equal) * weight[k] * exp(rivalry * (own_log_cost - log_cost[k]));
    out.share = named(robot_share_formula, ratio(equal, pull, R(0.0)), arg("share at equal cost", equal),
                      arg("rivalry", rivalry));
    out.log_price = -log(pull) / rivalry;
    return out;
}

/// Each rival's part of the sales that the buyer does not have, in `out`: its weight times its cost of an hour to the power
/// -rivalry, over the sum of all. They add to 1.
template <class R>
void rival_shares(const R& rivalry, std::span<const R> weight, std::span<const R> log_cost, std::vector<R>& out) {
    out.clear();
    R all(0.0);
    for (std::size_t k = 0; k < weight.size(); ++k) {
        out.push_back(weight[k] * exp(rivalry * (log_cost[0] - log_cost[k])));
        all += out.back();
    }
    for (auto& share : out)
        share = ratio(share, all, R(0.0));
}

} // namespace autarky::market
