// autarky: maps make or buy, and finds break-even volumes.
// SPDX-License-Identifier: Apache-2.0
#include "answers/map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "answers/watched.hpp"
#include "show/figure_text.hpp"

namespace autarky::answers {
namespace {

std::string axis_text(const analysis::MapAxis& axis) {
    return axis.is_factor ? axis.path + ", multiple of the scenario's"
                          : axis.path + (axis.unit == "1" ? "" : ", " + axis.unit);
}

/// Place on the axis that is nearest to a figure, none outside.
std::optional<std::size_t> nearest(const analysis::MapAxis& axis, const std::optional<double>& at) {
    if (!at || *at < axis.at.front() || *at > axis.at.back()) return std::nullopt;
    const auto distance = [&](std::size_t i) {
        return axis.is_log ? std::fabs(std::log(axis.at[i] / *at)) : std::fabs(axis.at[i] - *at);
    };
    std::size_t best = 0;
    for (std::size_t i = 1; i < axis.at.size(); ++i)
        if (distance(i) < distance(best)) best = i;
    return best;
}

std::string grid_text(const MapAnswer& map, const show::Page& page) {
    const auto scenario_x = nearest(map.x, map.x.scenario), scenario_y = nearest(map.y, map.y.scenario);
    const auto essay_x = nearest(map.x, map.x.essay), essay_y = nearest(map.y, map.y.essay);
    std::string out;
    for (std::size_t j = map.y.at.size(); j-- > 0;) {
        out += fmt::format("{:>9} ", show::figure(map.y.at[j], 3));
        for (std::size_t i = 0; i < map.x.at.size(); ++i) {
            const bool is_scenario = scenario_x == i && scenario_y == j;
            const bool is_essay = essay_x == i && essay_y == j;
            const auto cell = fmt::format("{:>3.0f}{}", 100.0 * map.p_make[j][i],
                                          is_scenario ? "s"
                                          : is_essay  ? "e"
                                                      : " ");
            out += " " + show::inked(page, map.p_make[j][i] >= 0.5 ? show::Ink::green : show::Ink::cyan, cell);
        }
        out += "\n";
    }
    out += "          ";
    for (std::size_t i = 0; i < map.x.at.size(); ++i)
        out += fmt::format("{:>5}", i % 2 == 0 ? show::figure(map.x.at[i], 2) : "");
    return out + "\n";
}

std::string multiple(const std::optional<double>& at, double devices) {
    if (!at) return "none within 1/64 to 8 times";
    return fmt::format("{} times the plan{}", show::figure(*at, 3),
                       devices > 0.0 ? fmt::format(", {} a year", show::figure(*at * devices, 3)) : "");
}

} // namespace

MapAnswer map(const Catalogue& /*catalogue*/, const MapQuestion& question, const Watch& watch) {
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    const auto& variants = session->loaded().known_variants;
    std::shared_ptr<const Session> article;
    if (std::find(variants.begin(), variants.end(), "article") != variants.end()) {
        ScenarioChoice choice = question;
        choice.variant = {"article"};
        article = Session::open(choice);
    }
    const analysis::MapRequest asked{question.x,
                                     question.y,
                                     question.samples,
                                     question.seed,
                                     static_cast<std::size_t>(question.columns),
                                     static_cast<std::size_t>(question.rows)};
    return analysis::map_of(session->model(), article ? &article->loaded() : nullptr, asked, watch.n_threads(),
                            watched(watch));
}

std::string text(const MapAnswer& map, const show::Page& page) {
    std::string out =
        show::inked(page, show::Ink::bold, "Where making pays: probability, in %, that the own chip is worth more") +
        "\n";
    out += fmt::format("{}{}, {} samples a point, seed {}, error up to {:.1f} points\n\n", map.scenario,
                       map.variant.empty() ? "" : ", variant " + map.variant, map.samples, map.seed,
                       100.0 * map.largest_error);
    out += "  " + axis_text(map.y) + "\n" + grid_text(map, page) + "  " + axis_text(map.x) + "\n\n";
    return out +
           show::wrapped(
               "s: nearest to the scenario's centre; e: to the essay's. From 50 on making is the better one more "
               "often than not. All other inputs are drawn as the scenario has them, the same draws at every "
               "point.",
               page.width, 0) +
           "\n";
}

std::string picture(const MapAnswer& answer) { return analysis::map_svg(answer); }

BreakEvenAnswer break_even(const Catalogue& /*catalogue*/, const BreakEvenQuestion& question, const Watch& watch) {
    const auto session = Session::open(question);
    watch.settle(session->loaded().warnings);
    return analysis::break_even(session->model(), question.samples, question.seed, watch.n_threads(), watched(watch));
}

std::string text(const BreakEvenAnswer& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold,
                                  "Break-even volume: the multiple of all demand at which making starts to pay") +
                      "\n";
    out += fmt::format("{} samples, seed {}{}\n\n", a.samples, a.seed,
                       a.failed > 0 ? fmt::format("; {} failed and are left out", a.failed) : "");
    out += fmt::format("  median of the futures   {}\n", multiple(a.p50, a.devices_a_year));
    out += fmt::format("  5 %                     {}\n", multiple(a.p05, a.devices_a_year));
    out += fmt::format("  95 %                    {}\n", multiple(a.p95, a.devices_a_year));
    out += fmt::format("  of the mean value       {}\n\n", multiple(a.of_mean, a.devices_a_year));
    out += show::wrapped(
               fmt::format("No volume pays in {} of the futures, every volume in {}; more than one break-even in {}.",
                           show::share_text(a.none_share), show::share_text(a.always_share),
                           show::share_text(a.several_share)),
               page.width, 0) +
           "\n\n";
    out += "  multiple   make pays in     mean value\n";
    for (const auto& point : a.points)
        out += fmt::format("  {:>8}   {:>12}   {:>12}\n", show::figure(point.multiplier, 3),
                           show::share_text(point.p_make), show::signed_money(point.mean_usd));
    return out;
}

const Entry map_entry = threaded(
    entry_of<&map, MapQuestion, MapAnswer>("", "map", "Where making pays: its probability over any two inputs"));
const Entry break_even_entry = threaded(entry_of<&break_even, BreakEvenQuestion, BreakEvenAnswer>(
    "", "break-even", "The multiple of all demand at which making starts to pay"));

} // namespace autarky::answers
