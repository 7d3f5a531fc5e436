// autarky: JSON Schema of a scenario file.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/schema.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "input/grade.hpp"
#include "scenario/claims.hpp"
#include "scenario/scenario_shape.hpp"

namespace autarky {
namespace {

using Json = nlohmann::ordered_json;
using namespace scenario;

Json ref(const char* definition) { return {{"$ref", fmt::format("#/definitions/{}", definition)}}; }
Json text(const char* doc) { return {{"type", "string"}, {"description", doc}}; }

Json closed(Json properties, const std::vector<std::string>& required = {}) {
    Json out{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) out["required"] = required;
    return out;
}
template <class Enum> Json one_of(const char* doc) {
    Json names = Json::array();
    for (const auto name : choices(Type<Enum>{}))
        names.push_back(std::string(name));
    return {{"enum", std::move(names)}, {"description", doc}};
}

Json remarks() {
    return {
        {"source", text("Id of a [source.<id>]")},
        {"at", text("Place inside the source")},
        {"note", text("Remark")},
        {"asof", {{"type", Json::array({"string", "integer"})}, {"description", "Date to which the value belongs"}}},
        {"grade", one_of<Grade>("How well it is supported, where that differs from the source")}};
}
Json with_remarks(Json first) {
    const Json beside = remarks();
    for (const auto& [key, value] : beside.items())
        first[key] = value;
    return first;
}

Json definitions() {
    Json all;
    all["quantity"] = {
        {"anyOf",
         Json::array({Json{{"type", "string"}, {"minLength", 1}}, Json{{"type", "number"}},
                      closed(with_remarks({{"is", {{"type", Json::array({"string", "number"})}}}}), {"is"})})}};
    all["date"] = {{"anyOf", Json::array({Json{{"type", Json::array({"string", "integer"})}},
                                          closed(with_remarks({{"is", {{"type", Json::array({"string", "integer"})}}}}),
                                                 {"is"})})}};
    const Json knots{
        {"type", "array"}, {"minItems", 1}, {"items", {{"type", "array"}, {"minItems", 2}, {"maxItems", 3}}}};
    all["series"] = {
        {"anyOf",
         Json::array(
             {Json{{"type", "string"}}, Json{{"type", "number"}}, knots,
              closed(with_remarks(
                  {{"series", knots},
                   {"is", {{"type", Json::array({"string", "number"})}}},
                   {"persistence",
                    {{"type", "number"},
                     {"exclusiveMinimum", -1},
                     {"exclusiveMaximum", 1},
                     {"description", "Correlation from knot to knot; without it all knots move together"}}}}))})}};
    all["source"] =
        closed({{"title", text("Who published what")},
                {"date", {{"type", Json::array({"string", "integer"})}, {"description", "When, such as \"2025-10\""}}},
                {"grade", one_of<Grade>("How well its numbers are supported, best first")},
                {"url", text("Where it can be read")}},
               {"title", "grade"});
    all["variant"] = closed(
        {{"title", text("What it is")},
         {"extends", {{"type", Json::array({"string", "array"})}, {"description", "Variants it builds on"}}},
         {"source", text("Source of its values that name none")},
         {"note", text("Remark")},
         {"use",
          {{"type", "array"}, {"items", {{"type", "string"}}}, {"description", "Rows taken in, or out with '-'"}}},
         {"set", {{"type", "object"}, {"description", "\"path\" = value"}}}});
    all["correlation"] = closed(
        {{"between",
          {{"type", "array"}, {"minItems", 2}, {"items", {{"type", "string"}}}, {"description", "Paths of inputs"}}},
         {"rho",
          {{"type", "number"}, {"exclusiveMinimum", -1}, {"exclusiveMaximum", 1}, {"description", "Rank correlation"}}},
         {"source", text("Id of a source")},
         {"note", text("Remark")}},
        {"between", "rho"});
    all["claim"] = closed(
        {{"id", text("Unique name")},
         {"text", text("What is claimed")},
         {"metric", text("Metric that it is about; without one it cannot be judged")},
         {"less", text("Metric of the same unit that is taken off: make less buy is what making causes")},
         {"given", text("Only futures count with this event under way (event.strait_crisis), or in which this claim is "
                        "true")},
         {"at", text("Quarter, such as \"2028Q2\"")},
         {"stated",
          {{"type", Json::array({"string", "number"})}, {"description", "Stated value or interval with its unit"}}},
         {"compare", one_of<Comparison>("How it is held against the recomputed value")},
         {"tolerance", {{"type", Json::array({"string", "number"})}, {"description", "Relative, for about"}}},
         {"section", text("Place inside the source")},
         {"why", text("Remark, such as why it cannot be judged")},
         {"source", text("Id of a source")}},
        {"id", "text", "source"});
    all["observation"] = closed(
        {{"id", text("Name")},
         {"date", {{"type", Json::array({"string", "integer"})}, {"description", "Date that it is about"}}},
         {"known",
          {{"type", Json::array({"string", "integer"})}, {"description", "When it is told, where that is later"}}},
         {"of", text("Row that it is about, such as process.sf2")},
         {"metric", text("Metric, or path of an input")},
         {"value",
          {{"type", Json::array({"string", "number"})}, {"description", "Value or 5 to 95 % interval with its unit"}}},
         {"error", {{"type", Json::array({"string", "number"})}, {"description", "Standard deviation"}}},
         {"bias",
          {{"type", Json::array({"string", "number"})},
           {"description", "Known leaning of its source, reported less true"}}},
         {"says", one_of<Says>("What it says of its value")},
         {"trials", {{"type", Json::array({"string", "number"})}, {"description", "Of a count: out of so many"}}},
         {"group", text("Reports of one group lean on each other")},
         {"correlation",
          {{"type", Json::array({"string", "number"})}, {"description", "Of the errors within the group"}}},
         {"watch", text("Name of the indicator whose next reading this is; it has no value yet")},
         {"ended", text("Why there will be no further reading")},
         {"area", text("Die area that a yield belongs to")},
         {"yield_kind", one_of<YieldKind>("Kind of yield")},
         {"grade", one_of<Grade>("Grade, where it differs from the source's")},
         {"source", text("Id of a source")},
         {"note", text("Remark")}},
        {"date", "metric", "source"});
    return all;
}

std::string description(const FieldShape& field) {
    std::string out(field.doc);
    if (field.kind == FieldKind::number || field.kind == FieldKind::series) out += fmt::format(" [{}]", field.unit);
    if (field.kind == FieldKind::reference) out += fmt::format(" (name of a row of '{}')", field.target);
    if (field.fallback != nullptr && *field.fallback != '\0') out += fmt::format("; default {}", field.fallback);
    return out;
}

Json entity(const Shape& shape);

Json field_schema(const FieldShape& field) {
    Json out;
    const auto plain = [](Json type) {
        return Json{{"anyOf", Json::array({type, closed(with_remarks({{"is", type}}), {"is"})})}};
    };
    switch (field.kind) {
    case FieldKind::number: out = {{"allOf", Json::array({ref("quantity")})}}; break;
    case FieldKind::date: out = {{"allOf", Json::array({ref("date")})}}; break;
    case FieldKind::series: out = {{"allOf", Json::array({ref("series")})}}; break;
    case FieldKind::text:
    case FieldKind::reference: out = plain({{"type", "string"}}); break;
    case FieldKind::boolean: out = plain({{"type", "boolean"}}); break;
    case FieldKind::integer: out = plain({{"type", "integer"}}); break;
    case FieldKind::quarter: out = plain({{"type", "string"}, {"pattern", "^[0-9]{4}Q[1-4]$"}}); break;
    case FieldKind::choice: {
        Json names = Json::array();
        for (const auto name : field.choices)
            names.push_back(std::string(name));
        out = plain({{"enum", std::move(names)}});
        break;
    }
    case FieldKind::section: out = entity(*field.inner); break;
    case FieldKind::table: out = {{"type", "object"}, {"additionalProperties", entity(*field.inner)}}; break;
    }
    out["description"] = description(field);
    return out;
}

Json entity(const Shape& shape) {
    Json properties{{"source", text("Source of every value of this heading that names none")}};
    for (const auto& field : shape.fields)
        properties[std::string(field.key)] = field_schema(field);
    return closed(std::move(properties));
}

Json list_of(const char* definition, const char* doc) {
    return {{"type", "array"}, {"items", ref(definition)}, {"description", doc}};
}
Json rows_of(const char* definition, const char* doc) {
    return {{"type", "object"}, {"additionalProperties", ref(definition)}, {"description", doc}};
}

} // namespace

std::string json_schema(const Shape& shape) {
    const Json years{{"type", "array"}, {"items", {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}}}};
    Json properties{
        {"schema", {{"const", "autarky/1"}, {"description", "Version of the format"}}},
        {"title", text("What the scenario is about")},
        {"note", text("Remark")},
        {"extends", text("Scenario file that this one builds on")},
        {"use",
         {{"type", "array"},
          {"items", {{"type", "string"}}},
          {"description",
           "Rows of the catalogue that take part: table.name, '*' for any text, '-' in front takes out"}}},
        {"source", rows_of("source", "Where numbers come from")},
        {"variant", rows_of("variant", "Named blocks of other values")},
        {"correlation", list_of("correlation", "Rank correlations between inputs")},
        {"claim", list_of("claim", "Statements to be judged")},
        {"observation", list_of("observation", "What was measured or reported")},
        {"price_index", closed({{"values", years}}, {"values"})},
        {"exchange_rate", {{"type", "object"}, {"additionalProperties", closed({{"values", years}}, {"values"})}}}};
    for (const auto& field : shape.fields)
        properties[std::string(field.key)] = field_schema(field);
    Json root{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "Autarky scenario"},
              {"description", "Made by `autarky schema` from the descriptions of the entities"}};
    const Json top = closed(std::move(properties));
    for (const auto& [key, value] : top.items())
        root[key] = value;
    root["definitions"] = definitions();
    return root.dump(1) + "\n";
}

std::string json_schema() { return json_schema(scenario_shape()); }

} // namespace autarky
