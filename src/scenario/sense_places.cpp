// autarky: whether the places that a scenario names exist, and whether something is there.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "input/suggest.hpp"
#include "scenario/country.hpp"
#include "scenario/sense_parts.hpp"

namespace autarky::scenario {
namespace {

using foundry::EventKind;

void check_country(const Sense& sense, const std::string& key, const std::string& word, Origin at) {
    if (is_country(word)) return;
    sense.error(std::move(at), "E0424", fmt::format("{}: '{}' is no country code", key, word), country_hint(word));
}

template <class Rows>
void check_locations(const Sense& sense, std::string_view table, const Rows& rows, std::set<std::string>& found) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found.insert(rows[i].location);
        check_country(sense, fmt::format("{}.{}.location", table, rows.names[i]), rows[i].location,
                      sense.origin({table, rows.names[i], "location"}));
    }
}

/// What an event of this kind can hit, as a sentence, and the places where there is such a thing.
struct Target {
    std::string_view what;
    const std::set<std::string>& places;
};

std::string where_hint(std::string_view word, const Target& target, const Diagnostics& diagnostics) {
    if (target.places.empty()) return fmt::format("there is {} at all; take the event out", target.what);
    auto near = suggestion(word, {target.places.begin(), target.places.end()}, diagnostics);
    const auto known = fmt::format("places that have one: {}", fmt::join(target.places, ", "));
    return near.empty() ? known : near + " " + known;
}

/// An event hits something where its place has a site or a part, or where all devices lose parts or pay more for memory.
bool acts_everywhere(const Sense& sense, const foundry::Event<Uncertain>& event) {
    return sense.most(event.parts_loss) > 0.0 || sense.least(event.memory_multiple) != 1.0 ||
           sense.most(event.memory_multiple) != 1.0;
}

void check_region_event(const Sense& sense, const std::string& name, const std::string& location) {
    const auto& regions = sense.s.region.names;
    if (std::ranges::find(regions, location) != regions.end()) return;
    const std::set<std::string> known(regions.begin(), regions.end());
    sense.error(
        sense.origin({"event", name, "location"}), "E0304",
        fmt::format("event.{}.location: a market that closes is a region, and there is no region '{}'", name, location),
        where_hint(location, {"no region", known}, sense.diagnostics));
}

void check_place_event(const Sense& sense, std::size_t row, const Target& target) {
    const auto& event = sense.s.event[row];
    const auto& name = sense.s.event.names[row];
    const auto at = sense.origin({"event", name, "location"});
    const auto key = fmt::format("event.{}.location", name);
    if (target.places.contains(event.location)) return;
    if (!is_country(event.location)) {
        sense.error(at, "E0424", fmt::format("{}: '{}' is no country code", key, event.location),
                    country_hint(event.location));
    } else if (!acts_everywhere(sense, event)) {
        sense.error(
            at, "E0304",
            fmt::format("{}: there is {} in '{}', so the event would do nothing", key, target.what, event.location),
            where_hint(event.location, target, sense.diagnostics));
    }
}

void check_part_locations(const Sense& sense, std::size_t robot, std::set<std::string>& parts) {
    const auto& p = sense.s.robot[robot];
    const auto& name = sense.s.robot.names[robot];
    const auto add = [&](const std::string& key, const std::string& place, Origin at) {
        if (place.empty()) return;
        parts.insert(place);
        check_country(sense, key, place, std::move(at));
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
    std::set<std::string> fabs, parts, rivals;
    check_country(sense, "buyer.home", s.buyer.home, sense.origin({"buyer", "home"}));
    check_locations(sense, "site", s.site, fabs);
    check_locations(sense, "merchant", s.merchant, fabs);
    for (std::size_t i = 0; i < s.robot.size(); ++i)
        check_part_locations(sense, i, parts);
    check_locations(sense, "rival", s.rival, rivals);
    for (std::size_t i = 0; i < s.event.size(); ++i) {
        switch (s.event[i].kind) {
        case EventKind::market_closed: check_region_event(sense, s.event.names[i], s.event[i].location); break;
        case EventKind::supply_loss: check_place_event(sense, i, {"no site and no merchant's fab", fabs}); break;
        case EventKind::parts_closed: check_place_event(sense, i, {"no robot that takes its parts", parts}); break;
        case EventKind::foundries_closed: check_place_event(sense, i, {"no rival", rivals}); break;
        }
    }
}

} // namespace autarky::scenario
