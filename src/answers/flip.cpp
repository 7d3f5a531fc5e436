// autarky: says what would turn the verdict.
// SPDX-License-Identifier: Apache-2.0
#include "answers/flip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "answers/watched.hpp"
#include "engine/result.hpp"
#include "show/figure_text.hpp"

namespace autarky::answers {
namespace {

using analysis::FlipInput;
using analysis::Turn;

std::string value_text(const FlipInput& input, double value) {
    if (input.is_date) return show::date_text(value);
    return show::figure(value, 3) + (input.unit == "1" ? "" : " " + input.unit);
}

/// "its 83 % quantile", with more digits near the ends.
std::string percentile_text(double percentile) { return show::share_text(percentile) + " quantile"; }

std::string turn_text(const FlipInput& input, const Turn& turn) {
    auto out = input.is_stepped ? fmt::format("from {} on", value_text(input, turn.value))
                                : fmt::format("at {} ({} to {})", value_text(input, turn.value),
                                              value_text(input, turn.low), value_text(input, turn.high));
    out += fmt::format(", its {}; the other verdict holds in {} of its range", percentile_text(turn.percentile),
                       show::share_text(turn.beyond));
    if (turn.crossings > 1) out += fmt::format("; {} turns, this is the nearest", turn.crossings);
    return out;
}

/// Least and greatest of a figure over the values of an input.
template <class Get, class Text> std::string range_text(const FlipInput& input, const Get& get, const Text& text) {
    double low = INFINITY, high = -INFINITY;
    for (const auto& point : input.points) {
        if (!std::isfinite(get(point))) continue;
        low = std::min(low, get(point));
        high = std::max(high, get(point));
    }
    return low <= high ? fmt::format("no value turns it: {} to {}", text(low), text(high))
                       : std::string("every future failed");
}

/// `n_sound`: futures that do not fail as the scenario stands.
std::string input_text(const FlipInput& input, std::uint64_t n_sound, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, input.name) + "\n";
    std::string about = fmt::format("median {}, drives {} of the variance", value_text(input, input.median),
                                    show::share_text(std::max(input.share, 0.0)));
    if (input.knots > 1) about += fmt::format("; {} numbers of the series move together", input.knots);
    if (!input.group.empty()) about += fmt::format(" with the group {}, of which it alone is moved", input.group);
    std::uint64_t least = n_sound;
    for (const auto& point : input.points)
        least = std::min(least, point.futures);
    if (least < n_sound) about += fmt::format("; at some values {} more futures fail", n_sound - least);
    const auto line = [&](const char* head, const std::string& words) {
        return fmt::format("  {:<14}{}\n", head, show::hanging(words, page.width, 16));
    };
    out += "  " + show::hanging(about, page.width, 2) + "\n";
    out += line("even odds", input.even ? turn_text(input, *input.even)
                                        : range_text(
                                              input, [](const auto& p) { return p.p_make; },
                                              [](double p) { return show::share_text(p); }));
    out += line("mean of zero", input.of_mean ? turn_text(input, *input.of_mean)
                                              : range_text(
                                                    input, [](const auto& p) { return p.mean_usd; },
                                                    [](double usd) { return show::signed_money(usd); }));
    return out + "\n";
}

} // namespace

FlipAnswer flip(const Catalogue& /*catalogue*/, const FlipQuestion& question, const Watch& watch) {
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    return analysis::flip(session->model(),
                          {question.input, static_cast<std::size_t>(question.most), question.samples, question.seed},
                          watch.n_threads(), watched(watch));
}

std::string text(const FlipAnswer& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "What would turn the verdict, one input at a time") + "\n";
    out += fmt::format("{}{}, {} futures at each value, seed {}{}\n", a.scenario,
                       a.variant.empty() ? "" : ", variant " + a.variant, a.samples, a.seed,
                       a.failed > 0 ? fmt::format("; {} failed and are left out", a.failed) : "");
    out += fmt::format("With everything drawn, making is worth more in {} of the futures (error\n{:.1f} points), and "
                       "{} on average (error {}).\n\n",
                       show::share_text(a.p_make), 100.0 * a.p_error, show::signed_money(a.mean_usd),
                       show::money(a.mean_error_usd));
    for (const auto& input : a.inputs)
        out += input_text(input, a.samples - a.failed, page);
    if (a.inputs.empty()) out += "No input drives the value beyond chance.\n\n";
    return out +
           show::wrapped(
               "Each input is held at values from its 0.1 % to its 99.9 % quantile while all others are drawn "
               "as the scenario has them; told are the value at which the verdict turns (in brackets one "
               "standard error of sampling), how much of the input's own range lies below it, and how likely "
               "the input lies where the other verdict holds.",
               page.width, 0) +
           "\n" +
           show::wrapped(
               "It cannot tell what two inputs do together, what lies outside of an input's range, or what an "
               "input says of others that are correlated with it: these are drawn as if nothing was known.",
               page.width, 0) +
           "\n";
}

std::string picture(const FlipAnswer& answer) { return analysis::flip_svg(answer); }

Standing standing(const FlipAnswer& answer) {
    if (answer.is_stopped) return Standing::interrupted;
    return engine::too_many_failed(answer.failed, answer.samples) ? Standing::unreliable : Standing::good;
}

const Entry flip_entry = threaded(entry_of<&flip, FlipQuestion, FlipAnswer>(
    "", "flip", "What would turn the verdict: the value of each strong input at which it does"));

} // namespace autarky::answers
