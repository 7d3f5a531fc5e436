// autarky: follows wafers from site to device, with and without a place that fails.
// SPDX-License-Identifier: Apache-2.0
#include "answers/wafers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "answers/quarters.hpp"
#include "answers/stress_sets.hpp"
#include "core/diagnostics.hpp"
#include "core/refuse.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::analysis {

constexpr auto describe(Type<WaferFlow> /*type*/) {
    using F = WaferFlow;
    return fields(
        item("from_stage", &F::from_stage, "What it comes from"), item("from", &F::from, "Its name"),
        item("to_stage", &F::to_stage, "What it goes to"), item("to", &F::to, "Its name"),
        item("wafers", &F::wafers, "wafer"_u,
             "Wafers started in the year, mean of the futures; of chips that are built in, the part of a wafer "
             "that they take"));
}
constexpr auto describe(Type<WaferPlace> /*type*/) {
    using P = WaferPlace;
    return fields(item("stage", &P::stage, "What it is"), item("name", &P::name, "Its name"),
                  item("wafers", &P::wafers, "wafer"_u, "Wafers that pass it in the year"));
}
constexpr auto describe(Type<WaferYear> /*type*/) {
    using Y = WaferYear;
    return fields(
        item("year", &Y::year, "1"_u, "Year"),
        item("wafers", &Y::wafers, "wafer"_u, "Wafers started for own chips, mean of the futures"),
        item("vehicles", &Y::vehicles, "vehicle"_u, "Devices of the vehicle programmes deployed, mean of the futures"),
        item("robots", &Y::robots, "robot"_u, "Robots deployed, mean of the futures"),
        item("places", &Y::places, "Places that wafers pass"),
        item("flows", &Y::flows,
             "Where wafers pass. 'later' is what is on the way, in stock or written off at the year's end, "
             "'earlier' what was so before"));
}
constexpr auto describe(Type<WaferFlows> /*type*/) {
    using W = WaferFlows;
    return fields(item("samples", &W::samples, "1"_u, "Futures"),
                  item("failed", &W::failed, "1"_u, "Samples that failed and are left out"),
                  item("p_make", &W::p_make, "1"_u, "Share of the futures in which making is worth more"),
                  item("npv_usd", &W::npv, "USD"_u, "Mean value of make against buy"),
                  item("years", &W::years, "Year by year"));
}

} // namespace autarky::analysis

namespace autarky::answers {

constexpr auto describe(Type<WafersAnswer> /*type*/) {
    using A = WafersAnswer;
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("seed", &A::seed, "1"_u, "Seed of the draws"),
        item("sites", &A::sites, "Sites that make own chips"),
        item("place", &A::place, "Country whose sites stop; empty: none"),
        item("from", &A::from, "Quarter in which they stop; empty: none"),
        item("lasts", &A::lasts, "year"_u, "How long"), item("usual", &A::usual, "As the scenario stands"),
        item("failing", &A::failing, "With the place that fails, on the same draws").null_if("nothing fails"));
}

namespace {

std::vector<WaferSite> sites_of(const Scenario<Uncertain>& s) {
    std::vector<WaferSite> out;
    for (std::size_t i = 0; i < s.site.size(); ++i)
        for (const auto& allocation : s.allocation.rows)
            if (static_cast<std::size_t>(allocation.site.index) == i) {
                out.push_back({s.site.names[i], s.process.names[static_cast<std::size_t>(s.site[i].process.index)],
                               s.site[i].location});
                break;
            }
    return out;
}

/// The country of a site, or the word itself where it is a country with a site.
std::string place_of(const Scenario<Uncertain>& s, const std::string& word) {
    std::set<std::string> known;
    for (std::size_t i = 0; i < s.site.size(); ++i) {
        if (s.site.names[i] == word || s.site[i].location == word) return s.site[i].location;
        known.insert(s.site.names[i]);
        known.insert(s.site[i].location);
    }
    const std::vector<std::string_view> words(known.begin(), known.end());
    auto hint = did_you_mean(word, words);
    if (hint.empty()) hint = fmt::format("there are {}", fmt::join(known, ", "));
    refuse_field("fails", "E0505", fmt::format("'{}' is no site and no country of one", word), hint);
}

std::string start_of(const Session& session, const std::string& from) {
    const auto& quarters = session.model().quarters();
    return quarters[from.empty() ? quarters.size() / 2 : quarter_row(session, from, "from")];
}

/// The year with most wafers.
const analysis::WaferYear* fullest(const analysis::WaferFlows& flows) {
    const analysis::WaferYear* out = nullptr;
    double most = 0.0;
    for (const auto& year : flows.years) {
        if (year.wafers <= most) continue;
        most = year.wafers;
        out = &year;
    }
    return out;
}

double wafers_in(const analysis::WaferFlows& flows, int year, const analysis::WaferFlow& like) {
    for (const auto& one : flows.years)
        if (one.year == year)
            for (const auto& flow : one.flows)
                if (flow.from_stage == like.from_stage && flow.to_stage == like.to_stage && flow.from == like.from &&
                    flow.to == like.to)
                    return flow.wafers;
    return 0.0;
}

} // namespace

namespace {

/// Flows of no future would have a probability of 0, which is none.
analysis::WaferFlows some(analysis::WaferFlows flows, const Watch& watch) {
    if (flows.samples == 0)
        refuse_field("samples", "E0504",
                     watch.stop.stop_requested() ? "it was stopped before a future was finished"
                                                 : "not one of the futures is good",
                     "'autarky run' says why they fail");
    return flows;
}

} // namespace

WafersAnswer wafers(const Catalogue& /*catalogue*/, const WafersQuestion& question, const Watch& watch) {
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    const auto& scenario = session->loaded().scenario;
    WafersAnswer out;
    out.scenario = session->loaded().name;
    out.seed = question.seed;
    out.sites = sites_of(scenario);
    const analysis::FlowRun run{question.samples, question.seed, watch.n_threads(), watch.stop, watch.progress};
    if (!question.fails.empty()) {
        out.place = place_of(scenario, question.fails);
        out.from = start_of(*session, question.from);
        out.lasts = question.lasts;
    }
    out.usual = some(analysis::wafer_flows(session->model(), run), watch);
    if (!out.place.empty()) {
        const auto failing =
            session->with(outage("place_that_fails", out.place, out.from, fmt::format("{} year", out.lasts)));
        out.failing = some(analysis::wafer_flows(failing->model(), run), watch);
    }
    return out;
}

std::string text(const WafersAnswer& a, const show::Page& page) {
    const auto* year = fullest(a.failing ? *a.failing : a.usual);
    if (a.failing) // the year in which it stops tells most
        for (const auto& one : a.usual.years)
            if (a.from.starts_with(std::to_string(one.year))) year = &one;
    std::string out = show::inked(page, show::Ink::bold, "Where the wafers go") + "\n";
    out += fmt::format("{}, {} futures, seed {}\n", a.scenario, a.usual.samples, a.seed);
    if (year == nullptr) return out + "\nNo own chip is made at any site.\n";
    out += fmt::format("\n{}, wafers a year, mean of the futures\n", year->year);
    show::Sheet sheet(a.failing ? std::vector<std::string>{"<from", "<to", "wafers", a.place + " stops"}
                                : std::vector<std::string>{"<from", "<to", "wafers"});
    for (const auto& flow : year->flows) {
        std::vector<std::string> cells{flow.from, flow.to, show::figure(wafers_in(a.usual, year->year, flow))};
        if (a.failing) cells.push_back(show::figure(wafers_in(*a.failing, year->year, flow)));
        sheet.row(std::move(cells));
    }
    out += sheet.text(page, 2, 3);
    std::string verdict = fmt::format("Making is worth more in {} of the futures", show::share_text(a.usual.p_make));
    if (a.failing)
        verdict += fmt::format("; when all sites in {} stop from {} for {} year, in {}", a.place, a.from,
                               show::figure(a.lasts), show::share_text(a.failing->p_make));
    return out + "\n" + show::wrapped(verdict + ".", page.width, 0) + "\n";
}

const Entry wafers_entry = threaded(entry_of<&wafers, WafersQuestion, WafersAnswer>(
    "", "wafers", "Where the wafers go, from site to device, and what a failing place takes"));

} // namespace autarky::answers
