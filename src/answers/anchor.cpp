// autarky: runs a scenario with and without the buyer's wafers and tells what they teach.
// SPDX-License-Identifier: Apache-2.0
#include "answers/anchor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "answers/stress_sets.hpp"
#include "core/diagnostics.hpp"
#include "core/refuse.hpp"
#include "engine/result.hpp"
#include "input/central.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

/// Rows of the sites that are asked about.
std::vector<std::size_t> sites_of(const Session& session, const std::string& asked) {
    const auto own = own_sites(session);
    const auto& names = session.loaded().scenario.site.names;
    const auto row = [&names](const std::string& name) {
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    if (own.empty())
        refuse_field("scenario", "E0504", "no own chip is made in this scenario, so it anchors no site",
                     "one with rows [allocation.<name>]");
    std::vector<std::size_t> out;
    for (const auto& site : own)
        if (asked.empty() || site == asked) out.push_back(row(site));
    if (!out.empty()) return out;
    if (std::find(names.begin(), names.end(), asked) != names.end())
        refuse_field("site", "E0504", fmt::format("no own chip is made at '{}'", asked),
                     fmt::format("own chips are made at {}", fmt::join(own, ", ")));
    auto hint = did_you_mean(asked, {own.begin(), own.end()});
    if (hint.empty()) hint = fmt::format("own chips are made at {}", fmt::join(own, ", "));
    refuse_field("site", "E0505", fmt::format("'{}' is no site of the scenario", asked), hint);
}

/// Every programme of own chips is given up before its first wafer; all other draws stay.
Sets no_own_wafers(const Session& session) {
    const auto& s = session.loaded().scenario;
    Sets out;
    for (const auto& chip : s.chip.names) {
        const bool follows =
            std::find(s.successor.names.begin(), s.successor.names.end(), chip) != s.successor.names.end();
        const auto* table = follows ? "successor" : "chip";
        out.push_back(fmt::format("{}.{}.cancellation_hazard=\"1_000_000 %/year\"", table, chip));
        out.push_back(fmt::format("{}.{}.cancellation_luck=\"0.5\"", table, chip));
    }
    return out;
}

/// Wafers a year that the sites of a process can make, medians of their capacities over the first year.
double wafers_a_year(const Session& session, std::size_t process) {
    const auto& s = session.loaded().scenario;
    const auto& inputs = session.loaded().inputs;
    constexpr int first_year = 4;
    double sum = 0.0;
    for (const auto& site : s.site.rows) {
        if (static_cast<std::size_t>(site.process.index) != process) continue;
        Series<double> middle;
        middle.dates = site.capacity.dates;
        for (const auto& knot : site.capacity.values)
            middle.values.push_back(
                scenario::central_value(inputs.rows[static_cast<std::size_t>(knot.raw().input)].distribution));
        for (int q = 0; q < first_year; ++q)
            sum += middle.at((s.horizon.start + q).middle()) / first_year;
    }
    return sum; // base units: wafers a year
}

std::string with_error(double value, double error) {
    return fmt::format("{} ({})", show::fixed(value, 2), show::fixed(error, 2));
}

std::string percent(double share) { return show::fixed(100.0 * share, 1); }

std::string sites_text(const AnchorAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<site", "<chip", "when", "without, %", "with, %", "points", "kwafers/mo", "per 1,000"});
    for (const auto& y : a.of.most)
        sheet.row({y.site, y.chip, y.quarter, percent(y.without), percent(y.with), with_error(y.points, y.points_error),
                   show::fixed(y.wafers, 2),
                   y.per_thousand ? with_error(*y.per_thousand, *y.per_thousand_error) : "-"});
    return "What the buyer's wafers add to yield, in the quarter in which they add most\n" + sheet.text(page, 2, 2) +
           show::wrapped("Points of die yield, standard errors of sampling in brackets; per 1,000 wafers a month, from "
                         "the buyer's first wafer to that quarter.",
                         page.width, 0) +
           "\n";
}

std::string fit_words(const analysis::AnchorFit& fit) {
    if (!fit.rate)
        return fmt::format("{}: reported yields: {}; three on different days are needed for a rate.", fit.process,
                           fit.reports.size());
    const double apart = std::fabs(*fit.rate - fit.scenario);
    return fmt::format("{}: its reports fit {} a year ({}); the scenario has {} in time and {} by {} thousand wafers a "
                       "year at {} a thousand, {} together, {}.",
                       fit.process, show::fixed(*fit.rate, 2), show::fixed(*fit.rate_error, 2),
                       show::fixed(fit.in_time, 2), show::fixed(fit.scenario - fit.in_time, 2),
                       show::figure(fit.wafers), show::figure(fit.per_kwafer), show::fixed(fit.scenario, 2),
                       apart <= 2.0 * *fit.rate_error ? "within two errors of the reports"
                                                      : "further from the reports than two errors");
}

std::string fits_text(const AnchorAnswer& a, const show::Page& page) {
    std::string out = "How the rate of learning fits reported yields\n";
    for (const auto& fit : a.fits) {
        out += show::wrapped(fit_words(fit), page.width, 0) + "\n";
        if (!fit.rate) continue;
        show::Sheet sheet({"<report", "<date", "mm^2", "reported, %", "fit, %", "miss", "<"});
        for (const auto& r : fit.reports)
            sheet.row({r.id, r.date, show::figure(r.area), with_error(100.0 * r.reported, 100.0 * r.error),
                       percent(r.fitted), show::signed_figure(std::round(10.0 * r.miss) / 10.0),
                       r.is_missed ? "missed" : ""});
        out += sheet.text(page, 2, 2);
    }
    return out;
}

std::string profits_text(const AnchorAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<MUSD, discounted", "without", "with", "5 %", "95 %", "depreciation", "by die 5 %", "95 %",
                       "utilisation without, %", "with, %"});
    const auto musd = [](double usd) { return show::figure(std::round(usd / 1e6)); };
    std::string moved;
    for (const auto& p : a.profits) {
        sheet.row({p.site, musd(p.without), musd(p.profit.mean), musd(p.profit.p05), musd(p.profit.p95),
                   musd(p.depreciation), musd(p.by_good_die.p05), musd(p.by_good_die.p95),
                   percent(p.utilisation_without), percent(p.utilisation)});
        if (p.buyer > 0.0)
            moved +=
                fmt::format("{}{} {} to {} of {}", moved.empty() ? "" : ", ", p.site, show::signed_money(p.moved.p05),
                            show::signed_money(p.moved.p95), show::money(p.buyer));
    }
    const auto words =
        fmt::format("Whole sites, all customers, to the horizon; without: the buyer never starts a wafer. Paid by the "
                    "wafer, as the "
                    "model has it, the buyer carries the yield of its wafers; by the good die, at prices at which both "
                    "expect to pay "
                    "the same, the site does. What then moves to the site, 5 to 95 %, of what the buyer pays: {}.",
                    moved.empty() ? "nothing, it starts no wafer" : moved);
    return "Profit of the site, and who carries the yield\n" + sheet.text(page, 2, 2) +
           show::wrapped(words, page.width, 0) + "\n";
}

} // namespace

AnchorAnswer anchor(const Catalogue& /*catalogue*/, const AnchorQuestion& question, const Watch& watch) {
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    const auto sites = sites_of(*session, question.site);
    const auto without = session->with(no_own_wafers(*session));
    AnchorAnswer out;
    out.scenario = session->loaded().name;
    out.variant = session->loaded().variant;
    out.seed = question.seed;
    std::uint64_t part = 0; // of two pairs of runs
    const auto watched = [&](std::uint64_t done, std::uint64_t of) {
        if (watch.progress) watch.progress(part * of + done, 2 * of);
        out.is_stopped = out.is_stopped || watch.stop.stop_requested();
        return out.is_stopped;
    };
    out.of = analysis::anchor(session->model(), without->model(), sites, question.samples, question.seed,
                              watch.n_threads(), watched);
    part = 1;
    if (!out.is_stopped)
        out.profits = analysis::site_profits(session->model(), without->model(), sites, question.samples, question.seed,
                                             watch.n_threads(), watched);
    std::vector<std::size_t> processes;
    for (const auto site : sites)
        processes.push_back(static_cast<std::size_t>(session->loaded().scenario.site[site].process.index));
    std::sort(processes.begin(), processes.end());
    processes.erase(std::unique(processes.begin(), processes.end()), processes.end());
    for (const auto process : processes)
        out.fits.push_back(analysis::anchor_fit(session->loaded(), process, wafers_a_year(*session, process)));
    return out;
}

std::string text(const AnchorAnswer& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "What an anchor customer does to yield") + "\n";
    out +=
        show::wrapped(fmt::format("{}{}, {} futures, the same draws with and without the buyer's wafers, seed {}",
                                  a.scenario, a.variant.empty() ? "" : ", variant " + a.variant, a.of.samples, a.seed),
                      page.width, 0) +
        "\n\n";
    if (a.of.samples == 0) return out + "Every future failed; nothing can be said.\n";
    out += sites_text(a, page) + "\n" + fits_text(a, page) + "\n";
    if (!a.profits.empty()) out += profits_text(a, page) + "\n";
    return out +
           show::wrapped(
               "Two runs on the same draws: in one the buyer never starts a wafer. Where others would have "
               "started them, they teach as well, and the difference is small. It cannot tell what an "
               "anchor's engineers teach beside its wafers, and reports of yields seldom say what they count.",
               page.width, 0) +
           "\n";
}

Standing standing(const AnchorAnswer& answer) {
    if (answer.is_stopped) return Standing::interrupted;
    return engine::too_many_failed(answer.of.failed, answer.of.failed + answer.of.samples) ? Standing::unreliable
                                                                                           : Standing::good;
}

const Entry anchor_entry = threaded(entry_of<&anchor, AnchorQuestion, AnchorAnswer>(
    "", "anchor", "What the buyer's wafers do to the yield of its sites, beside reported yields"));

} // namespace autarky::answers
