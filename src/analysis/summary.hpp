// autarky: the summary of a run: what every face shows of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/frame.hpp"
#include "analysis/verdict.hpp"
#include "engine/result.hpp"
#include "engine/state.hpp"

namespace autarky::analysis {

/// Figures of a metric in its own unit; NaN where it does not exist in any sample.
struct Band {
    double mean = 0.0, p05 = 0.0, p25 = 0.0, p50 = 0.0, p75 = 0.0, p95 = 0.0;
    double none_share = 0.0; ///< share of the samples in which it does not exist
};

/// A driver of the verdict.
struct Driver {
    const FrameDriver* what = nullptr;
    double share = 0.0; ///< of the variance of the verdict's value, first order
    double standard_error = 0.0;
};

/// Invariant: `drivers` point into `frame`, so a summary moves but is not copied.
struct Summary {
    Frame frame;
    engine::Result result;
    unsigned threads = 0; ///< 0: not known (merged from parts)
    Verdict verdict;
    std::vector<Driver> drivers; ///< largest first
    ByClass variance{}; ///< share of the explained variance by class of support, sum 1 (all 0 without variance)

    Summary() = default;
    Summary(const Summary&) = delete;
    Summary& operator=(const Summary&) = delete;
    Summary(Summary&&) = default;
    Summary& operator=(Summary&&) = default;

    [[nodiscard]] Band band(const FrameMetric& metric, std::size_t quarter) const;
    /// Whether the variance of the value was attributed at all.
    [[nodiscard]] bool has_drivers() const { return !result.driver_column.empty(); }
    /// Share of explained variance that rests on assumptions and defaults.
    [[nodiscard]] double assumed_variance() const { return variance[assumption_class] + variance[default_class]; }
    /// Whether so many samples failed (over 0.1 %) that the figures are not to be relied on.
    [[nodiscard]] bool has_too_many_failures() const;
};

/// Puts the samples and the frame together. A state whose samples are 0 ... k - 1 of more counts as a run of k.
Summary summary_of(Frame frame, engine::State state, unsigned threads);

/// The verdict as a picture: 50 equally likely futures as dots (SVG).
std::string verdict_svg(const Summary& summary);

} // namespace autarky::analysis
