// autarky: gives a formula's result its name, expression, source and arguments.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantity.hpp"

namespace autarky {

/// An argument as it is handed to `named()`.
template <class T> struct Argument {
    const char* name;
    const T& value;
};
template <class T> Argument<T> arg(const char* name, const T& value) { return {name, value}; }

namespace detail {
template <class T> struct Parts {
    using Real = T;
    static constexpr Dim dim = dimensionless;
    static const T& real(const T& x) { return x; }
    static T make(const T& x) { return x; }
};
template <Dim D, class R> struct Parts<Quantity<D, R>> {
    using Real = R;
    static constexpr Dim dim = D;
    static const R& real(const Quantity<D, R>& x) { return x.raw(); }
    static Quantity<D, R> make(const R& x) { return Quantity<D, R>(x); }
};

template <class T> TapeArgument tape_argument(const Argument<T>& a) {
    using P = Parts<T>;
    if constexpr (std::is_same_v<typename P::Real, Traced>)
        return {a.name, P::dim, P::real(a.value).value, P::real(a.value).node};
    else
        return {a.name, P::dim, static_cast<double>(P::real(a.value)), -1};
}
} // namespace detail

/// Returns `result` unchanged; in the traced reading it also writes the call (formula, arguments) on the tape.
template <class T, class... A> T named(const Formula& formula, const T& result, const Argument<A>&... arguments) {
    using P = detail::Parts<T>;
    if constexpr (std::is_same_v<typename P::Real, Traced>) {
        auto& tape = Tape::current();
        const Traced& value = P::real(result);
        const Traced labelled{value.value, tape.push(value.value, value.node, 1.0)};
        tape.push_call({labelled.node, &formula, P::dim, {detail::tape_argument(arguments)...}});
        return P::make(labelled);
    } else {
        return result;
    }
}

} // namespace autarky
