// autarky: the figures of a run as every face prints them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/state.hpp"

namespace autarky::engine {

/// Figures of one column over the samples in which it exists. Without any such sample all of them are NaN.
struct Statistics {
    std::string name;
    std::uint64_t count = 0; ///< samples in which the column exists
    double none_share = 0.0; ///< share of the good samples in which it does not
    double mean = 0.0;       ///< correctly rounded
    double standard_deviation = 0.0;
    double standard_error =
        0.0; ///< of the mean, as if the samples were random; Result::errors has that of Sobol points
    double minimum = 0.0, maximum = 0.0;
    /// From the histogram: each lies in the same bucket as the exact sample quantile, so it is off by less than
    /// `quantile_error` of its distance from the column's origin.
    double p05 = 0.0, p25 = 0.0, p50 = 0.0, p75 = 0.0, p95 = 0.0;
    double positive_share = 0.0, negative_share = 0.0; ///< exact, of the samples in which the column exists
};

/// Whether so many of `n` failed (over 0.1 %) that what the others give is not to be relied on.
[[nodiscard]] constexpr bool too_many_failed(std::uint64_t failed, std::uint64_t n) {
    constexpr double most = 1e-3;
    return static_cast<double>(failed) > most * static_cast<double>(n);
}

struct Result {
    std::string scenario_key, engine_version;
    std::uint64_t seed = 0, samples = 0;
    Sampling sampling = Sampling::random;
    std::uint64_t done = 0; ///< samples that were run, failed ones included
    std::vector<SampleRange> missing;
    std::vector<Statistics> columns;
    std::uint64_t failed = 0;
    std::vector<Failure> first_failures;
    std::string driver_column;              ///< empty: no drivers were looked for
    std::optional<ScramblingErrors> errors; ///< of the verdict's column, for Sobol points
    std::vector<DriverShare> drivers;       ///< largest first
    double unexplained = 0.0;               ///< 1 - sum of shares: interactions, discretisation and noise
    std::string hash;                       ///< sha256 of the canonical state

    /// The row of a column; null when it was not accumulated.
    [[nodiscard]] const Statistics* find(std::string_view name) const;
};

/// Share of the distance from a column's origin by which a histogram quantile may be off.
inline constexpr double quantile_error = 1.0 / 128.0;

[[nodiscard]] Result summarise(const State& state);

} // namespace autarky::engine
