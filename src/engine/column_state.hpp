// autarky: everything that is kept of one result column, in constant memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/exact_sum.hpp"
#include "engine/few_values.hpp"
#include "engine/histogram_quantile.hpp"
#include "engine/whole_numbers.hpp"

namespace autarky::engine {

/// Counts, exact moments, histogram and few distinct values of a column. Adding samples in any order or grouping gives equal states.
struct ColumnState {
    std::string name;
    bool optional = false;
    double origin = 0.0;

    std::uint64_t count = 0; ///< samples in which the column exists
    std::uint64_t none = 0;  ///< good samples in which it does not
    std::uint64_t positive = 0, negative = 0;
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    ExactSum sum, squares;
    Histogram histogram;
    FewValues few;
    WholeNumbers whole; ///< counted where the origin is zero

    /// Adds n <= 256 finite values, padded with zeros to a multiple of 16.
    void add_block(const double* x, std::size_t n);
    /// Adds what another part of the run saw of the same column.
    void add(const ColumnState& other);

    /// Rounded once. NaN when the column exists in no sample.
    [[nodiscard]] double mean() const;
    /// Of the samples, with n - 1; exactly 0 for equal values. NaN below two samples.
    [[nodiscard]] double variance() const;
    /// Exact where the values are few, and where it is a value seen often or a whole number up to 255.
    [[nodiscard]] HistogramQuantiles quantiles() const {
        return few.are_many() ? HistogramQuantiles(histogram, origin, minimum, maximum, points())
                              : HistogramQuantiles(few.counts());
    }
    /// The same column, with nothing added yet.
    [[nodiscard]] ColumnState emptied() const;

private:
    /// Values whose counts are known though there are many others, ascending.
    [[nodiscard]] std::vector<FewValues::Counted> points() const;
};

} // namespace autarky::engine
