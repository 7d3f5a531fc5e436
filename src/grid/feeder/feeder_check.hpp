// autarky: what is wrong with a feeder before any power flow is tried.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/diagnostics.hpp"
#include "grid/feeder/feeder_document.hpp"

namespace autarky::grid {

/// A connection of two nodes, as it is drawn; a unit of three windings is two of them.
struct FeederBranch {
    int id, from, to;
    bool open;
};

/// Where the tap of a transformer stands that no regulator moves, and at which its ratio is the rated one.
struct TapPosition {
    int transformer;
    double position, nominal;
};

/// What a look at a feeder tells.
struct FeederFacts {
    bool needs_phases = false;                    ///< has loads, lines or generators by phase
    bool has_tap_regulators = false;              ///< one that is on
    bool has_voltage_regulators = false;          ///< one that is on
    std::vector<int> dead_nodes;                  ///< nodes without a closed way to a source
    std::size_t n_negative_loads = 0;             ///< feed-in: allowed, and said
    double lost_load_w = 0.0;                     ///< specified load behind dead nodes
    std::map<int, std::pair<int, int>> ends;      ///< branch: the nodes at its two ends
    std::map<int, std::vector<double>> rated_a;   ///< transformer: rated current of each winding, A
    std::size_t n_lines = 0, n_unrated_lines = 0; ///< lines and asym_lines; those without i_n
    std::vector<TapPosition> taps;                ///< of transformers whose tap changes the ratio
    std::vector<FeederBranch> branches;           ///< all connections, in the order of the file
    std::optional<int> source_node;               ///< of the first source that is switched on
};

/// How the feeder is going to be solved.
struct FeederPlan {
    std::optional<bool> by_phase; ///< not given: when the feeder has loads or lines by phase
    bool updated = false;         ///< a batch may bring set points, and switch sources and branches
    bool short_circuit = false;   ///< faults are computed, regulators are not
};

/// Findings: a field that is missing or out of range, no source, zero impedance, zero rating, another unit, unknown node,
/// the same id twice (errors); islands, feed-in, taps out of range, components without a part in the calculation (warnings).
/// With a batch nothing is said of sources and islands: its scenarios decide.
FeederFacts check_feeder(const FeederDocument& feeder, const std::string& file, Diagnostics& findings,
                         FeederPlan plan = {});
/// The same of a text: what FeederDocument::read finds is in `findings`, and then there are no facts.
FeederFacts check_feeder(const std::string& text, const std::string& file, Diagnostics& findings, FeederPlan plan = {});

} // namespace autarky::grid
