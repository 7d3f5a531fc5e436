// autarky: `[[correlation]]`: rank correlations between inputs, merged into groups and factored.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/diagnostics.hpp"
#include "input/inputs.hpp"
#include "input/node.hpp"

namespace autarky::scenario {

/// Correlation of the normal scores that gives rank correlation `rho` (Pearson 1907): 2 sin(pi rho / 6).
double normal_score_correlation(double rank_correlation);

/// Reads the correlations of a document and adds their groups to `inputs`. Entries share a group when they share an
/// input; inside it the order is that of the file, and a pair that is not given gets what follows from the given ones
/// (the completion of largest determinant). Findings: an unknown input, a pair given twice, a value outside [-1, 1], a matrix that is not positive definite.
void read_correlations(const Node& root, int first_scenario_text, const Texts& texts, Inputs& inputs,
                       Diagnostics& diagnostics);

} // namespace autarky::scenario
