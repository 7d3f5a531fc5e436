// autarky: published studies of what electrification costs distribution grids, beside ours.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "grid/nation/nation.hpp"

namespace autarky::grid {

/// One figure of ours beside a published band.
struct Comparison {
    std::string quantity, unit;
    double ours_low = 0.0, ours_high = 0.0;
    double low = 0.0, high = 0.0; ///< published
    std::string source, verdict;  ///< "overlaps", "below", "above", and why where they differ in scope
};

/// Ours at the highest penetration of the study against the studies of the same region.
std::vector<Comparison> compared_with_studies(const NationResult& result, const NationStudy& study);

/// The essay's statements about the grid, recomputed: quantity, its number, ours, verdict.
struct EssayCheck {
    std::string statement;
    std::string computed;
    std::string verdict; ///< "holds", "order right, number off", "false", "depends"
};
/// `us` and `europe`: studies with 10 to 20 devices in mind; the stations' own capacity is judged by host_street.
std::vector<EssayCheck> essay_arithmetic();

} // namespace autarky::grid
