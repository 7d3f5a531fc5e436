// autarky: boxes and trees against another implementation and where the answer is known.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <array>
#include <cmath>
#include <fstream>

#include "analysis/prim.hpp"

using namespace autarky::analysis;
using Json = nlohmann::json;

namespace {

double van_der_corput(std::size_t index, std::size_t base) {
    double out = 0.0, digit = 1.0;
    for (; index > 0; index /= base) {
        digit /= static_cast<double>(base);
        out += digit * static_cast<double>(index % base);
    }
    return out;
}

/// A thousand Halton points in four dimensions; cases have x1 < 0.4 and x2 > 0.55, "noisy" flips a band of x4.
Cases halton(bool is_noisy) {
    constexpr std::array<std::size_t, 4> bases{2, 3, 5, 7};
    Cases out{std::vector<std::vector<double>>(bases.size()), {}};
    for (std::size_t i = 1; i <= 1000; ++i) {
        for (std::size_t d = 0; d < bases.size(); ++d)
            out.x[d].push_back(van_der_corput(i, bases[d]));
        const bool is_case = out.x[0].back() < 0.4 && out.x[1].back() > 0.55;
        out.is_case.push_back(is_case != (is_noisy && out.x[3].back() > 0.10 && out.x[3].back() < 0.13));
    }
    return out;
}

} // namespace

TEST_CASE("the first peels and the box are those of EMA Workbench 2.5.3") {
    const auto cases = halton(false);
    CHECK(cases.cases() == 180);
    const auto boxes = prim(cases);
    constexpr std::array density{0.18, 0.18947368421052632, 0.19955654101995565, 0.2102803738317757,
                                 0.22140221402214022};
    constexpr std::array mass{1.0, 0.95, 0.902, 0.856, 0.813};
    REQUIRE(boxes.size() > density.size());
    for (std::size_t k = 0; k < density.size(); ++k) {
        CHECK(boxes[k].is.density == doctest::Approx(density[k]).epsilon(1e-12));
        CHECK(boxes[k].is.mass == doctest::Approx(mass[k]).epsilon(1e-12));
    }
    const auto& last = boxes.back();
    CHECK(last.is.density == 1.0);
    CHECK(last.limits[0].high == doctest::Approx(0.39208984375).epsilon(1e-12));
    CHECK(last.limits[1].low == doctest::Approx(0.5715592135345222).epsilon(1e-12));
    CHECK_FALSE(last.limits[2].is_restricted());
    CHECK_FALSE(last.limits[3].is_restricted());
    const std::string folder = AUTARKY_ORACLES_DIR;
    if (folder.empty()) return;
    std::ifstream file(folder + "/uq/prim.json");
    const auto oracle = Json::parse(file);
    for (const bool is_noisy : {false, true}) {
        const auto& rows = oracle[is_noisy ? "noisy" : "clean"]["traj"];
        const auto found = prim(halton(is_noisy));
        CAPTURE(is_noisy);
        REQUIRE(found.size() == rows.size());
        for (std::size_t k = 0; k < rows.size(); ++k) {
            CAPTURE(k);
            CHECK(found[k].is.coverage == doctest::Approx(rows[k][0].get<double>()).epsilon(1e-12));
            CHECK(found[k].is.density == doctest::Approx(rows[k][1].get<double>()).epsilon(1e-12));
            CHECK(found[k].is.mass == doctest::Approx(rows[k][2].get<double>()).epsilon(1e-12));
            CHECK(static_cast<double>(found[k].is.restricted) == rows[k][4].get<double>());
        }
    }
}

TEST_CASE("the best box finds the corner, its limits are no chance and others are taken away") {
    const auto cases = halton(false);
    auto box = best_box(prim(cases));
    CHECK(box.is.coverage * box.is.density > 0.9); // half-way limits cost at most a peel of 5 % of the box
    CHECK(quasi_p(box, 0, false, cases) < 1e-10);
    CHECK(quasi_p(box, 1, true, cases) < 1e-10);
    CHECK(quasi_p(box, 2, true, cases) == 1.0);
    box.limits[2].low = 0.05; // takes off 5 % of nothing in particular
    CHECK(quasi_p(box, 2, true, cases) > 0.05);
    const auto cleaned = without_chance(box, cases, 0.05);
    CHECK_FALSE(cleaned.limits[2].is_restricted());
    CHECK(cleaned.limits[0].is_restricted());
    CHECK(cleaned.is.mass > box.is.mass * 0.99);
    // By hand: 2 of 2 points in the box, half of all four without its limit: 0.5^2.
    const Cases four{{{1.0, 2.0, 3.0, 4.0}}, {false, false, true, true}};
    CHECK(quasi_p(Box{{{2.5}}, {}}, 0, true, four) == doctest::Approx(0.25));
}

TEST_CASE("where nothing or everything is a case there is nothing to peel") {
    for (const bool all : {false, true}) {
        auto cases = halton(false);
        cases.is_case.assign(cases.points(), all);
        const auto boxes = prim(cases);
        CHECK(boxes.size() == 1);
        CHECK(boxes.front().is.density == (all ? 1.0 : 0.0));
        CHECK(tree(cases, 3, 0.05).size() == 1);
    }
}

TEST_CASE("a tree parts the same corner off, and its leaves are all points") {
    const auto leaves = tree(halton(false), 3, 0.05);
    REQUIRE(leaves.size() >= 3);
    CHECK(leaves.front().is.density > 0.9);
    CHECK(leaves.front().is.coverage > 0.95);
    double mass = 0.0, coverage = 0.0;
    for (const auto& leaf : leaves) {
        mass += leaf.is.mass;
        coverage += leaf.is.coverage;
        CHECK(leaf.is.mass >= 0.05);
    }
    CHECK(mass == doctest::Approx(1.0));
    CHECK(coverage == doctest::Approx(1.0));
}
