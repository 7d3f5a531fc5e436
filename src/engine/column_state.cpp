// autarky: everything that is kept of one result column.
// SPDX-License-Identifier: Apache-2.0
#include "engine/column_state.hpp"

#include <immintrin.h>

#include <algorithm>
#include <cmath>

namespace autarky::engine {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Extremes and signs of a block.
struct Scan {
    double largest = 0.0; ///< |x|
    double minimum, maximum;
    std::uint64_t positive, negative;
};

double reduced(__m256d lanes, auto&& pick) {
    alignas(32) double x[4];
    _mm256_store_pd(x, lanes);
    return pick(pick(x[0], x[1]), pick(x[2], x[3]));
}

Scan scan(const double* x, std::size_t n, std::size_t n_padded) {
    const __m256d zero = _mm256_setzero_pd();
    __m256d low = _mm256_loadu_pd(x), high = low;
    unsigned positive = 0, negative = 0;
    for (std::size_t k = 0; k < n_padded; k += 4) {
        const __m256d value = _mm256_loadu_pd(x + k);
        low = _mm256_min_pd(value, low);
        high = _mm256_max_pd(value, high);
        positive += static_cast<unsigned>(
            __builtin_popcount(static_cast<unsigned>(_mm256_movemask_pd(_mm256_cmp_pd(value, zero, _CMP_GT_OQ)))));
        negative += static_cast<unsigned>(
            __builtin_popcount(static_cast<unsigned>(_mm256_movemask_pd(_mm256_cmp_pd(value, zero, _CMP_LT_OQ)))));
    }
    const double minimum = reduced(low, [](double a, double b) { return std::min(a, b); });
    const double maximum = reduced(high, [](double a, double b) { return std::max(a, b); });
    Scan out{std::max(std::fabs(minimum), std::fabs(maximum)), minimum, maximum, positive, negative};
    if (n != n_padded) { // the padding counts for neither extreme
        out.minimum = *std::min_element(x, x + n);
        out.maximum = *std::max_element(x, x + n);
    }
    return out;
}

} // namespace

void ColumnState::add_block(const double* x, std::size_t n) {
    if (n == 0) return;
    const std::size_t n_padded = (n + 15) / 16 * 16;
    const Scan s = scan(x, n, n_padded);
    count += n;
    positive += s.positive;
    negative += s.negative;
    minimum = std::min(minimum, s.minimum);
    maximum = std::max(maximum, s.maximum);
    engine::add_block(x, n_padded, s.largest, sum, squares);
    histogram.add_block(x, n, origin);
    few.add_block(x, n);
    if (origin == 0.0) whole.add_block(x, n);
}

void ColumnState::add(const ColumnState& other) {
    count += other.count;
    none += other.none;
    positive += other.positive;
    negative += other.negative;
    minimum = std::min(minimum, other.minimum);
    maximum = std::max(maximum, other.maximum);
    sum.add(other.sum);
    squares.add(other.squares);
    histogram.add(other.histogram);
    few.add(other.few);
    whole.add(other.whole);
}

ColumnState ColumnState::emptied() const {
    ColumnState out;
    out.name = name;
    out.optional = optional;
    out.origin = origin;
    std::vector<double> often;
    for (const auto& [value, n] : few.often())
        often.push_back(value);
    out.few.set_often(often);
    return out;
}

std::vector<FewValues::Counted> ColumnState::points() const {
    std::vector<FewValues::Counted> out = few.often(); // no whole numbers among them
    for (const auto& [number, n] : whole.counts())
        out.emplace_back(number, n);
    std::sort(out.begin(), out.end());
    return out;
}

double ColumnState::mean() const {
    if (count == 0) return nan;
    const auto n = static_cast<double>(count);
    const auto terms = sum.expansion();
    if (terms.empty()) return 0.0;
    const double first = terms[0] / n;
    // The remainder of the division, with the digits that rounding the sum dropped.
    double rest = std::fma(-first, n, terms[0]);
    for (std::size_t k = 1; k < terms.size(); ++k)
        rest += terms[k];
    return first + rest / n;
}

double ColumnState::variance() const {
    if (count < 2) return nan;
    // sum (x - m)^2 = sum x^2 - 2 m sum x + n m^2, every product split into two doubles and added without rounding.
    const double m = mean();
    const auto n = static_cast<double>(count);
    ExactSum total = squares;
    const auto add_product = [&](double a, double b) {
        const double product = a * b;
        total.add(product);
        total.add(std::fma(a, b, -product));
    };
    for (const double term : sum.expansion())
        add_product(-2.0 * m, term);
    const double n_m = n * m;
    add_product(n_m, m);
    add_product(std::fma(n, m, -n_m), m);
    return std::max(0.0, total.value()) / (n - 1.0);
}

} // namespace autarky::engine
