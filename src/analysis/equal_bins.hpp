// autarky: bins of equal count.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace autarky::analysis {

/// Places of the values, the smallest first; of equal ones the earlier first.
inline std::vector<std::uint32_t> ascending_order(const std::vector<double>& values) {
    std::vector<std::uint32_t> out(values.size());
    std::iota(out.begin(), out.end(), 0U);
    std::sort(out.begin(), out.end(),
              [&](std::uint32_t a, std::uint32_t b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
    return out;
}

/// Where one of some bins of n ordered values begins and ends; counts differ by one at most.
struct BinRange {
    std::size_t from = 0, to = 0;
};
inline BinRange bin_range(std::size_t n, std::size_t bin, std::size_t bins) {
    return {n * bin / bins, n * (bin + 1) / bins};
}

} // namespace autarky::analysis
