// autarky: what events of a kind can strike in a scenario, and where that is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "scenario/scenario.hpp"

namespace autarky::scenario {

struct EventTargets {
    std::string_view none;        ///< "no rival": what there is not where nothing is
    std::set<std::string> places; ///< countries, sites and back ends by name, or regions
};
EventTargets event_targets(const Scenario<Uncertain>& s, foundry::EventKind kind);

} // namespace autarky::scenario
