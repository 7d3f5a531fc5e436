// autarky: quantiles of a logarithmic histogram.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/histogram.hpp"

namespace autarky::engine {

/// Quantiles of counted numbers. A quantile lies in the same bucket as the exact sample quantile, where it is the inverse of
/// a monotone cubic through the cumulative counts at the bucket's edges, with Steffen's slopes.
/// Source: Steffen, "A simple method for monotonic interpolation in one dimension", Astronomy and Astrophysics 239 (1990).
class HistogramQuantiles {
public:
    /// `origin` is what was subtracted before counting; no quantile is outside [minimum, maximum].
    /// `points`: values whose counts among the numbers are known, ascending; the others of their bucket lie evenly beside.
    HistogramQuantiles(const Histogram& histogram, double origin, double minimum, double maximum,
                       const std::vector<std::pair<double, std::uint64_t>>& points = {});
    /// Of numbers that are known, ascending with their counts: a quantile is one of them, the lowest whose cumulative share
    /// reaches p (Hyndman and Fan, The American Statistician 50(4), 1996, definition 1).
    explicit HistogramQuantiles(const std::vector<std::pair<double, std::uint64_t>>& counts);

    /// Value below which the share p of the numbers lies; exact when all are equal; NaN without any.
    [[nodiscard]] double operator()(double p) const;
    /// Share of the numbers below x, by the same cubic.
    [[nodiscard]] double share_below(double x) const;

private:
    /// A bucket's edges and how many numbers lie below the left one and inside.
    struct Bucket {
        double left, right, below, inside;
    };
    /// Numbers below left + t (right - left), t in [0, 1], as c0 + t (c1 + t (c2 + t c3)).
    struct Cubic {
        double c0, c1, c2, c3;
        [[nodiscard]] double operator()(double t) const { return c0 + t * (c1 + t * (c2 + t * c3)); }
    };
    [[nodiscard]] Cubic cubic(std::size_t bucket) const;
    void add(double left, double right, double inside);

    double minimum_, maximum_, total_ = 0.0;
    std::vector<Bucket> buckets_;
};

} // namespace autarky::engine
