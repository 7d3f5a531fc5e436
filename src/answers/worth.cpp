// autarky: says what it is worth to know more.
// SPDX-License-Identifier: Apache-2.0
#include "answers/worth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "answers/watched.hpp"
#include "engine/result.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

std::string choices_text(const WorthAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<choice", "mean value", "mean regret", "error", "regret at 95 %", "wrong in"});
    for (const auto& one : a.choices)
        sheet.row({one.choice, show::signed_money(one.mean_usd), show::money(one.regret_usd),
                   show::money(one.error_usd), show::money(one.p95_usd), show::share_text(one.p_wrong)});
    return sheet.text(page, 2, 3);
}

std::string inputs_text(const WorthAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<to know", "is worth", "error", "bias", "of all", "variance"});
    for (const auto& one : a.inputs) {
        const auto others = one.members > 1 ? fmt::format(" and {} with it", one.members - 1) : std::string{};
        constexpr std::size_t widest = 36;
        sheet.row({show::cut(one.largest, widest - std::min(widest - 1, others.size())) + others,
                   show::money(one.worth_usd), show::money(one.error_usd), show::money(one.bias_usd),
                   a.perfect_usd > 0.0 ? show::share_text(one.worth_usd / a.perfect_usd) : "-",
                   show::share_text(std::max(one.share, 0.0))});
    }
    return sheet.text(page, 2, 2);
}

std::string later_text(const WorthAnswer& a, const show::Page& page) {
    const auto& later = *a.later;
    const bool is_cost = later.change_usd <= 0.0;
    const bool is_sure = std::fabs(later.change_usd) > 2.0 * later.error_usd;
    const auto price = is_sure ? fmt::format("waiting a year {} {} (error {})", is_cost ? "costs" : "gains",
                                             show::money(std::fabs(later.change_usd)), show::money(later.error_usd))
                               : fmt::format("a year of waiting is not told apart from nothing (error {})",
                                             show::money(later.error_usd));
    return show::wrapped(
               fmt::format("If {} taped out a year later, all else as it is, making would be worth {} on average, and "
                           "more than buying in {} of the futures: {}.",
                           fmt::join(later.chips, " and "), show::signed_money(later.mean_usd),
                           show::share_text(later.p_make), price),
               page.width, 0) +
           "\n\n";
}

} // namespace

WorthAnswer worth(const Catalogue& /*catalogue*/, const WorthQuestion& question, const Watch& watch) {
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    return analysis::worth(session->model(), {static_cast<std::size_t>(question.most), question.samples, question.seed},
                           watch.n_threads(), watched(watch));
}

std::string text(const WorthAnswer& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "What it is worth to know more before deciding") + "\n";
    out += fmt::format("{}{}, {} futures, seed {}{}\n\n", a.scenario, a.variant.empty() ? "" : ", variant " + a.variant,
                       a.samples, a.seed, a.failed > 0 ? fmt::format("; {} failed and are left out", a.failed) : "");
    out += show::wrapped(fmt::format("By the mean the choice is to {} ({} for make against buy). To know the future "
                                     "before choosing would be worth {} (error {}): no study is worth more.",
                                     a.best, show::signed_money(a.mean_usd), show::money(a.perfect_usd),
                                     show::money(a.perfect_error_usd)),
                         page.width, 0) +
           "\n\n" + choices_text(a, page) + "\n";
    if (a.later) out += later_text(a, page);
    out += a.inputs.empty() ? "  No input is uncertain.\n" : inputs_text(a, page);
    const bool none_pays = std::all_of(a.inputs.begin(), a.inputs.end(), [](const auto& one) {
        return one.worth_usd <= 2.0 * one.error_usd + one.bias_usd;
    });
    if (none_pays && !a.inputs.empty())
        out += "\n" +
               show::wrapped("None of them alone is told apart from nothing: whatever is found out about it, the "
                             "same choice stays the better one by the mean.",
                             page.width, 0) +
               "\n";
    return out + "\n" +
           show::wrapped(
               fmt::format("Regret is what a choice loses against the better one of each future; what an input "
                           "is worth is the gain from choosing by it, found in {} bins of equal count, whose "
                           "bias is estimated by letting other futures choose and by halving the bins. Of a "
                           "group of correlated inputs the sum that goes most with the value is known, so "
                           "the whole group is worth at least that.",
                           a.bins),
               page.width, 0) +
           "\n" +
           show::wrapped(
               "It cannot tell what finding out costs or how long it takes, takes knowledge as perfect and the "
               "chooser as indifferent to risk, and values of inputs do not add up; luck, which nobody can "
               "know, has no row.",
               page.width, 0) +
           "\n";
}

Standing standing(const WorthAnswer& answer) {
    if (answer.samples < answer.wanted) return Standing::interrupted;
    return engine::too_many_failed(answer.failed, answer.samples) ? Standing::unreliable : Standing::good;
}

const Entry worth_entry = threaded(entry_of<&worth, WorthQuestion, WorthAnswer>(
    "", "worth", "What it is worth to know an input before deciding, and what a wrong choice costs"));

} // namespace autarky::answers
