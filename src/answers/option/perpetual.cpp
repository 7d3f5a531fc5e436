// autarky: prices options without an end.
// SPDX-License-Identifier: Apache-2.0
#include "answers/option/perpetual.hpp"

#include <fmt/format.h>

#include <cmath>

#include "answers/option/lines.hpp"
#include "core/refuse.hpp"

namespace autarky::answers {

InvestmentWorth mcdonald_siegel(const Catalogue& /*catalogue*/, const McDonaldSiegelQuestion& q,
                                const Watch& /*watch*/) {
    if (!(q.delta > 0.0))
        refuse_field("delta", "E0504", "without a payout waiting costs nothing, and nobody ever invests",
                     "a payout above 0");
    const auto out = plan::mcdonald_siegel({q.r, q.delta, q.sigma, q.investment, q.value});
    refuse_overflow(std::isfinite(out.trigger) && std::isfinite(out.value), "delta",
                    "a larger payout, or a smaller investment: the trigger grows as one over the payout");
    return out;
}

std::string text(const InvestmentWorth& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "The option to invest, once and at any time") + "\n";
    FigureLines lines(page);
    lines.add("beta", a.beta, "positive root of the fundamental quadratic");
    lines.add("hurdle", a.hurdle, "value over investment at which to invest");
    lines.add("trigger", a.trigger, "value at which to invest");
    lines.add("value", a.value, "worth of the right to invest");
    lines.add("npv", a.npv, "value less investment");
    lines.add("waiting", a.waiting, "worth less the better of investing today and never");
    return out + lines.text() +
           show::wrapped(a.invest_now ? "The value has reached the trigger: invest now."
                                      : "Wait: the value lies below the trigger.",
                         page.width, 0) +
           "\n" +
           show::wrapped(
               "McDonald and Siegel, QJE 101(4), 1986. It takes the value as a geometric Brownian motion, the "
               "investment as lump, final and at once; with years to build the hurdle is lower.",
               page.width, 0) +
           "\n";
}

PerpetualPutWorth perpetual_put(const Catalogue& /*catalogue*/, const PerpetualPutQuestion& q, const Watch& /*watch*/) {
    if (!(q.r > 0.0))
        refuse_field("r", "E0504", "without a rate the price of the sale loses nothing, and nobody ever sells",
                     "a rate above 0");
    const auto out = plan::perpetual_put({q.r, q.delta, q.sigma, q.K, q.S});
    refuse_overflow(std::isfinite(out.trigger) && std::isfinite(out.value), "S", smaller_prices);
    return out;
}

std::string text(const PerpetualPutWorth& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "The right to sell for a fixed price, without an end") + "\n";
    FigureLines lines(page);
    lines.add("beta", a.beta, "negative root of the fundamental quadratic");
    lines.add("trigger", a.trigger, "price at or below which to sell");
    lines.add("value", a.value, "worth of the right");
    return out + lines.text() +
           show::wrapped(a.exercise_now ? "The price has fallen to the trigger: sell now."
                                        : "Wait: the price lies above the trigger.",
                         page.width, 0) +
           "\n" + show::wrapped("Merton, Bell Journal of Economics 4(1), 1973.", page.width, 0) + "\n";
}

const Entry mcdonald_siegel_entry = entry_of<&mcdonald_siegel, McDonaldSiegelQuestion, InvestmentWorth>(
    "option", "mcdonald-siegel", "The option to invest: hurdle, trigger, worth");

const Entry perpetual_put_entry = entry_of<&perpetual_put, PerpetualPutQuestion, PerpetualPutWorth>(
    "option", "perpetual-put", "The right to sell, or to give up, without an end");

} // namespace autarky::answers
