// autarky: the reading "lanes" where vectors hold eight doubles (AVX-512); included by core/lanes.hpp only.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#ifdef __AVX512F__

#include <immintrin.h>
#include <sleef.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace autarky {

/// Outcome of a comparison, lane by lane.
struct LaneMask {
    __mmask8 mask; // bit i is lane i

    friend LaneMask operator&(LaneMask a, LaneMask b) { return {_kand_mask8(a.mask, b.mask)}; }
    friend LaneMask operator|(LaneMask a, LaneMask b) { return {_kor_mask8(a.mask, b.mask)}; }
    friend LaneMask operator!(LaneMask a) { return {_knot_mask8(a.mask)}; }
    /// Bit i is lane i.
    [[nodiscard]] unsigned bits() const { return _cvtmask8_u32(mask); }
};

/// Eight samples at once, as one vector.
struct Lanes {
    static constexpr std::size_t width = 8;
    __m512d all;

    Lanes() : all(_mm512_setzero_pd()) {}
    // NOLINTNEXTLINE(*-explicit-*): a constant is the same in every lane
    Lanes(double x) : all(_mm512_set1_pd(x)) {}
    explicit Lanes(__m512d x) : all(x) {}
    Lanes(__m256d low, __m256d high) : all(_mm512_insertf64x4(_mm512_castpd256_pd512(low), high, 1)) {}

    static Lanes load(const double* from) { return Lanes(_mm512_loadu_pd(from)); }
    void store(double* to) const { _mm512_storeu_pd(to, all); }
    [[nodiscard]] std::array<double, width> array() const {
        std::array<double, width> out{};
        store(out.data());
        return out;
    }
    /// Whole parts, towards zero; each must fit 32 bits.
    [[nodiscard]] std::array<std::int32_t, width> truncated() const {
        alignas(32) std::array<std::int32_t, width> out;
        _mm256_store_si256(reinterpret_cast<__m256i*>(out.data()), _mm512_cvttpd_epi32(all));
        return out;
    }
    double operator[](std::size_t lane) const { return array()[lane]; }

    friend Lanes operator+(Lanes a, Lanes b) { return Lanes(_mm512_add_pd(a.all, b.all)); }
    friend Lanes operator-(Lanes a, Lanes b) { return Lanes(_mm512_sub_pd(a.all, b.all)); }
    friend Lanes operator*(Lanes a, Lanes b) { return Lanes(_mm512_mul_pd(a.all, b.all)); }
    friend Lanes operator/(Lanes a, Lanes b) { return Lanes(_mm512_div_pd(a.all, b.all)); }
    friend Lanes operator-(Lanes a) { return Lanes(_mm512_xor_pd(a.all, _mm512_set1_pd(-0.0))); }
    Lanes& operator+=(Lanes b) { return *this = *this + b; }
    Lanes& operator-=(Lanes b) { return *this = *this - b; }
    Lanes& operator*=(Lanes b) { return *this = *this * b; }
    Lanes& operator/=(Lanes b) { return *this = *this / b; }

    friend LaneMask operator<(Lanes a, Lanes b) { return {_mm512_cmp_pd_mask(a.all, b.all, _CMP_LT_OQ)}; }
    friend LaneMask operator<=(Lanes a, Lanes b) { return {_mm512_cmp_pd_mask(a.all, b.all, _CMP_LE_OQ)}; }
    friend LaneMask operator>(Lanes a, Lanes b) { return {_mm512_cmp_pd_mask(a.all, b.all, _CMP_GT_OQ)}; }
    friend LaneMask operator>=(Lanes a, Lanes b) { return {_mm512_cmp_pd_mask(a.all, b.all, _CMP_GE_OQ)}; }
    friend LaneMask operator==(Lanes a, Lanes b) { return {_mm512_cmp_pd_mask(a.all, b.all, _CMP_EQ_OQ)}; }
};

inline Lanes exp(Lanes x) { return Lanes(Sleef_finz_expd8_u10avx512f(x.all)); }
inline Lanes log(Lanes x) { return Lanes(Sleef_finz_logd8_u10avx512f(x.all)); }
inline Lanes pow(Lanes x, Lanes y) { return Lanes(Sleef_finz_powd8_u10avx512f(x.all, y.all)); }
inline Lanes erfc(Lanes x) { return Lanes(Sleef_finz_erfcd8_u15avx512f(x.all)); }
inline Lanes sqrt(Lanes x) { return Lanes(_mm512_sqrt_pd(x.all)); }
inline Lanes abs(Lanes x) { return Lanes(_mm512_andnot_pd(_mm512_set1_pd(-0.0), x.all)); }
inline Lanes floor(Lanes x) { return Lanes(_mm512_roundscale_pd(x.all, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)); }
inline Lanes fma(Lanes a, Lanes b, Lanes c) { return Lanes(_mm512_fmadd_pd(a.all, b.all, c.all)); }
inline Lanes select(LaneMask condition, Lanes a, Lanes b) {
    return Lanes(_mm512_mask_blend_pd(condition.mask, b.all, a.all));
}
// The hardware returns its second operand at a tie, hence the order.
inline Lanes min(Lanes a, Lanes b) { return Lanes(_mm512_min_pd(b.all, a.all)); }
inline Lanes max(Lanes a, Lanes b) { return Lanes(_mm512_max_pd(b.all, a.all)); }

} // namespace autarky

#endif
