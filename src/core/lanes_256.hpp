// autarky: the reading "lanes" where vectors hold four doubles (AVX2); included by core/lanes.hpp only.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <immintrin.h>
#include <sleef.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace autarky {

/// Outcome of a comparison, lane by lane.
struct LaneMask {
    __m256d lo, hi; // all bits set where true

    friend LaneMask operator&(LaneMask a, LaneMask b) { return {_mm256_and_pd(a.lo, b.lo), _mm256_and_pd(a.hi, b.hi)}; }
    friend LaneMask operator|(LaneMask a, LaneMask b) { return {_mm256_or_pd(a.lo, b.lo), _mm256_or_pd(a.hi, b.hi)}; }
    friend LaneMask operator!(LaneMask a) {
        const __m256d ones = _mm256_castsi256_pd(_mm256_set1_epi64x(-1));
        return {_mm256_xor_pd(a.lo, ones), _mm256_xor_pd(a.hi, ones)};
    }
    /// Bit i is lane i.
    [[nodiscard]] unsigned bits() const {
        return static_cast<unsigned>(_mm256_movemask_pd(lo)) | (static_cast<unsigned>(_mm256_movemask_pd(hi)) << 4U);
    }
};

/// Eight samples at once, as two vectors of four.
struct Lanes {
    static constexpr std::size_t width = 8;
    __m256d lo, hi;

    Lanes() : lo(_mm256_setzero_pd()), hi(_mm256_setzero_pd()) {}
    // NOLINTNEXTLINE(*-explicit-*): a constant is the same in every lane
    Lanes(double x) : lo(_mm256_set1_pd(x)), hi(_mm256_set1_pd(x)) {}
    Lanes(__m256d low, __m256d high) : lo(low), hi(high) {}

    static Lanes load(const double* from) { return {_mm256_loadu_pd(from), _mm256_loadu_pd(from + 4)}; }
    void store(double* to) const {
        _mm256_storeu_pd(to, lo);
        _mm256_storeu_pd(to + 4, hi);
    }
    [[nodiscard]] std::array<double, width> array() const {
        std::array<double, width> out{};
        store(out.data());
        return out;
    }
    /// Whole parts, towards zero; each must fit 32 bits.
    [[nodiscard]] std::array<std::int32_t, width> truncated() const {
        alignas(32) std::array<std::int32_t, width> out;
        _mm_store_si128(reinterpret_cast<__m128i*>(out.data()), _mm256_cvttpd_epi32(lo));
        _mm_store_si128(reinterpret_cast<__m128i*>(out.data() + 4), _mm256_cvttpd_epi32(hi));
        return out;
    }
    double operator[](std::size_t lane) const { return array()[lane]; }

    friend Lanes operator+(Lanes a, Lanes b) { return {_mm256_add_pd(a.lo, b.lo), _mm256_add_pd(a.hi, b.hi)}; }
    friend Lanes operator-(Lanes a, Lanes b) { return {_mm256_sub_pd(a.lo, b.lo), _mm256_sub_pd(a.hi, b.hi)}; }
    friend Lanes operator*(Lanes a, Lanes b) { return {_mm256_mul_pd(a.lo, b.lo), _mm256_mul_pd(a.hi, b.hi)}; }
    friend Lanes operator/(Lanes a, Lanes b) { return {_mm256_div_pd(a.lo, b.lo), _mm256_div_pd(a.hi, b.hi)}; }
    friend Lanes operator-(Lanes a) {
        const __m256d sign = _mm256_set1_pd(-0.0);
        return {_mm256_xor_pd(a.lo, sign), _mm256_xor_pd(a.hi, sign)};
    }
    Lanes& operator+=(Lanes b) { return *this = *this + b; }
    Lanes& operator-=(Lanes b) { return *this = *this - b; }
    Lanes& operator*=(Lanes b) { return *this = *this * b; }
    Lanes& operator/=(Lanes b) { return *this = *this / b; }

    friend LaneMask operator<(Lanes a, Lanes b) { return compare<_CMP_LT_OQ>(a, b); }
    friend LaneMask operator<=(Lanes a, Lanes b) { return compare<_CMP_LE_OQ>(a, b); }
    friend LaneMask operator>(Lanes a, Lanes b) { return compare<_CMP_GT_OQ>(a, b); }
    friend LaneMask operator>=(Lanes a, Lanes b) { return compare<_CMP_GE_OQ>(a, b); }
    friend LaneMask operator==(Lanes a, Lanes b) { return compare<_CMP_EQ_OQ>(a, b); }

    template <int predicate> static LaneMask compare(Lanes a, Lanes b) {
        return {_mm256_cmp_pd(a.lo, b.lo, predicate), _mm256_cmp_pd(a.hi, b.hi, predicate)};
    }
};

inline Lanes exp(Lanes x) { return {Sleef_finz_expd4_u10avx2(x.lo), Sleef_finz_expd4_u10avx2(x.hi)}; }
inline Lanes log(Lanes x) { return {Sleef_finz_logd4_u10avx2(x.lo), Sleef_finz_logd4_u10avx2(x.hi)}; }
inline Lanes pow(Lanes x, Lanes y) {
    return {Sleef_finz_powd4_u10avx2(x.lo, y.lo), Sleef_finz_powd4_u10avx2(x.hi, y.hi)};
}
inline Lanes erfc(Lanes x) { return {Sleef_finz_erfcd4_u15avx2(x.lo), Sleef_finz_erfcd4_u15avx2(x.hi)}; }
inline Lanes sqrt(Lanes x) { return {_mm256_sqrt_pd(x.lo), _mm256_sqrt_pd(x.hi)}; }
inline Lanes abs(Lanes x) {
    const __m256d sign = _mm256_set1_pd(-0.0);
    return {_mm256_andnot_pd(sign, x.lo), _mm256_andnot_pd(sign, x.hi)};
}
inline Lanes floor(Lanes x) { return {_mm256_floor_pd(x.lo), _mm256_floor_pd(x.hi)}; }
inline Lanes fma(Lanes a, Lanes b, Lanes c) {
    return {_mm256_fmadd_pd(a.lo, b.lo, c.lo), _mm256_fmadd_pd(a.hi, b.hi, c.hi)};
}
inline Lanes select(LaneMask condition, Lanes a, Lanes b) {
    return {_mm256_blendv_pd(b.lo, a.lo, condition.lo), _mm256_blendv_pd(b.hi, a.hi, condition.hi)};
}
// The hardware returns its second operand at a tie, hence the order.
inline Lanes min(Lanes a, Lanes b) { return {_mm256_min_pd(b.lo, a.lo), _mm256_min_pd(b.hi, a.hi)}; }
inline Lanes max(Lanes a, Lanes b) { return {_mm256_max_pd(b.lo, a.lo), _mm256_max_pd(b.hi, a.hi)}; }

} // namespace autarky
