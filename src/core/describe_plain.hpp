// autarky: the one description of a question and of an answer, plain structs: options, JSON, schemas and pages follow.
// SPDX-License-Identifier: Apache-2.0
//
//     struct HostQuestion { std::string street; std::optional<double> homes; double managed = 0.0; };
//     constexpr auto describe(Type<HostQuestion>) {
//         return fields(asked("street", &HostQuestion::street, "A street of the catalogue").positional("STREET").required(),
//                       asked("homes", &HostQuestion::homes, "1"_u, "Homes behind it, the catalogue's if left out").from_to(0, 1000),
//                       asked("managed", &HostQuestion::managed, "1"_u, "Share of cars ...", Range::fraction));
//     }
//
//     struct HostAnswer { int most = 0; std::vector<Criterion> criteria; };
//     constexpr auto describe(Type<HostAnswer>) {
//         return fields(item("most_devices", &HostAnswer::most, "1"_u, "Devices that there is room for"),
//                       item("criteria", &HostAnswer::criteria, "One row a limit"));
//     }
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/describe.hpp"
#include "core/units.hpp"

namespace autarky {

/// A number as somebody states it, a range or a distribution too ("0.08 to 0.3"), in the unit of its field if it has none.
struct Stated {
    std::string text;
    friend bool operator==(const Stated&, const Stated&) = default;
};

/// A field of a question. Chained after `asked(...)`; all of it is known at compile time.
template <class Q, class M> struct Asked {
    using Member = M;
    static constexpr std::size_t most_needs = 4;

    std::string_view key;
    M Q::* member;
    std::string_view unit; ///< of numbers; empty: no number
    std::string_view doc;
    Range range = Range::any;
    double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
    std::string_view stands_for{}; ///< what stands for the value in help: "MM", "FILE"
    std::string_view fallback{};   ///< in words, when it is no plain value: "the catalogue's"
    bool is_positional = false, is_required = false;
    bool is_text_only = false;                         ///< changes only the text for people
    bool is_data_only = false;                         ///< changes only what programs read
    std::array<std::string_view, most_needs> needed{}; ///< without one of these it changes nothing

    /// Values outside [a, b] are refused.
    [[nodiscard]] constexpr Asked from_to(double a, double b) const {
        Asked out = *this;
        out.low = a;
        out.high = b;
        return out;
    }
    /// Idle unless one of these other fields is given: giving it alone is refused.
    template <class... Keys> [[nodiscard]] constexpr Asked needs(Keys... keys) const {
        static_assert(sizeof...(Keys) <= most_needs);
        Asked out = *this;
        out.needed = {std::string_view(keys)...};
        return out;
    }
    /// What stands for the value in help.
    [[nodiscard]] constexpr Asked as(std::string_view text) const {
        Asked out = *this;
        out.stands_for = text;
        return out;
    }
    [[nodiscard]] constexpr Asked positional(std::string_view text) const {
        Asked out = as(text);
        out.is_positional = true;
        return out;
    }
    [[nodiscard]] constexpr Asked required() const {
        Asked out = *this;
        out.is_required = true;
        return out;
    }
    /// It changes only the text for people, not the answer.
    [[nodiscard]] constexpr Asked in_text_only() const {
        Asked out = *this;
        out.is_text_only = true;
        return out;
    }
    /// It changes only what programs read: JSON, tables, the answer in Python; the text for people shows nothing of it.
    [[nodiscard]] constexpr Asked in_data_only() const {
        Asked out = *this;
        out.is_data_only = true;
        return out;
    }
    /// What holds when it is left out, where the default member initialiser cannot say so.
    [[nodiscard]] constexpr Asked otherwise(std::string_view words) const {
        Asked out = *this;
        out.fallback = words;
        return out;
    }
};

namespace detail {
template <class T> struct Bare {
    using type = T;
};
template <class T> struct Bare<std::optional<T>> : Bare<T> {};
template <class T> struct Bare<std::vector<T>> : Bare<T> {};
/// The value inside optionals and vectors.
template <class T> using bare_t = typename Bare<T>::type;

template <class T>
inline constexpr bool is_plain_number =
    (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || std::is_same_v<T, Stated>;
} // namespace detail

/// A number of a question, or several.
template <class Q, class M, FixedString S>
constexpr Asked<Q, M> asked(std::string_view key, M Q::* member, UnitLiteral<S> unit, std::string_view doc,
                            Range range = Range::any) {
    static_assert(detail::is_plain_number<detail::bare_t<M>>, "only numbers have a unit");
    return {key, member, unit.text.empty() ? "1" : unit.text, doc, range};
}
/// Text, a switch, a choice.
template <class Q, class M> constexpr Asked<Q, M> asked(std::string_view key, M Q::* member, std::string_view doc) {
    static_assert(!detail::is_plain_number<detail::bare_t<M>>, "a number needs a unit, \"1\"_u if it has none");
    return {key, member, {}, doc};
}

/// An item of an answer: what a member, or a function of the struct, gives.
template <class Get> struct Item {
    std::string_view key;
    Get get;
    std::string_view unit; ///< of numbers; empty: no number
    std::string_view doc;
    std::string_view none{};    ///< why there may be no value; empty: there always is one
    bool may_be_absent = false; ///< without a value the key is left out
    bool stands_beside = false; ///< a map whose keys stand beside the other items
    bool is_whole = false;      ///< a list that is the whole answer
    bool is_merged = false;     ///< a record whose items stand among the other items

    /// There may be no value, and this is why. Numbers that are not finite have none.
    [[nodiscard]] constexpr Item null_if(std::string_view why) const {
        Item out = *this;
        out.none = why;
        return out;
    }
    /// The key is left out when the value is none, empty or zero rows.
    [[nodiscard]] constexpr Item absent_if(std::string_view why) const {
        Item out = null_if(why);
        out.may_be_absent = true;
        return out;
    }
    /// A record whose items stand among the others; none of them without a value.
    [[nodiscard]] constexpr Item merged_if(std::string_view not_why) const {
        Item out = absent_if(not_why);
        out.is_merged = true;
        return out;
    }
    /// A map whose keys stand beside the other items.
    [[nodiscard]] constexpr Item beside() const {
        Item out = *this;
        out.stands_beside = true;
        return out;
    }
    /// A list that is the whole answer.
    [[nodiscard]] constexpr Item whole() const {
        Item out = *this;
        out.is_whole = true;
        return out;
    }
};

/// A number of an answer, or a list or a map of them.
template <class Get, FixedString S>
constexpr Item<Get> item(std::string_view key, Get get, UnitLiteral<S> unit, std::string_view doc) {
    return {key, get, unit.text.empty() ? "1" : unit.text, doc};
}
/// A number whose unit another item of the same struct states: `unit_in("unit")`.
struct UnitIn {
    std::string_view key;
};
constexpr UnitIn unit_in(std::string_view key) { return {key}; }
template <class Get> constexpr Item<Get> item(std::string_view key, Get get, UnitIn unit, std::string_view doc) {
    return {key, get, unit.key, doc};
}
/// A unit outside of the unit table, which no input has: "mJ", "degC", "A".
struct UnitName {
    std::string_view text;
};
constexpr UnitName unit_named(std::string_view text) { return {text}; }
template <class Get> constexpr Item<Get> item(std::string_view key, Get get, UnitName unit, std::string_view doc) {
    return {key, get, unit.text, doc};
}
template <class Q, class M>
constexpr Asked<Q, M> asked(std::string_view key, M Q::* member, UnitName unit, std::string_view doc,
                            Range range = Range::any) {
    static_assert(detail::is_plain_number<detail::bare_t<M>>, "only numbers have a unit");
    return {key, member, unit.text, doc, range};
}
/// Text, a switch, a choice, a described struct, a list or a map of these.
template <class Get> constexpr Item<Get> item(std::string_view key, Get get, std::string_view doc) {
    return {key, get, {}, doc};
}

/// What an item gives.
template <class E, class Get> using item_value_t = std::remove_cvref_t<std::invoke_result_t<const Get&, const E&>>;

} // namespace autarky
