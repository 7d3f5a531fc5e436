// autarky: JSON Schema, reference pages and codes, made from the descriptions.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "mini.hpp"
#include "scenario/codes.hpp"
#include "scenario/schema.hpp"

using namespace autarky;
using Json = nlohmann::json;

namespace {
const scenario::Shape& mini() { return scenario::shape_of<test::Mini<Uncertain>>(); }
} // namespace

TEST_CASE("the schema has every key of every entity, closed against others") {
    const auto schema = Json::parse(json_schema(mini()));
    CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
    CHECK(schema["additionalProperties"] == false);
    const auto& process = schema["properties"]["process"]["additionalProperties"];
    CHECK(process["additionalProperties"] == false);
    for (const auto* key :
         {"foundry", "kind", "mature", "price", "defects", "yield", "clustering", "shift", "masks", "source"})
        CHECK_MESSAGE(process["properties"].contains(key), key);
    CHECK(process["properties"]["price"]["description"] == "Price of a wafer [USD/wafer]");
    CHECK(process["properties"]["yield"]["description"] == "Yield [%]; default 90 %");
    CHECK(process["properties"]["kind"]["anyOf"][0]["enum"] == Json({"planar", "gate_all_around"}));
    CHECK(schema["properties"]["site"]["additionalProperties"]["properties"]["process"]["description"] ==
          "Process that runs there (name of a row of 'process')");
}

TEST_CASE("every reference inside the schema leads somewhere") {
    const auto schema = Json::parse(json_schema());
    std::size_t n_references = 0;
    const auto walk = [&](const auto& self, const Json& node) -> void {
        if (node.is_object() && node.contains("$ref")) {
            ++n_references;
            CHECK(schema.contains(Json::json_pointer(node["$ref"].get<std::string>().substr(1))));
        }
        for (const auto& child : node)
            if (child.is_structured()) self(self, child);
    };
    walk(walk, schema);
    CHECK(n_references > 100);
}

TEST_CASE("the reference pages name every table, key, unit and code") {
    const auto pages = reference_pages(mini());
    REQUIRE(pages.size() == 3);
    CHECK(pages[0].text.find("## `[process.<name>]`") != std::string::npos);
    CHECK(pages[0].text.find("| `price` | quantity in USD/wafer | > 0 | required | Price of a wafer. |") !=
          std::string::npos);
    CHECK(pages[0].text.find("| `backup` | name of a `process` |  | none | Another one. |") != std::string::npos);
    for (const auto& unit : unit_table)
        CHECK(pages[1].text.find("| `" + std::string(unit.name) + "` |") != std::string::npos);
    for (const auto& row : code_explanations())
        CHECK(pages[2].text.find("## " + std::string(row.code) + ":") != std::string::npos);
}

TEST_CASE("codes are explained once, in ascending order") {
    const auto rows = code_explanations();
    for (std::size_t i = 1; i < rows.size(); ++i)
        CHECK(rows[i - 1].code < rows[i].code);
    REQUIRE(explain_code("E0203") != nullptr);
    CHECK(explain_code("E0203")->title == "unknown unit");
    CHECK(explain_code("E9999") == nullptr);
}
