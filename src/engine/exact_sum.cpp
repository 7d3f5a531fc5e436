// autarky: exact sums of doubles.
// SPDX-License-Identifier: Apache-2.0
#include "engine/exact_sum.hpp"

#include <immintrin.h>

#include <bit>
#include <cassert>
#include <cmath>

namespace autarky::engine {
namespace {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

constexpr std::int64_t cell_mask = 0xffffffff;

/// x = mantissa 2^exponent for a finite x.
struct Parts {
    std::int64_t mantissa;
    int exponent;
};
Parts parts(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const auto field = static_cast<int>(bits >> 52U & 0x7ffU);
    const auto fraction = static_cast<std::int64_t>(bits & 0xfffffffffffffU);
    const std::int64_t size = field == 0 ? fraction : fraction | std::int64_t{1} << 52U;
    return {bits >> 63U != 0 ? -size : size, field == 0 ? -1074 : field - 1075};
}

/// e with 2^e <= |x| < 2^(e+1); -1023 for zero and subnormal numbers.
int exponent_of(double x) { return static_cast<int>(std::bit_cast<std::uint64_t>(x) >> 52U & 0x7ffU) - 1023; }

constexpr int slice_bits = 48;
constexpr int least_exponent = -800; ///< below this a slice would meet subnormal numbers; the values go in one by one

/// Cuts |x| < 2^(exponent+1) into two slices: multiples of 2^(exponent-49), then of 2^(exponent-97). Adding 1.5 2^(52+e)
/// to a number rounds it to a multiple of 2^e and leaves that multiple in the low bits of the result.
class Slicer {
public:
    explicit Slicer(int exponent)
        : exponent_(exponent - 49),
          magic_0_(_mm256_set1_pd(std::ldexp(1.5, 52 + exponent_))),
          magic_1_(_mm256_set1_pd(std::ldexp(1.5, 52 + exponent_ - slice_bits))) {}

    /// Returns what the two slices leave over.
    __m256d add(__m256d x) {
        const __m256d cut_0 = _mm256_add_pd(x, magic_0_);
        const __m256d rest = _mm256_sub_pd(x, _mm256_sub_pd(cut_0, magic_0_));
        const __m256d cut_1 = _mm256_add_pd(rest, magic_1_);
        const __m256d left = _mm256_sub_pd(rest, _mm256_sub_pd(cut_1, magic_1_));
        total_0_ = _mm256_add_epi64(total_0_, _mm256_castpd_si256(cut_0));
        total_1_ = _mm256_add_epi64(total_1_, _mm256_castpd_si256(cut_1));
        left_ = _mm256_or_pd(left_, left);
        return left;
    }
    [[nodiscard]] bool complete() const {
        return _mm256_testz_si256(_mm256_castpd_si256(left_), _mm256_castpd_si256(left_)) != 0;
    }
    /// Adds the totals of `n` numbers.
    void flush(std::size_t n, ExactSum& sum) const {
        sum.add(total(total_0_, magic_0_, n), exponent_);
        sum.add(total(total_1_, magic_1_, n), exponent_ - slice_bits);
    }

private:
    static std::int64_t total(__m256i lanes, __m256d magic, std::size_t n) {
        const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
        const auto bits = static_cast<std::uint64_t>(_mm_cvtsi128_si64(half)) +
                          static_cast<std::uint64_t>(_mm_extract_epi64(half, 1));
        return static_cast<std::int64_t>(bits - n * std::bit_cast<std::uint64_t>(_mm256_cvtsd_f64(magic)));
    }

    int exponent_;
    __m256d magic_0_, magic_1_;
    __m256i total_0_ = _mm256_setzero_si256(), total_1_ = _mm256_setzero_si256();
    __m256d left_ = _mm256_setzero_pd();
};

/// Adds numbers below 2^(exponent+1), however small the smallest bit, by as many slices as it takes. Overwrites them.
void add_all_slices(double* x, std::size_t n, int exponent, ExactSum& sum) {
    for (; exponent >= least_exponent; exponent -= 2 * slice_bits + 2) {
        Slicer slicer(exponent);
        for (std::size_t k = 0; k < n; k += 4)
            _mm256_storeu_pd(x + k, slicer.add(_mm256_loadu_pd(x + k)));
        slicer.flush(n, sum);
        if (slicer.complete()) return;
    }
    for (std::size_t k = 0; k < n; ++k)
        sum.add(x[k]);
}

} // namespace

void ExactSum::add(std::int64_t value, int exponent) {
    const int position = exponent - lowest;
    assert(position >= 0 && position / 32 + 2 < static_cast<int>(n_cells));
    const auto cell = static_cast<std::size_t>(position >> 5);
    const Int128 shifted = static_cast<Int128>(value) << (position & 31);
    cells_[cell] += static_cast<std::int64_t>(shifted) & cell_mask;
    cells_[cell + 1] += static_cast<std::int64_t>(shifted >> 32) & cell_mask;
    cells_[cell + 2] += static_cast<std::int64_t>(shifted >> 64);
    if (++n_added_ >= 1U << 29U) resolve_carries();
}

void ExactSum::add(double value) {
    const Parts p = parts(value);
    add(p.mantissa, p.exponent);
}

void ExactSum::add(const ExactSum& other) {
    resolve_carries();
    const Cells theirs = other.canonical();
    for (std::size_t k = 0; k < n_cells; ++k)
        cells_[k] += theirs[k];
    resolve_carries();
}

void ExactSum::resolve_carries() {
    for (std::size_t k = 0; k + 1 < n_cells; ++k) {
        cells_[k + 1] += cells_[k] >> 32;
        cells_[k] &= cell_mask;
    }
    n_added_ = 0;
}

ExactSum::Cells ExactSum::canonical() const {
    ExactSum copy = *this;
    copy.resolve_carries();
    return copy.cells_;
}

double ExactSum::value() const {
    ExactSum size = *this;
    size.resolve_carries();
    const bool negative = size.cells_.back() < 0;
    if (negative) {
        for (auto& cell : size.cells_)
            cell = -cell;
        size.resolve_carries();
    }
    std::size_t top = n_cells - 1;
    while (top > 0 && size.cells_[top] == 0)
        --top;
    // The leading 96 bits, and whether anything follows them.
    UInt128 leading = 0;
    bool more = false;
    for (std::size_t k = 0; k <= top; ++k) {
        const auto cell = static_cast<std::uint64_t>(size.cells_[top - k]);
        if (k < 3)
            leading = leading << 32U | cell;
        else
            more = more || cell != 0;
    }
    int exponent = lowest + 32 * (static_cast<int>(top) - 2);
    if (top < 2) exponent = lowest;
    const auto high = static_cast<std::uint64_t>(leading >> 64U);
    const int width =
        high != 0 ? 128 - std::countl_zero(high) : 64 - std::countl_zero(static_cast<std::uint64_t>(leading));
    if (width > 53) {
        const int drop = width - 53;
        const auto dropped = leading & ((static_cast<UInt128>(1) << drop) - 1);
        const auto half = static_cast<UInt128>(1) << (drop - 1);
        leading >>= drop;
        exponent += drop;
        if (dropped > half || (dropped == half && (more || (leading & 1U) != 0))) ++leading;
    }
    const double rounded = std::ldexp(static_cast<double>(static_cast<std::uint64_t>(leading)), exponent);
    return negative ? -rounded : rounded;
}

std::vector<double> ExactSum::expansion() const {
    std::vector<double> terms;
    ExactSum rest = *this;
    for (double term = rest.value(); term != 0.0; term = rest.value()) {
        terms.push_back(term);
        rest.add(-term);
    }
    return terms;
}

void add_block(const double* x, std::size_t n_padded, double largest, ExactSum& sum, ExactSum& squares) {
    if (largest == 0.0) return;
    const int exponent = exponent_of(largest);
    const int square_exponent = 2 * exponent + 1; // x^2 < 2^(2 exponent + 2)
    const int error_exponent = square_exponent - 53;
    alignas(32) std::array<double, 256> copy;
    assert(n_padded % 8 == 0 && n_padded <= copy.size());
    Slicer plain(exponent), square(square_exponent), error(error_exponent);
    const bool normal = error_exponent >= least_exponent;
    for (std::size_t k = 0; normal && k < n_padded; k += 4) {
        const __m256d value = _mm256_loadu_pd(x + k);
        const __m256d rounded = _mm256_mul_pd(value, value);
        plain.add(value);
        square.add(rounded);
        error.add(_mm256_fmsub_pd(value, value, rounded));
    }
    const auto take = [&](const Slicer& slicer, auto&& term, int term_exponent, ExactSum& to) {
        if (normal && slicer.complete()) return slicer.flush(n_padded, to);
        for (std::size_t k = 0; k < n_padded; ++k)
            copy[k] = term(x[k]);
        add_all_slices(copy.data(), n_padded, term_exponent, to);
    };
    take(plain, [](double v) { return v; }, exponent, sum);
    take(square, [](double v) { return v * v; }, square_exponent, squares);
    take(error, [](double v) { return std::fma(v, v, -(v * v)); }, error_exponent, squares);
}

} // namespace autarky::engine
