// autarky: says when a chip is on the market.
// SPDX-License-Identifier: Apache-2.0
#include "answers/ttm.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <vector>

#include "core/refuse.hpp"
#include "show/figure_text.hpp"
#include "show/table.hpp"
#include "silicon/fields.hpp"

namespace autarky::answers {
namespace {

silicon::MarketNode node_of(const TtmQuestion& q) {
    const auto* found = silicon::find_market_node(q.node);
    if (found == nullptr) {
        std::vector<int> known;
        for (const auto& node : silicon::market_nodes())
            known.push_back(node.nm);
        refuse_field("node", "E0505", fmt::format("the model has no process of {} nm", q.node),
                     fmt::format("{}", fmt::join(known, ", ")));
    }
    auto out = *found;
    if (q.rate) out.wafers_per_h = *q.rate;
    if (!(out.wafers_per_h > 0.0))
        refuse_field("node", "E0402", fmt::format("the model's foundry made no wafers of {} nm", q.node),
                     "state how many wafers an hour there are with " + field_mark("rate"));
    return out;
}

std::string weeks(double value) { return fmt::format("{:.1f}", value); }

} // namespace

TtmAnswer ttm(const Catalogue& /*catalogue*/, const TtmQuestion& q, const Watch& /*watch*/) {
    if (q.unique > q.transistors)
        refuse_field("unique", "E0504", fmt::format("{:g} are more than all {:g} transistors", q.unique, q.transistors),
                     "at most as many as " + field_mark("transistors"));
    const auto node = node_of(q);
    TtmAnswer out{q.node, node.wafers_per_h * q.capacity, true, {}};
    out.found =
        silicon::time_to_market(node, {q.chips, q.transistors, q.unique, q.engineers, q.parallel, q.queue, q.capacity});
    if (!(out.found.gross > 0.0))
        refuse_field(
            "transistors", "E0401",
            fmt::format("a die of {:.0f} mm^2 does not fit a wafer of 300 mm at {} nm", out.found.area_mm2, q.node),
            "fewer transistors, or a denser process");
    out.fits_a_field = out.found.area_mm2 <= silicon::full_field.area_mm2();
    return out;
}

std::string text(const TtmAnswer& a, const show::Page& page) {
    const auto& f = a.found;
    std::string out = show::inked(page, show::Ink::bold, "When it is on the market, and what it costs") + "\n";
    out += show::wrapped(fmt::format("{} nm: a die of {} mm^2, {} of them good, {} a wafer, {} wafers at {} an hour",
                                     a.node, show::figure(f.area_mm2), show::share_text(f.yield), show::figure(f.gross),
                                     show::figure(f.wafers, 4), show::figure(a.rate)),
                         page.width, 0) +
           "\n\n";
    show::Sheet sheet({"<phase", "weeks", "<", "cost"});
    sheet.row({"tape-out", weeks(f.tapeout_weeks), "design", show::money(f.design_usd)});
    sheet.row({"queue", weeks(f.queue_weeks), "masks", show::money(f.masks_usd)});
    sheet.row({"foundry", weeks(f.fab_weeks), "wafers", show::money(f.wafers_usd)});
    sheet.row({"test and packaging", weeks(f.osat_weeks), "packages", show::money(f.packages_usd)});
    sheet.row({"all", weeks(f.weeks()), "", show::money(f.cost_usd())});
    out += sheet.text(page, 2, 3) + "\n";
    out +=
        show::wrapped(fmt::format("Chip agility score {}: so many wafers an hour may the foundry lose for one week of "
                                  "delay, by the slope at this rate.",
                                  show::figure(f.agility, 4)),
                      page.width, 0) +
        "\n";
    if (!a.fits_a_field)
        out +=
            show::wrapped(fmt::format("No lithography field has room for such a die: {} mm^2 is the largest. The model "
                                      "does not look at that; the figures are what it gives.",
                                      show::figure(silicon::full_field.area_mm2())),
                          page.width, 0) +
            "\n";
    return out +
           show::wrapped(
               "Model and constants of Ning, Tziantzioulis and Wentzlaff, ISCA 2023 (prices of 2020, rates of "
               "2023). It counts a bare wafer without streets and edge, takes each step as one lump, and knows "
               "nothing of re-spins.",
               page.width, 0) +
           "\n";
}

const Entry ttm_entry =
    entry_of<&ttm, TtmQuestion, TtmAnswer>("", "ttm", "Weeks and cost from design to packaged chips, and agility");

} // namespace autarky::answers
