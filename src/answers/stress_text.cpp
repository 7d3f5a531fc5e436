// autarky: what an event takes, in words and tables.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "answers/stress.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

using analysis::Spread;
using analysis::StressedWorld;

std::string devices(double n) { return show::figure(std::fabs(n) < 0.5 ? 0.0 : n); }

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

std::string events_text(const StressAnswer& a, const show::Page& page) {
    std::string out;
    const auto kinds = choices(Type<StressKind>{});
    for (const auto& event : a.events) {
        out += fmt::format("{}: {} at {} from {}\n", event.name, kinds[static_cast<std::size_t>(event.kind)],
                           event.place, event.from);
        show::Sheet sheet({"<", "<", "<grade", "<source"});
        for (const auto& number : event.numbers)
            sheet.row({number.key, number.value, number.grade.empty() ? "as asked" : number.grade, number.source});
        if (!event.numbers.empty()) out += sheet.text(page, 2, 2);
    }
    return out;
}

std::string worlds_text(const StressAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<", "make", "5 %", "95 %", "buy", "5 %", "95 %"});
    const auto row = [&](const char* label, Spread StressedWorld::* figure, const auto& text) {
        const auto& make = a.of.make.*figure;
        const auto& buy = a.of.buy.*figure;
        sheet.row(
            {label, text(make.mean), text(make.p05), text(make.p95), text(buy.mean), text(buy.p05), text(buy.p95)});
    };
    const auto quarters = [](double n) { return show::fixed(n, 1); };
    const auto musd = [](double usd) { return show::signed_figure(std::round(usd / 1e4) / 100.0); };
    row("devices behind at worst", &StressedWorld::behind, devices);
    row("of them caught up", &StressedWorld::late, devices);
    row("not delivered", &StressedWorld::lost, devices);
    row("quarters until recovered", &StressedWorld::quarters, quarters);
    row("value of the world, MUSD", &StressedWorld::value, musd);
    return sheet.text(page, 2, 2) +
           show::wrapped(
               fmt::format("Not recovered by the end of the horizon: making in {}, buying in {} of the futures.",
                           show::share_text(a.of.make.unrecovered), show::share_text(a.of.buy.unrecovered)),
               page.width, 0) +
           "\n";
}

std::string holds_text(const StressAnswer& a, const show::Page& page) {
    std::string out = "What holds, making only: with (+) and without (-)\n";
    show::Sheet sheet(
        {"<second source", "<merchants", "not delivered", "late", "onshore", "value, MUSD", "make pays in", "<"});
    for (const auto& way : a.holds)
        sheet.row({way.second_source ? "+" : "-", way.fallback ? "+" : "-", devices(way.lost.mean),
                   devices(way.late.mean), show::share_text(way.onshore),
                   show::signed_figure(std::round(way.value.mean / 1e4) / 100.0), show::share_text(way.p_make),
                   way.is_scenarios ? "as it is" : ""});
    out += sheet.text(page, 2, 2);
    if (a.holds.size() < 3 && !a.is_stopped) out += "No chip of the scenario has a second source.\n";
    return out + fmt::format("Onshore is the share of the chips in devices, mean of two years; {} without the event.\n",
                             show::share_text(a.of.onshore_before));
}

std::string flows_text(const StressAnswer& a, const show::Page& page) {
    if (a.of.flows.empty()) return {};
    constexpr std::array<std::string_view, 3> words{"wafers started", "chips, make world", "chips, buy world"};
    show::Sheet sheet({"<what", "<source", "without", "with", "change"});
    for (const auto& flow : a.of.flows)
        sheet.row({std::string(words[static_cast<std::size_t>(flow.what)]), flow.source, show::figure(flow.before),
                   show::figure(flow.after), show::signed_figure(flow.after - flow.before)});
    return "What moved, in the two years from its beginning, means\n" + sheet.text(page, 2, 2);
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
