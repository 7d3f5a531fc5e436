// autarky: the descriptions of all entities as data, so that reader, schema and documentation are ordinary code.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/describe.hpp"

namespace autarky::scenario {

enum class FieldKind { number, date, series, text, boolean, integer, choice, quarter, reference, section, table };

struct Shape;

/// What a fallback says that begins with "computed": from which other key of the row, and what else holds without that key.
struct ComputedFallback {
    std::string_view from, otherwise;
    bool is_required = false; ///< there is nothing else
};

/// One described member, with the ways to set it. `member` gives its address inside an entity.
struct FieldShape {
    std::string_view key;
    FieldKind kind{};
    std::string_view unit, doc;
    Dim dim{};
    Range range = Range::any;
    const char* fallback = nullptr; ///< null: required
    Before before = Before::error;
    std::string_view target;               ///< of a reference
    std::vector<std::string_view> choices; ///< of a choice
    const Shape* inner = nullptr;          ///< of a section or table

    std::function<void*(void* entity)> member;
    /// Row of the table of inputs (number, date), 0 or 1 (boolean), index (choice, quarter, reference), integer.
    void (*set_number)(void* member, int value) = nullptr;
    void (*set_text)(void* member, const std::string& text) = nullptr;
    void (*set_series)(void* member, const std::vector<double>& dates, const std::vector<int>& inputs) = nullptr;
    void (*set_rows)(void* member, const std::vector<std::string>& names) = nullptr;
    void* (*row)(void* member, std::size_t index) = nullptr;

    /// "computed from KEY" or "computed from KEY, else VALUE".
    [[nodiscard]] std::optional<ComputedFallback> computed() const {
        constexpr std::string_view start = "computed from ", middle = ", else ";
        std::string_view text = fallback == nullptr ? "" : fallback;
        if (!text.starts_with(start)) return std::nullopt;
        text.remove_prefix(start.size());
        const auto at = text.find(middle);
        if (at == std::string_view::npos) return ComputedFallback{text, {}, true};
        return ComputedFallback{text.substr(0, at), text.substr(at + middle.size()), false};
    }
};

/// The fields of an entity, in the order of its description.
struct Shape {
    std::vector<FieldShape> fields;

    [[nodiscard]] const FieldShape* find(std::string_view key) const {
        for (const auto& field : fields)
            if (field.key == key) return &field;
        return nullptr;
    }
};

template <class E> const Shape& shape_of();

namespace detail {

template <class M> void describe_number(FieldShape& shape) {
    using Leaf = autarky::detail::Leaf<M>;
    static_assert(std::is_same_v<typename Leaf::Real, Uncertain>, "the reader fills the reading Uncertain");
    shape.kind = is_date_field<M> ? FieldKind::date : FieldKind::number;
    shape.dim = Leaf::dim;
    shape.set_number = [](void* member, int value) { Leaf::real(*static_cast<M*>(member)).input = value; };
}

template <class M> void describe_series(FieldShape& shape) {
    using Value = typename autarky::detail::Leaf<M>::Value;
    shape.kind = FieldKind::series;
    shape.dim = autarky::detail::Leaf<M>::dim;
    shape.set_series = [](void* member, const std::vector<double>& dates, const std::vector<int>& inputs) {
        auto& series = *static_cast<M*>(member);
        series.dates = dates;
        series.values.resize(inputs.size());
        for (std::size_t i = 0; i < inputs.size(); ++i)
            autarky::detail::Leaf<Value>::real(series.values[i]).input = inputs[i];
    };
}

template <class M> void describe_table(FieldShape& shape) {
    using Row = typename decltype(M::rows)::value_type;
    shape.kind = FieldKind::table;
    shape.inner = &shape_of<Row>();
    shape.set_rows = [](void* member, const std::vector<std::string>& names) {
        auto& table = *static_cast<M*>(member);
        table.names = names;
        table.rows.resize(names.size());
    };
    shape.row = [](void* member, std::size_t index) -> void* { return &static_cast<M*>(member)->rows[index]; };
}

template <class M> void describe_plain(FieldShape& shape) {
    if constexpr (std::is_same_v<M, std::string>) {
        shape.kind = FieldKind::text;
        shape.set_text = [](void* member, const std::string& text) { *static_cast<std::string*>(member) = text; };
    } else if constexpr (std::is_same_v<M, bool>) {
        shape.kind = FieldKind::boolean;
        shape.set_number = [](void* member, int value) { *static_cast<bool*>(member) = value != 0; };
    } else if constexpr (std::is_same_v<M, int>) {
        shape.kind = FieldKind::integer;
        shape.set_number = [](void* member, int value) { *static_cast<int*>(member) = value; };
    } else if constexpr (std::is_same_v<M, Quarter>) {
        shape.kind = FieldKind::quarter;
        shape.set_number = [](void* member, int value) { static_cast<Quarter*>(member)->index = value; };
    } else if constexpr (std::is_same_v<M, Reference>) {
        shape.kind = FieldKind::reference;
        shape.set_number = [](void* member, int value) { static_cast<Reference*>(member)->index = value; };
    } else {
        static_assert(Choice<M>, "this kind of member has no reader");
        shape.kind = FieldKind::choice;
        for (const auto& name : choices(Type<M>{}))
            shape.choices.push_back(name);
        shape.set_number = [](void* member, int value) { *static_cast<M*>(member) = static_cast<M>(value); };
    }
}

template <class E, class M> FieldShape field_shape(const Field<E, M>& field) {
    FieldShape shape;
    shape.key = field.key;
    shape.unit = field.unit;
    shape.doc = field.doc;
    shape.range = field.range;
    shape.fallback = field.fallback;
    shape.before = field.before;
    shape.target = field.target;
    shape.member = [member = field.member](void* entity) -> void* { return &(static_cast<E*>(entity)->*member); };
    if constexpr (is_number_field<M>) {
        describe_number<M>(shape);
    } else if constexpr (is_series_field<M>) {
        describe_series<M>(shape);
    } else if constexpr (is_table_field<M>) {
        describe_table<M>(shape);
    } else if constexpr (Described<M>) {
        shape.kind = FieldKind::section;
        shape.inner = &shape_of<M>();
    } else {
        describe_plain<M>(shape);
    }
    return shape;
}

} // namespace detail

/// The shape of an entity in the reading Uncertain; made once.
template <class E> const Shape& shape_of() {
    static const Shape shape = [] {
        Shape out;
        for_each_field(Type<E>{}, [&out](const auto& field) { out.fields.push_back(detail::field_shape(field)); });
        return out;
    }();
    return shape;
}

} // namespace autarky::scenario
