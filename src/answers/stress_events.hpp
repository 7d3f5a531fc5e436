// autarky: events of the scenario and of the catalogue as a stress asks for them: on a day, at a place, at a strength.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answers/catalogue.hpp"
#include "answers/stress_sets.hpp"
#include "core/describe_plain.hpp"
#include "foundry/entities.hpp"

namespace autarky::answers {

/// What an event does. The first five are those of a scenario, by the same numbers: one is cast to the other.
enum class StressKind {
    supply_loss,
    market_closed,
    parts_closed,
    foundries_closed,
    rated_orders,
    capacity_added,
    construction_delay,
    excursion
};
constexpr auto choices(Type<StressKind> /*type*/) {
    return std::array<std::string_view, 8>{"supply_loss",  "market_closed",  "parts_closed",       "foundries_closed",
                                           "rated_orders", "capacity_added", "construction_delay", "excursion"};
}

static_assert(choices(Type<StressKind>{})[0] == choices(Type<foundry::EventKind>{})[0]);
static_assert(choices(Type<StressKind>{})[1] == choices(Type<foundry::EventKind>{})[1]);
static_assert(choices(Type<StressKind>{})[2] == choices(Type<foundry::EventKind>{})[2]);
static_assert(choices(Type<StressKind>{})[3] == choices(Type<foundry::EventKind>{})[3]);
static_assert(choices(Type<StressKind>{})[4] == choices(Type<foundry::EventKind>{})[4]);
static_assert(choices(Type<foundry::EventKind>{}).size() == 5);

/// A number of an event as it stands in a file or was asked for.
struct StressNumber {
    std::string key, value, source, date, grade, note;
};
constexpr auto describe(Type<StressNumber> /*type*/) {
    using N = StressNumber;
    return fields(item("key", &N::key, "What it is; `as run`: the one value that is run in every future"),
                  item("value", &N::value, "As written"),
                  item("source", &N::source, "Where it is from; empty: said by the question or the program"),
                  item("date", &N::date, "Date of the source"),
                  item("grade", &N::grade, "Its grade: filing, paper, dataset, press, rumour, assumption"),
                  item("note", &N::note, "Why, where the file says so"));
}

/// What a stress says of its events.
struct EventsAsked {
    std::vector<std::string> event; ///< NAME, or NAME@QUARTER
    std::string site, at;           ///< empty: the event's own place; the middle of the horizon
    std::optional<double> lasts{};  ///< years; none: as the event has it
    double severity = 1.0;          ///< multiplies all that an event does
};

/// An event that is sure to happen, and the overrides that make it so.
struct SureEvent {
    std::string name, place, from;
    StressKind kind{};
    std::size_t first = 0; ///< row of that quarter
    std::vector<StressNumber> numbers;
    Sets sets;
    Sets absent; ///< of an event of the scenario: those that keep it from happening at all, for the world without it
};

/// Names of the events of the scenario and of the catalogue, as a question may name them.
std::vector<std::string> stress_event_names(const Catalogue& catalogue, const Session& session);

/// Throws InputError, with the field that is wrong, where an event, site or quarter is unknown or nothing would be struck.
std::vector<SureEvent> sure_events(const Catalogue& catalogue, const Session& session, const EventsAsked& asked);

} // namespace autarky::answers
