// autarky: JSON of described values: strict, escaped, read back as it was; and its schema.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "show/json.hpp"
#include "show/schema.hpp"

namespace autarky::show {
namespace {

using Json = nlohmann::ordered_json;

struct Leaf {
    std::string name;
    double value = 0.0;
};
constexpr auto describe(Type<Leaf> /*type*/) {
    return fields(item("name", &Leaf::name, "Name"), item("value", &Leaf::value, "mm"_u, "Value").null_if("unknown"));
}

struct Tree {
    Leaf leaf;
    std::optional<double> maybe;
    std::vector<double> numbers;
    std::vector<Leaf> leaves;
    std::map<std::string, int> counts;
    std::vector<Tree> parts;
    std::vector<std::pair<std::string, double>> others;
};
constexpr auto describe(Type<Tree> /*type*/) {
    return fields(item("leaf", &Tree::leaf, "A leaf"),
                  item("maybe", &Tree::maybe, "1"_u, "Perhaps").null_if("nobody knows"),
                  item("numbers", &Tree::numbers, "1"_u, "Numbers").null_if("some are unknown"),
                  item("leaves", &Tree::leaves, "Leaves"), item("counts", &Tree::counts, "1"_u, "Counts"),
                  item("parts", &Tree::parts, "Parts").absent_if("there are none"),
                  item("others", &Tree::others, "1"_u, "Others").beside());
}

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

Tree example() {
    Tree tree{{"a", 1.0},      {}, {0.1 + 0.2, nan, infinity, 1e300, -5e-324}, {{"b", nan}}, {{"x", 1}}, {},
              {{"extra", 2.5}}};
    tree.parts.push_back(tree);
    return tree;
}

TEST_CASE("numbers read back to the same double; what is not finite is null") {
    const auto json = Json::parse(json_text(example(), "autarky.tree/1"));
    CHECK(json["schema"] == "autarky.tree/1");
    CHECK(json["numbers"][0].get<double>() == 0.1 + 0.2);
    CHECK(json["numbers"][1].is_null());
    CHECK(json["numbers"][2].is_null());
    CHECK(json["numbers"][3].get<double>() == 1e300);
    CHECK(json["numbers"][4].get<double>() == -5e-324);
    CHECK(json["leaf"]["value"].is_number_float()); // 1.0 keeps its fraction
    CHECK(json["maybe"].is_null());
    CHECK(json["extra"] == 2.5);
    CHECK_FALSE(json["parts"][0].contains("parts"));
}

TEST_CASE("texts come out escaped, and bytes that are no UTF-8 replaced") {
    const auto round = [](const std::string& text) { return Json::parse(json_quoted(text)).get<std::string>(); };
    for (const std::string text : {"tab\tand \"quotes\" \\ back", "new\nline\r", "\x01\x1f\x7f", "</script>", "é漢😀"})
        CHECK(round(text) == text);
    CHECK(round("bad \xff byte") == "bad \xef\xbf\xbd byte");
    CHECK(round("cut \xe6\xbc") == "cut \xef\xbf\xbd\xef\xbf\xbd");
    CHECK(round("surrogate \xed\xa0\x80") == "surrogate \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    CHECK(round("overlong \xc0\xaf") == "overlong \xef\xbf\xbd\xef\xbf\xbd");
    for (const char c : json_quoted(std::string("\x01\x1f\x7f\n", 4)))
        CHECK(static_cast<unsigned char>(c) >= 0x20U);
}

TEST_CASE("a schema has every key with its meaning and unit, and says why a value may be null") {
    const auto schema = Json::parse(json_schema(record_shape<Tree>(), "autarky.tree/1", "A tree"));
    CHECK(schema["title"] == "autarky.tree/1");
    CHECK(schema["properties"]["schema"]["const"] == "autarky.tree/1");
    CHECK(schema["properties"]["maybe"]["type"] == Json{"number", "null"});
    CHECK(schema["properties"]["maybe"]["description"] == "Perhaps (null: nobody knows)");
    CHECK(schema["properties"]["numbers"]["items"]["type"] == Json{"number", "null"});
    CHECK(schema["additionalProperties"]["type"] == "number");
    CHECK(schema["$defs"].size() == 2); // a leaf; the tree, which holds itself
    CHECK(schema["$defs"]["record0"]["properties"]["value"]["unit"] == "mm");
    const auto& required = schema["required"];
    CHECK(std::find(required.begin(), required.end(), "leaf") != required.end());
    CHECK(std::find(required.begin(), required.end(), "parts") == required.end());
}

} // namespace
} // namespace autarky::show
