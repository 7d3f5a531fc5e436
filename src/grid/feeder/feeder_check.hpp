// autarky: what is wrong with a feeder before any power flow is tried.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/diagnostics.hpp"

namespace autarky::grid {

/// A connection of two nodes, as it is drawn; a unit of three windings is two of them.
struct FeederBranch {
    int id, from, to;
    bool open;
};

/// What a look at the text of a feeder (power-grid-model's input JSON) tells.
struct FeederFacts {
    bool needs_phases = false;               ///< has loads, lines or generators by phase
    std::vector<int> dead_nodes;             ///< nodes without a closed way to a source
    std::size_t n_negative_loads = 0;        ///< feed-in: allowed, and said
    double lost_load_w = 0.0;                ///< specified load behind dead nodes
    std::map<int, std::pair<int, int>> ends; ///< branch: the nodes at its two ends
    std::vector<FeederBranch> branches;      ///< all connections, in the order of the file
    int source_node = -1;                    ///< of the first source that is switched on
};

/// How the feeder is going to be solved.
struct FeederPlan {
    std::optional<bool> by_phase; ///< not given: when the feeder has loads or lines by phase
    bool updated = false;         ///< a batch may bring the set points
};

/// Findings: broken JSON with line and column, a field that is missing or out of range, no source, zero impedance, zero
/// rating, another unit, unknown node, the same id twice (errors); islands, feed-in, taps out of range (warnings).
FeederFacts check_feeder(const std::string& text, const std::string& file, Diagnostics& findings, FeederPlan plan = {});

} // namespace autarky::grid
