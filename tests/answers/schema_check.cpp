// autarky: a small validator of JSON Schema; a key word that it does not know is a violation.
// SPDX-License-Identifier: Apache-2.0
#include "schema_check.hpp"

#include <algorithm>
#include <set>

namespace autarky::test {
namespace {

using Json = nlohmann::json;
using Lines = std::vector<std::string>;

bool has_type(const Json& value, const std::string& type) {
    if (type == "null") return value.is_null();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "string") return value.is_string();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
}

void add(Lines& to, Lines more) { std::move(more.begin(), more.end(), std::back_inserter(to)); }

void check_object(const Json& value, const Json& schema, const Json& root, const std::string& path, Lines& out) {
    for (const auto& key : schema.value("required", Json::array()))
        if (!value.contains(key)) out.push_back(path + ": lacks " + key.get<std::string>());
    const auto properties = schema.value("properties", Json::object());
    for (const auto& [key, inner] : value.items()) {
        if (properties.contains(key)) {
            add(out, violations(inner, properties.at(key), root, path + "." + key));
            continue;
        }
        const auto others = schema.value("additionalProperties", Json(true));
        if (others.is_boolean()) {
            if (!others.get<bool>()) out.push_back(path + ": has no property " + key);
        } else {
            add(out, violations(inner, others, root, path + "." + key));
        }
    }
}

} // namespace

Lines violations(const Json& value, const Json& schema, const Json& root, const std::string& path) {
    static const std::set<std::string> known{
        "$schema", "$defs", "$ref",    "title", "description",          "type",     "unit",      "enum",
        "const",   "anyOf", "minimum", "items", "additionalProperties", "required", "properties"};
    Lines out;
    for (const auto& [key, inner] : schema.items())
        if (!known.contains(key)) out.push_back(path + ": the schema has an unknown word " + key);
    if (schema.contains("$ref")) {
        const auto name = schema.at("$ref").get<std::string>().substr(std::string("#/$defs/").size());
        add(out, violations(value, root.at("$defs").at(name), root, path));
    }
    if (schema.contains("anyOf")) {
        const auto& options = schema.at("anyOf");
        if (std::none_of(options.begin(), options.end(),
                         [&](const Json& one) { return violations(value, one, root, path).empty(); }))
            out.push_back(path + ": fits nothing of anyOf");
    }
    if (schema.contains("type")) {
        const auto& type = schema.at("type");
        const auto types =
            type.is_array() ? type.get<std::vector<std::string>>() : std::vector{type.get<std::string>()};
        if (std::none_of(types.begin(), types.end(), [&](const std::string& one) { return has_type(value, one); }))
            out.push_back(path + ": is " + value.dump().substr(0, 40) + ", not " + type.dump());
    }
    if (schema.contains("const") && value != schema.at("const"))
        out.push_back(path + ": is not " + schema.at("const").dump());
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
        out.push_back(path + ": " + value.dump() + " is no choice");
    if (schema.contains("minimum") && value.is_number() && value < schema.at("minimum"))
        out.push_back(path + ": is too small");
    if (value.is_object()) check_object(value, schema, root, path, out);
    if (value.is_array() && schema.contains("items"))
        for (std::size_t i = 0; i < value.size(); ++i)
            add(out, violations(value[i], schema.at("items"), root, path + "[" + std::to_string(i) + "]"));
    return out;
}

} // namespace autarky::test
