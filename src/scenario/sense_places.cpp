// autarky: whether the places that a scenario names exist, and whether something is there.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "input/suggest.hpp"
#include "scenario/country.hpp"
#include "scenario/event_targets.hpp"
#include "scenario/sense_parts.hpp"

namespace autarky::scenario {
namespace {

using foundry::EventKind;

void check_country(const Sense& sense, const std::string& key, const std::string& word, Origin at) {
    if (is_country(word)) return;
    sense.error(std::move(at), "E0424", fmt::format("{}: '{}' is no country code", key, word), country_hint(word));
}

template <class Rows> void check_locations(const Sense& sense, std::string_view table, const Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i)
        check_country(sense, fmt::format("{}.{}.location", table, rows.names[i]), rows[i].location,
                      sense.origin({table, rows.names[i], "location"}));
}

std::string where_hint(std::string_view word, const EventTargets& target, const Diagnostics& diagnostics) {
    if (target.places.empty()) return fmt::format("there is {} at all; take the event out", target.none);
    auto near = suggestion(word, {target.places.begin(), target.places.end()}, diagnostics);
    const auto known = fmt::format("places that have one: {}", fmt::join(target.places, ", "));
    return near.empty() ? known : near + " " + known;
}

/// An event hits something where its place has a site or a part, or where all devices lose parts or pay more for memory.
bool acts_everywhere(const Sense& sense, const foundry::Event<Uncertain>& event) {
    return sense.most(event.parts_loss) > 0.0 || sense.least(event.memory_multiple) != 1.0 ||
           sense.most(event.memory_multiple) != 1.0;
}

void check_event_place(const Sense& sense, std::size_t row) {
    const auto& event = sense.s.event[row];
    const auto& name = sense.s.event.names[row];
    const auto target = event_targets(sense.s, event.kind);
    const auto at = sense.origin({"event", name, "location"});
    const auto key = fmt::format("event.{}.location", name);
    if (target.places.contains(event.location)) return;
    if (event.kind == EventKind::market_closed) {
        sense.error(
            at, "E0304",
            fmt::format("{}: a market that closes is a region, and there is no region '{}'", key, event.location),
            where_hint(event.location, target, sense.diagnostics));
    } else if (!is_country(event.location)) {
        sense.error(at, "E0424", fmt::format("{}: '{}' is no country code", key, event.location),
                    country_hint(event.location));
    } else if (!acts_everywhere(sense, event)) {
        sense.error(
            at, "E0304",
            fmt::format("{}: there is {} in '{}', so the event would do nothing", key, target.none, event.location),
            where_hint(event.location, target, sense.diagnostics));
    }
}

void check_part_locations(const Sense& sense, std::size_t robot) {
    const auto& p = sense.s.robot[robot];
    const auto& name = sense.s.robot.names[robot];
    const auto add = [&](const std::string& key, const std::string& place, Origin at) {
        if (!place.empty()) check_country(sense, key, place, std::move(at));
    };
    add(fmt::format("robot.{}.parts_location", name), p.parts_location,
        sense.origin({"robot", name, "parts_location"}));
    for (std::size_t i = 0; i < p.part.size(); ++i)
        add(fmt::format("robot.{}.part.{}.location", name, p.part.names[i]), p.part[i].location,
            sense.origin({"robot", name, "part", p.part.names[i], "location"}));
}

} // namespace

void check_places(const Sense& sense) {
    const auto& s = sense.s;
    check_country(sense, "buyer.home", s.buyer.home, sense.origin({"buyer", "home"}));
    check_locations(sense, "site", s.site);
    check_locations(sense, "merchant", s.merchant);
    check_locations(sense, "back_end", s.back_end);
    for (std::size_t i = 0; i < s.robot.size(); ++i)
        check_part_locations(sense, i);
    check_locations(sense, "rival", s.rival);
    for (std::size_t i = 0; i < s.event.size(); ++i)
        check_event_place(sense, i);
}

} // namespace autarky::scenario
