// autarky: judges orders and actions.
// SPDX-License-Identifier: Apache-2.0
#include "answers/option/decision.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "answers/option/lines.hpp"
#include "answers/quantity.hpp"
#include "core/normal.hpp"
#include "core/refuse.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

/// "120,60,-40"; what is no number goes to the findings.
std::vector<double> numbers_from(const std::string& text, std::string_view field, const char* such_as,
                                 Diagnostics& findings) {
    const auto hint = fmt::format("numbers with commas between them, such as {}", such_as);
    std::vector<double> out;
    for (const auto& part : parts_of(text, ',')) {
        Diagnostics of_part;
        const auto read = distribution_from(part, field, "1", of_part);
        for (const auto& item : of_part.items())
            findings.error_in(field, item.code, item.message, hint);
        if (read && read->family != Family::constant)
            findings.error_in(field, "E0504", fmt::format("'{}' is a range and no number", part), hint);
        else if (read)
            out.push_back(read->parameters.front());
    }
    return out;
}

/// The numbers of a question; throws what is none, before shapes are looked at.
plan::PayoffTable table_from(const PayoffQuestion& q) {
    Diagnostics findings;
    plan::PayoffTable table;
    table.optimism = q.alpha;
    if (q.row.empty()) findings.error_in("row", "E0504", "a table without actions", "a row of payoffs for each action");
    for (const auto& row : q.row)
        table.payoff.push_back(numbers_from(row, "row", "120,60,-40", findings));
    if (!q.p.empty()) table.probability = numbers_from(q.p, "p", "0.3,0.5,0.2", findings);
    if (findings.has_errors()) throw InputError{std::move(findings)};
    return table;
}

void check_probabilities(const std::vector<double>& p, std::size_t states, Diagnostics& findings) {
    const auto wrong = [&](std::string what, std::string hint) {
        findings.error_in("p", "E0504", std::move(what), std::move(hint));
    };
    if (p.size() != states)
        return wrong(fmt::format("{} probabilities for {} states", p.size(), states), "one for each payoff of a row");
    for (const double one : p)
        if (!(one >= 0.0 && one <= 1.0)) return wrong(fmt::format("{:g} is no probability", one), "0 to 1");
    // What people type: each, cut or rounded to six digits, is off by less than 1e-6. Three thirds of 0.333333 pass.
    const double of_rounding = 1e-6 * static_cast<double>(states);
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    if (std::fabs(sum - 1.0) > of_rounding)
        wrong(fmt::format("the probabilities add up to {:.8g}", sum), "they must add up to 1");
}

} // namespace

NewsvendorWorth newsvendor(const Catalogue& /*catalogue*/, const NewsvendorQuestion& q, const Watch& /*watch*/) {
    if (!(q.cost < q.price))
        refuse_field("cost", "E0504",
                     fmt::format("{:g} is not below the price of {:g}: no order pays", q.cost, q.price),
                     "a cost below the price");
    if (!(q.salvage < q.cost))
        refuse_field("salvage", "E0504",
                     fmt::format("{:g} is not below the cost of {:g}: every order would pay", q.salvage, q.cost),
                     "a salvage value below the cost");
    const auto out = plan::newsvendor({q.mean, q.sd, q.price, q.cost, q.salvage});
    refuse_overflow(std::isfinite(out.order) && std::isfinite(out.profit), "price", smaller_prices);
    if (out.order < 0.0)
        refuse_field(
            "sd", "E0504",
            fmt::format("the best order would be {} pieces: the demand's deviation of {:g} is too large for its "
                        "mean of {:g}",
                        show::figure(out.order, 4), q.sd, q.mean),
            q.mean > 0.0 ? fmt::format("below {} at this price and cost",
                                       bound_text(q.sd * q.mean / (q.mean - out.order), std::floor))
                         : fmt::format("a {} above 0", field_mark("mean")));
    return out;
}

std::string text(const NewsvendorWorth& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "How much to order before the demand is known") + "\n";
    FigureLines lines(page);
    lines.add("fractile", a.fractile, "share of demands that the order meets in full");
    lines.add("order", a.order, "pieces");
    lines.add("profit", a.profit, "expected of that order");
    lines.add("of the mean", a.profit_of_mean_order, "expected of an order of the mean");
    lines.add("if known", a.profit_with_perfect_information, "expected if the demand were known");
    lines.add("evpi", a.evpi, "what knowing it would be worth");
    const double of_three_deviations = normal_probability(-3.0);
    std::string words;
    if (a.below_zero > of_three_deviations)
        words =
            fmt::format("Demand is normal and not cut at zero: {} of the demands that the figures count lie below zero "
                        "and cannot be. ",
                        show::share_text(a.below_zero));
    return out + lines.text() +
           show::wrapped(words + "Arrow, Harris and Marschak, Econometrica 19(3), 1951.", page.width, 0) + "\n";
}

StepPlan manne(const Catalogue& /*catalogue*/, const ManneQuestion& q, const Watch& /*watch*/) {
    const auto out = plan::manne(q.a, q.r);
    refuse_overflow(std::isfinite(out.years), "r", "a rate of some per cent");
    return out;
}

std::string text(const StepPlan& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "How large a step of capacity should be") + "\n";
    FigureLines lines(page);
    lines.add("u", a.lump, "rate times years between two steps");
    lines.add("years", a.years, "of growth that one step serves");
    lines.add("half", show::share_text(a.worse_small), "what steps of half that size cost beyond it");
    lines.add("twice", show::share_text(a.worse_large), "what steps of twice that size cost beyond it");
    return out + lines.text() +
           show::wrapped("Demand grows by equal amounts and is always met. Manne, Econometrica 29(4), 1961.",
                         page.width, 0) +
           "\n";
}

PayoffWorth payoff(const Catalogue& /*catalogue*/, const PayoffQuestion& q, const Watch& /*watch*/) {
    const auto table = table_from(q);
    Diagnostics findings;
    const std::size_t states = table.payoff.front().size();
    for (std::size_t row = 1; row < table.payoff.size(); ++row)
        if (const auto n = table.payoff[row].size(); n != states)
            findings.error_in("row", "E0504",
                              fmt::format("'{}' has {} payoffs, the first row {}", q.row[row], n, states),
                              "one for each state, in the same order");
    if (!table.probability.empty()) check_probabilities(table.probability, states, findings);
    if (findings.has_errors()) throw InputError{std::move(findings)};
    return plan::judge(table);
}

std::string text(const PayoffWorth& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "Which action to take") + "\n";
    const bool is_known = a.emv > 0;
    std::vector<std::string> heads{"<action", "worst", "best", "Hurwicz", "Laplace", "max regret"};
    if (is_known) heads.insert(heads.end(), {"mean", "mean regret"});
    show::Sheet sheet(heads);
    const auto figure = [](double value) { return show::figure(value, 5); };
    for (const auto& one : a.actions) {
        std::vector<std::string> cells{fmt::format("{}", one.action), figure(one.worst),   figure(one.best),
                                       figure(one.hurwicz),           figure(one.laplace), figure(one.largest_regret)};
        if (is_known) cells.insert(cells.end(), {figure(one.mean), figure(one.mean_regret)});
        sheet.row(std::move(cells));
    }
    out += sheet.text(page, 2, 2) + "\n";
    std::string best = fmt::format(
        "Best by the worst state (maximin) {}, by the best (maximax) {}, by Hurwicz {}, with all states alike "
        "(Laplace) {}, by the least regret {}",
        a.maximin, a.maximax, a.hurwicz, a.laplace, a.minimax_regret);
    best += is_known ? fmt::format(", by the mean {}. To know the state before would be worth {} ({} on average).",
                                   a.emv, figure(a.evpi), figure(a.mean_with_perfect_information))
                     : std::string(".");
    return out + show::wrapped(best, page.width, 0) + "\n";
}

const Entry newsvendor_entry = entry_of<&newsvendor, NewsvendorQuestion, NewsvendorWorth>(
    "option", "newsvendor", "How much to order before the demand is known");

const Entry manne_entry =
    entry_of<&manne, ManneQuestion, StepPlan>("option", "manne", "How large a step of capacity should be");

const Entry payoff_entry =
    entry_of<&payoff, PayoffQuestion, PayoffWorth>("option", "payoff", "Which action of a table of payoffs to take");

} // namespace autarky::answers
