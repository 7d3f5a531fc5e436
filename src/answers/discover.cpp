// autarky: says where making fails.
// SPDX-License-Identifier: Apache-2.0
#include "answers/discover.hpp"

#include <fmt/format.h>

#include "answers/watched.hpp"
#include "engine/result.hpp"
#include "show/figure_text.hpp"

namespace autarky::answers {
namespace {

using analysis::BoxStep;
using analysis::FoundBox;
using analysis::Restriction;

std::string limit_text(const Restriction& one) {
    if (one.is_date) return show::date_text(one.limit);
    return show::figure(one.limit, 3) + (one.unit == "1" ? "" : " " + one.unit);
}

/// "vehicle.cars.work is below 120 Tops (its 34 % quantile)".
std::string words_of(const Restriction& one) {
    std::string out = fmt::format("{} is {} {} (its {} quantile", one.input, one.is_below ? "below" : "above",
                                  limit_text(one), show::share_text(one.percentile));
    if (one.quasi_p)
        out += *one.quasi_p < 0.001 ? ", quasi-p under 0.001" : fmt::format(", quasi-p {:.3f}", *one.quasi_p);
    return out + ")";
}

std::string share_of(const DiscoverAnswer& a, const BoxStep& step) {
    return fmt::format("{} in {} of its futures; it holds {} of all futures and {} of those that count", a.looks_for,
                       show::share_text(step.density), show::share_text(step.mass), show::share_text(step.coverage));
}

std::string box_text(const DiscoverAnswer& a, const FoundBox& box, std::size_t number, const show::Page& page) {
    const auto item = [&page](const std::string& words) { return "  " + show::hanging(words, page.width, 4) + "\n"; };
    std::string out =
        show::inked(page, show::Ink::bold, fmt::format("Box {}", number)) + ": " + a.looks_for + " where\n";
    for (const auto& one : box.restrictions)
        out += item((&one == &box.restrictions.front() ? "" : "and ") + words_of(one));
    out += item("on fresh futures " + share_of(a, box.fresh));
    return out +
           item(fmt::format("(by the futures that found it: {} of its futures, {} of those that count)",
                            show::share_text(box.found.density), show::share_text(box.found.coverage))) +
           "\n";
}

std::string tree_text(const DiscoverAnswer& a, const show::Page& page) {
    std::string out =
        show::inked(page, show::Ink::bold, "A tree for comparison") + ", its leaves by how often " + a.looks_for + "\n";
    for (const auto& leaf : a.leaves) {
        std::string words = fmt::format("{} (the leaf holds {} of all)", show::share_text(leaf.fresh.density),
                                        show::share_text(leaf.fresh.mass));
        for (const auto& one : leaf.restrictions)
            words += fmt::format("{}{} {} {}", &one == &leaf.restrictions.front() ? ": " : ", ", one.input,
                                 one.is_below ? "below" : "above", limit_text(one));
        out += "  " + show::hanging(words, page.width, 4) + "\n";
    }
    return out + "\n";
}

} // namespace

DiscoverAnswer discover(const Catalogue& /*catalogue*/, const DiscoverQuestion& q, const Watch& watch) {
    const auto session = Session::open(q);
    watch.settle(session->loaded().warnings);
    auto out = analysis::discover(
        session->model(),
        {q.pays, static_cast<std::size_t>(q.most), static_cast<std::size_t>(q.boxes), q.samples, q.seed},
        watch.n_threads(), watched(watch));
    if (out.is_stopped && out.boxes.empty()) refuse_stopped("samples");
    return out;
}

std::string text(const DiscoverAnswer& a, const show::Page& page) {
    std::string out = show::inked(page, show::Ink::bold, "Where " + a.looks_for) + "\n";
    out += show::wrapped(fmt::format("{}{}, {} futures and as many fresh ones, seed {}{}: {} in {} of all futures",
                                     a.scenario, a.variant.empty() ? "" : ", variant " + a.variant, a.samples, a.seed,
                                     a.failed > 0 ? fmt::format("; {} failed and are left out", a.failed) : "",
                                     a.looks_for, show::share_text(a.base_rate)),
                         page.width, 0) +
           "\n\n";
    if (a.is_stopped) out += "It was stopped: further boxes and the tree are missing.\n\n";
    for (std::size_t k = 0; k < a.boxes.size(); ++k)
        out += box_text(a, a.boxes[k], k + 1, page);
    if (a.boxes.empty())
        out += show::wrapped("No box is denser than the whole by more than chance explains.", page.width, 0) + "\n\n";
    if (!a.is_stopped) out += tree_text(a, page);
    return out +
           show::wrapped(
               "A box is peeled from the whole space in steps of 5 % that raise its density most, and pasted back "
               "where that raises it (PRIM); limits that chance could explain are taken away (quasi-p above "
               "0.05), and each further box looks at what the boxes before it leave.",
               page.width, 0) +
           "\n" +
           show::wrapped(
               "It cannot tell causes: inputs that go with others may stand for them. Boxes have straight sides, so "
               "where inputs trade off against each other it sees corners only, and it looks at the strongest "
               "inputs and at no luck.",
               page.width, 0) +
           "\n";
}

std::string picture(const DiscoverAnswer& answer) { return analysis::discover_svg(answer); }

Standing standing(const DiscoverAnswer& answer) {
    if (answer.is_stopped) return Standing::interrupted;
    return engine::too_many_failed(answer.failed, 2 * answer.samples) ? Standing::unreliable : Standing::good;
}

const Entry discover_entry = threaded(entry_of<&discover, DiscoverQuestion, DiscoverAnswer>(
    "", "discover", "Where making fails: boxes of inputs, in words"));

} // namespace autarky::answers
