// autarky: what planners ask of a solved power flow: losses, extremes, source.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grid/feeder/power_flow.hpp"

namespace autarky::grid {

/// Sums are over phases; extremes are over energised nodes and over phases.
struct FlowSummary {
    double source_w = 0.0, source_var = 0.0;
    double loss_w = 0.0, loss_var = 0.0;
    std::vector<std::pair<std::string, double>> loss_by_component; ///< W
    double u_min_pu = 0.0, u_max_pu = 0.0, loading_max = 0.0;
    int u_min_node = -1, u_max_node = -1, loading_max_branch = -1;
};

/// Needs the columns u_pu, loading, p and q of nodes, branches and sources.
FlowSummary summary_of(const FlowResult& result, std::size_t scenario);

/// What goes in at both (or all three) ends of a branch: `quantity` is "p" or "q".
double branch_loss(const FlowComponent& branch, std::size_t scenario, std::size_t element, const std::string& quantity);

} // namespace autarky::grid
