// autarky: what planners ask of a solved power flow: losses, extremes, source.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/power_flow.hpp"

namespace autarky::grid {

/// Sums are over phases; extremes are over energised nodes and over phases, and have no place where there is none: in a
/// scenario that failed, without a live node, or of a feeder without rated branches.
///
/// A transformer has two loadings. `loading` is power over rated power, as power-grid-model has it, over all phases together.
/// By current it is the highest current of a winding and phase over that winding's rated current, S/(sqrt(3) U): what heats it.
/// The two part where the voltage is off its rated value or phases differ. Of a line both are current over i_n.
struct FlowSummary {
    double source_w = 0.0, source_var = 0.0;
    double loss_w = 0.0, loss_var = 0.0;
    std::vector<std::pair<std::string, double>> loss_by_component; ///< W
    double u_min_pu = 0.0, u_max_pu = 0.0, loading_max = 0.0, loading_by_current_max = 0.0;
    std::optional<int> u_min_node, u_max_node, loading_max_branch, loading_by_current_max_branch;

    /// At least one node has a way to a source.
    [[nodiscard]] bool is_live() const { return u_min_node.has_value(); }
};

/// Needs the columns u_pu, loading, i, p and q of nodes, branches and sources.
FlowSummary summary_of(const FlowResult& result, std::size_t scenario, const FeederFacts& facts);

/// Current over rated current of a branch, highest over ends and phases; not a number without a rating.
double loading_by_current(const FlowComponent& branch, std::size_t scenario, std::size_t element,
                          const FeederFacts& facts);

/// Nodes without a way to a source in a scenario, in the order of the feeder; all of them in one that failed.
std::vector<int> dead_nodes_of(const FlowResult& result, std::size_t scenario);

/// A batch in one: averages over the scenarios that have a live node, the extremes of all with where they are.
struct BatchSummary {
    std::size_t n_solved = 0, n_live = 0;                                     ///< solved ones may have no live node
    double source_w = 0.0, loss_w = 0.0;                                      ///< mean over live scenarios
    FlowSummary worst;                                                        ///< its extremes only
    std::size_t lowest = 0, highest = 0, fullest = 0, fullest_by_current = 0; ///< scenarios of the extremes
};
BatchSummary batch_summary(const FlowResult& result, const FeederFacts& facts);

/// What goes in at both (or all three) ends of a branch: `quantity` is "p" or "q".
double branch_loss(const FlowComponent& branch, std::size_t scenario, std::size_t element, const std::string& quantity);

} // namespace autarky::grid
