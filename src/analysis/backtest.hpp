// autarky: the model on times that are past: what it says of them, held against what was recorded.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/validation.hpp"

namespace autarky::analysis {

/// Two kinds of backtest, each the scenarios of a folder of validation/.
enum class PastKind {
    record, ///< `backtests/`: today's inputs on years that are known; the median future is to lie in what was recorded
    decision, ///< `decisions/`: inputs from before a decision; the band of futures is to hold what came of it
};

/// Names of the backtests of a kind under `folder`, which is validation/ of the data folder. Sorted.
std::vector<std::string> backtests(const std::filesystem::path& folder, PastKind kind = PastKind::record);

/// Futures that a backtest draws.
inline constexpr std::uint64_t backtest_samples = 2'048;

/// One row a claim that the scenario itself states, which is what was recorded: `got` is the median over futures in the
/// claim's unit, `low` and `high` their 5 and 95 %, `expected` and `tolerance` the middle and half the width of the record.
/// A record passes when the median lies in it, a decision when the band meets it; what does not is a miss, and stays one.
/// Deterministic for any number of threads (0: as many as the machine has). Throws InputError when it does not load.
std::vector<ValidationCase> backtest_cases(std::string_view name, const std::filesystem::path& folder,
                                           unsigned threads = 0, PastKind kind = PastKind::record);

/// How well bands did: of calibrated ones nine in ten hold a point that came, more meet an interval, and the narrower they are
/// the more they say.
struct Coverage {
    std::size_t rows = 0, met = 0;
    double ratio = std::numeric_limits<double>::quiet_NaN(); ///< median of high over low, of rows above 0; NaN: none
    double years = std::numeric_limits<double>::quiet_NaN(); ///< median width of bands of dates; NaN: none
};
Coverage coverage_of(const std::vector<ValidationCase>& decisions);

} // namespace autarky::analysis
