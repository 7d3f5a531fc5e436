// autarky: prices options.
// SPDX-License-Identifier: Apache-2.0
#include "plan/option.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/normal.hpp"
#include "core/normal_density.hpp"

namespace autarky::plan {
namespace {

/// Positive root of the fundamental quadratic less 1. Its own quadratic has no constant that cancels, so a small payout
/// keeps all digits of a hurdle that grows as one over it; foundry's root, less 1, has none left below a payout of 1e-16.
double root_above_one(double rate, double payout, double volatility) {
    const double variance = volatility * volatility, slope = 0.5 * variance + rate - payout;
    const double spread = std::sqrt(slope * slope + 2.0 * variance * payout);
    return slope > 0.0 ? 2.0 * payout / (slope + spread) : (spread - slope) / variance;
}

double payoff(double price, double strike, Right right) {
    return std::max(right == Right::call ? price - strike : strike - price, 0.0);
}

/// Prices of a lattice with down = 1 / up, each from today's: what underflows at the edge stays there.
class LatticePrices {
public:
    LatticePrices(double today, double up, std::uint64_t steps) : steps_(steps), prices_(2 * steps + 1) {
        for (std::uint64_t at = 0; at < prices_.size(); ++at)
            prices_[at] = today * std::pow(up, static_cast<double>(at) - static_cast<double>(steps));
    }
    /// After so many steps, of which so many went up.
    [[nodiscard]] double operator()(std::uint64_t ups, std::uint64_t of) const {
        return prices_[steps_ + 2 * ups - of];
    }

private:
    std::uint64_t steps_;
    std::vector<double> prices_;
};

/// Values on the lattice, rolled back from its end to the root; the last two are kept for the slope.
struct Rolled {
    double root = 0.0, after_up = 0.0, after_down = 0.0;
};
Rolled roll_back(const DatedOption& o, const LatticeWorth& step, Right right, bool is_american, std::uint64_t steps) {
    const double discount = std::exp(-o.rate * o.end / static_cast<double>(steps));
    const LatticePrices price(o.price, step.up, steps);
    std::vector<double> worth(steps + 1);
    for (std::uint64_t ups = 0; ups <= steps; ++ups)
        worth[ups] = payoff(price(ups, steps), o.strike, right);
    Rolled out;
    for (std::uint64_t at = steps; at-- > 0;) {
        if (at == 0) out.after_down = worth[0], out.after_up = worth[1];
        for (std::uint64_t ups = 0; ups <= at; ++ups) {
            worth[ups] = discount * (step.probability * worth[ups + 1] + (1.0 - step.probability) * worth[ups]);
            if (is_american) worth[ups] = std::max(worth[ups], payoff(price(ups, at), o.strike, right));
        }
    }
    out.root = worth[0];
    return out;
}

} // namespace

InvestmentWorth mcdonald_siegel(const InvestmentOption& o) {
    InvestmentWorth out;
    const double above = root_above_one(o.rate, o.payout, o.volatility);
    out.beta = 1.0 + above;
    out.hurdle = out.beta / above;
    out.trigger = out.hurdle * o.investment;
    out.npv = o.value - o.investment;
    out.invest_now = o.value >= out.trigger;
    // (V* - I) (V / V*)^beta, with V* - I = V* / beta: no factor is large where the value is small.
    out.value = out.invest_now ? out.npv : o.value / out.beta * std::pow(o.value / out.trigger, above);
    out.waiting = out.value - std::max(out.npv, 0.0);
    return out;
}

PerpetualPutWorth perpetual_put(const PerpetualPut& o) {
    // The two roots multiply to -2 r / sigma^2, which spares the difference that would cancel.
    PerpetualPutWorth out;
    const double positive = 1.0 + root_above_one(o.rate, o.payout, o.volatility);
    out.beta = -2.0 * o.rate / (o.volatility * o.volatility * positive);
    out.trigger = o.strike * out.beta / (out.beta - 1.0);
    out.exercise_now = o.price <= out.trigger;
    out.value =
        out.exercise_now ? o.strike - o.price : (o.strike - out.trigger) * std::pow(o.price / out.trigger, out.beta);
    return out;
}

BlackScholesWorth black_scholes(const DatedOption& o) {
    BlackScholesWorth out;
    const double spread = o.volatility * std::sqrt(o.end);
    const double held = std::exp(-o.payout * o.end), discount = std::exp(-o.rate * o.end);
    out.d1 = (std::log(o.price / o.strike) + (o.rate - o.payout) * o.end) / spread + 0.5 * spread;
    out.d2 = out.d1 - spread;
    out.call = o.price * held * normal_probability(out.d1) - o.strike * discount * normal_probability(out.d2);
    out.put = o.strike * discount * normal_probability(-out.d2) - o.price * held * normal_probability(-out.d1);
    out.delta_call = held * normal_probability(out.d1);
    out.delta_put = -held * normal_probability(-out.d1);
    out.gamma = held * normal_density(out.d1) / (o.price * spread);
    out.vega = o.price * held * normal_density(out.d1) * std::sqrt(o.end);
    return out;
}

ExchangeWorth margrabe(const ExchangeOption& o) {
    ExchangeWorth out;
    const double a = o.volatility_of_gets, b = o.volatility_of_gives;
    // a^2 + b^2 - 2 rho a b, whose terms would cancel where the assets move together.
    out.volatility = std::sqrt((a - b) * (a - b) + 2.0 * (1.0 - o.correlation) * a * b);
    const double gets = o.gets * std::exp(-o.payout_of_gets * o.end);
    const double gives = o.gives * std::exp(-o.payout_of_gives * o.end);
    if (out.volatility == 0.0) {
        out.value = std::max(gets - gives, 0.0);
        return out;
    }
    const double spread = out.volatility * std::sqrt(o.end);
    out.d1 = std::log(gets / gives) / spread + 0.5 * spread;
    out.d2 = *out.d1 - spread;
    out.value = gets * normal_probability(*out.d1) - gives * normal_probability(*out.d2);
    return out;
}

std::uint64_t least_steps(const DatedOption& o) {
    const double drift = (o.rate - o.payout) / o.volatility;
    return static_cast<std::uint64_t>(std::floor(drift * drift * o.end)) + 1;
}

LatticeWorth binomial(const DatedOption& o, Right right, bool is_american, std::uint64_t steps) {
    LatticeWorth out;
    const double step = o.end / static_cast<double>(steps);
    out.up = std::exp(o.volatility * std::sqrt(step));
    out.down = 1.0 / out.up;
    out.probability = (std::exp((o.rate - o.payout) * step) - out.down) / (out.up - out.down);
    const auto european = roll_back(o, out, right, false, steps);
    const auto used = is_american ? roll_back(o, out, right, true, steps) : european;
    const auto closed = black_scholes(o);
    out.value = used.root;
    out.european = european.root;
    out.closed_form = right == Right::call ? closed.call : closed.put;
    out.delta = (used.after_up - used.after_down) / (o.price * (out.up - out.down));
    return out;
}

} // namespace autarky::plan
