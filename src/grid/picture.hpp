// autarky: pictures of the grid study as SVG text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "grid/power_flow.hpp"

namespace autarky::grid {

/// A line of a diagram.
struct DrawnLine {
    std::string name;
    std::vector<std::pair<double, double>> points;
};

struct Diagram {
    std::string title, x_label, y_label;
    std::vector<DrawnLine> lines;
    bool y_from_zero = true;
};

/// Lines over common axes, with a legend; at most eight of them are told apart by colour.
std::string drawn(const Diagram& diagram);

/// A radial feeder as a tree from its source, branches coloured by the loading of one scenario: grey without a rating,
/// green, yellow from 0.8, red above 1. Meshes are drawn as trees with the closing branch dashed.
std::string drawn_feeder(const FlowResult& result, std::size_t scenario, const std::map<int, std::pair<int, int>>& ends,
                         int source_node);

} // namespace autarky::grid
