// autarky: ways to more wafers, in words and tables.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "answers/paths.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

using analysis::Worth;

std::string musd(double usd) { return show::signed_figure(std::round(usd / 1e4) / 100.0); }
std::string plain_musd(double usd) { return show::figure(std::round(usd / 1e4) / 100.0); }

/// Beyond two errors a mean has a sign; else nothing is told apart.
std::string verdict(const PathAnswer& a) {
    const auto& now = a.of.now;
    if (a.of.samples == 0) return "Every future failed; nothing can be said.";
    if (!a.makes_own)
        return fmt::format(
            "No own chip is made at {}, so its wafers serve nobody: it costs what it costs. A variant that "
            "makes chips there, or a row [allocation.<name>], gives it a use.",
            a.site);
    const char* sign = now.mean > 2.0 * now.error    ? "pays"
                       : now.mean < -2.0 * now.error ? "does not pay"
                                                     : "cannot be told from nothing";
    return fmt::format("Taken in {} it {}: {} on average, error {}, to the end of the horizon, {} with the tail behind "
                       "it; it pays in {} "
                       "of the futures, and stands before the horizon ends in {}.",
                       a.decision, sign, show::signed_money(now.mean), show::money(now.error),
                       show::signed_money(a.of.with_tail.mean), show::share_text(a.of.p_pays),
                       show::share_text(a.of.reached));
}

std::string ways_text(const PathAnswer& a, double wait, const show::Page& page) {
    show::Sheet sheet({"<what is done", "MUSD", "error", "<how often"});
    const auto row = [&sheet](const char* name, const Worth& worth, std::string often) {
        sheet.row({name, musd(worth.mean), plain_musd(worth.error), std::move(often)});
    };
    row("taken on its day", a.of.now, "always");
    row("waited for", a.of.wait, fmt::format("taken in {} by {}", show::share_text(a.of.p_taken_later), a.later));
    row("waited for twice", a.of.wait_on,
        fmt::format("taken in {}, with {} years more", show::share_text(a.of.p_taken_latest), show::figure(wait)));
    row("by halves", a.of.stage, fmt::format("completed in {}", show::share_text(a.of.p_completed)));
    row("taken, given up", a.of.abandon, fmt::format("given up in {}", show::share_text(a.of.p_abandoned)));
    row("by who knows", a.of.known, fmt::format("taken in {}", show::share_text(a.of.p_pays)));
    return sheet.text(page, 2, 2);
}

std::string money_text(const PathAnswer& a, const show::Page& page) {
    const auto& of = a.of;
    return show::wrapped(
               fmt::format(
                   "Capital {}: {} the partner's, {} grants, {} the buyer's own ({} discounted). Its {} wafers a "
                   "year are filled by the buyer to {} while it stands; the scenario's own figure is {}.",
                   show::money(of.capital), show::money(of.partner), show::money(of.grants), show::money(of.own),
                   show::money(of.own_discounted), show::figure(std::round(of.wafers_a_year)),
                   show::share_text(of.utilisation), show::share_text(of.used)),
               page.width, 0) +
           "\n";
}

/// Would the partner say yes?
std::string partner_text(const PathAnswer& a, double rate, const show::Page& page) {
    const auto& p = a.of.partners;
    const auto& whole = p.with_rest;
    const char* says = whole.mean > 2.0 * whole.error    ? "would gain"
                       : whole.mean < -2.0 * whole.error ? "would lose"
                                                         : "would neither gain nor lose that can be told";
    return show::wrapped(
               fmt::format("The partner {}: {} over the path's life at {} a year, error {}, and above nothing in {} of "
                           "the futures. Up to the horizon the site earns {} in cash by it, less {} of the partner's "
                           "capital, discounted {} together; all other sites earn {}.",
                           says, show::signed_money(whole.mean), show::share_text(rate), show::money(whole.error),
                           show::share_text(p.p_gains), show::signed_money(p.earns), show::money(p.capital),
                           show::signed_money(p.gain.mean), show::signed_money(p.elsewhere)),
               page.width, 0) +
           "\n";
}

std::string forms_text(const PathAnswer& a, double wait, const show::Page& page) {
    if (!a.forms)
        return show::wrapped("Closed forms say nothing: they need a worth and an own capital above 0.", page.width, 0) +
               "\n";
    const auto& f = *a.forms;
    return show::wrapped(
               fmt::format(
                   "Closed forms for a worth of {} against {} (rate {}, payout {}, volatility {}): the right to "
                   "take it is worth {} at the end of {} years only (Margrabe), {} at any time until then "
                   "(lattice), {} at any time for ever (McDonald and Siegel), who wait until the worth is {}.",
                   show::money(f.worth), show::money(f.investment), show::share_text(f.rate),
                   show::share_text(f.payout), show::share_text(f.volatility), show::money(f.at_end),
                   show::figure(wait), show::money(f.until), show::money(f.forever), show::money(f.trigger)),
               page.width, 0) +
           "\n";
}

std::string lump_text(const PathAnswer& a, double scale, const show::Page& page) {
    const std::string whole =
        a.lump.path ? fmt::format("the whole path serves {} years of the buyer's growth", show::figure(*a.lump.path))
                    : "the buyer's wafers do not grow";
    return show::wrapped(
               fmt::format("Lumpy or stepwise: where cost grows by the power {} of size, a step for {} years of "
                           "growth costs least (Manne); {}.",
                           show::figure(scale), show::fixed(a.lump.years, 1), whole),
               page.width, 0) +
           "\n";
}

} // namespace

std::string text(const PathsAnswer& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "Ways to more wafers") + "\n";
    out += show::wrapped(fmt::format("{}{}, {} futures, the same draws with and without a path, seed {}", a.scenario,
                                     a.variant.empty() ? "" : ", variant " + a.variant,
                                     a.paths.empty() ? 0 : a.paths.front().of.samples, a.seed),
                         page.width, 0) +
           "\n";
    for (const auto& path : a.paths) {
        out += fmt::format("\n{}: {} grows, {}\n", path.path, path.site, path.process);
        out += show::wrapped(verdict(path), page.width, 0) + "\n";
        if (path.of.samples == 0) continue;
        out += ways_text(path, a.wait, page) + money_text(path, page) + partner_text(path, a.partner_rate, page) +
               forms_text(path, a.wait, page) + lump_text(path, a.scale, page);
    }
    return out + "\n" +
           show::wrapped(
               "Worth is the run with the path less the run without it. Who waits looks at the devices that are "
               "delivered then, and decides by how such futures fared; the other half is judged as if it "
               "came alone. Closed forms know no time to build and no end of the horizon.",
               page.width, 0) +
           "\n";
}

} // namespace autarky::answers
