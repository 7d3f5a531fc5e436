// autarky: descriptions of questions as data: what a face offers, checks and reads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "answers/value.hpp"
#include "core/describe_plain.hpp"
#include "core/diagnostics.hpp"

namespace autarky::answers {

enum class FieldKind { text, boolean, integer, natural, number, stated, choice };

/// One field of a question.
struct QuestionField {
    std::string_view key, unit, doc;
    FieldKind kind = FieldKind::text;
    Range range = Range::any;
    double low = 0.0, high = 0.0;          ///< inclusive; infinite: no bound
    std::string_view stands_for;           ///< "MM", "FILE"; empty for a switch
    std::string fallback;                  ///< in words; empty: nothing
    std::vector<std::string_view> choices; ///< of a choice
    bool is_positional = false, is_required = false, is_list = false, is_optional = false;
    bool is_text_only = false;            ///< changes only the text for people
    bool is_data_only = false;            ///< changes only what programs read
    std::vector<std::string_view> needed; ///< without one of these it changes nothing

    /// Reads what was given into the field of a question; what is wrong goes to the findings.
    std::function<void(void* question, const Value& value, Diagnostics& findings)> read;
    std::function<bool(const void* question)> is_set; ///< differs from the default
};

/// The fields of a question, in the order of its description.
struct QuestionShape {
    std::vector<QuestionField> fields;
    [[nodiscard]] const QuestionField* find(std::string_view key) const;
};

namespace detail {

/// Each reads one value and checks its range. What is wrong goes to the findings, `to` is then as it was.
void read_one(const QuestionField& field, const Value& value, std::string& to, Diagnostics& findings);
void read_one(const QuestionField& field, const Value& value, bool& to, Diagnostics& findings);
void read_one(const QuestionField& field, const Value& value, double& to, Diagnostics& findings);
void read_one(const QuestionField& field, const Value& value, int& to, Diagnostics& findings);
void read_one(const QuestionField& field, const Value& value, unsigned& to, Diagnostics& findings);
void read_one(const QuestionField& field, const Value& value, std::uint64_t& to, Diagnostics& findings);
void read_one(const QuestionField& field, const Value& value, Stated& to, Diagnostics& findings);
/// Row of a choice.
void read_choice(const QuestionField& field, const Value& value, std::size_t& to, Diagnostics& findings);

template <class T>
    requires Choice<T>
void read_one(const QuestionField& field, const Value& value, T& to, Diagnostics& findings) {
    auto row = static_cast<std::size_t>(to);
    read_choice(field, value, row, findings);
    to = static_cast<T>(row);
}
template <class T>
void read_one(const QuestionField& field, const Value& value, std::optional<T>& to, Diagnostics& findings) {
    T inner{};
    read_one(field, value, inner, findings);
    to = inner;
}
template <class T>
void read_field(const QuestionField& field, const Value& value, std::vector<T>& to, Diagnostics& findings) {
    to.clear();
    const auto* list = std::get_if<Values>(&value.is);
    for (const auto& one : list != nullptr ? *list : Values{value}) {
        T inner{};
        read_one(field, one, inner, findings);
        to.push_back(std::move(inner));
    }
}
template <class T> void read_field(const QuestionField& field, const Value& value, T& to, Diagnostics& findings) {
    read_one(field, value, to, findings);
}

template <class T> constexpr FieldKind kind_of() {
    if constexpr (std::is_same_v<T, bool>)
        return FieldKind::boolean;
    else if constexpr (std::is_same_v<T, Stated>)
        return FieldKind::stated;
    else if constexpr (std::is_unsigned_v<T>)
        return FieldKind::natural;
    else if constexpr (std::is_integral_v<T>)
        return FieldKind::integer;
    else if constexpr (std::is_floating_point_v<T>)
        return FieldKind::number;
    else if constexpr (Choice<T>)
        return FieldKind::choice;
    else
        return FieldKind::text;
}

/// A default as a page shows it; empty when there is none.
std::string fallback_text(double value);
std::string fallback_text(const std::string& value);

template <class M> std::string fallback_of(const M& value) {
    if constexpr (std::is_same_v<M, bool>)
        return {};
    else if constexpr (Choice<M>)
        return std::string(choices(Type<M>{})[static_cast<std::size_t>(value)]);
    else if constexpr (std::is_arithmetic_v<M>)
        return fallback_text(static_cast<double>(value));
    else if constexpr (std::is_same_v<M, std::string>)
        return fallback_text(value);
    else
        return {};
}

template <class Q, class A> QuestionField field_of(const A& described) {
    using M = typename A::Member;
    using T = autarky::detail::bare_t<M>;
    constexpr bool is_list = requires(M m) { m.push_back(T{}); } && !std::is_same_v<M, std::string>;
    constexpr bool is_optional = requires(M m) { m.has_value(); };
    QuestionField out;
    out.key = described.key;
    out.unit = described.unit;
    out.doc = described.doc;
    out.kind = kind_of<T>();
    out.range = described.range;
    out.low = described.low;
    out.high = described.high;
    out.stands_for = described.stands_for;
    out.fallback = std::string(described.fallback);
    out.is_positional = described.is_positional;
    out.is_required = described.is_required;
    out.is_list = is_list;
    out.is_optional = is_optional;
    out.is_text_only = described.is_text_only;
    out.is_data_only = described.is_data_only;
    if constexpr (Choice<T>)
        for (const auto& name : choices(Type<T>{}))
            out.choices.push_back(name);
    for (const auto& key : described.needed)
        if (!key.empty()) out.needed.push_back(key);
    if (out.fallback.empty()) out.fallback = fallback_of(Q{}.*described.member);
    out.is_set = [member = described.member](const void* question) {
        return !(static_cast<const Q*>(question)->*member == Q{}.*member);
    };
    return out;
}

} // namespace detail

/// The shape of a question; made once.
template <class Q> const QuestionShape& question_shape() {
    static const QuestionShape shape = [] {
        QuestionShape out;
        for_each_field(Type<Q>{},
                       [&out](const auto& described) { out.fields.push_back(detail::field_of<Q>(described)); });
        std::size_t row = 0;
        for_each_field(Type<Q>{}, [&](const auto& described) {
            auto& field = out.fields[row];
            field.read = [row = row, member = described.member](void* question, const Value& value,
                                                                Diagnostics& findings) {
                detail::read_field(question_shape<Q>().fields[row], value, static_cast<Q*>(question)->*member,
                                   findings);
            };
            ++row;
        });
        return out;
    }();
    return shape;
}

/// Fills a question with what was given, then checks it. Throws InputError with a finding for each field that is unknown,
/// of no sense, outside its range, missing, or idle without another.
void read_question(const QuestionShape& shape, const Given& given, void* question);
template <class Q> Q question_from(const Given& given) {
    Q question;
    read_question(question_shape<Q>(), given, &question);
    return question;
}
/// A question from the JSON object of a request. Throws InputError as above.
template <class Q> Q from_json(std::string_view text) { return question_from<Q>(given_in_json(text)); }

/// Findings about a question that was filled in by a program: fields outside their range, missing or idle.
void check_question(const QuestionShape& shape, const void* question, Diagnostics& findings);

/// JSON Schema of a request.
std::string request_schema(const QuestionShape& shape, std::string_view name, std::string_view doc);

} // namespace autarky::answers
