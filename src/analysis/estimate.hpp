// autarky: the mean of futures with its standard error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "engine/sampling.hpp"

namespace autarky::analysis {

/// Standard error of a figure to which future numbers[i] adds parts[i], deviations about 0: (x - mean) / n of a mean. No numbers: the
/// first futures, without a gap. Points of one scrambling depend on each other, scramblings do not: the scatter of what each of the
/// 8 adds up to is the error, known to 27 % of itself. Of random draws that of every future is. 0 where there are not two.
double standard_error_of(const std::vector<double>& parts, const std::vector<std::size_t>& numbers = {},
                         engine::Sampling sampling = engine::usual_sampling);

/// In the unit of the values.
struct Estimate {
    double mean = 0.0;
    double error = 0.0; ///< standard error of the mean; 0 for a single value, which tells none
};

/// Of at least one future.
Estimate estimate_of(const std::vector<double>& values, const std::vector<std::size_t>& numbers = {},
                     engine::Sampling sampling = engine::usual_sampling);

} // namespace autarky::analysis
