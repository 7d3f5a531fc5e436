// autarky: one metric: id, unit, meaning, and where it stands among the results of a quarter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/describe.hpp"

namespace autarky::model {

/// Of stage results T with member type M.
template <class T, class M> struct Metric {
    std::string_view id;
    M T::* member;
    std::string_view unit;
    std::string_view doc;
    std::string_view by{};    ///< table whose rows index it, "" for a single number
    bool may_be_none = false; ///< NaN means that the value does not exist
};

namespace detail {
template <class M> struct Element {
    using type = M;
};
template <class Q> struct Element<std::vector<Q>> {
    using type = Q;
};
template <class Q, std::size_t N> struct Element<std::array<Q, N>> {
    using type = Q;
};
} // namespace detail

template <class R, class T, class M, FixedString S>
constexpr Metric<T, M> metric(std::string_view id, M T::* member, UnitLiteral<S> unit, std::string_view doc,
                              std::string_view by = {}, bool may_be_none = false) {
    using Q = typename detail::Element<M>::type;
    static_assert(autarky::detail::Leaf<Q>::dim == UnitLiteral<S>::dim, "the unit does not fit the result");
    return {id, member, unit.text, doc, by, may_be_none};
}

/// Calls `take` with one metric after the other. A tuple of some three hundred takes a compiler half a minute.
template <class Take, class... Metrics> void each_of(const Take& take, const Metrics&... metrics) {
    (take(metrics), ...);
}

} // namespace autarky::model
