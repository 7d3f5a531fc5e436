// autarky: "what if this happens?": an event, or several, strike both worlds; what it takes and what holds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/stress.hpp"
#include "answers/entry.hpp"
#include "answers/session.hpp"
#include "answers/stress_events.hpp"

namespace autarky::answers {

struct StressQuestion : ScenarioChoice {
    std::vector<std::string> event;
    std::string site, at;
    std::optional<double> lasts;
    double severity = 1.0;
    std::uint64_t samples = 1000, seed = 1;
};
constexpr auto describe(Type<StressQuestion> /*type*/) {
    using Q = StressQuestion;
    return std::tuple_cat(
        scenario_fields<Q>(),
        fields(
            asked("event", &Q::event,
                  "An event of the scenario or of catalogue/stress/events.toml, such as strait_war; NAME@QUARTER has "
                  "a day of its own")
                .as("NAME"),
            asked("site", &Q::site,
                  "A site or a back end: where the events strike, or, without an event, what stops; needed by those "
                  "of one site, such as excursion")
                .as("SITE"),
            asked("at", &Q::at, "Quarter in which they begin")
                .as("QUARTER")
                .needs("event", "site")
                .otherwise("the middle of the horizon"),
            asked("for", &Q::lasts, "year"_u, "How long they last; added capacity stays", Range::positive)
                .as("YEARS")
                .needs("event", "site")
                .otherwise("as each event has it; a site stops for a year"),
            asked("severity", &Q::severity, "1"_u, "Multiplies all that they do: 1 as they stand, 0 nothing")
                .as("S")
                .from_to(0.0, 1.0)
                .needs("event", "site"),
            asked("samples", &Q::samples, "1"_u, "Futures, the same draws with and without the event")
                .as("N")
                .from_to(8, 1e5),
            asked("seed", &Q::seed, "1"_u, "Seed of the draws").as("S")));
}

struct StressEvent {
    std::string name, place, from;
    StressKind kind{};
    std::vector<StressNumber> numbers;
};
constexpr auto describe(Type<StressEvent> /*type*/) {
    using E = StressEvent;
    return fields(item("name", &E::name, "Event"), item("kind", &E::kind, "What it does"),
                  item("place", &E::place, "Country, site, back end or region that it strikes"),
                  item("from", &E::from, "Quarter in which it begins"),
                  item("numbers", &E::numbers, "Its numbers with their sources"));
}

/// The make world with or without its second sources and merchants that make up a shortfall.
struct StressHold {
    bool second_source = true, fallback = true, is_scenarios = false;
    analysis::Spread lost, late, value, change;
    double onshore_before = 0.0, onshore = 0.0, p_make_before = 0.0, p_make = 0.0;
};
constexpr auto describe(Type<StressHold> /*type*/) {
    using H = StressHold;
    return fields(item("second_source", &H::second_source,
                       "Whether chips keep their further sources; else the largest one alone"),
                  item("fallback", &H::fallback, "Whether merchants make up what own chips are short of"),
                  item("is_scenarios", &H::is_scenarios, "Whether the scenario has it so"),
                  item("lost", &H::lost, "Devices of the make world that are not delivered by the end of the horizon"),
                  item("late", &H::late, "Devices that are caught up by then"),
                  item("value_usd", &H::value, "Change of the make world's discounted cash, in USD"),
                  item("change_usd", &H::change, "Change of the value of make against buy, in USD"),
                  item("onshore_before", &H::onshore_before, "1"_u,
                       "Onshore share of the chips in devices without the event, mean of two years"),
                  item("onshore", &H::onshore, "1"_u, "The same with it"),
                  item("p_make_before", &H::p_make_before, "1"_u,
                       "Share of the futures without the event in which making is worth more"),
                  item("p_make", &H::p_make, "1"_u, "The same with it"));
}

struct StressAnswer {
    std::string scenario, variant;
    std::uint64_t wanted = 0, seed = 1;
    double severity = 1.0;
    bool is_stopped = false;
    std::vector<StressEvent> events;
    analysis::StressedCase of; ///< as the scenario stands
    std::vector<StressHold> holds;
    std::vector<KeptSource> kept; ///< by chips with several sources, in the ways without second ones
};
constexpr auto describe(Type<StressAnswer> /*type*/) {
    using A = StressAnswer;
    return fields(
        item("scenario", &A::scenario, "Scenario"), item("variant", &A::variant, "Its variants, + between them"),
        item(
            "samples", [](const A& a) { return a.of.samples; }, "1"_u,
            "Futures that are good with and without the event"),
        item("wanted", &A::wanted, "1"_u, "Futures asked for"),
        item("is_stopped", &A::is_stopped, "Whether it was stopped: fewer futures, or fewer ways to hold"),
        item(
            "failed", [](const A& a) { return a.of.failed; }, "1"_u, "Futures that failed and are left out"),
        item("seed", &A::seed, "1"_u, "Seed of the draws"),
        item("severity", &A::severity, "1"_u, "What all that the events do is multiplied by"),
        item("events", &A::events, "What happens"),
        item(
            "make", [](const A& a) -> const auto& { return a.of.make; }, "What it takes from the world that makes"),
        item(
            "buy", [](const A& a) -> const auto& { return a.of.buy; }, "What it takes from the world that buys"),
        item(
            "value", [](const A& a) -> const auto& { return a.of.value; }, "The value of make against buy"),
        item(
            "onshore_before", [](const A& a) { return a.of.onshore_before; }, "1"_u,
            "Onshore share of the chips in the make world's devices without the event, mean of the two years from its "
            "beginning"),
        item(
            "onshore_after", [](const A& a) { return a.of.onshore_after; }, "1"_u, "The same with it"),
        item("holds", &A::holds, "With and without second sources and merchants that make up a shortfall"),
        item("kept", &A::kept, "What each chip with several sources keeps in the ways without second ones"),
        item(
            "flows", [](const A& a) -> const auto& { return a.of.flows; },
            "Wafers by site and chips by source, sums of the two years from its beginning"),
        item(
            "state", [](const A& a) -> const auto& { return a.of.state; },
            "What rated orders take and pay for, by world; empty where none strikes"),
        item(
            "public_capacity", [](const A& a) -> const auto& { return a.of.added; },
            "Capacity that the state adds, and what it costs the state; 0 where none is added"),
        item(
            "quarters", [](const A& a) -> const auto& { return a.of.quarters; },
            "Devices delivered, quarter by quarter"));
}

StressAnswer stress(const Catalogue& catalogue, const StressQuestion& question, const Watch& watch = {});
std::string text(const StressAnswer& answer, const show::Page& page);
std::string picture(const StressAnswer& answer);
Standing standing(const StressAnswer& answer);

extern const Entry stress_entry;

} // namespace autarky::answers
