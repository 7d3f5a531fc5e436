// autarky: descriptions of answers as data, and the one walk over a described value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/describe_plain.hpp"
#include "show/sink.hpp"

namespace autarky::show {

enum class Kind { boolean, integer, natural, number, text, choice, record, list, map };

struct RecordShape;
struct ItemShape;

/// What a value is. Records are reached by a function, for they may hold themselves.
struct ValueShape {
    Kind kind = Kind::text;
    bool may_be_null = false;
    std::vector<std::string_view> choices{};  ///< of a choice
    std::vector<ValueShape> element{};        ///< of a list or a map: one
    const RecordShape& (*record)() = nullptr; ///< of a record
};

struct ItemShape {
    std::string_view key, unit, doc, none;
    bool may_be_absent = false, stands_beside = false, is_whole = false, is_merged = false;
    ValueShape value;
};

struct RecordShape {
    std::vector<ItemShape> items;
};

namespace detail {

template <class T> struct ListOf {};
template <class T> struct ListOf<std::vector<T>> {
    using type = T;
};
template <class T, std::size_t N> struct ListOf<std::array<T, N>> {
    using type = T;
};
template <class T, std::size_t N> struct ListOf<std::span<T, N>> {
    using type = std::remove_const_t<T>;
};
template <class T> concept List = requires { typename ListOf<T>::type; };

template <class T> struct MapOf {};
template <class K, class T, class C> struct MapOf<std::map<K, T, C>> {
    using type = T;
};
template <class K, class T>
    requires std::convertible_to<K, std::string_view>
struct MapOf<std::vector<std::pair<K, T>>> {
    using type = T;
};
template <class T> concept Map = requires { typename MapOf<T>::type; };

template <class T> struct OptionalOf {};
template <class T> struct OptionalOf<std::optional<T>> {
    using type = T;
};
template <class T>
    requires(!std::is_same_v<T, char>)
struct OptionalOf<const T*> { // a record that lives elsewhere
    using type = T;
};
template <class T> concept Optional = requires { typename OptionalOf<T>::type; };

template <class T> concept Text = std::convertible_to<const T&, std::string_view>;

template <class T> inline constexpr bool is_scalar = std::is_arithmetic_v<T> || Choice<T> || Text<T>;
template <Optional T> inline constexpr bool is_scalar<T> = is_scalar<typename OptionalOf<T>::type>;

template <class T> inline constexpr bool is_scalar_list = false;
template <List T>
    requires(!Map<T>)
inline constexpr bool is_scalar_list<T> = is_scalar<typename ListOf<T>::type>;

/// Records of a few plain values fit a line.
template <class E> constexpr bool is_short_record() {
    constexpr std::size_t most = 6;
    const auto is_plain = []<class... I>(const std::tuple<I...>&) {
        return sizeof...(I) <= most && (is_scalar<item_value_t<E, decltype(I::get)>> && ...);
    };
    if constexpr (requires { stands_on_one_line(Type<E>{}); }) return true;
    return is_plain(decltype(describe(Type<E>{})){describe(Type<E>{})});
}

} // namespace detail

template <class E> const RecordShape& record_shape();

template <class T> ValueShape value_shape() {
    if constexpr (std::is_same_v<T, bool>) {
        return {Kind::boolean};
    } else if constexpr (std::is_unsigned_v<T>) {
        return {Kind::natural};
    } else if constexpr (std::is_integral_v<T>) {
        return {Kind::integer};
    } else if constexpr (std::is_floating_point_v<T>) {
        return {Kind::number};
    } else if constexpr (Choice<T>) {
        ValueShape out{Kind::choice};
        for (const auto& name : choices(Type<T>{}))
            out.choices.push_back(name);
        return out;
    } else if constexpr (detail::Text<T>) {
        return {Kind::text};
    } else if constexpr (detail::Optional<T>) {
        auto out = value_shape<typename detail::OptionalOf<T>::type>();
        out.may_be_null = true;
        return out;
    } else if constexpr (detail::Map<T>) {
        return {Kind::map, false, {}, {value_shape<typename detail::MapOf<T>::type>()}};
    } else if constexpr (detail::List<T>) {
        return {Kind::list, false, {}, {value_shape<typename detail::ListOf<T>::type>()}};
    } else {
        static_assert(Described<T>, "an item of an answer must have a description");
        return {Kind::record, false, {}, {}, &record_shape<T>};
    }
}

/// The items of a described struct, in the order of the description; made once.
template <class E> const RecordShape& record_shape() {
    static const RecordShape shape = [] {
        RecordShape out;
        for_each_field(Type<E>{}, [&out](const auto& item) {
            out.items.push_back({item.key, item.unit, item.doc, item.none, item.may_be_absent, item.stands_beside,
                                 item.is_whole, item.is_merged, value_shape<item_value_t<E, decltype(item.get)>>()});
        });
        return out;
    }();
    return shape;
}

template <class T> void walk(const T& value, Sink& sink);
template <class E> void walk_items(const E& record, Sink& sink);

namespace detail {

/// Whether an item that may be absent is.
template <class T> bool is_absent(const T& value) {
    if constexpr (Optional<T>)
        return !value;
    else if constexpr (Text<T>)
        return std::string_view(value).empty();
    else if constexpr (Map<T> || List<T>)
        return std::empty(value);
    else if constexpr (std::is_floating_point_v<T>)
        return !std::isfinite(value);
    else if constexpr (std::is_arithmetic_v<T>)
        return value == T{};
    else
        return false;
}

template <class T> void walk_map(const T& map, Sink& sink) {
    for (const auto& [key, value] : map) {
        sink.key(key);
        walk(value, sink);
    }
}

template <class E, class I> void walk_item(const E& record, const I& item, Sink& sink) {
    using V = item_value_t<E, decltype(item.get)>;
    decltype(auto) value = std::invoke(item.get, record);
    if constexpr (Map<V>) {
        if (item.stands_beside) return walk_map(value, sink);
    }
    if (item.may_be_absent && is_absent<V>(value)) return;
    if constexpr (Optional<V>)
        if constexpr (Described<typename OptionalOf<V>::type>)
            if (item.is_merged) return walk_items(*value, sink);
    sink.key(item.key);
    walk<V>(value, sink);
}

} // namespace detail

/// The items of a record without its braces.
template <class E> void walk_items(const E& record, Sink& sink) {
    for_each_field(Type<E>{}, [&](const auto& item) { detail::walk_item(record, item, sink); });
}

/// Hands a value to a sink. A number that is not finite is null.
template <class T> void walk(const T& value, Sink& sink) {
    if constexpr (std::is_same_v<T, bool>) {
        sink.boolean(value);
    } else if constexpr (std::is_unsigned_v<T>) {
        sink.natural(value);
    } else if constexpr (std::is_integral_v<T>) {
        sink.integer(value);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (std::isfinite(value))
            sink.number(value);
        else
            sink.null();
    } else if constexpr (Choice<T>) {
        sink.text(choices(Type<T>{})[static_cast<std::size_t>(value)]);
    } else if constexpr (detail::Text<T>) {
        sink.text(value);
    } else if constexpr (detail::Optional<T>) {
        if (value)
            walk<typename detail::OptionalOf<T>::type>(*value, sink);
        else
            sink.null();
    } else if constexpr (detail::Map<T>) {
        sink.begin_object(false);
        detail::walk_map(value, sink);
        sink.end_object();
    } else if constexpr (detail::List<T>) {
        sink.begin_list(detail::is_scalar<typename detail::ListOf<T>::type>);
        for (const auto& one : value)
            walk<typename detail::ListOf<T>::type>(one, sink);
        sink.end_list();
    } else {
        sink.begin_object(detail::is_short_record<T>());
        walk_items(value, sink);
        sink.end_object();
    }
}

/// Hands an answer to a sink: an object that begins with its schema, or the list that it consists of.
template <class A> void walk_answer(const A& answer, std::string_view schema, Sink& sink) {
    bool is_list = false;
    for_each_field(Type<A>{}, [&](const auto& item) {
        if (!item.is_whole) return;
        is_list = true;
        using V = item_value_t<A, decltype(item.get)>;
        walk<V>(std::invoke(item.get, answer), sink);
    });
    if (is_list) return;
    sink.begin_object(false);
    sink.key("schema");
    sink.text(schema);
    walk_items(answer, sink);
    sink.end_object();
}

} // namespace autarky::show
