// autarky: a quantile function tabulated against the normal score, one cubic a cell.
// SPDX-License-Identifier: Apache-2.0
#include "engine/quantile_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/normal_quantiles.hpp"

namespace autarky::engine {
namespace {

constexpr double width = 1.0 / QuantileTable::cells_per_unit;

double left_edge(std::size_t cell) { return static_cast<double>(cell) * width - QuantileTable::reach; }

/// Column k of the four rows of four numbers.
struct Columns {
    __m256d c0, c1, c2, c3;
};
Columns transposed(__m256d r0, __m256d r1, __m256d r2, __m256d r3) {
    const __m256d low_01 = _mm256_unpacklo_pd(r0, r1), high_01 = _mm256_unpackhi_pd(r0, r1);
    const __m256d low_23 = _mm256_unpacklo_pd(r2, r3), high_23 = _mm256_unpackhi_pd(r2, r3);
    return {_mm256_permute2f128_pd(low_01, low_23, 0x20), _mm256_permute2f128_pd(high_01, high_23, 0x20),
            _mm256_permute2f128_pd(low_01, low_23, 0x31), _mm256_permute2f128_pd(high_01, high_23, 0x31)};
}

} // namespace

QuantileTable::QuantileTable(const std::function<Knot(double z)>& quantile) {
    std::vector<Knot> knots(n_cells + 1);
    for (std::size_t k = 0; k <= n_cells; ++k)
        knots[k] = quantile(left_edge(k));
    cells_.reserve(n_cells);
    for (std::size_t k = 0; k < n_cells; ++k) {
        const double step = knots[k + 1].value - knots[k].value;
        const double left = width * knots[k].slope, right = width * knots[k + 1].slope;
        cells_.push_back({knots[k].value, left, 3.0 * step - 2.0 * left - right, left + right - 2.0 * step});
    }
    // The difference of a cubic Hermite piece is largest near the middle of a cell; every third cell within |z| < 4.5 and
    // every twelfth beyond is looked at.
    const double spread = (*this)(z95) - (*this)(-z95);
    for (std::size_t k = 0; k < n_cells;) {
        const double z = left_edge(k) + 0.5 * width;
        error_ = std::max(error_, std::fabs((*this)(z)-quantile(z).value));
        k += std::fabs(z) < 4.5 ? 3 : 12;
    }
    error_ = spread > 0.0 ? error_ / spread : 0.0;
}

std::array<Lanes, 4> QuantileTable::coefficients(Lanes cell) const {
    const auto row = cell.truncated();
    const auto load = [&](std::size_t lane) {
        return _mm256_loadu_pd(cells_[static_cast<std::size_t>(row[lane])].data());
    };
    const Columns low = transposed(load(0), load(1), load(2), load(3));
    const Columns high = transposed(load(4), load(5), load(6), load(7));
    return {Lanes{low.c0, high.c0}, Lanes{low.c1, high.c1}, Lanes{low.c2, high.c2}, Lanes{low.c3, high.c3}};
}

} // namespace autarky::engine
