// autarky: how often a column is a whole number.
// SPDX-License-Identifier: Apache-2.0
#include "engine/whole_numbers.hpp"

#include <immintrin.h>

#include <algorithm>
#include <bit>

namespace autarky::engine {
namespace {

/// Bit k: x[k] of four is a whole number from 1 to the largest.
unsigned whole_ones(const double* x) {
    const __m256d value = _mm256_loadu_pd(x);
    const __m256d is_whole = _mm256_cmp_pd(value, _mm256_floor_pd(value), _CMP_EQ_OQ);
    const __m256d is_in = _mm256_and_pd(_mm256_cmp_pd(value, _mm256_set1_pd(1.0), _CMP_GE_OQ),
                                        _mm256_cmp_pd(value, _mm256_set1_pd(WholeNumbers::largest), _CMP_LE_OQ));
    return static_cast<unsigned>(_mm256_movemask_pd(_mm256_and_pd(is_whole, is_in)));
}

} // namespace

void WholeNumbers::add(std::uint32_t number, std::uint64_t count) {
    const auto at = std::lower_bound(counts_.begin(), counts_.end(), number,
                                     [](const Counted& one, std::uint32_t x) { return one.first < x; });
    if (at != counts_.end() && at->first == number)
        at->second += count;
    else
        counts_.insert(at, {number, count});
}

void WholeNumbers::add_block(const double* x, std::size_t n) {
    double last = 0.0; // equal neighbours are counted at once: most such columns are nearly constant
    std::uint64_t run = 0;
    const auto flush = [&] {
        if (run != 0) add(static_cast<std::uint32_t>(last), run);
    };
    for (std::size_t k = 0; k < n; k += 4)
        for (unsigned left = whole_ones(x + k); left != 0; left &= left - 1) {
            const double number = x[k + static_cast<std::size_t>(std::countr_zero(left))];
            if (number != last) {
                flush();
                last = number;
                run = 0;
            }
            ++run;
        }
    flush();
}

void WholeNumbers::add(const WholeNumbers& other) {
    for (const auto& [number, count] : other.counts_)
        add(number, count);
}

} // namespace autarky::engine
