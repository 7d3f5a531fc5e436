// autarky: a plan of wafers in words.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "answers/plan.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

constexpr double to_usd = 1e6; // figures of a plan are in MUSD

std::string money(double musd) {
    const auto out = show::signed_money(musd * to_usd);
    return out.starts_with('+') ? out.substr(1) : out;
}
std::string signed_money(double musd) { return show::signed_money(musd * to_usd); }

std::string words_of(const plan::ContractDecision& c) {
    const auto terms = fmt::format("reserves {} thousand wafers, commits to {} of today's money",
                                   show::figure(c.reserved), money(c.minimum));
    if (c.is_given) return fmt::format("{} is signed already: it {}.", c.contract, terms);
    if (!c.is_signed) return fmt::format("Do not sign {}.", c.contract);
    return fmt::format("Sign {} at {} times the size that is reported: it {}{}.", c.contract, show::figure(c.size),
                       terms, std::fabs(c.prepaid) > 0.5 ? fmt::format("; prepaying costs {}", money(c.prepaid)) : "");
}
std::string words_of(const plan::PathDecision& p) {
    return fmt::format("{} {} at {}: {} of own capital{}{}.", p.is_taken ? "Take" : "Do not take", p.path, p.site,
                       money(p.capital), p.is_taken ? fmt::format(", {} thousand wafers", show::figure(p.wafers)) : "",
                       p.income > 0.5 ? fmt::format("; rated orders bring {} for its wafers", money(p.income)) : "");
}

std::string decisions_text(const plan::WaferPlan& p, const show::Page& page) {
    std::string out;
    const auto say = [&](const std::string& words) { out += "  " + show::hanging(words, page.width, 4) + "\n"; };
    for (const auto& one : p.contracts)
        say(words_of(one));
    for (const auto& one : p.paths)
        say(words_of(one));
    if (p.contracts.empty() && p.paths.empty()) say("There is nothing to decide: no contract and no path takes part.");
    for (const auto& name : p.left_out)
        say(fmt::format("{} is no part of it: it gives no wafers in time to a site that makes own chips.", name));
    return out;
}

std::string cost_text(const PlanAnswer& a, const plan::WaferPlan& p, const show::Page& page) {
    show::Sheet sheet({"<", "mean", "error", "5 %", "25 %", "50 %", "75 %", "95 %",
                       fmt::format("worst {}", show::share_text(1.0 - a.level))});
    const auto row = [&](const char* name, const plan::CostSpread& c) {
        const auto cell = [](double musd) { return show::figure(musd / 1e3); };
        sheet.row({name, cell(c.mean), cell(c.error), cell(c.p5), cell(c.p25), cell(c.p50), cell(c.p75), cell(c.p95),
                   cell(c.tail)});
    };
    row("planned for", p.cost);
    if (p.fresh) row("fresh futures", *p.fresh);
    std::string out = "Cost, BUSD, discounted to the decision\n" + sheet.text(page, 2, 2);
    if (!p.fresh && !p.is_stopped) out += "  In a fresh future the plan breaks its terms.\n";
    return out;
}

std::string parts_text(const plan::WaferPlan& p, const show::Page& page) {
    std::string out;
    const auto part = [&](const char* name, double musd) {
        if (std::fabs(musd) >= 0.5) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name, money(musd));
    };
    part("wafers under contracts", p.parts.contracted);
    part("open wafers", p.parts.open);
    part("wafers of paths", p.parts.paths);
    part("package, test and memory", p.parts.chips);
    part("in place of own chips", p.parts.bought);
    part("settled", p.parts.settled);
    part("prepaid", p.parts.prepaid);
    part("capital", p.parts.capital);
    part("outlets", p.parts.outlets);
    part("rated orders", p.parts.rated);
    if (out.empty()) return {};
    return show::wrapped(
               fmt::format("Of the mean: {}. Of {} thousand own chips that devices would take, something else "
                           "goes in the place of {}.",
                           out, show::figure(p.needed), show::share_text(p.bought_share)),
               page.width, 0) +
           "\n";
}

std::string worth_text(const plan::WaferPlan& p, const show::Page& page) {
    if (!p.information_worth) return {}; // stopped
    std::string words;
    if (p.stochastic_worth)
        words += fmt::format("To plan for all futures and not for their mean is worth {} (VSS); ",
                             money(*p.stochastic_worth));
    else
        words += "The plan for the mean future breaks the terms in some future, or was not found in time, so planning "
                 "for all has no price; ";
    words += fmt::format("to know the future first would be worth {} (EVPI).", money(*p.information_worth));
    if (p.reported) {
        const auto& r = *p.reported;
        const bool is_alike = std::fabs(r.value) <= std::max(p.gap, 0.0) * std::fabs(p.value);
        words += fmt::format(
            " Contracts as they are reported cost {} by the measure{}, {} by the mean, {} in the worst futures; they "
            "are cheaper in {} of the futures, and in the dearest cost {}.",
            signed_money(r.value), is_alike ? " (nothing: it lies within the gap of the search)" : "",
            signed_money(r.mean), signed_money(r.tail), show::share_text(r.p_better), signed_money(r.largest));
    } else if (!p.is_stopped) {
        words += " Contracts as they are reported have sizes that are not allowed, or break the terms in some future.";
    }
    return show::wrapped(words, page.width, 0) + "\n";
}

std::string frontier_text(const plan::WaferPlan& p, const show::Page& page) {
    show::Sheet sheet({"<sourcing", "weight", "mean", "worst", "contracts", "paths", "<"});
    for (const auto& one : p.frontier)
        sheet.row({one.sourcing, show::figure(one.weight), show::figure(one.mean / 1e3, 5),
                   show::figure(one.tail / 1e3, 5), show::figure(one.size), std::to_string(one.paths),
                   one.is_complete ? "" : "gap open"});
    return "Cost against risk, BUSD; contracts: sum of their sizes\n" + sheet.text(page, 2, 2);
}

/// Rows whose two sides were looked at, dearest first.
template <class One> std::vector<const One*> dearest_of(const std::vector<One>& all) {
    std::vector<const One*> out;
    for (const auto& one : all)
        if (one.more) out.push_back(&one);
    std::stable_sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return *a->more > *b->more; });
    return out;
}
/// Less than half of a wafer or unit, and less than half a cent, is the solver's tolerance.
std::string beyond(double figure, double tolerance) {
    return show::figure(std::fabs(figure) < tolerance ? 0.0 : figure);
}
template <class One>
void add_dearest(show::Sheet& sheet, const std::vector<const One*>& dearest, std::string One::* name,
                 double One::* amount) {
    constexpr double half = 5e-4, half_cent = 5e-3; // thousand; USD
    for (const auto* one : dearest) {
        const double other = one->fewer.value_or(one->price); // without one to take: the dual
        const bool is_kink = std::fabs(other - *one->more) > 0.01 * std::max(std::fabs(other), 1.0);
        sheet.row({one->*name, one->quarter, beyond(one->*amount, half), show::share_text(one->p_binds),
                   beyond(one->price, half_cent), beyond(*one->more, half_cent),
                   one->fewer ? beyond(*one->fewer, half_cent) : "-", is_kink ? "kink" : ""});
    }
}

std::string sites_text(const plan::WaferPlan& p, const show::Page& page) {
    const auto dearest = dearest_of(p.sites);
    if (dearest.empty() && p.is_stopped) return {};
    if (dearest.empty()) return "An open wafer more would save nothing anywhere: capacity never binds in this plan.\n";
    show::Sheet sheet({"<site", "<quarter", "k wafers", "binds in", "dual", "1 more", "1 fewer", "<"});
    add_dearest(sheet, dearest, &plan::SiteQuarter::site, &plan::SiteQuarter::wafers);
    const auto head = "What an open wafer more would save where its dual is dearest, discounted USD a wafer, mean of "
                      "the futures";
    return show::wrapped(head, page.width, 0) + "\n" + sheet.text(page, 2, 2) +
           fmt::format("Open wafers bind somewhere, some time, in {} of the futures.\n", show::share_text(p.p_binds));
}

std::string back_ends_text(const plan::WaferPlan& p, const show::Page& page) {
    if (p.back_ends.empty()) return {};
    const auto dearest = dearest_of(p.back_ends);
    if (dearest.empty() && p.is_stopped) return {};
    if (dearest.empty()) return "\nA unit more of a back end would save nothing anywhere: none keeps dies waiting.\n";
    show::Sheet sheet({"<back end", "<quarter", "k room", "binds in", "dual", "1 more", "1 fewer", "<"});
    add_dearest(sheet, dearest, &plan::BackEndQuarter::back_end, &plan::BackEndQuarter::room);
    const auto head =
        "What a unit more of a back end would save where its dual is dearest, discounted USD a unit, mean "
        "of the futures; room: units that own dies may take";
    return "\n" + show::wrapped(head, page.width, 0) + "\n" + sheet.text(page, 2, 2);
}

} // namespace

std::string text(const PlanAnswer& a, const show::Page& page) {
    if (a.mps) return *a.mps;
    const auto& p = *a.plan;
    std::string out = show::inked(page, show::Ink::bold, "What to contract") + "\n";
    out += fmt::format("{}{}, {} to {}, {} futures and as many fresh ones, seed {}{}\n", a.scenario,
                       a.variant.empty() ? "" : ", variant " + a.variant, a.from, a.until, a.futures, a.seed,
                       a.failed > 0 ? fmt::format("; {} failed and are left out", a.failed) : "");
    if (!p.is_complete)
        out += show::wrapped(
                   fmt::format(
                       "NOT PROVED THE BEST: the gap is still open. No plan is better by more than {} of the value.",
                       show::share_text(p.gap)),
                   page.width, 0) +
               "\n";
    if (p.is_stopped)
        out += show::wrapped("It was stopped: the best plan so far; what else is said of a plan was not all looked at.",
                             page.width, 0) +
               "\n";
    out += "\n" + decisions_text(p, page) + "\n" + cost_text(a, p, page) + "\n" + parts_text(p, page) + "\n";
    for (const auto& part : {worth_text(p, page), p.frontier.empty() ? "" : frontier_text(p, page),
                             sites_text(p, page) + back_ends_text(p, page)})
        if (!part.empty()) out += part + "\n";
    out += show::wrapped(
        fmt::format(
            "It makes mean + {} x mean of the worst {} small, to {} of {} by {} rounds of {}. It decides contracts "
            "and paths before the future is known, and all else with the whole future known, so its costs are "
            "those of a good planner; prices, yields and need are the run's, and what is started teaches nobody.",
            show::figure(a.weight), show::share_text(1.0 - a.level), show::share_text(std::max(p.gap, 0.0)),
            money(p.value), p.rounds, a.solver),
        page.width, 0);
    return out + "\n";
}

} // namespace autarky::answers
