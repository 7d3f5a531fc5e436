// autarky: what a reader of a power flow must not overlook.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/diagnostics.hpp"
#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/power_flow.hpp"

namespace autarky::grid {

/// Findings: scenarios that failed (W0408, the first five), that lost their source (W0405), ended above 2 pu (W0409) or feed in
///
/// (W0404), voltage regulators that miss their voltage (W0413).
void say_what_is_odd(const FlowResult& result, const FeederFacts& facts, const std::string& file,
                     Diagnostics& findings);

/// Nodes without a way to a source in every scenario.
std::vector<int> always_dead_nodes(const FlowResult& result);

/// The scenario of the highest loading by current; the first when none has one.
std::size_t fullest_scenario(const FlowResult& result, const FeederFacts& facts);

} // namespace autarky::grid
