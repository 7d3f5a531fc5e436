// autarky: reads the fields of a question, each with the words that say what is wrong with it.
// SPDX-License-Identifier: Apache-2.0
#include "answers/question.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "answers/quantity.hpp"
#include "core/word_row.hpp"
#include "input/quantity_text.hpp"
#include "show/json.hpp"

namespace autarky::answers {

const QuestionField* QuestionShape::find(std::string_view key) const {
    for (const auto& field : fields)
        if (field.key == key) return &field;
    return nullptr;
}

namespace detail {
namespace {

/// The value as it is shown in a message.
std::string shown(const Value& value) {
    struct Show {
        std::string operator()(std::monostate /*none*/) const { return "null"; }
        std::string operator()(bool x) const { return x ? "true" : "false"; }
        std::string operator()(std::int64_t x) const { return fmt::format("{}", x); }
        std::string operator()(std::uint64_t x) const { return fmt::format("{}", x); }
        std::string operator()(double x) const { return fmt::format("{}", x); }
        std::string operator()(const std::string& x) const { return x; }
        std::string operator()(const Values& /*list*/) const { return "a list"; }
    };
    return std::visit(Show{}, value.is);
}

void refuse(const QuestionField& field, const Value& value, std::string_view is_no, Diagnostics& findings) {
    findings.error_in(field.key, "E0504", fmt::format("'{}' is {}", shown(value), is_no));
}

/// The text without the underscores that part its digits, and without a leading plus.
std::string plain_digits(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool parts_digits = text[i] == '_' && i > 0 && i + 1 < text.size() && text[i - 1] != '_';
        if (!parts_digits && !(text[i] == '+' && i == 0)) out += text[i];
    }
    return out;
}

/// Whole numbers without an exponent.
std::string bound_text(double value) {
    constexpr double exact = 1e15;
    return value == std::floor(value) && std::fabs(value) < exact ? fmt::format("{:.0f}", value)
                                                                  : fmt::format("{:g}", value);
}

bool is_inside(const QuestionField& field, double value, Diagnostics& findings) {
    if (const auto why = scenario::outside(field.range, value); !why.empty()) {
        findings.error_in(field.key, "E0504", fmt::format("{:g} is not possible: it {}", value, why));
        return false;
    }
    if (value >= field.low && value <= field.high) return true;
    const bool has_low = std::isfinite(field.low);
    const bool has_high = std::isfinite(field.high);
    findings.error_in(field.key, "E0504",
                      has_low && has_high ? fmt::format("{} is outside {} to {}", bound_text(value),
                                                        bound_text(field.low), bound_text(field.high))
                      : has_low           ? fmt::format("{} is less than {}", bound_text(value), bound_text(field.low))
                                : fmt::format("{} is more than {}", bound_text(value), bound_text(field.high)));
    return false;
}

/// A whole number from text: digits, "20_000", "1e6".
template <class Integer> std::string whole_from(const std::string& text, Integer& value) {
    constexpr double exact = 9007199254740992.0; // 2^53: a double holds every whole number up to here
    const auto digits = plain_digits(text);
    const char* end = digits.data() + digits.size();
    const auto whole = std::from_chars(digits.data(), end, value);
    if (whole.ec == std::errc{} && whole.ptr == end) return {};
    double number = 0.0;
    const auto parsed = std::from_chars(digits.data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end || std::floor(number) != number) return "not a whole number";
    if (number < 0.0 && !std::numeric_limits<Integer>::is_signed) return "negative";
    if (std::fabs(number) > std::min(exact, static_cast<double>(std::numeric_limits<Integer>::max())))
        return "too large";
    value = static_cast<Integer>(number);
    return {};
}

template <class Integer>
void read_whole(const QuestionField& field, const Value& value, Integer& to, Diagnostics& findings) {
    Integer read{};
    std::string is_no;
    if (const auto* text = std::get_if<std::string>(&value.is))
        is_no = whole_from(*text, read);
    else if (const auto* number = std::get_if<std::int64_t>(&value.is))
        is_no = whole_from(fmt::format("{}", *number), read);
    else if (const auto* natural = std::get_if<std::uint64_t>(&value.is))
        is_no = whole_from(fmt::format("{}", *natural), read);
    else if (const auto* real = std::get_if<double>(&value.is))
        is_no = whole_from(fmt::format("{}", *real), read);
    else
        is_no = "not a whole number";
    if (!is_no.empty()) return refuse(field, value, is_no, findings);
    if (is_inside(field, static_cast<double>(read), findings)) to = read;
}

std::optional<double> number_in(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value.is)) return static_cast<double>(*number);
    if (const auto* natural = std::get_if<std::uint64_t>(&value.is)) return static_cast<double>(*natural);
    if (const auto* real = std::get_if<double>(&value.is)) return *real;
    return std::nullopt;
}

} // namespace

void read_one(const QuestionField& field, const Value& value, std::string& to, Diagnostics& findings) {
    if (const auto* text = std::get_if<std::string>(&value.is))
        to = *text;
    else
        refuse(field, value, "no text", findings);
}

void read_one(const QuestionField& field, const Value& value, bool& to, Diagnostics& findings) {
    if (const auto* is_on = std::get_if<bool>(&value.is))
        to = *is_on;
    else
        refuse(field, value, "neither true nor false", findings);
}

void read_one(const QuestionField& field, const Value& value, double& to, Diagnostics& findings) {
    auto number = number_in(value);
    if (const auto* text = std::get_if<std::string>(&value.is)) {
        number = number_from(*text, field.key, field.unit, findings);
        if (!number) return;
    }
    if (!number || !std::isfinite(*number)) return refuse(field, value, "not a number", findings);
    if (is_inside(field, *number, findings)) to = *number;
}

void read_one(const QuestionField& field, const Value& value, int& to, Diagnostics& findings) {
    read_whole(field, value, to, findings);
}
void read_one(const QuestionField& field, const Value& value, unsigned& to, Diagnostics& findings) {
    read_whole(field, value, to, findings);
}
void read_one(const QuestionField& field, const Value& value, std::uint64_t& to, Diagnostics& findings) {
    read_whole(field, value, to, findings);
}

void read_one(const QuestionField& field, const Value& value, Stated& to, Diagnostics& findings) {
    if (const auto number = number_in(value)) {
        to.text = fmt::format("{}", *number);
        return;
    }
    const auto* text = std::get_if<std::string>(&value.is);
    if (text == nullptr) return refuse(field, value, "no number or range", findings);
    if (distribution_from(*text, field.key, field.unit, findings)) to.text = *text;
}

void read_choice(const QuestionField& field, const Value& value, std::size_t& to, Diagnostics& findings) {
    const auto* text = std::get_if<std::string>(&value.is);
    if (const auto row = text == nullptr ? std::nullopt : row_of_word(*text, field.choices)) {
        to = *row;
        return;
    }
    const auto guess = text == nullptr ? std::string{} : did_you_mean(*text, field.choices);
    findings.error_in(
        field.key, "E0504", fmt::format("'{}' is none of its values", shown(value)),
        fmt::format("{}{} {}", guess, guess.empty() ? "there are" : " There are", fmt::join(field.choices, ", ")));
}

std::string fallback_text(double value) { return std::isfinite(value) ? fmt::format("{:g}", value) : std::string{}; }
std::string fallback_text(const std::string& value) { return value; }

} // namespace detail

namespace {

template <class IsGiven> void check_needs(const QuestionShape& shape, const IsGiven& is_given, Diagnostics& findings) {
    for (const auto& field : shape.fields) {
        if (field.is_required && !is_given(field.key))
            findings.error_in(field.key, "E0506", "it is missing", std::string(field.doc));
        if (field.needed.empty() || !is_given(field.key)) continue;
        if (std::any_of(field.needed.begin(), field.needed.end(), is_given)) continue;
        std::string others;
        for (const auto& key : field.needed)
            others += (others.empty() ? "" : key == field.needed.back() ? " or " : ", ") + field_mark(key);
        findings.error_in(field.key, "E0506", fmt::format("it changes nothing without {}", others));
    }
}

} // namespace

void read_question(const QuestionShape& shape, const Given& given, void* question) {
    Diagnostics findings;
    std::vector<std::string_view> keys;
    for (const auto& field : shape.fields)
        keys.push_back(field.key);
    for (const auto& [key, value] : given) {
        const auto* field = shape.find(key);
        if (field == nullptr)
            findings.error_in(key, "E0502", "there is no such field", did_you_mean(key, keys));
        else
            field->read(question, value, findings);
    }
    const auto is_given = [&given](std::string_view key) { // a list of nothing says nothing
        return std::any_of(given.begin(), given.end(), [key](const auto& one) {
            const auto* list = std::get_if<Values>(&one.second.is);
            return one.first == key && (list == nullptr || !list->empty());
        });
    };
    check_needs(shape, is_given, findings);
    if (findings.has_errors()) throw InputError{std::move(findings)};
}

void check_question(const QuestionShape& shape, const void* question, Diagnostics& findings) {
    const auto is_given = [&](std::string_view key) {
        const auto* field = shape.find(key);
        return field != nullptr && field->is_set(question);
    };
    check_needs(shape, is_given, findings);
}

namespace {

void text(show::JsonWriter& json, std::string_view key, std::string_view value) {
    json.key(key);
    json.text(value);
}

std::string_view type_name(FieldKind kind) {
    switch (kind) {
    case FieldKind::boolean: return "boolean";
    case FieldKind::integer:
    case FieldKind::natural: return "integer";
    case FieldKind::number:
    case FieldKind::stated: return "number";
    case FieldKind::text:
    case FieldKind::choice: return "string";
    }
    return {};
}

/// Numbers may also be texts: with a unit, as a range.
void write_type(show::JsonWriter& json, const QuestionField& field) {
    const bool is_quantity = field.kind == FieldKind::number || field.kind == FieldKind::stated;
    json.key("type");
    if (is_quantity) {
        json.begin_list(true);
        json.text("number");
        json.text("string");
        json.end_list();
    } else {
        json.text(type_name(field.kind));
    }
    if (!field.choices.empty()) {
        json.key("enum");
        json.begin_list(true);
        for (const auto choice : field.choices)
            json.text(choice);
        json.end_list();
    }
    double low = field.low;
    double high = field.high;
    if (field.range == Range::fraction) low = std::max(low, 0.0), high = std::min(high, 1.0);
    if (field.range == Range::nonnegative || field.kind == FieldKind::natural) low = std::max(low, 0.0);
    const auto bound = [&](std::string_view key, double value) {
        if (!std::isfinite(value)) return;
        json.key(key);
        json.number(value);
    };
    bound("minimum", low);
    if (field.range == Range::positive) bound("exclusiveMinimum", std::max(low, 0.0));
    bound("maximum", high);
}

} // namespace

std::string request_schema(const QuestionShape& shape, std::string_view name, std::string_view doc) {
    std::string out;
    show::JsonWriter json([&out](std::string_view part) { out += part; });
    json.begin_object(false);
    text(json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    text(json, "title", name);
    text(json, "description", doc);
    text(json, "type", "object");
    json.key("properties");
    json.begin_object(false);
    for (const auto& field : shape.fields) {
        json.key(field.key);
        json.begin_object(false);
        text(json, "description", field.doc);
        if (!field.unit.empty()) text(json, "unit", field.unit);
        if (!field.fallback.empty()) text(json, "fallback", field.fallback);
        if (field.is_list) {
            text(json, "type", "array");
            if (field.is_required) {
                json.key("minItems");
                json.integer(1);
            }
            json.key("items");
            json.begin_object(false);
        }
        write_type(json, field);
        if (field.is_list) json.end_object();
        json.end_object();
    }
    json.end_object();
    json.key("required");
    json.begin_list(true);
    for (const auto& field : shape.fields)
        if (field.is_required) json.text(field.key);
    json.end_list();
    json.key("additionalProperties");
    json.boolean(false);
    json.end_object();
    json.finish();
    return out;
}

} // namespace autarky::answers
