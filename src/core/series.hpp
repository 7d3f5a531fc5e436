// autarky: a quantity that changes over time: knots, linear in between, held after the last.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "core/calendar.hpp"

namespace autarky {

/// What a series is worth before its first knot.
enum class Before { zero, error };

/// Knots at fixed dates with values of type Q (a quantity or a plain reading).
template <class Q> struct Series {
    std::vector<double> dates; ///< decimal years, strictly ascending
    std::vector<Q> values;     ///< one a date

    /// Value at a decimal year; before the first knot it is zero (a reader refuses a series for which that is wrong).
    [[nodiscard]] Q at(double date) const {
        if (dates.empty() || date < dates.front()) return Q{};
        std::size_t right = 1;
        while (right < dates.size() && dates[right] <= date)
            ++right;
        if (right >= dates.size()) return values.back();
        const double weight = (date - dates[right - 1]) / (dates[right] - dates[right - 1]);
        return values[right - 1] + (values[right] - values[right - 1]) * weight;
    }
};

} // namespace autarky
