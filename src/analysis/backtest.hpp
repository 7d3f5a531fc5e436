// autarky: the model on times that are past: what it says of them, held against what was recorded.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/validation.hpp"

namespace autarky::analysis {

/// Names of the backtests: the scenarios in `backtests/` of `folder`, which is validation/ of the data folder. Sorted.
std::vector<std::string> backtests(const std::filesystem::path& folder);

/// Futures that a backtest draws.
inline constexpr std::uint64_t backtest_samples = 2'048;

/// One row a claim that the scenario itself states, which is what was recorded: `got` is the median over futures in the
/// claim's unit, `expected` and `tolerance` the middle and half the width of the record. A row passes when its median lies
/// there; what does not is a miss, and stays one. Deterministic for any number of threads (0: as many as the machine has).
/// Throws InputError when the scenario does not load.
std::vector<ValidationCase> backtest_cases(std::string_view name, const std::filesystem::path& folder,
                                           unsigned threads = 0);

} // namespace autarky::analysis
