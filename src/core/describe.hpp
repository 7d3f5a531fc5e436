// autarky: the one description of an entity, from which reader, schema, docs, sampling and labels follow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/calendar.hpp"
#include "core/quantity.hpp"
#include "core/series.hpp"

namespace autarky {

/// Tag that selects `describe(Type<E>)`.
template <class E> struct Type {};

/// The reading of a scenario that has been read but not sampled: every number is a row of the table of inputs.
struct Uncertain {
    int input = -1;
};

/// Bounds that a value must respect in the file and, by truncation, in every draw.
enum class Range {
    any,
    positive,    ///< > 0
    nonnegative, ///< >= 0
    fraction,    ///< 0..1
    rate,        ///< > -1, for growth a year
};

/// A link to a row of another table, written in the file by that row's name.
struct Reference {
    int index = -1; ///< -1: not given
};

/// Rows of one kind, each with the name that the file gives it.
template <class E> struct Table {
    std::vector<std::string> names;
    std::vector<E> rows;

    [[nodiscard]] std::size_t size() const { return rows.size(); }
    const E& operator[](Reference reference) const { return rows[static_cast<std::size_t>(reference.index)]; }
    const E& operator[](std::size_t index) const { return rows[index]; }
    E& operator[](std::size_t index) { return rows[index]; }
};

/// Text of an enumeration's values: specialise `choices(Type<Enum>)` returning an array of string_view, in order.
template <class E> concept Choice = std::is_enum_v<E> && requires { choices(Type<E>{}); };

/// A described member. `fallback` is what the file may leave out, written as it would be in the file; null: required.
template <class E, class M> struct Field {
    using Member = M;
    std::string_view key;
    M E::* member;
    std::string_view unit; ///< unit in which the field is written and shown
    std::string_view doc;
    Range range = Range::any;
    const char* fallback = nullptr;
    Before before = Before::error; ///< for a series
    std::string_view target{};     ///< for a reference: key of the table that it points into
};

namespace detail {
template <class M> struct Leaf {
    static constexpr bool is_number = false;
    static constexpr bool is_series = false;
    static constexpr Dim dim{};
};
template <class R>
    requires(Reading<R> || std::is_same_v<R, Uncertain>)
struct Leaf<R> {
    using Real = R;
    static constexpr bool is_number = true;
    static constexpr bool is_series = false;
    static constexpr Dim dim{};
    static R& real(R& x) { return x; }
};
template <Dim D, class R> struct Leaf<Quantity<D, R>> {
    using Real = R;
    static constexpr bool is_number = true;
    static constexpr bool is_series = false;
    static constexpr Dim dim = D;
    static R& real(Quantity<D, R>& x) { return x.raw(); }
};
template <class R> struct Leaf<Date<R>> {
    using Real = R;
    static constexpr bool is_number = true;
    static constexpr bool is_series = false;
    static constexpr Dim dim{}; // decimal years, written as a date
    static R& real(Date<R>& x) { return x.year; }
};
template <class Q> struct Leaf<Series<Q>> {
    using Value = Q;
    static constexpr bool is_number = false;
    static constexpr bool is_series = true;
    static constexpr Dim dim = Leaf<Q>::dim;
};
template <class M> struct IsDate : std::false_type {};
template <class R> struct IsDate<Date<R>> : std::true_type {};
template <class M> struct IsTable : std::false_type {};
template <class E> struct IsTable<Table<E>> : std::true_type {};
} // namespace detail

template <class M> inline constexpr bool is_number_field = detail::Leaf<M>::is_number;
template <class M> inline constexpr bool is_series_field = detail::Leaf<M>::is_series;
template <class M> inline constexpr bool is_date_field = detail::IsDate<M>::value;
template <class M> inline constexpr bool is_table_field = detail::IsTable<M>::value;

/// A number or a series with its unit.
template <class E, class M, FixedString S>
constexpr Field<E, M> field(std::string_view key, M E::* member, UnitLiteral<S> unit, std::string_view doc,
                            Range range = Range::any, const char* fallback = nullptr, Before before = Before::error) {
    static_assert(is_number_field<M> || is_series_field<M>, "only numbers and series have a unit");
    static_assert(detail::Leaf<M>::dim == UnitLiteral<S>::dim, "the unit does not fit the member's dimension");
    return {key, member, unit.text, doc, range, fallback, before, {}};
}
/// A date: "2026Q2", "2026-04-15", or uncertain "2026-01 to 2026-09".
template <class E, class R>
constexpr Field<E, Date<R>> date_field(std::string_view key, Date<R> E::* member, std::string_view doc,
                                       const char* fallback = nullptr) {
    return {key, member, "date", doc, Range::any, fallback, Before::error, {}};
}
/// Text, a switch, an enumeration, a whole number.
template <class E, class M>
constexpr Field<E, M> plain_field(std::string_view key, M E::* member, std::string_view doc,
                                  const char* fallback = nullptr) {
    static_assert(std::is_same_v<M, std::string> || std::is_same_v<M, bool> || std::is_same_v<M, int> || Choice<M> ||
                  std::is_same_v<M, Quarter>);
    return {key, member, {}, doc, Range::any, fallback, Before::error, {}};
}
/// The name of a row of table `target`.
template <class E>
constexpr Field<E, Reference> reference(std::string_view key, Reference E::* member, std::string_view target,
                                        std::string_view doc, const char* fallback = nullptr) {
    return {key, member, {}, doc, Range::any, fallback, Before::error, target};
}
/// A described struct inside another (`[section]`).
template <class E, class M> constexpr Field<E, M> section(std::string_view key, M E::* member, std::string_view doc) {
    return {key, member, {}, doc, Range::any, nullptr, Before::error, {}};
}
/// Rows of one kind (`[key.name]`).
template <class E, class Row>
constexpr Field<E, Table<Row>> table(std::string_view key, Table<Row> E::* member, std::string_view doc) {
    return {key, member, {}, doc, Range::any, nullptr, Before::error, {}};
}

template <class... F> constexpr std::tuple<F...> fields(F... described) { return {described...}; }

/// An entity that has a description.
template <class E> concept Described = requires { describe(Type<E>{}); };

/// Calls `visit(field)` for each described member of E, in the order of the description.
template <class E, class Visitor> constexpr void for_each_field(Type<E> type, Visitor&& visit) {
    std::apply([&](const auto&... described) { (visit(described), ...); }, describe(type));
}

/// Walks the numbers of two structs of the same shape but different readings, calling `map(from_leaf, to_leaf)` on each
/// pair of raw readings; copies everything that is no number. This is the one map from Scenario<Uncertain> to any R.
template <template <class> class E, class From, class To, class Map>
void map_reading(const E<From>& from, E<To>& to, Map&& map);

namespace detail {

template <class From, class To, class Map> void map_member(const From& from, To& to, Map& map);

template <class From, class To, class Map, std::size_t... I>
void map_fields(const From& from, To& to, Map& map, std::index_sequence<I...> /*indices*/) {
    const auto source = describe(Type<From>{});
    const auto target = describe(Type<To>{});
    (map_member(from.*(std::get<I>(source).member), to.*(std::get<I>(target).member), map), ...);
}

template <class From, class To, class Map> void map_struct(const From& from, To& to, Map& map) {
    constexpr auto n = std::tuple_size_v<decltype(describe(Type<From>{}))>;
    static_assert(n == std::tuple_size_v<decltype(describe(Type<To>{}))>);
    map_fields(from, to, map, std::make_index_sequence<n>{});
}

template <class From, class To, class Map> void map_member(const From& from, To& to, Map& map) {
    if constexpr (is_number_field<From>) {
        map(Leaf<From>::real(const_cast<From&>(from)), Leaf<To>::real(to)); // read only: `real` has one signature
    } else if constexpr (is_series_field<From>) {
        to.dates = from.dates;
        to.values.resize(from.values.size());
        for (std::size_t i = 0; i < from.values.size(); ++i)
            map_member(from.values[i], to.values[i], map);
    } else if constexpr (is_table_field<From>) {
        to.names = from.names;
        to.rows.resize(from.rows.size());
        for (std::size_t i = 0; i < from.rows.size(); ++i)
            map_struct(from.rows[i], to.rows[i], map);
    } else if constexpr (Described<From>) {
        map_struct(from, to, map);
    } else {
        to = from;
    }
}

} // namespace detail

template <template <class> class E, class From, class To, class Map>
void map_reading(const E<From>& from, E<To>& to, Map&& map) {
    detail::map_struct(from, to, map);
}

} // namespace autarky
