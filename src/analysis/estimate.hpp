// autarky: the mean of futures with its standard error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <vector>

namespace autarky::analysis {

/// In the unit of the values.
struct Estimate {
    double mean = 0.0;
    double error = 0.0; ///< standard error of the mean; 0 for a single value, which tells none
};

/// Of independent futures, at least one.
inline Estimate estimate_of(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    double sum = 0.0, squares = 0.0;
    for (const double x : values)
        sum += x;
    const double mean = sum / n;
    for (const double x : values)
        squares += (x - mean) * (x - mean);
    return {mean, n > 1.0 ? std::sqrt(squares / (n - 1.0) / n) : 0.0};
}

} // namespace autarky::analysis
