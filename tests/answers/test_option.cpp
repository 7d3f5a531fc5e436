// autarky: what the questions about options refuse, and what they tell to do about it.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "answers/questions.hpp"

namespace autarky::answers {
namespace {

Reply ask(const char* name, const std::string& request) {
    const auto* entry = find_question(name);
    REQUIRE(entry != nullptr);
    return entry->ask(*entry, Catalogue(), given_in_json(request), {});
}

/// "field: code: message (hint)" of the first finding.
std::string refusal(const char* name, const std::string& request) {
    try {
        (void)ask(name, request);
        return "answered";
    } catch (const InputError& error) {
        const auto& first = error.diagnostics.items().front();
        return with_field_names(first.field + ": " + first.code + ": " + first.message + " (" + first.hint + ")");
    }
}

bool tells(const std::string& text, const char* what) { return text.find(what) != std::string::npos; }

} // namespace

TEST_CASE("an order below zero is refused, and the deviation that is told would do") {
    const auto request = [](const char* sd) {
        return R"({"mean": 100, "price": 10, "cost": 9, "sd": )" + std::string(sd) + "}";
    };
    CHECK(
        refusal("newsvendor", request("200")) ==
        "sd: E0504: the best order would be -156.3 pieces: the demand's deviation of 200 is too large for its mean of "
        "100 (below 78 at this price and cost)");
    CHECK(refusal("newsvendor", request("77.99")) == "answered");
    CHECK(tells(refusal("newsvendor", R"({"mean": 0, "sd": 1, "price": 10, "cost": 9})"), "a mean above 0"));
}

TEST_CASE("demands below zero are told where there are some") {
    const auto text = [](const char* sd) {
        return ask("newsvendor", R"({"mean": 300, "price": 10, "cost": 5, "sd": )" + std::string(sd) + "}").text({});
    };
    CHECK_FALSE(tells(text("99.9"), "below zero"));
    CHECK(tells(text("100.1"), "below zero"));
    CHECK(tells(text("300"), "16 % of the demands")); // Phi(-1)
}

TEST_CASE("probabilities of six digits add up to one, and what is no number gets a hint of its own") {
    CHECK(refusal("payoff", R"({"row": ["1,2,3"], "p": "0.333333,0.333333,0.333333"})") == "answered");
    CHECK(refusal("payoff", R"({"row": ["1,2"], "p": "0.333333,0.666666"})") == "answered");
    CHECK(refusal("payoff",
                  R"({"row": ["1,2,3,4,5,6"], "p": "0.166667,0.166667,0.166667,0.166667,0.166667,0.166667"})") ==
          "answered");
    CHECK(tells(refusal("payoff", R"({"row": ["1,2,3"], "p": "0.33333,0.33333,0.33333"})"), "add up to 0.99999 "));
    CHECK(tells(refusal("payoff", R"({"row": ["1,2,3"], "p": "0.333335,0.333335,0.333335"})"), "add up to 1.000005 "));
    for (const char* row : {"1,x,3", "1,,3", "1,4 to 6,3", "1,5 kg", "1,pert(1, 2, 3)"}) {
        CAPTURE(row);
        const auto found = refusal("payoff", R"({"row": [")" + std::string(row) + R"("]})");
        CHECK(found.starts_with("row: E0"));
        CHECK(tells(found, "(numbers with commas between them, such as 120,60,-40)"));
        CHECK_FALSE(tells(found, "pert(3"));
    }
    CHECK(tells(refusal("payoff", R"({"row": ["1,2"], "p": "a,0.5"})"), "such as 0.3,0.5,0.2)"));
    CHECK(tells(refusal("payoff", R"({"row": ["1,2", "1,2,3"]})"), "'1,2,3' has 3 payoffs, the first row 2"));
    CHECK(refusal("payoff", R"({"row": []})").starts_with("row: E0"));
}

TEST_CASE("a lattice that no number of steps mends blames the volatility, and the one that is told would do") {
    const auto request = [](const std::string& sigma, const char* n) {
        return R"({"S": 1, "K": 1, "r": 0.5, "T": 1.5, "sigma": )" + sigma + R"(, "n": )" + n + "}";
    };
    const auto found = refusal("crr", request("0.001", "200")); // 0.5 sqrt(1.5 / 10000) = 0.0061237
    CHECK(found.starts_with("sigma: E0504"));
    CHECK(tells(found, "(above 0.00613 for these rates and this time, or a shorter T)"));
    CHECK(refusal("crr", request("0.00613", "10000")) == "answered");
    CHECK(refusal("crr", request("0.0062", "200")).starts_with("n: E0504"));
    CHECK(tells(refusal("crr", R"({"S": 1, "K": 1, "r": 0.05, "T": 100, "sigma": 10, "n": 10000})"), "fewer steps"));
}

TEST_CASE("a trigger that is no double is blamed on the payout, and told what helps there") {
    const auto request = [](const char* delta) {
        return R"({"r": 0.04, "sigma": 0.2, "investment": 1e30, "value": 1, "delta": )" + std::string(delta) + "}";
    };
    CHECK(refusal("mcdonald-siegel", request("1e-18")) == "answered");
    const auto found = refusal("mcdonald-siegel", request("1e-300"));
    CHECK(found.starts_with("delta: E0402"));
    CHECK(tells(found, "larger payout"));
}

} // namespace autarky::answers
