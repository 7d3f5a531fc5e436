// autarky: prices options with an end.
// SPDX-License-Identifier: Apache-2.0
#include "answers/option/dated.hpp"

#include <fmt/format.h>

#include <cmath>

#include "answers/option/lines.hpp"
#include "core/refuse.hpp"

namespace autarky::answers {

BlackScholesWorth black_scholes(const Catalogue& /*catalogue*/, const BlackScholesQuestion& q, const Watch& /*watch*/) {
    const auto out = plan::black_scholes(q.option());
    refuse_overflow(std::isfinite(out.call) && std::isfinite(out.put) && std::isfinite(out.gamma), "S",
                    "a larger price or a smaller strike, or a shorter time");
    return out;
}

std::string text(const BlackScholesWorth& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "The right to buy, or to sell, at an end") + "\n";
    FigureLines lines(page);
    lines.add("call", a.call, "worth of the right to buy");
    lines.add("put", a.put, "worth of the right to sell");
    lines.add("d1", a.d1);
    lines.add("d2", a.d2);
    lines.add("delta of call", a.delta_call, "change of the call with S");
    lines.add("delta of put", a.delta_put);
    lines.add("gamma", a.gamma, "change of either delta with S");
    lines.add("vega", a.vega, "change of either worth with sigma");
    return out + lines.text() +
           show::wrapped("Black and Scholes, Journal of Political Economy 81(3), 1973, with a continuous payout.",
                         page.width, 0) +
           "\n";
}

CrrAnswer crr(const Catalogue& /*catalogue*/, const CrrQuestion& q, const Watch& /*watch*/) {
    const auto option = q.option();
    const auto least = plan::least_steps(option);
    if (least > most_lattice_steps) {
        const double steepest = std::fabs(q.r - q.q) * std::sqrt(q.T / static_cast<double>(most_lattice_steps));
        refuse_field("sigma", "E0504",
                     fmt::format("a step up would have a probability outside 0 to 1 with any number of steps up to {}",
                                 most_lattice_steps),
                     fmt::format("above {} for these rates and this time, or a shorter {}",
                                 bound_text(steepest, std::ceil), field_mark("T")));
    }
    if (q.n < least)
        refuse_field("n", "E0504",
                     fmt::format("with {} {} a step up would have a probability outside 0 to 1", q.n,
                                 q.n == 1 ? "step" : "steps"),
                     fmt::format("at least {} steps for these rates, volatility and time", least));
    const CrrAnswer out{{plan::binomial(option, q.right, q.american, q.n)}, q.n, q.right, q.american};
    refuse_overflow(std::isfinite(out.value) && std::isfinite(out.delta) && std::isfinite(out.closed_form), "sigma",
                    "less, a shorter time or fewer steps: the lattice spans exp(sigma sqrt(n T)) both ways");
    return out;
}

std::string text(const CrrAnswer& a, const show::Page& page) {
    const bool is_call = a.right == plan::Right::call;
    std::string out = show::inked(page, show::Ink::bold,
                                  fmt::format("The right to {}{}, on a lattice of {} steps", is_call ? "buy" : "sell",
                                              a.is_american ? " at any step" : " at the end", a.steps)) +
                      "\n";
    FigureLines lines(page);
    lines.add("value", a.value, "worth of the right");
    if (a.is_american) lines.add("european", a.european, "if it may be used at the end only");
    lines.add("closed form", a.closed_form, "that by Black and Scholes, the limit of many steps");
    lines.add("delta", a.delta, "change of the worth with S");
    lines.add("u", a.up, "factor of a step up");
    lines.add("d", a.down, "factor of a step down");
    lines.add("p", a.probability, "risk-neutral probability of a step up");
    return out + lines.text() +
           show::wrapped("Cox, Ross and Rubinstein, Journal of Financial Economics 7(3), 1979.", page.width, 0) + "\n";
}

ExchangeWorth margrabe(const Catalogue& /*catalogue*/, const MargrabeQuestion& q, const Watch& /*watch*/) {
    const auto out = plan::margrabe({q.S1, q.S2, q.q1, q.q2, q.sigma1, q.sigma2, q.rho, q.T});
    refuse_overflow(std::isfinite(out.value), "S1", smaller_prices);
    return out;
}

std::string text(const ExchangeWorth& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "The right to give one asset for another at an end") + "\n";
    FigureLines lines(page);
    lines.add("value", a.value, "worth of the right");
    lines.add("sigma", a.volatility, "volatility of the ratio of the assets");
    if (a.d1) lines.add("d1", *a.d1);
    if (a.d2) lines.add("d2", *a.d2);
    if (!a.d1) out += show::wrapped("The ratio of the two assets does not vary.", page.width, 0) + "\n";
    return out + lines.text() + show::wrapped("Margrabe, Journal of Finance 33(1), 1978.", page.width, 0) + "\n";
}

const Entry black_scholes_entry = entry_of<&black_scholes, BlackScholesQuestion, BlackScholesWorth>(
    "option", "black-scholes", "The right to buy or sell at an end, in closed form");

const Entry crr_entry =
    entry_of<&crr, CrrQuestion, CrrAnswer>("option", "crr", "The same on a binomial lattice, also before the end");

const Entry margrabe_entry = entry_of<&margrabe, MargrabeQuestion, ExchangeWorth>(
    "option", "margrabe", "The right to give one asset for another");

} // namespace autarky::answers
