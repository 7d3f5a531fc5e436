// autarky: runs a scenario as stated, unmanaged and managed, and describes when its grid binds.
// SPDX-License-Identifier: Apache-2.0
#include "answers/grid/futures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "answers/watched.hpp"
#include "core/calendar.hpp"
#include "core/refuse.hpp"
#include "grid/feeder/picture.hpp"
#include "show/drawing.hpp"
#include "show/table.hpp"

namespace autarky::analysis {

constexpr auto describe(Type<GridQuarter> /*type*/) {
    using Q = GridQuarter;
    return fields(
        item("quarter", &Q::quarter, "Quarter"),
        item("grid_binds", &Q::grid_binds, "1"_u,
             "Share of futures in which the grid binds: takes the most, and a notable share, of the devices wanted"),
        item("chips_bind", &Q::chips_bind, "1"_u,
             "Share in which chips do: own wafers, merchants' chips or the programme's dates"),
        item("more_than_one_percent_wait", &Q::felt, "1"_u,
             "Share in which more than 1 % of all devices wait for a transformer: charge below wish or are not sold"),
        item("waiting_share_median", &Q::waiting_median, "1"_u, "Share of devices that wait, median"),
        item("waiting_share_p95", &Q::waiting_p95, "1"_u, "The same, 95 % lie below"),
        item("queue_median", &Q::queue_median, "1"_u, "Devices that wait, median"),
        item("queue_p95", &Q::queue_p95, "1"_u, "The same, 95 % lie below"),
        item("fleet_median", &Q::fleet_median, "1"_u, "Devices in service, median"),
        item("waiting_units_median", &Q::units_median, "1"_u, "Transformers that wait for an exchange, median"),
        item("years_to_ready_median", &Q::years_median, "year"_u, "Years until those are exchanged, median"),
        item("years_to_ready_p95", &Q::years_p95, "year"_u, "The same, 95 % lie below"),
        item("cost_on_time_musd_median", &Q::cost_median, "MUSD"_u,
             "Cost of all units overloaded so far, which is that of being ready on time, median"),
        item("shadow_price_usd_median", &Q::shadow_price_median, "USD"_u,
             "Margin of the devices that one more transformer would let be sold, median"));
}

} // namespace autarky::analysis

namespace autarky::answers {

constexpr auto describe(Type<FuturesAnswer::Case> /*type*/) {
    using C = FuturesAnswer::Case;
    return fields(
        item("case", &C::name, "Case"), item("managed_share", &C::managed, "Share of managed charging"),
        item(
            "grid_binds_ever", [](const C& c) { return c.found.grid_ever; }, "1"_u,
            "Share of futures in which the grid binds in some quarter"),
        item(
            "chips_bind_ever", [](const C& c) { return c.found.chips_ever; }, "1"_u, "The same of chips"),
        item(
            "more_than_one_percent_wait", [](const C& c) { return c.found.felt_ever; }, "1"_u,
            "Share in which more than 1 % of all devices wait in some quarter"),
        item(
            "more_than_one_percent_wait_before_chips_bind", [](const C& c) { return c.found.felt_before_chips; }, "1"_u,
            "Share in which that happens before chips ever bind"),
        item(
            "first_year_p05_p50_p95",
            [](const C& c) {
                return std::vector<double>{c.found.first_felt_p05, c.found.first_felt_p50, c.found.first_felt_p95};
            },
            "year"_u, "First year of it: 5 %, median, 95 % over those")
            .null_if("it happens in no future"),
        item(
            "first_year_chips_bind_median", [](const C& c) { return c.found.first_chips_p50; }, "year"_u,
            "First year in which chips bind, median over those")
            .null_if("they bind in no future"),
        item(
            "failed", [](const C& c) { return c.found.failed; }, "1"_u, "Samples that failed"),
        item("quarters", [](const C& c) { return c.found.quarters; }, "Quarter by quarter"));
}

constexpr auto describe(Type<FuturesAnswer> /*type*/) {
    using A = FuturesAnswer;
    return fields(item(
                      "command", [](const A&) { return "grid futures"; }, "What was asked"),
                  item("scenario", &A::scenario, "Scenario"),
                  item("variant", &A::variant, "Its variant; empty: as it stands"),
                  item("samples", &A::samples, "1"_u, "Futures drawn in each case, fewer when it was stopped"),
                  item(
                      "seed", [](const A& a) { return a.question.seed; }, "1"_u, "Seed"),
                  item("cases", &A::cases, "As stated, unmanaged, managed; those that were finished"));
}

constexpr auto describe(Type<CapAnswer> /*type*/) {
    using A = CapAnswer;
    return fields(item(
                      "command", [](const A&) { return "grid cap"; }, "What was asked"),
                  item(
                      "region", [](const A& a) { return a.question.region; }, "Region"),
                  item(
                      "scenario", [](const A& a) { return a.found.scenario; }, "Scenario that was asked"),
                  item(
                      "futures", [](const A& a) { return a.found.samples; }, "1"_u,
                      "Futures drawn in each case, fewer when it was stopped"),
                  item(
                      "seed", [](const A& a) { return a.question.seed; }, "1"_u, "Seed"),
                  item(
                      "cases", [](const A& a) { return a.found.cases; },
                      "As stated, unmanaged, managed; those that were finished"));
}

FuturesAnswer futures(const Catalogue& /*catalogue*/, const FuturesQuestion& q, const Watch& watch) {
    const auto session = Session::open(q);
    const auto& loaded = session->loaded();
    watch.settle(loaded.warnings);
    if (loaded.scenario.grid.rows.empty())
        refuse_field("scenario", "E0505", fmt::format("'{}' has no grid", loaded.name),
                     "use = [\"grid.*\"] takes the catalogue's");
    FuturesAnswer out{loaded.name, loaded.title, loaded.variant, q, {}, 0, false};
    const auto wanted = static_cast<std::uint64_t>(q.futures);
    const auto add = [&](const std::string& name, const std::string& managed, const Loaded& scenario) {
        constexpr std::uint64_t n_cases = 3;
        const auto progress = [&](std::uint64_t done, std::uint64_t of) {
            if (watch.progress) watch.progress(out.cases.size() * of + done, n_cases * of);
        };
        auto found = analysis::grid_futures(scenario, wanted, q.seed, watch.n_threads(), progress, watch.stop);
        out.is_stopped = found.samples < wanted;
        if (out.is_stopped && !out.cases.empty()) return; // of fewer futures than the others
        out.samples = found.samples;
        if (found.samples > 0) out.cases.push_back({name, managed, std::move(found)});
    };
    const auto add_with = [&](const std::string& name, const std::string& share) {
        if (out.is_stopped) return;
        std::vector<std::string> sets;
        for (const auto& grid : loaded.scenario.grid.names)
            sets.push_back(fmt::format("grid.{}.managed_share={}", grid, share));
        add(name, share, session->with(sets)->loaded());
    };
    add("as stated", "the scenario's share", loaded);
    add_with("unmanaged", "0 %");
    add_with("managed", fmt::format("{:g} %", 100.0 * q.managed));
    if (out.cases.empty()) refuse_stopped("futures");
    return out;
}

Standing standing(const FuturesAnswer& answer) {
    if (answer.is_stopped) return Standing::interrupted;
    const bool fails = std::any_of(answer.cases.begin(), answer.cases.end(), [](const FuturesAnswer::Case& one) {
        return engine::too_many_failed(one.found.failed, one.found.samples);
    });
    return fails ? Standing::unreliable : Standing::good;
}

Standing standing(const CapAnswer& answer) { return standing(answer.found); }

CapAnswer cap(const Catalogue& catalogue, const CapQuestion& q, const Watch& watch) {
    FuturesQuestion of;
    of.scenario = "all-makers";
    if (q.region == GridRegion::europe) of.variant = {"europe"};
    of.futures = q.futures;
    of.seed = q.seed;
    return {q, futures(catalogue, of, watch)};
}

std::string picture(const CapAnswer& answer) { return picture(answer.found); }
std::string text(const CapAnswer& answer, const show::Page& page) { return text(answer.found, page); }

std::string picture(const FuturesAnswer& answer) {
    grid::Diagram d{
        "Devices that wait for a transformer, 95th percentile of futures", "year", "share of all devices", {}};
    for (const auto& one : answer.cases) {
        d.lines.push_back({one.name, {}});
        for (const auto& quarter : one.found.quarters)
            d.lines.back().points.emplace_back(parse_quarter(quarter.quarter)->start() + 0.25, quarter.waiting_p95);
    }
    d.of = show::about_run(answer.scenario, answer.variant, answer.question.seed, answer.samples, "futures");
    return grid::drawn(d);
}

namespace {

/// What one case found, year by year.
std::string text_of(const FuturesAnswer::Case& one, const show::Page& page) {
    const auto percent = [](double x) { return fmt::format("{:.0f} %", 100 * x); };
    const auto& f = one.found;
    std::string out = fmt::format("\n{} ({} of charging managed)\n", one.name, one.managed);
    const auto line = [&](const std::string& text) { out += "  " + show::wrapped(text, page.width - 2, 4) + "\n"; };
    line(fmt::format(
        "more than 1 % of all devices wait for a transformer in {} of futures, before chips ever bind in {}{}",
        percent(f.felt_ever), percent(f.felt_before_chips),
        f.felt_ever > 0.0 ? fmt::format("; first in {:.2f} (90 %: {:.2f} to {:.2f})", f.first_felt_p50,
                                        f.first_felt_p05, f.first_felt_p95)
                          : ""));
    line(fmt::format("the grid binds in some quarter in {}, chips in {}", percent(f.grid_ever), percent(f.chips_ever)));
    std::vector<show::ColumnGroup> groups{{"", "", {{"", {}, true}}},
                                          {"binds", "", {{"grid", {}}, {"chips", {}}}},
                                          {"over 1 %", "wait", {{"", {}}}},
                                          {"devices waiting", "(95 %)", {{"", {}}}},
                                          {"share waiting", "(95 %)", {{"", {}}}},
                                          {"ready in", "years", {{"", {}}}},
                                          {"on time", "BUSD", {{"", {}}}}};
    for (const auto& q : f.quarters) {
        if (!q.quarter.ends_with("Q4")) continue;
        constexpr double musd_a_busd = 1e3;
        groups[0].columns[0].cells.push_back(q.quarter);
        groups[1].columns[0].cells.push_back(percent(q.grid_binds));
        groups[1].columns[1].cells.push_back(percent(q.chips_bind));
        groups[2].columns[0].cells.push_back(percent(q.felt));
        groups[3].columns[0].cells.push_back(fmt::format("{:.0f} ({:.0f})", q.queue_median, q.queue_p95));
        groups[4].columns[0].cells.push_back(
            fmt::format("{:.2f} % ({:.2f} %)", 100 * q.waiting_median, 100 * q.waiting_p95));
        groups[5].columns[0].cells.push_back(fmt::format("{:.1f}", q.years_median));
        groups[6].columns[0].cells.push_back(fmt::format("{:.2f}", q.cost_median / musd_a_busd));
    }
    return out + show::table_text(page, groups, 2, 2);
}

} // namespace

std::string text(const FuturesAnswer& answer, const show::Page& page) {
    std::string out =
        show::wrapped(fmt::format("{}: {} futures of the quarterly model{}", answer.title, answer.samples,
                                  answer.is_stopped ? fmt::format("; it was stopped, with {} of 3 cases finished",
                                                                  answer.cases.size())
                                                    : ""),
                      page.width, 0) +
        "\n";
    for (const auto& one : answer.cases)
        out += text_of(one, page);
    return out + "\n" +
           show::inked(page, show::Ink::dim,
                       show::wrapped("A device waits while it charges below wish, or may not be sold, for want of a "
                                     "transformer. Ready in: until the units that wait today are exchanged. On time: "
                                     "cost of every unit overloaded so far.",
                                     page.width, 0)) +
           "\n";
}

const Entry cap_entry = threaded(entry_of<&cap, CapQuestion, CapAnswer>(
    "grid", "cap", "When the grid or chips bind for all makers' cars of a region, managed and unmanaged"));

const Entry futures_entry = threaded(entry_of<&futures, FuturesQuestion, FuturesAnswer>(
    "grid", "futures", "When a scenario's grid binds before chips do, managed and unmanaged"));

} // namespace autarky::answers
