// autarky: says what drives a result.
// SPDX-License-Identifier: Apache-2.0
#include "answers/sense.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "answers/watched.hpp"
#include "engine/result.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"

namespace autarky::answers {
namespace {

using analysis::VarianceShare;

constexpr std::size_t widest_name = 36;

std::string name_of(const std::string& name, std::uint64_t members, bool is_luck) {
    const auto others = members > 1
                            ? fmt::format(", {} {}", members, name == analysis::all_others ? "drivers" : "inputs")
                            : std::string(is_luck ? ", chance" : "");
    return show::cut(name, widest_name - std::min(widest_name - 1, others.size())) + others;
}

/// "12.3 % +- 1.4": the half width of the 95 % interval.
std::string with_interval(const VarianceShare& share) {
    if (!std::isfinite(share.value)) return "-";
    return fmt::format("{:.1f} % +- {:.1f}", 100.0 * share.value, 50.0 * (share.high() - share.low()));
}

/// "12.3 +- 1.4", in percent.
std::string cell_of(const VarianceShare& share) {
    if (!std::isfinite(share.value)) return "-";
    return fmt::format("{:.1f} +- {:.1f}", 100.0 * share.value, 50.0 * (share.high() - share.low()));
}

std::string drivers_text(const SenseAnswer& a, const show::Page& page) {
    show::Sheet sheet({"<driver", "alone, %", "total, %", "Shapley, %"});
    for (const auto& one : a.drivers)
        sheet.row({name_of(one.name, one.members, one.is_luck), cell_of(one.first), cell_of(one.total),
                   cell_of(one.shapley)});
    return sheet.text(page, 2, 2);
}

/// Pairs that are told apart from nothing.
std::string pairs_text(const SenseAnswer& a, const show::Page& page) {
    std::string out;
    constexpr std::size_t most = 5;
    std::size_t n = 0;
    for (const auto& pair : a.pairs) {
        if (!(pair.share.low() > 0.0) || n == most) continue;
        ++n;
        out += "  " +
               show::hanging(fmt::format("{} with {}: {}", pair.a, pair.b, with_interval(pair.share)), page.width, 4) +
               "\n";
    }
    if (n > 0) return "Together beyond each alone:\n" + out;
    if (a.pairs.empty())
        return show::wrapped(a.is_stopped ? "It was stopped before it looked at which drivers act together."
                                          : "There is one driver, so none act together.",
                             page.width, 0) +
               "\n";
    return show::wrapped("No pair of the drivers that act together most is told apart from nothing.", page.width, 0) +
           "\n";
}

std::string screening_text(const SenseAnswer& a, const show::Page& page) {
    constexpr std::size_t most = 24; // rows of a text; JSON has all
    show::Sheet sheet({"<driver", fmt::format("effect, {}", a.unit == "1" ? "share" : a.unit), "error"});
    for (std::size_t k = 0; k < std::min(most, a.screened.size()); ++k) {
        const auto& one = a.screened[k];
        sheet.row({name_of(one.name, one.members, one.is_luck), show::figure(one.effect), show::figure(one.error, 2)});
    }
    std::string out = sheet.text(page, 2, 2);
    if (a.screened.size() > most) out += fmt::format("  and {} drivers of less effect\n", a.screened.size() - most);
    return out;
}

std::string of_what(const SenseAnswer& a) {
    return a.quarter ? fmt::format("{} in {}", a.metric, *a.quarter) : a.metric;
}

std::string shares_text(const SenseAnswer& a, const show::Page& page) {
    const std::string unit = a.unit == "1" ? "" : " " + a.unit;
    std::string out =
        show::wrapped(
            fmt::format("Its mean is {}{}, its standard deviation {}{}. What no driver explains alone, drivers "
                        "acting together, makes {} of the variance.",
                        show::figure(a.mean), unit, show::figure(a.deviation), unit, with_interval(a.together())),
            page.width, 0) +
        "\n\n" + drivers_text(a, page) + "\n" + pairs_text(a, page);
    return out + "\n" +
           show::wrapped(
               "Alone is the share of the variance that goes when the driver is known (first-order Sobol index), "
               "total the share that stays when only it is unknown, Shapley its share with its part of what it does "
               "together with others; +- is half of a 95 % interval, and inputs that are correlated are one driver.",
               page.width, 0) +
           "\n" +
           show::wrapped(
               "It cannot tell in which direction a driver moves the result, nor what happens in its tails: "
               "variance counts deviations by their square, and a driver that matters in rare futures only may "
               "stand low.",
               page.width, 0) +
           "\n";
}

/// What is asked of the shares changes nothing where only the screening is made.
void refuse_idle(const SenseQuestion& q) {
    if (!q.screen) return;
    Diagnostics findings;
    const SenseQuestion blank;
    const auto idle = [&](bool is_given, const char* field) {
        if (is_given)
            findings.error_in(field, "E0506", fmt::format("it changes nothing with {}", field_mark("screen")));
    };
    idle(q.samples != blank.samples, "samples");
    idle(q.most != blank.most, "most");
    if (findings.has_errors()) throw InputError{std::move(findings)};
}

} // namespace

SenseAnswer sense(const Catalogue& /*catalogue*/, const SenseQuestion& q, const Watch& watch) {
    refuse_idle(q);
    const auto session = Session::open(q);
    watch.settle(session->loaded().warnings);
    auto out = analysis::sense(
        session->model(), {q.metric, q.at, static_cast<std::size_t>(q.most), q.samples, q.screening, q.seed, q.screen},
        watch.n_threads(), watched(watch));
    if (out.is_stopped && out.screened.empty()) refuse_stopped("screening");
    return out;
}

std::string text(const SenseAnswer& a, const show::Page& page) {
    std::string out =
        show::inked(page, show::Ink::bold, fmt::format("What drives {}", of_what(a))) + "\n" +
        show::wrapped(fmt::format("{}{}, seed {}: {} drivers screened with {} pairs of futures{}{}{}", a.scenario,
                                  a.variant.empty() ? "" : ", variant " + a.variant, a.seed, a.screened.size(),
                                  a.screening,
                                  a.samples > 0 ? fmt::format(", the strongest with {}", a.samples) : std::string{},
                                  a.failed > 0 ? fmt::format("; {} of {} evaluations have no value and are left out "
                                                             "with their pair",
                                                             a.failed, a.evaluations)
                                               : std::string{},
                                  a.is_stopped ? "; it was stopped" : ""),
                      page.width, 0) +
        "\n\n";
    if (a.samples > 0) return out + shares_text(a, page);
    if (a.screening == 0) return out;
    return out + screening_text(a, page) + "\n" +
           show::wrapped(
               "Effect is the mean absolute change of the result when the driver alone is drawn anew, for a step "
               "of one standard deviation (elementary effects of Morris in a radial design).",
               page.width, 0) +
           "\n" +
           show::wrapped("It cannot tell shares of the variance, nor effects that lie within two errors of each other "
                         "apart.",
                         page.width, 0) +
           "\n";
}

std::string picture(const SenseAnswer& answer) { return analysis::sense_svg(answer); }

Standing standing(const SenseAnswer& answer) {
    if (answer.is_stopped) return Standing::interrupted;
    return engine::too_many_failed(answer.failed, answer.evaluations) ? Standing::unreliable : Standing::good;
}

const Entry sense_entry = threaded(
    entry_of<&sense, SenseQuestion, SenseAnswer>("", "sense", "What drives a result: each driver alone and together"));

} // namespace autarky::answers
