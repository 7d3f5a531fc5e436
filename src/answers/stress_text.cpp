// autarky: what an event takes, in words and tables.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "answers/stress.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

using analysis::Spread;
using analysis::StressedWorld;

std::string devices(double n) { return show::figure(std::fabs(n) < 0.5 ? 0.0 : std::round(n)); }

std::string musd(double usd) { return show::signed_figure(std::round(usd / 1e4) / 100.0); }

/// "loses 12,300 devices for good, 4,560 come late"
std::string loss_words(const StressedWorld& world) {
    const bool gains = world.lost.mean < -0.5;
    return fmt::format("{} {} devices{}, {} come late", gains ? "gains" : "loses", devices(std::fabs(world.lost.mean)),
                       gains ? "" : " for good", devices(world.late.mean));
}

bool is_idle(const StressAnswer& a) {
    const auto idle = [](const Spread& s) { return s.mean == 0.0 && s.p05 == 0.0 && s.p95 == 0.0; };
    return idle(a.of.make.behind) && idle(a.of.buy.behind) && idle(a.of.make.lost) && idle(a.of.buy.lost) &&
           idle(a.of.make.value) && idle(a.of.buy.value);
}

std::string verdict(const StressAnswer& a) {
    if (a.of.samples == 0) return "Every future failed; nothing can be said.";
    if (is_idle(a)) return "It changes nothing in this scenario: no device, no money, in any future.";
    const auto& v = a.of.value;
    return fmt::format("Making {}; buying {}. Make against buy moves by {} on average (5 to 95 %: {} to {}); making is "
                       "worth more in {} of the futures with it, in {} without.",
                       loss_words(a.of.make), loss_words(a.of.buy), show::signed_money(v.change.mean),
                       show::signed_money(v.change.p05), show::signed_money(v.change.p95),
                       show::share_text(v.p_make_after), show::share_text(v.p_make_before));
}

/// Where a number is from: of an assumption its reason, as all of them have one source.
std::string why(const StressNumber& number) {
    if (number.grade.empty()) return number.note.empty() ? "as asked" : number.note;
    const bool is_assumed = number.grade == "assumption" && !number.note.empty();
    return fmt::format("{}: {}", number.grade, is_assumed ? number.note : number.source);
}

std::string key_text(const StressNumber& number) { return number.key == "hazard" ? "hazard, not used" : number.key; }

std::string events_text(const StressAnswer& a, const show::Page& page) {
    std::string out;
    const auto kinds = choices(Type<StressKind>{});
    for (const auto& event : a.events) {
        out += fmt::format("{}: {} at {} from {}\n", event.name, kinds[static_cast<std::size_t>(event.kind)],
                           event.place, event.from);
        std::size_t keys = 0, values = 0;
        for (const auto& number : event.numbers) {
            keys = std::max(keys, show::cells(key_text(number)));
            if (number.key != "as run") values = std::max(values, show::cells(number.value));
        }
        const std::size_t indent = 2 + keys + 2 + values + 2;
        for (const auto& number : event.numbers) {
            out += "  " + show::left(key_text(number), keys) + "  ";
            // A sentence, wider than the column.
            if (number.key == "as run")
                out += show::hanging(number.value + ": " + why(number), page.width, keys + 4) + "\n";
            else
                out += show::left(number.value, values) + "  " + show::hanging(why(number), page.width, indent) + "\n";
        }
    }
    return out;
}

/// Mean, 5 and 95 % of both worlds: two groups, so that a narrow page has a table of each.
std::string worlds_table(const StressAnswer& a, const show::Page& page) {
    show::ColumnGroup labels{"", "", {{"", {}, true, false}}};
    const auto group = [](const char* name) {
        return show::ColumnGroup{
            "", "", {{name, {}, false, false}, {"5 %", {}, false, false}, {"95 %", {}, false, false}}};
    };
    auto make = group("make"), buy = group("buy");
    const auto row = [&](const char* label, Spread StressedWorld::* figure, const auto& text) {
        labels.columns.front().cells.emplace_back(label);
        const auto add = [&text](show::ColumnGroup& to, const Spread& spread) {
            to.columns[0].cells.push_back(text(spread.mean));
            to.columns[1].cells.push_back(text(spread.p05));
            to.columns[2].cells.push_back(text(spread.p95));
        };
        add(make, a.of.make.*figure);
        add(buy, a.of.buy.*figure);
    };
    const auto quarters = [](double n) { return show::fixed(n, 1); };
    row("devices behind at worst", &StressedWorld::behind, devices);
    row("of them caught up", &StressedWorld::late, devices);
    row("not delivered", &StressedWorld::lost, devices);
    row("quarters until recovered", &StressedWorld::quarters, quarters);
    row("cash to horizon, MUSD", &StressedWorld::value, musd);
    return show::table_text(page, {labels, make, buy}, 2, 2);
}

std::string worlds_text(const StressAnswer& a, const show::Page& page) {
    return worlds_table(a, page) +
           show::wrapped(
               fmt::format("Not recovered by the end of the horizon: making in {}, buying in {} of the futures.",
                           show::share_text(a.of.make.unrecovered), show::share_text(a.of.buy.unrecovered)),
               page.width, 0) +
           "\n";
}

/// "59 % (57)": with the event, and without it.
std::string share_beside(double with, double without) {
    auto other = show::share_text(without);
    if (other.ends_with(" %")) other.resize(other.size() - 2);
    return fmt::format("{} ({})", show::share_text(with), other);
}

std::string way_name(const StressHold& way) {
    if (way.second_source) return way.fallback ? "both" : "second source";
    return way.fallback ? "merchants" : "neither";
}

std::string kept_text(const StressAnswer& a) {
    if (a.kept.empty()) return "No chip of the scenario has a second source.";
    std::vector<std::string> words;
    for (const auto& one : a.kept)
        words.push_back(fmt::format("{} {}", one.chip, one.site));
    return fmt::format("Without second sources each chip keeps: {}.", fmt::join(words, ", "));
}

std::string holds_text(const StressAnswer& a, const show::Page& page) {
    std::string out =
        show::wrapped("What holds, making only, with what is named; the first line is the scenario as it is",
                      page.width, 0) +
        "\n";
    show::Sheet sheet({"<with", "undelivered", "late", "onshore", "cash, MUSD", "make pays"});
    for (const auto& way : a.holds)
        sheet.row({way_name(way), devices(way.lost.mean), devices(way.late.mean),
                   share_beside(way.onshore, way.onshore_before), musd(way.value.mean),
                   share_beside(way.p_make, way.p_make_before)});
    out += sheet.text(page, 2, 2) + show::wrapped(kept_text(a), page.width, 0) + "\n";
    return out +
           show::wrapped(
               "Onshore is the share of the chips in devices, mean of two years; make pays in the share of the "
               "futures in which making is worth more; in brackets the same without the event.",
               page.width, 0) +
           "\n";
}

std::string flows_text(const StressAnswer& a, const show::Page& page) {
    if (a.of.flows.empty()) return {};
    constexpr std::array<std::string_view, 4> words{"wafers started", "dies taken", "chips, make world",
                                                    "chips, buy world"};
    show::Sheet sheet({"<what", "<source", "without", "with", "change"});
    for (const auto& flow : a.of.flows)
        sheet.row({std::string(words[static_cast<std::size_t>(flow.what)]), flow.source, show::figure(flow.before),
                   show::figure(flow.after), show::signed_figure(flow.after - flow.before)});
    return "What moved, in the two years from its beginning, means\n" + sheet.text(page, 2, 2);
}

/// Title I: wafers that the state takes, from whom, and who is paid.
std::string state_text(const StressAnswer& a, const show::Page& page) {
    using analysis::StressedState;
    if (a.of.state.empty()) return {};
    std::vector<std::string> heading{"<rated orders, means"};
    const auto worlds = choices(Type<analysis::StressedIn>{});
    for (const auto& s : a.of.state)
        heading.emplace_back(worlds[static_cast<std::size_t>(s.world)]);
    show::Sheet sheet(heading);
    const auto row = [&](std::string label, double StressedState::* figure, double unit) {
        std::vector<std::string> cells{std::move(label)};
        for (const auto& s : a.of.state)
            cells.push_back(show::figure(std::round(s.*figure / unit)));
        sheet.row(std::move(cells));
    };
    constexpr double mega = 1e6;
    row("wafers that the state takes", &StressedState::wafers, 1.0);
    row("  of the buyer's own chips", &StressedState::own, 1.0);
    row("  of merchants' chips for the buyer", &StressedState::merchants, 1.0);
    row("  of other customers", &StressedState::others, 1.0);
    row("  that nobody would have started", &StressedState::idle, 1.0);
    row("it pays the sites, MUSD discounted", &StressedState::paid, mega);
    row("  for the buyer's", &StressedState::paid_for_own, mega);
    row("  for the merchants'", &StressedState::paid_for_merchants, mega);
    return sheet.text(page, 2, 2) +
           show::wrapped(
               fmt::format("The state pays the contract's price. Who would have had the wafers is not charged for "
                           "them, and the buyer's count toward its contract's minimum. For wafers of capacity that "
                           "the buyer paid for it receives {} over their cost.",
                           show::money(a.of.state.front().income)),
               page.width, 0) +
           "\n\n";
}

/// Title III: what is added, and that its cost is the state's.
std::string added_text(const StressAnswer& a, const show::Page& page) {
    const auto& added = a.of.added;
    if (!(added.wafers.mean > 0.0)) return {};
    return show::wrapped(
               fmt::format("The state adds {} wafers a month at their peak (5 to 95 %: {} to {}) and pays for them "
                           "{} ({} to {}), at the sites' capital a wafer a month, not discounted. That is the state's "
                           "money and in the cash of neither world.",
                           show::figure(std::round(added.wafers.mean)), show::figure(std::round(added.wafers.p05)),
                           show::figure(std::round(added.wafers.p95)), show::money(added.capital.mean),
                           show::money(added.capital.p05), show::money(added.capital.p95)),
               page.width, 0) +
           "\n\n";
}

} // namespace

std::string text(const StressAnswer& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "What an event takes from making and from buying") + "\n";
    out += show::wrapped(fmt::format("{}{}, {} futures, the same draws with and without it, seed {}{}", a.scenario,
                                     a.variant.empty() ? "" : ", variant " + a.variant, a.of.samples, a.seed,
                                     a.severity == 1.0 ? "" : fmt::format(", all at {} of its strength", a.severity)),
                         page.width, 0) +
           "\n\n";
    out += show::wrapped(verdict(a), page.width, 0) + "\n\n";
    out += events_text(a, page) + "\n";
    if (a.of.samples > 0 && !is_idle(a))
        out += worlds_text(a, page) + "\n" + holds_text(a, page) + "\n" + flows_text(a, page) + "\n";
    out += state_text(a, page) + added_text(a, page);
    out +=
        show::wrapped("The same futures run with and without the event, in both worlds; what differs is its doing. "
                      "Not delivered is what is missing at the end of the horizon, late what was missing once and is "
                      "made good; recovered is a world whose deliveries stay within 5 % of those without the event.",
                      page.width, 0) +
        "\n";
    return out +
           show::wrapped("It cannot tell how likely the event is, what governments or competitors would do, who of "
                         "a merchant's customers is served first, or what devices cost that no chip delays.",
                         page.width, 0) +
           "\n";
}

} // namespace autarky::answers
