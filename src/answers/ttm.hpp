// autarky: "when is it on the market?": weeks by phase, cost, and how agile the chip is against a foundry that slows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "answers/entry.hpp"
#include "silicon/time_to_market.hpp"

namespace autarky::answers {

struct TtmQuestion {
    int node = 0;
    double chips = std::numeric_limits<double>::quiet_NaN(), transistors = chips, unique = chips, engineers = chips,
           parallel = chips;
    double queue = 0.0, capacity = 1.0;
    std::optional<double> rate;
};
constexpr auto describe(Type<TtmQuestion> /*type*/) {
    using Q = TtmQuestion;
    constexpr double most = 1e15, most_engineers = 1e6, longest_queue = 1e4, least_share = 1e-3, fastest = 1e6;
    return fields(
        asked("node", &Q::node, "1"_u, "Process: 250, 180, 130, 90, 65, 40, 28, 20, 14, 10, 7, 5").as("NM").required(),
        asked("chips", &Q::chips, "1"_u, "Packaged chips wanted").as("N").from_to(1, most).required(),
        asked("transistors", &Q::transistors, "1"_u, "Transistors of a chip").as("N").from_to(1, most).required(),
        asked("unique", &Q::unique, "1"_u, "Of these, that are designed and not repeated")
            .as("N")
            .from_to(0, most)
            .required(),
        asked("engineers", &Q::engineers, "1"_u, "Engineers of the tape-out")
            .as("N")
            .from_to(1, most_engineers)
            .required(),
        asked("parallel", &Q::parallel, "1"_u, "Share of the tape-out that they can do at once", Range::fraction)
            .as("SHARE")
            .required(),
        asked("queue", &Q::queue, "1"_u, "Weeks that the wafers ahead take at full rate")
            .as("WEEKS")
            .from_to(0, longest_queue),
        asked("capacity", &Q::capacity, "1"_u, "Share of the full rate that is there")
            .as("SHARE")
            .from_to(least_share, 1.0),
        asked("rate", &Q::rate, "1"_u, "Wafers an hour of the foundry at full rate")
            .as("N")
            .from_to(least_share, fastest)
            .otherwise("TSMC's in the first quarter of 2023"));
}

struct TtmAnswer {
    int node = 0;
    double rate = 0.0; ///< wafers an hour that are there
    bool fits_a_field = true;
    silicon::TimeToMarket found;
};
constexpr auto describe(Type<TtmAnswer> /*type*/) {
    using A = TtmAnswer;
    return fields(
        item("node", &A::node, unit_named("nm"), "Process"),
        item(
            "area_mm2", [](const A& a) { return a.found.area_mm2; }, "mm^2"_u, "Area of a die"),
        item("fits_a_field", &A::fits_a_field, "Whether a lithography field of 26 x 33 mm has that area"),
        item(
            "yield", [](const A& a) { return a.found.yield; }, "1"_u, "Share of good dies"),
        item(
            "gross_dies", [](const A& a) { return a.found.gross; }, "1"_u, "Dies a wafer"),
        item(
            "wafers", [](const A& a) { return a.found.wafers; }, "wafer"_u, "Wafers for all chips"),
        item("wafers_per_hour", &A::rate, unit_named("wafer/h"), "Wafers an hour that are there"),
        item(
            "tapeout_weeks", [](const A& a) { return a.found.tapeout_weeks; }, "week"_u, "Tape-out"),
        item(
            "queue_weeks", [](const A& a) { return a.found.queue_weeks; }, "week"_u, "Waiting for the wafers ahead"),
        item(
            "fab_weeks", [](const A& a) { return a.found.fab_weeks; }, "week"_u,
            "Foundry, from the first wafer to the last"),
        item(
            "osat_weeks", [](const A& a) { return a.found.osat_weeks; }, "week"_u, "Test, assembly and packaging"),
        item(
            "ttm_weeks", [](const A& a) { return a.found.weeks(); }, "week"_u, "Time to market: all of them"),
        item(
            "design_usd", [](const A& a) { return a.found.design_usd; }, "USD"_u, "Design: licences, tools, engineers"),
        item(
            "masks_usd", [](const A& a) { return a.found.masks_usd; }, "USD"_u, "Masks"),
        item(
            "wafers_usd", [](const A& a) { return a.found.wafers_usd; }, "USD"_u, "Wafers"),
        item(
            "packages_usd", [](const A& a) { return a.found.packages_usd; }, "USD"_u, "Packages with assembly"),
        item(
            "cost_usd", [](const A& a) { return a.found.cost_usd(); }, "USD"_u, "All of it"),
        item(
            "agility", [](const A& a) { return a.found.agility; }, unit_named("wafer/h/week"),
            "Chip agility score: wafers an hour that the foundry may lose for a week of delay"));
}

TtmAnswer ttm(const Catalogue& catalogue, const TtmQuestion& question, const Watch& watch = {});
std::string text(const TtmAnswer& answer, const show::Page& page);
extern const Entry ttm_entry;

} // namespace autarky::answers
