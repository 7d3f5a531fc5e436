// autarky: a metric as the faces show it, for those that look at metrics without computing them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace autarky::model {

/// A metric as the faces show it.
struct MetricInfo {
    std::string id;         ///< "silicon.yield", "labour.break_even.us"
    std::string unit;       ///< as in the unit table
    double unit_factor = 1; ///< base units in one such unit
    std::string doc;
    bool may_be_none = false;
    bool quarterly = true; ///< else one number for the whole run
};

} // namespace autarky::model
