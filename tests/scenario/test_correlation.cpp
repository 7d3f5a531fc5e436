// autarky: correlations: groups, factors, and what cannot be.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "mini.hpp"
#include "scenario/correlation.hpp"

using namespace autarky;
using test::read_text;

namespace {

std::string document(const std::string& correlations) {
    std::string text =
        "horizon.start = \"2026Q1\"\n[source.s]\ntitle = \"S\"\ngrade = \"assumption\"\n"; // lines 1 to 4
    for (const auto* name : {"a", "b", "c", "d"})                                          // 5 to 16
        text += std::string("[process.") + name + "]\nsource = \"s\"\nprice = \"1 to 2 USD/wafer\"\n";
    return text + correlations; // from 17
}
std::string pair(const std::string& a, const std::string& b, const std::string& rho) {
    return "[[correlation]]\nbetween = [\"process." + a + ".price\", \"process." + b + ".price\"]\nrho = " + rho + "\n";
}

/// Correlation of members i and j of a group.
double correlation(const CorrelationGroup& group, std::size_t i, std::size_t j) {
    const std::size_t n = group.streams.size();
    double sum = 0.0;
    for (std::size_t k = 0; k < n; ++k)
        sum += group.factor[i * n + k] * group.factor[j * n + k];
    return sum;
}
std::string member(const test::Reading& r, std::size_t group, std::size_t i) {
    return r.tables.inputs.streams[static_cast<std::size_t>(r.tables.inputs.groups[group].streams[i])];
}

} // namespace

TEST_CASE("a rank correlation becomes that of the normal scores") {
    CHECK(scenario::normal_score_correlation(0.7) == doctest::Approx(0.7167358990906).epsilon(1e-12));
    CHECK(scenario::normal_score_correlation(0.482583739530998) == doctest::Approx(0.5).epsilon(1e-12));
    CHECK(scenario::normal_score_correlation(0.0) == 0.0);
    CHECK(scenario::normal_score_correlation(-1.0) == doctest::Approx(-1.0).epsilon(1e-15));
}

TEST_CASE("pairs that share an input are one group, in the order of the file") {
    const auto r = read_text(document(pair("c", "d", "0.5") + pair("b", "a", "0.3") + pair("a", "d", "-0.2")));
    REQUIRE_MESSAGE(r.ok, r.findings);
    REQUIRE(r.tables.inputs.groups.size() == 1);
    const auto& group = r.tables.inputs.groups[0];
    CHECK(member(r, 0, 0) == "process.c.price");
    CHECK(member(r, 0, 1) == "process.d.price");
    CHECK(member(r, 0, 2) == "process.b.price");
    CHECK(member(r, 0, 3) == "process.a.price");
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(correlation(group, i, i) == doctest::Approx(1.0).epsilon(1e-12));
    CHECK(correlation(group, 0, 1) == doctest::Approx(scenario::normal_score_correlation(0.5)).epsilon(1e-12));
    CHECK(correlation(group, 2, 3) == doctest::Approx(scenario::normal_score_correlation(0.3)).epsilon(1e-12));
    CHECK(correlation(group, 3, 1) == doctest::Approx(scenario::normal_score_correlation(-0.2)).epsilon(1e-12));
    CHECK(group.factor[1] == 0.0); // lower triangular
}

TEST_CASE("pairs that share nothing are groups of their own") {
    const auto r = read_text(document(pair("a", "b", "0.5") + pair("c", "d", "0.5")));
    CHECK(r.tables.inputs.groups.size() == 2);
}

TEST_CASE("a pair that is not given follows from those that are") {
    // a - b - c: without a statement about a and c their correlation is the product along the chain.
    const auto r = read_text(document(pair("a", "b", "0.8") + pair("b", "c", "0.8")));
    REQUIRE_MESSAGE(r.ok, r.findings);
    const double step = scenario::normal_score_correlation(0.8);
    CHECK(correlation(r.tables.inputs.groups[0], 0, 2) == doctest::Approx(step * step).epsilon(1e-9));
}

TEST_CASE("a ring is completed with the largest determinant") {
    // For the ring a-b-c-d-a with r on every side the missing diagonals x solve x = 2 r^2 / (1 + x).
    const auto r = read_text(
        document(pair("a", "b", "0.6") + pair("b", "c", "0.6") + pair("c", "d", "0.6") + pair("d", "a", "0.6")));
    REQUIRE_MESSAGE(r.ok, r.findings);
    const double side = scenario::normal_score_correlation(0.6);
    const double diagonal = 0.5 * (std::sqrt(1.0 + 8.0 * side * side) - 1.0);
    CHECK(correlation(r.tables.inputs.groups[0], 0, 2) == doctest::Approx(diagonal).epsilon(1e-8));
    CHECK(correlation(r.tables.inputs.groups[0], 1, 3) == doctest::Approx(diagonal).epsilon(1e-8));
}

TEST_CASE("a list of more than two correlates every pair") {
    const auto r = read_text(document(
        "[[correlation]]\nbetween = [\"process.a.price\", \"process.b.price\", \"process.c.price\"]\nrho = 0.4\n"));
    REQUIRE(r.tables.inputs.groups.size() == 1);
    CHECK(correlation(r.tables.inputs.groups[0], 0, 2) ==
          doctest::Approx(scenario::normal_score_correlation(0.4)).epsilon(1e-12));
}

TEST_CASE("correlations that contradict each other name the entry and the nearest feasible value") {
    const auto r = read_text(document(pair("a", "b", "0.9") + pair("b", "c", "0.9") + pair("a", "c", "-0.5")));
    CHECK(r.findings == "t.toml:25:7: error[E0213]: correlation: process.a.price and process.c.price cannot be -0.5 "
                        "given the correlations before it\n"
                        "   25 | rho = -0.5\n"
                        "      |       ^~~~\n"
                        "      = the nearest feasible value is 0.64\n");
    // The bound is r^2 - (1 - r^2) in normal scores, 0.631 in ranks.
    CHECK(read_text(document(pair("a", "b", "0.9") + pair("b", "c", "0.9") + pair("a", "c", "0.64"))).ok);
    CHECK(!read_text(document(pair("a", "b", "0.9") + pair("b", "c", "0.9") + pair("a", "c", "0.63"))).ok);
}

TEST_CASE("of several contradictions the first is named") {
    const auto r = read_text(document(pair("a", "b", "0.5") + pair("c", "d", "-0.9") + pair("b", "c", "-0.9") +
                                      pair("b", "d", "-0.9") + pair("a", "d", "-0.9")));
    CHECK(r.findings == "t.toml:28:7: error[E0213]: correlation: process.b.price and process.d.price cannot be -0.9 "
                        "given the correlations before it\n"
                        "   28 | rho = -0.9\n"
                        "      |       ^~~~\n"
                        "      = the nearest feasible value is 0.64\n");
}

TEST_CASE("correlations of something that is no uncertain input are told") {
    const auto told = [](const std::string& text) { return read_text(document(text)).findings; };
    CHECK(told(pair("a", "e", "0.5")) ==
          "t.toml:18:31: error[E0304]: correlation: there is no input 'process.e.price'\n"
          "   18 | between = [\"process.a.price\", \"process.e.price\"]\n"
          "      |                               ^~~~~~~~~~~~~~~~~\n"
          "      = did you mean 'process.a.price'?\n");
    CHECK(told(pair("a", "b", "1.5")).find("t.toml:19:7: error[E0214]: correlation: rho 1.5 is not between -1 and 1") ==
          0);
    CHECK(told(pair("a", "a", "0.5")).find("process.a.price and process.a.price are one draw") != std::string::npos);
    CHECK(told(pair("a", "b", "0.5") + pair("b", "a", "0.4"))
              .find("process.b.price and process.a.price are correlated twice") != std::string::npos);
    CHECK(told("[[correlation]]\nbetween = [\"process.a.price\"]\nrho = 0.5\n")
              .find("correlation needs 'between', a list of two inputs or more") != std::string::npos);
    CHECK(told("[[correlation]]\nbetween = [\"process.a.price\", \"process.b.price\"]\n")
              .find("correlation needs 'rho'") != std::string::npos);
    CHECK(told("[[correlation]]\nbetwen = []\n").find("unknown key 'betwen' in correlation") != std::string::npos);
    CHECK(told("correlation = 5\n").find("unknown key") != std::string::npos); // it belongs to the row above
}

TEST_CASE("a correlation with a certain input is a warning") {
    const auto r = read_text(document(pair("a", "b", "0.5")), {"process.b.price=1 USD/wafer"});
    CHECK(r.ok);
    CHECK(
        r.findings ==
        "t.toml:18:31: warning[W0215]: correlation: 'process.b.price' is certain here, so it correlates with nothing\n"
        "   18 | between = [\"process.a.price\", \"process.b.price\"]\n"
        "      |                               ^~~~~~~~~~~~~~~~~\n");
    CHECK(r.tables.inputs.groups.empty());
}

TEST_CASE("an input of a list that is certain leaves the others correlated") {
    const auto r = read_text(document("[[correlation]]\nbetween = [\"process.a.price\", \"process.b.price\", "
                                      "\"process.c.price\"]\nrho = 0.5\n"),
                             {"process.b.price=1 USD/wafer"});
    CHECK(r.ok);
    CHECK(r.findings.find("W0215") != std::string::npos);
    REQUIRE(r.tables.inputs.groups.size() == 1);
    REQUIRE(r.tables.inputs.groups[0].streams.size() == 2);
    CHECK(member(r, 0, 0) == "process.a.price");
    CHECK(member(r, 0, 1) == "process.c.price");
    CHECK(correlation(r.tables.inputs.groups[0], 0, 1) ==
          doctest::Approx(scenario::normal_score_correlation(0.5)).epsilon(1e-12));
}

TEST_CASE("a correlation that lies on top of another one replaces it, as every other key does") {
    const std::string set =
        "correlation=[{between=[\"process.b.price\", \"process.a.price\"], rho=0.2}]"; // the order does not matter
    const auto r = read_text(document(pair("a", "b", "0.8")), {set});
    REQUIRE_MESSAGE(r.ok, r.findings);
    REQUIRE(r.tables.inputs.groups.size() == 1);
    CHECK(r.tables.inputs.groups[0].factor[2] ==
          doctest::Approx(scenario::normal_score_correlation(0.2)).epsilon(1e-12));
}
