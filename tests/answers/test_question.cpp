// autarky: a question is filled from what a face was given, and every field that makes no sense is named.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "answers/question.hpp"

namespace autarky::answers {
namespace {

enum class Colour { red, green };
[[maybe_unused]] constexpr std::array<std::string_view, 2> choices(Type<Colour> /*type*/) { return {"red", "green"}; }

struct Small {
    std::string name;
    double width = 1.0, share = 0.0;
    std::optional<double> target;
    std::optional<std::string> solve;
    std::vector<int> nodes;
    std::uint64_t seed = 1;
    Colour colour = Colour::red;
    bool loud = false;
    std::optional<Stated> density;
};
constexpr auto describe(Type<Small> /*type*/) {
    using S = Small;
    return fields(asked("name", &S::name, "Name").positional("NAME").required(),
                  asked("width", &S::width, "mm"_u, "Width").from_to(0, 10),
                  asked("share", &S::share, "1"_u, "Share", Range::fraction),
                  asked("target", &S::target, "USD"_u, "Target").needs("solve"),
                  asked("solve", &S::solve, "What to solve for"), asked("nodes", &S::nodes, "1"_u, "Nodes"),
                  asked("seed", &S::seed, "1"_u, "Seed"), asked("colour", &S::colour, "Colour"),
                  asked("loud", &S::loud, "Loud"), asked("density", &S::density, "1/cm^2"_u, "Density"));
}

/// "field: code" of each finding.
std::string findings(std::string_view json) {
    try {
        (void)from_json<Small>(json);
        return {};
    } catch (const InputError& error) {
        std::string out;
        for (const auto& item : error.diagnostics.items())
            out += (out.empty() ? "" : " ") + item.field + ":" + item.code;
        return out;
    }
}

TEST_CASE("every kind of field is read, numbers with units too") {
    const auto q = from_json<Small>(
        R"({"name": "x\ty", "width": "0.5 cm", "share": "40 %", "nodes": [7, 5], "seed": 18446744073709551615, "colour": "green",
            "loud": true, "density": "0.08 to 0.3"})");
    CHECK(q.name == "x\ty");
    CHECK(q.width == doctest::Approx(5.0));
    CHECK(q.share == doctest::Approx(0.4));
    CHECK(q.nodes == std::vector<int>{7, 5});
    CHECK(q.seed == 18446744073709551615U);
    CHECK(q.colour == Colour::green);
    CHECK(q.loud);
    CHECK(q.density->text == "0.08 to 0.3");
}

TEST_CASE("each field that makes no sense has a finding of its own, in one go") {
    CHECK(findings(R"({"name": "x", "width": 11, "share": 1.5, "seed": -1, "colour": "blue", "loud": 1})") ==
          "width:E0504 share:E0504 seed:E0504 colour:E0504 loud:E0504");
    CHECK(findings(R"({"width": 1})") == "name:E0506");
    CHECK(findings(R"({"name": "x", "wdith": 1})") == "wdith:E0502");
    CHECK(findings(R"({"name": "x", "width": "5 kg"})") == "width:E0203");
    CHECK(findings(R"({"name": "x", "nodes": [1.5]})") == "nodes:E0504");
}

TEST_CASE("a field that changes nothing without another is refused") {
    CHECK(findings(R"({"name": "x", "target": 5})") == "target:E0506");
    CHECK(findings(R"({"name": "x", "target": 5, "solve": "d0"})").empty());
    Small question;
    question.name = "x";
    question.target = 5.0;
    Diagnostics found;
    check_question(question_shape<Small>(), &question, found);
    CHECK(found.items().size() == 1);
}

TEST_CASE("what is no JSON object, or has a key twice, is no request") {
    CHECK(findings("{") == ":E0507");
    CHECK(findings("[1]") == ":E0507");
    CHECK(findings(R"({"name": "x", "name": "y"})") == "name:E0504");
    CHECK(findings(R"({"name": {"a": 1}})") == "name:E0504");
}

TEST_CASE("the schema of a request has every field with its meaning, unit, choices and bounds") {
    const auto schema = nlohmann::json::parse(request_schema(question_shape<Small>(), "small", "A small question"));
    CHECK(schema["required"] == nlohmann::json{"name"});
    CHECK(schema["properties"]["width"]["maximum"] == 10.0);
    CHECK(schema["properties"]["width"]["unit"] == "mm");
    CHECK(schema["properties"]["colour"]["enum"] == nlohmann::json{"red", "green"});
    CHECK(schema["properties"]["nodes"]["items"]["type"] == "integer");
    for (const auto& [key, property] : schema["properties"].items())
        CHECK_MESSAGE(property.contains("description"), key);
}

} // namespace
} // namespace autarky::answers
