// autarky: the functions that formulas are made of, in all three readings.
// SPDX-License-Identifier: Apache-2.0
//
// A formula is a template over its reading R and calls these unqualified. exp, log, pow and erfc come from SLEEF's
// deterministic "finz" family, whose scalar, AVX2 and AVX-512 variants agree bit for bit; the C library's do not.
// Those of Lanes are in core/lanes.hpp.
// select, min, max: both sides are evaluated and must be finite; at a tie the left side wins in every reading.
#pragma once

#include <sleef.h>

#include <cmath>
#include <type_traits>

#include "core/lanes.hpp"
#include "core/traced.hpp"

namespace autarky {

// ---- double -------------------------------------------------------------------------------------------------------
inline double exp(double x) { return Sleef_finz_expd1_u10purecfma(x); }
inline double log(double x) { return Sleef_finz_logd1_u10purecfma(x); }
inline double pow(double x, double y) { return Sleef_finz_powd1_u10purecfma(x, y); }
inline double erfc(double x) { return Sleef_finz_erfcd1_u15purecfma(x); }
inline double sqrt(double x) { return std::sqrt(x); } // IEEE: correctly rounded everywhere
inline double abs(double x) { return std::fabs(x); }
inline double floor(double x) { return std::floor(x); }
inline double fma(double a, double b, double c) { return std::fma(a, b, c); }
inline double select(bool condition, double a, double b) { return condition ? a : b; }
inline double min(double a, double b) { return b < a ? b : a; }
inline double max(double a, double b) { return a < b ? b : a; }

// ---- Traced -------------------------------------------------------------------------------------------------------
inline Traced exp(const Traced& x) {
    const double y = exp(x.value);
    return Traced::unary(y, x, y);
}
inline Traced log(const Traced& x) { return Traced::unary(log(x.value), x, 1.0 / x.value); }
inline Traced pow(const Traced& x, const Traced& y) {
    const double power = pow(x.value, y.value);
    const double by_base = x.value == 0.0 ? (y.value == 1.0 ? 1.0 : 0.0) : y.value * power / x.value;
    const double by_exponent = x.value > 0.0 ? power * log(x.value) : 0.0;
    return Traced::binary(power, x, by_base, y, by_exponent);
}
inline Traced erfc(const Traced& x) {
    constexpr double two_over_sqrt_pi = 1.1283791670955126;
    return Traced::unary(erfc(x.value), x, -two_over_sqrt_pi * exp(-x.value * x.value));
}
inline Traced sqrt(const Traced& x) {
    const double root = sqrt(x.value);
    return Traced::unary(root, x, root > 0.0 ? 0.5 / root : 0.0);
}
inline Traced abs(const Traced& x) { return Traced::unary(abs(x.value), x, x.value < 0.0 ? -1.0 : 1.0); }
inline Traced floor(const Traced& x) { return Traced::unary(floor(x.value), x, 0.0); }
inline Traced fma(const Traced& a, const Traced& b, const Traced& c) {
    // Two nodes, one rounding: the value is the fused one, the partials are those of the product.
    const Traced product = Traced::binary(a.value * b.value, a, b.value, b, a.value);
    return Traced::binary(fma(a.value, b.value, c.value), product, 1.0, c, 1.0);
}
/// The taken side keeps its identity on the tape, so that it stays explainable; the other side gets no adjoint.
inline Traced select(bool condition, const Traced& a, const Traced& b) { return condition ? a : b; }
inline Traced min(const Traced& a, const Traced& b) { return b.value < a.value ? b : a; }
inline Traced max(const Traced& a, const Traced& b) { return a.value < b.value ? b : a; }

// ---- every reading ------------------------------------------------------------------------------------------------
namespace detail {
template <class R> struct MaskOf {
    using type = bool;
};
template <> struct MaskOf<Lanes> {
    using type = LaneMask;
};
} // namespace detail

/// Type of a comparison in reading R.
template <class R> using Mask = typename detail::MaskOf<R>::type;

template <class R> concept Reading = std::is_same_v<R, double> || std::is_same_v<R, Lanes> || std::is_same_v<R, Traced>;

/// x, kept within [low, high]; for use where the bound is part of the formula, never to hide a bad input.
template <Reading R> R clamp(const R& x, const std::type_identity_t<R>& low, const std::type_identity_t<R>& high) {
    return min(max(x, low), high);
}
/// a / b where b may be zero: there the result is `if_zero`.
template <Reading R> R ratio(const R& a, const std::type_identity_t<R>& b, const std::type_identity_t<R>& if_zero) {
    const auto zero = b == R(0.0);
    return select(zero, if_zero, a / select(zero, R(1.0), b));
}
/// 1 where the condition holds, else 0.
template <Reading R> R indicator(const Mask<R>& condition) { return select(condition, R(1.0), R(0.0)); }

/// The number in a scalar reading.
inline double value_of(double x) { return x; }
inline double value_of(const Traced& x) { return x.value; }

} // namespace autarky
