// autarky: how much performance no paragraph catches, and on which area.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/export/judge.hpp"

namespace autarky::market::licensing {

/// All of less TPP than this passes on more area than that.
struct Corner {
    double tpp = 0.0;
    double area_mm2 = 0.0; ///< 0: on any area
};

/// Corners of what passes on a day, performance and area both ascending. `item` gives all but rates and area. Without a
/// corner everything passes, whatever its performance.
std::vector<Corner> corners(const RuleBook& book, const Commodity& item, const Delivery& delivery, double day);

} // namespace autarky::market::licensing
