// autarky: writes JSON Schemas, reference tables and TypeScript from the shapes of answers.
// SPDX-License-Identifier: Apache-2.0
#include "show/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "show/json.hpp"

namespace autarky::show {
namespace {

/// Records that hold themselves become definitions; each has a number, in the order of discovery.
class Definitions {
public:
    std::size_t number_of(const RecordShape* record) {
        const auto found = std::find(known_.begin(), known_.end(), record);
        const auto number = static_cast<std::size_t>(found - known_.begin());
        if (found == known_.end()) known_.push_back(record);
        return number;
    }
    [[nodiscard]] const std::vector<const RecordShape*>& known() const { return known_; }

private:
    std::vector<const RecordShape*> known_;
};

class SchemaText {
public:
    std::string of(const RecordShape& shape, std::string_view schema, std::string_view doc) {
        JsonWriter json([this](std::string_view part) { out_ += part; });
        json.begin_object(false);
        text(json, "$schema", "https://json-schema.org/draft/2020-12/schema");
        text(json, "title", schema);
        text(json, "description", doc);
        const auto whole =
            std::find_if(shape.items.begin(), shape.items.end(), [](const auto& i) { return i.is_whole; });
        if (whole != shape.items.end())
            value(json, whole->value);
        else
            record(json, shape, schema);
        json.key("$defs");
        json.begin_object(false);
        for (std::size_t i = 0; i < definitions_.known().size(); ++i) { // grows while it is written
            const auto* inner = definitions_.known()[i];
            json.key(fmt::format("record{}", i));
            json.begin_object(false);
            record(json, *inner, {});
            json.end_object();
        }
        json.end_object();
        json.end_object();
        json.finish();
        return std::move(out_);
    }

private:
    static void text(JsonWriter& json, std::string_view key, std::string_view value) {
        json.key(key);
        json.text(value);
    }

    static std::string_view name_of(Kind kind) {
        switch (kind) {
        case Kind::boolean: return "boolean";
        case Kind::integer:
        case Kind::natural: return "integer";
        case Kind::number: return "number";
        case Kind::text:
        case Kind::choice: return "string";
        case Kind::list: return "array";
        case Kind::record:
        case Kind::map: return "object";
        }
        return {};
    }

    static void type(JsonWriter& json, std::string_view name, bool may_be_null) {
        json.key("type");
        if (!may_be_null) return json.text(name);
        json.begin_list(true);
        json.text(name);
        json.text("null");
        json.end_list();
    }

    void value(JsonWriter& json, const ValueShape& shape, bool may_be_null = false) {
        may_be_null = may_be_null || shape.may_be_null;
        if (shape.kind == Kind::record) {
            const auto place = fmt::format("#/$defs/record{}", definitions_.number_of(&shape.record()));
            if (!may_be_null) return text(json, "$ref", place);
            json.key("anyOf");
            json.begin_list(false);
            json.begin_object(true);
            text(json, "$ref", place);
            json.end_object();
            json.begin_object(true);
            text(json, "type", "null");
            json.end_object();
            json.end_list();
            return;
        }
        type(json, name_of(shape.kind), may_be_null);
        if (shape.kind == Kind::natural) {
            json.key("minimum");
            json.natural(0);
        }
        if (!shape.choices.empty()) {
            json.key("enum");
            json.begin_list(true);
            for (const auto choice : shape.choices)
                json.text(choice);
            if (may_be_null) json.null();
            json.end_list();
        }
        if (shape.element.empty()) return;
        json.key(shape.kind == Kind::list ? "items" : "additionalProperties");
        json.begin_object(shape.element.front().kind != Kind::record && shape.element.front().element.empty());
        value(json, shape.element.front());
        json.end_object();
    }

    /// Adds the items whose keys stand beside these, merged ones too.
    void properties(JsonWriter& json, const RecordShape& shape, std::vector<const ItemShape*>& beside) {
        for (const auto& item : shape.items) {
            if (item.stands_beside) {
                beside.push_back(&item);
            } else if (item.is_merged) {
                properties(json, item.value.record(), beside);
            } else {
                json.key(item.key);
                json.begin_object(false);
                described(json, item);
                json.end_object();
            }
        }
    }

    void record(JsonWriter& json, const RecordShape& shape, std::string_view schema) {
        text(json, "type", "object");
        json.key("properties");
        json.begin_object(false);
        if (!schema.empty()) {
            json.key("schema");
            json.begin_object(true);
            text(json, "const", schema);
            text(json, "description", "Name and version of this answer's schema");
            json.end_object();
        }
        std::vector<const ItemShape*> beside;
        properties(json, shape, beside);
        json.end_object();
        json.key("required");
        json.begin_list(true);
        if (!schema.empty()) json.text("schema");
        for (const auto& item : shape.items)
            if (!item.may_be_absent && !item.stands_beside) json.text(item.key); // merged items may all be absent
        json.end_list();
        json.key("additionalProperties");
        if (beside.empty()) return json.boolean(false);
        if (beside.size() == 1) return other_keys(json, *beside.front());
        json.begin_object(false);
        json.key("anyOf");
        json.begin_list(false);
        for (const auto* item : beside)
            other_keys(json, *item);
        json.end_list();
        json.end_object();
    }

    /// What keys are that stand beside the described ones.
    void other_keys(JsonWriter& json, const ItemShape& item) {
        const auto& inner = item.value.element.front();
        const bool may_be_null = !item.none.empty();
        json.begin_object(false);
        text(json, "description", item.doc);
        if (!item.unit.empty()) text(json, "unit", item.unit);
        value(json, may_be_null && !inner.element.empty() ? with_null_numbers(inner) : inner,
              may_be_null && inner.element.empty());
        json.end_object();
    }

    void described(JsonWriter& json, const ItemShape& item) {
        text(json, "description",
             item.none.empty()
                 ? std::string(item.doc)
                 : fmt::format("{} ({}: {})", item.doc, item.may_be_absent ? "left out" : "null", item.none));
        if (!item.unit.empty()) text(json, "unit", item.unit);
        const bool may_be_null = !item.none.empty() && !item.may_be_absent;
        const bool holds_values = !item.value.element.empty();
        value(json, may_be_null && holds_values ? with_null_numbers(item.value) : item.value,
              may_be_null && !holds_values);
    }

    /// Lists and maps of numbers of which some may not exist.
    static ValueShape with_null_numbers(ValueShape shape) {
        if (shape.element.empty())
            shape.may_be_null = shape.may_be_null || shape.kind == Kind::number;
        else
            shape.element.front() = with_null_numbers(std::move(shape.element.front()));
        return shape;
    }

    Definitions definitions_;
    std::string out_;
};

std::string type_text(const ValueShape& shape) {
    switch (shape.kind) {
    case Kind::boolean: return "boolean";
    case Kind::integer:
    case Kind::natural: return "integer";
    case Kind::number: return "number";
    case Kind::text: return "text";
    case Kind::choice: return fmt::format("{}", fmt::join(shape.choices, ", "));
    case Kind::list: return "list of " + type_text(shape.element.front());
    case Kind::map: return "object of " + type_text(shape.element.front());
    case Kind::record: return "object";
    }
    return {};
}

std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

const RecordShape* record_in(const ValueShape& shape) {
    if (shape.kind == Kind::record) return &shape.record();
    return shape.element.empty() ? nullptr : record_in(shape.element.front());
}

void add_rows(const RecordShape& shape, const std::string& before, std::vector<const RecordShape*>& open,
              std::string& out) {
    open.push_back(&shape);
    for (const auto& item : shape.items) {
        const auto* inner = record_in(item.value);
        if (item.is_merged) {
            add_rows(*inner, before, open, out);
            continue;
        }
        const bool is_list = item.value.kind == Kind::list && inner != nullptr;
        const auto key = before + (item.stands_beside ? "<" + std::string(item.key) + ">" : std::string(item.key)) +
                         (is_list                                               ? "[]"
                          : item.value.kind == Kind::map && !item.stands_beside ? ".<name>"
                                                                                : "");
        const auto none = item.none.empty()
                              ? std::string{}
                              : fmt::format("; {}: {}", item.may_be_absent ? "left out" : "null", item.none);
        out += fmt::format("| `{}` | {} | {} | {}{} |\n", cell(key), cell(type_text(item.value)), cell(item.unit),
                           cell(item.doc), cell(none));
        if (inner != nullptr && std::find(open.begin(), open.end(), inner) == open.end())
            add_rows(*inner, key + ".", open, out);
    }
    open.pop_back();
}

std::string pascal(std::string_view key) {
    std::string out;
    bool starts = true;
    for (const char c : key) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_letter) out += starts && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        starts = !is_letter;
    }
    return out;
}

class TypeScriptText {
public:
    std::string of(const RecordShape& shape, const std::string& name) {
        add(shape, name);
        return std::move(out_);
    }

private:
    std::string type(const ValueShape& shape, const std::string& name) {
        const auto plain = [&]() -> std::string {
            switch (shape.kind) {
            case Kind::boolean: return "boolean";
            case Kind::integer:
            case Kind::natural:
            case Kind::number: return "number";
            case Kind::text: return "string";
            case Kind::choice: return fmt::format("\"{}\"", fmt::join(shape.choices, "\" | \""));
            case Kind::list: return fmt::format("Array<{}>", type(shape.element.front(), name));
            case Kind::map: return fmt::format("Record<string, {}>", type(shape.element.front(), name));
            case Kind::record: return add(shape.record(), name);
            }
            return {};
        }();
        return shape.may_be_null ? plain + " | null" : plain;
    }

    std::string add(const RecordShape& shape, const std::string& name) {
        for (const auto& [known, its_name] : known_)
            if (known == &shape) return its_name;
        known_.emplace_back(&shape, name);
        std::string body, extends;
        for (const auto& item : shape.items) {
            if (item.is_merged) {
                extends += (extends.empty() ? " extends Partial<" : ", Partial<") +
                           add(item.value.record(), name + pascal(item.key)) + ">";
                continue;
            }
            const bool may_be_null = !item.none.empty() && !item.may_be_absent && !item.value.may_be_null;
            body += fmt::format("  /** {}{} */\n", item.doc, item.unit.empty() ? "" : fmt::format(" [{}]", item.unit));
            const auto inner = type(item.value, name + pascal(item.key));
            if (item.stands_beside)
                body += fmt::format("  [{}: string]: any;\n", item.key);
            else
                body += fmt::format("  {}{}: {}{};\n", json_quoted(item.key), item.may_be_absent ? "?" : "", inner,
                                    may_be_null ? " | null" : "");
        }
        out_ += fmt::format("export interface {}{} {{\n{}}}\n", name, extends, body);
        return name;
    }

    std::vector<std::pair<const RecordShape*, std::string>> known_;
    std::string out_;
};

} // namespace

std::string json_schema(const RecordShape& shape, std::string_view schema, std::string_view doc) {
    return SchemaText().of(shape, schema, doc);
}

std::string markdown_rows(const RecordShape& shape) {
    std::string out;
    std::vector<const RecordShape*> open;
    add_rows(shape, "", open, out);
    return out;
}

std::string typescript(const RecordShape& shape, std::string_view name) {
    return TypeScriptText().of(shape, std::string(name));
}

} // namespace autarky::show
