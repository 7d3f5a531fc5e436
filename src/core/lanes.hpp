// autarky: the reading "lanes": eight doubles that walk through a formula together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <immintrin.h>

#include <array>
#include <cstddef>

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

/// Eight samples at once. Every operation is the IEEE one that `double` uses, so results agree to the last bit.
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

} // namespace autarky
