// autarky: the defect density, wafer price or volume at which a target cost is met.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "silicon/die_study.hpp"

namespace autarky::silicon {

enum class Unknown { density, wafer_price, volume };

/// A solution, or why there is none.
struct Solution {
    std::optional<double> value{}; ///< per cm^2, USD a wafer, or parts
    std::string reason{};          ///< when there is no value
};

/// Finds the value of one unknown at which `cost_at` of the study equals the target (USD); everything else as given.
/// The cost rises with density and price and falls with volume, so there is at most one answer. Relative error 1e-12.
/// Domain: target > 0; a density is needed unless it is the unknown, a wafer price likewise; a volume needs one-time cost.
Solution solve(const DieResult& result, Unknown unknown, double target_usd, bool harvested);

} // namespace autarky::silicon
