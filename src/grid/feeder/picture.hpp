// autarky: pictures of the grid study as SVG text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grid/feeder/feeder_check.hpp"
#include "grid/feeder/power_flow.hpp"

namespace autarky::grid {

/// A line of a diagram.
struct DrawnLine {
    std::string name;
    std::vector<std::pair<double, double>> points;
    bool dashed = false; ///< a limit, not a result
};

struct Diagram {
    std::string title, x_label, y_label;
    std::vector<DrawnLine> lines;
    bool y_from_zero = true;
    bool in_hours = false; ///< x is in hours: ticks at parts and multiples of a day; of more than some days, days
    std::string of{};      ///< what it is about: scenario and seed, or data
};

/// Lines over common axes, with a legend; at most eight of them are told apart by colour.
std::string drawn(const Diagram& diagram);

/// A radial feeder as a tree from its source, branches coloured by the loading of one scenario, with a legend, the fullest
/// branch, named where it stands, and the lowest voltage; `of`: whose. Open branches are dashed; so is the branch that closes a mesh. Dead nodes are hollow.
std::string drawn_feeder(const FlowResult& result, std::size_t scenario, const FeederFacts& facts,
                         const std::string& of = {});

} // namespace autarky::grid
