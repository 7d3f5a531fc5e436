// autarky: several designs in one reticle.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/reticle.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

using namespace autarky::silicon;

namespace {

constexpr double street = 0.1;

bool apart(const ReticlePlace& a, const ReticlePlace& b) {
    constexpr double slack = 1e-9;
    return a.x_mm + a.width_mm + street <= b.x_mm + slack || b.x_mm + b.width_mm + street <= a.x_mm + slack ||
           a.y_mm + a.height_mm + street <= b.y_mm + slack || b.y_mm + b.height_mm + street <= a.y_mm + slack;
}

const std::vector<ReticleDesign> three{{"a", 8.0, 6.0, 2}, {"b", 10.0, 5.0, 1}, {"c", 4.0, 4.0, 3}};

} // namespace

TEST_CASE("every die lies once, in the field and a street apart from every other") {
    const auto layout = lay_out_reticle(three, full_field, street);
    REQUIRE(layout.places.size() == 6);
    CHECK(std::min(layout.width_mm, layout.height_mm) <= 26.0);
    CHECK(std::max(layout.width_mm, layout.height_mm) <= 33.0);
    std::vector<int> copies(3, 0);
    for (std::size_t i = 0; i < layout.places.size(); ++i) {
        const auto& p = layout.places[i];
        ++copies[p.design];
        const auto& d = three[p.design];
        CHECK(p.width_mm * p.height_mm == d.width_mm * d.height_mm);
        CHECK(p.x_mm + p.width_mm <= layout.width_mm + 1e-9);
        CHECK(p.y_mm + p.height_mm <= layout.height_mm + 1e-9);
        for (std::size_t k = 0; k < i; ++k)
            CHECK(apart(p, layout.places[k]));
    }
    CHECK(copies == std::vector<int>{2, 1, 3});
}

TEST_CASE("one design in a grid counts as it does without a reticle") {
    // six of 10 x 10 make a field of two by three: its pitch is a multiple of the die's, so its grid is one of dies
    const auto layout = lay_out_reticle({{"d", 10.0, 10.0, 6}}, full_field, street);
    const WaferShape wafer;
    const int dies = dies_of_each(layout, 1, wafer, street)[0];
    const int most = optimised_packing({10.0, 10.0, street}, wafer).dies;
    CHECK(dies <= most);
    CHECK(dies >= most - 4); // the raster stops within a twelfth of a die of the best place
}

TEST_CASE("designs are counted in the order of the question, whatever that is") {
    const WaferShape wafer;
    const auto counts = dies_of_each(lay_out_reticle(three, full_field, street), 3, wafer, street);
    auto turned = three;
    std::ranges::reverse(turned);
    auto again = dies_of_each(lay_out_reticle(turned, full_field, street), 3, wafer, street);
    std::ranges::reverse(again);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(std::abs(counts[i] - again[i]) <=
              counts[i] / 10); // dies of one height may change places in their shelves
    CHECK(counts[0] > counts[1]);
    CHECK(counts[2] > counts[0]);
    // a smaller wafer, or one with a wider rim, never has more area of whole dies
    const auto area = [](const std::vector<int>& n) { return 48.0 * n[0] + 50.0 * n[1] + 16.0 * n[2]; };
    const auto layout = lay_out_reticle(three, full_field, street);
    CHECK(area(dies_of_each(layout, 3, {300.0, 10.0, 0.0}, street)) <= area(counts));
    CHECK(area(dies_of_each(layout, 3, {200.0, 3.0, 0.0}, street)) < 0.5 * area(counts));
    CHECK(area(dies_of_each(layout, 3, {300.0, 3.0, 20.0}, street)) < area(counts));
}

TEST_CASE("what does not fit has no layout") {
    CHECK(lay_out_reticle({{"d", 27.0, 34.0, 1}}, full_field, street).places.empty());
    CHECK(lay_out_reticle({{"d", 20.0, 20.0, 2}}, full_field, street).places.empty());
    CHECK(lay_out_reticle({{"d", 26.0, 16.5, 2}}, full_field, 0.0).places.size() == 2);
    CHECK(lay_out_reticle({{"d", 16.5, 26.0, 2}}, full_field, 0.0).places.size() == 2); // turned
    CHECK(lay_out_reticle({{"d", 26.0, 16.5, 2}}, full_field, street).places.empty());
}
