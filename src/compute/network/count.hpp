// autarky: counts of operations, elements and cycles: whole numbers that saturate instead of overflowing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

namespace autarky::compute {

/// Operations, elements, cycles, bytes.
using Count = std::int64_t;

/// What a result that does not fit becomes; readers refuse shapes that reach it.
inline constexpr Count too_many = std::numeric_limits<Count>::max() / 4;

/// Product of non-negative counts.
constexpr Count product(Count a, Count b) {
    Count result = 0;
    return __builtin_mul_overflow(a, b, &result) || result > too_many ? too_many : result;
}
template <class... More> constexpr Count product(Count a, Count b, More... more) {
    return product(product(a, b), more...);
}

/// Sum of non-negative counts.
constexpr Count sum(Count a, Count b) {
    const Count result = a + b; // no overflow: both are at most a quarter of the range
    return result > too_many ? too_many : result;
}

/// a / b rounded up, for a >= 0 and b > 0.
constexpr Count ceiling_division(Count a, Count b) { return a / b + (a % b != 0 ? 1 : 0); }

} // namespace autarky::compute
