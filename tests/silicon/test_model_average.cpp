// autarky: tests of the yield models side by side.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/model_average.hpp"

#include <algorithm>
#include <array>

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::silicon;

TEST_CASE("all models side by side, Poisson lowest, and an average between") {
    const auto area = quantity(400.0, "mm^2"_u);
    const auto density = quantity(0.4, "1/cm^2"_u);
    const auto yields = yields_of_all_models(area, density, 3.0, 10.0);
    CHECK(yields[0] == doctest::Approx(0.201897).epsilon(0.6e-6 / 0.2));
    CHECK(yields[1] == doctest::Approx(0.248816).epsilon(0.6e-6 / 0.2));
    CHECK(yields[2] == doctest::Approx(0.384615).epsilon(0.6e-6 / 0.3));
    CHECK(yields[6] == doctest::Approx(0.277390).epsilon(0.6e-6 / 0.2));
    // Bose-Einstein on an evenly spread density is the negative binomial with clustering n
    CHECK(yields[5] == doctest::Approx(0.226684).epsilon(0.6e-6 / 0.2));
    CHECK(*std::min_element(yields.begin(), yields.end()) == yields[0]);

    const std::array<double, n_yield_models> weights{1, 1, 0, 0, 0, 0, 2};
    const double expected = (yields[0] + yields[1] + 2.0 * yields[6]) / 4.0;
    CHECK(averaged_yield<double>(yields, weights) == doctest::Approx(expected).epsilon(1e-15));
}

TEST_CASE("the share of the model is all of the spread, none of it, or what pencil and paper give") {
    const std::array<double, 2> even{1.0, 1.0};
    CHECK(model_choice(std::array{1.0, 1.0, 3.0, 3.0}, even, 2).share_of_model == doctest::Approx(1.0));
    CHECK(model_choice(std::array{1.0, 3.0, 1.0, 3.0}, even, 2).share_of_model == doctest::Approx(0.0));
    // means 2 and 3 around 2.5: between 0.25; draws 1 3 2 4: variance 1.25
    const ModelChoice mixed = model_choice(std::array{1.0, 3.0, 2.0, 4.0}, even, 2);
    CHECK(mixed.mean == doctest::Approx(2.5));
    CHECK(mixed.variance == doctest::Approx(1.25));
    CHECK(mixed.share_of_model == doctest::Approx(0.2));
    CHECK(model_choice(std::array{2.0, 2.0}, even, 1).share_of_model == 0.0);
}
