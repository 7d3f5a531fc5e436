// autarky: a number with its dimension in the type, in any reading.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <type_traits>

#include "core/real.hpp"
#include "core/units.hpp"

namespace autarky {

/// A quantity of dimension D in reading R, held in base units (core/dim.hpp). Adding or comparing different dimensions
/// does not compile; products and quotients carry their own dimension, and a dimensionless result is a plain R.
template <Dim D, class R = double> class Quantity {
public:
    static constexpr Dim dim = D;
    using Real = R;

    Quantity() = default;
    explicit Quantity(R base_units) : value_(base_units) {}

    /// Value in base units.
    [[nodiscard]] const R& raw() const { return value_; }
    R& raw() { return value_; }
    /// Value in a unit of the same dimension.
    template <FixedString S> [[nodiscard]] R in(UnitLiteral<S> /*unit*/) const {
        static_assert(UnitLiteral<S>::dim == D, "this unit has another dimension");
        return value_ / R(UnitLiteral<S>::factor);
    }

    friend Quantity operator+(const Quantity& a, const Quantity& b) { return Quantity(a.value_ + b.value_); }
    friend Quantity operator-(const Quantity& a, const Quantity& b) { return Quantity(a.value_ - b.value_); }
    friend Quantity operator-(const Quantity& a) { return Quantity(-a.value_); }
    friend Quantity operator*(const Quantity& a, const std::type_identity_t<R>& b) { return Quantity(a.value_ * b); }
    friend Quantity operator*(const std::type_identity_t<R>& a, const Quantity& b) { return Quantity(a * b.value_); }
    friend Quantity operator/(const Quantity& a, const std::type_identity_t<R>& b) { return Quantity(a.value_ / b); }
    Quantity& operator+=(const Quantity& b) { return *this = *this + b; }
    Quantity& operator-=(const Quantity& b) { return *this = *this - b; }
    Quantity& operator*=(const R& b) { return *this = *this * b; }

    friend auto operator<(const Quantity& a, const Quantity& b) { return a.value_ < b.value_; }
    friend auto operator<=(const Quantity& a, const Quantity& b) { return a.value_ <= b.value_; }
    friend auto operator>(const Quantity& a, const Quantity& b) { return a.value_ > b.value_; }
    friend auto operator>=(const Quantity& a, const Quantity& b) { return a.value_ >= b.value_; }

    friend Quantity min(const Quantity& a, const Quantity& b) { return Quantity(min(a.value_, b.value_)); }
    friend Quantity max(const Quantity& a, const Quantity& b) { return Quantity(max(a.value_, b.value_)); }
    friend Quantity select(const Mask<R>& condition, const Quantity& a, const Quantity& b) {
        return Quantity(select(condition, a.value_, b.value_));
    }

private:
    R value_{};
};

namespace detail {
/// A result of dimension D: a plain R when nothing is left of the dimension.
template <Dim D, class R> auto with_dimension(const R& base_units) {
    if constexpr (D == dimensionless)
        return base_units;
    else
        return Quantity<D, R>(base_units);
}
} // namespace detail

template <Dim A, Dim B, class R> auto operator*(const Quantity<A, R>& a, const Quantity<B, R>& b) {
    return detail::with_dimension<A + B>(a.raw() * b.raw());
}
template <Dim A, Dim B, class R> auto operator/(const Quantity<A, R>& a, const Quantity<B, R>& b) {
    return detail::with_dimension<A - B>(a.raw() / b.raw());
}
template <Dim D, class R> auto operator/(const std::type_identity_t<R>& a, const Quantity<D, R>& b) {
    return detail::with_dimension<dimensionless - D>(a / b.raw());
}
/// a / b where b may be zero: there the result is `if_zero` (in base units of the quotient).
template <Dim A, Dim B, class R>
auto ratio(const Quantity<A, R>& a, const Quantity<B, R>& b, const std::type_identity_t<R>& if_zero) {
    return detail::with_dimension<A - B>(ratio(a.raw(), b.raw(), if_zero));
}
template <Dim D, class R>
Quantity<D, R> clamp(const Quantity<D, R>& x, const Quantity<D, R>& low, const Quantity<D, R>& high) {
    return min(max(x, low), high);
}
/// Square root of a quantity whose exponents are all even (an area gives a length).
template <Dim D, class R> auto square_root(const Quantity<D, R>& x) {
    constexpr Dim half{static_cast<std::int8_t>(D.money / 2),     static_cast<std::int8_t>(D.time / 2),
                       static_cast<std::int8_t>(D.length / 2),    static_cast<std::int8_t>(D.energy / 2),
                       static_cast<std::int8_t>(D.operation / 2), static_cast<std::int8_t>(D.data / 2),
                       static_cast<std::int8_t>(D.wafer / 2),     static_cast<std::int8_t>(D.die / 2),
                       static_cast<std::int8_t>(D.chip / 2),      static_cast<std::int8_t>(D.unit / 2),
                       static_cast<std::int8_t>(D.worker / 2)};
    static_assert(half + half == D, "the square root of this dimension is not a dimension");
    return detail::with_dimension<half>(sqrt(x.raw()));
}

/// `quantity<R>(20'000.0, "USD/wafer"_u)`.
template <class R = double, FixedString S = "1">
auto quantity(const std::type_identity_t<R>& value, UnitLiteral<S> /*unit*/) {
    return detail::with_dimension<UnitLiteral<S>::dim>(R(value * R(UnitLiteral<S>::factor)));
}

static_assert(sizeof(Quantity<units::money, double>) == sizeof(double));
static_assert(std::is_trivially_copyable_v<Quantity<units::money, double>>);

} // namespace autarky
