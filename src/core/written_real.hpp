// autarky: the functions that formulas are made of, and the names and tables of formulas, in the reading "written".
// SPDX-License-Identifier: Apache-2.0
//
// Formulas call these unqualified, as they call those of core/real.hpp, and find them by their arguments. So this reading
// costs the other three nothing: only what is written down includes it, before the formulas are made in it.
#pragma once

#include <concepts>
#include <vector>

#include "core/describe.hpp"
#include "core/formula.hpp"
#include "core/quantity.hpp"
#include "core/real.hpp"
#include "core/surface.hpp"
#include "core/written.hpp"

namespace autarky {

inline Written exp(const Written& x) { return Written::made(Operation::exponential, exp(x.value), x); }
inline Written log(const Written& x) { return Written::made(Operation::logarithm, log(x.value), x); }
inline Written pow(const Written& x, const Written& y) {
    return Written::made(Operation::power, pow(x.value, y.value), x, y);
}
inline Written erfc(const Written& x) { return Written::made(Operation::error, erfc(x.value), x); }
inline Written sqrt(const Written& x) { return Written::made(Operation::root, sqrt(x.value), x); }
inline Written abs(const Written& x) { return Written::made(Operation::absolute, abs(x.value), x); }
inline Written floor(const Written& x) { return Written::made(Operation::whole, floor(x.value), x); }
/// Two steps with the value of the one rounding.
inline Written fma(const Written& a, const Written& b, const Written& c) {
    auto sum = a * b + c;
    sum.value = fma(a.value, b.value, c.value);
    return sum;
}
inline Written select(const WrittenMask& condition, const Written& a, const Written& b) {
    if (condition.step < 0) return condition.value ? a : b;
    const double value = condition.value ? a.value : b.value;
    return {value, Working::current().push(Operation::choose, value, condition.operand(), a.operand(), b.operand())};
}
inline Written min(const Written& a, const Written& b) {
    return Written::made(Operation::least, min(a.value, b.value), a, b);
}
inline Written max(const Written& a, const Written& b) {
    return Written::made(Operation::greatest, max(a.value, b.value), a, b);
}
inline Written clamp(const Written& x, const Written& low, const Written& high) { return min(max(x, low), high); }
inline Written ratio(const Written& a, const Written& b, const Written& if_zero) {
    const auto zero = b == Written(0.0);
    return select(zero, if_zero, a / select(zero, Written(1.0), b));
}
inline Written power_of(const Written& x, const Written& y) { return exp(y * log(x)); }
inline Written normal_probability(const Written& z) {
    constexpr double sqrt_half = 0.70710678118654752440;
    return Written(0.5) * erfc(z * Written(-sqrt_half));
}
inline double value_of(const Written& x) { return x.value; }

/// What is written down holds for other inputs too: so a condition may hold somewhere unless it hangs on no input.
inline bool some(const WrittenMask& condition) { return condition.step >= 0 || condition.value; }

namespace detail {
template <> struct MaskOf<Written> {
    using type = WrittenMask;
};
template <> struct Leaf<Written> : Leaf<double> {
    using Real = Written;
    static Written& real(Written& x) { return x; }
};
} // namespace detail

template <std::same_as<Written> R> R indicator(const WrittenMask& condition) {
    return select(condition, Written(1.0), Written(0.0));
}

/// x, of which what follows holds only between two constants; elsewhere the record does not hold and says so.
inline Written held_between(const Written& x, double low, double high) {
    if (x.step < 0) return x;
    return {x.value, Working::current().push(Operation::held, x.value, x.operand(), {low, -1}, {high, -1})};
}

namespace detail {

/// A table is entered in one cell, and the record holds within this cell; the other readings enter it anew.
template <> inline Place<Written> place_on<Written>(const std::vector<double>& points, const Written& x) {
    const auto here = place_on<double>(points, x.value);
    const std::size_t cell = here.cell[0];
    const Written inside = held_between(clamp(x, points.front(), points.back()), points[cell], points[cell + 1]);
    return {here.cell, (inside - Written(points[cell])) / Written(here.width), here.width};
}

/// An argument of a named formula: a written value with its step, or a plain number.
inline TapeArgument written_argument(const char* name, const Dim& dim, const Written& value) {
    return {name, dim, value.value, value.step};
}

/// The call of a named formula with the steps of its arguments.
template <class... A>
Written written_call(const Formula& formula, const Dim& dim, const Written& result, const Argument<A>&... arguments) {
    auto& working = Working::current();
    const Written labelled{result.value, working.push(Operation::name, result.value, result.operand())};
    working.push_call({labelled.step,
                       &formula,
                       dim,
                       {written_argument(arguments.name, Parts<A>::dim, Written(Parts<A>::real(arguments.value)))...}});
    return labelled;
}

} // namespace detail

/// Returns `result`; the record keeps the call.
template <class... A> Written named(const Formula& formula, const Written& result, const Argument<A>&... arguments) {
    return detail::written_call(formula, dimensionless, result, arguments...);
}
template <Dim D, class... A>
Quantity<D, Written> named(const Formula& formula, const Quantity<D, Written>& result,
                           const Argument<A>&... arguments) {
    return Quantity<D, Written>(detail::written_call(formula, D, result.raw(), arguments...));
}

} // namespace autarky
