// autarky: collects the places that events can strike.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/event_targets.hpp"

namespace autarky::scenario {
namespace {

template <class Rows> void add_locations(const Rows& rows, std::set<std::string>& places) {
    for (const auto& row : rows.rows)
        places.insert(row.location);
}

std::set<std::string> parts_of(const Scenario<Uncertain>& s) {
    std::set<std::string> out;
    for (const auto& robot : s.robot.rows) {
        out.insert(robot.parts_location);
        add_locations(robot.part, out);
    }
    out.erase("");
    return out;
}

} // namespace

EventTargets event_targets(const Scenario<Uncertain>& s, foundry::EventKind kind) {
    using foundry::EventKind;
    EventTargets out;
    switch (kind) {
    case EventKind::supply_loss:
    case EventKind::rated_orders:
        out = {"no site and no merchant's fab", {s.site.names.begin(), s.site.names.end()}};
        add_locations(s.site, out.places);
        add_locations(s.merchant, out.places);
        if (kind == EventKind::rated_orders) break;
        out.none = "no site, no back end and no merchant's fab";
        add_locations(s.back_end, out.places);
        out.places.insert(s.back_end.names.begin(), s.back_end.names.end());
        break;
    case EventKind::market_closed: out = {"no region", {s.region.names.begin(), s.region.names.end()}}; break;
    case EventKind::parts_closed: out = {"no robot that takes its parts", parts_of(s)}; break;
    case EventKind::foundries_closed:
        out.none = "no rival";
        add_locations(s.rival, out.places);
        break;
    }
    return out;
}

} // namespace autarky::scenario
