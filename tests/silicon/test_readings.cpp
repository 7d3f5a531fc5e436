// autarky: the unit cost of a die as a number, in lanes, and as a derivation with its gradient.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>

#include <doctest/doctest.h>

#include "core/quantities.hpp"
#include "silicon/cost.hpp"
#include "silicon/geometry.hpp"
#include "silicon/learning.hpp"
#include "silicon/yield.hpp"

using namespace autarky;
using namespace autarky::silicon;

namespace {

/// Cost of a good die from eight plain inputs, in USD.
template <class R> R unit_cost(const std::array<R, 8>& in) {
    const auto width = quantity<R>(in[0], "mm"_u);
    const auto height = quantity<R>(in[1], "mm"_u);
    const auto density = defect_density(quantity<R>(in[2], "1/cm^2"_u), quantity<R>(in[3], "1/cm^2"_u),
                                        quantity<R>(in[4], "1/year"_u), quantity<R>(in[5], "year"_u),
                                        quantity<R>(R(0.001), "1/kwafer"_u), quantity<R>(R(50'000.0), "wafer"_u));
    const auto gross = gross_dies_closed_form(width, height, quantity<R>(R(300.0), "mm"_u), quantity<R>(R(3.0), "mm"_u),
                                              quantity<R>(R(0.1), "mm"_u));
    const R yield = yield_negative_binomial(width * height, density, in[6]);
    return good_die_cost(quantity<R>(in[7], "USD/wafer"_u), gross, yield).in("USD/die"_u);
}

constexpr std::array<double, 8> base{26.0, 16.5, 0.5, 0.1, 0.9, 1.5, 3.0, 20'000.0};

} // namespace

TEST_CASE("lanes and number agree to the last bit") {
    std::array<Lanes, 8> inputs;
    std::array<std::array<double, 8>, 8> scalar{};
    for (std::size_t i = 0; i < 8; ++i) {
        std::array<double, 8> lane{};
        for (std::size_t k = 0; k < 8; ++k)
            lane[k] = scalar[k][i] = base[i] * (1.0 + 0.013 * static_cast<double>(k) * static_cast<double>(i + 1));
        inputs[i] = Lanes::load(lane.data());
    }
    const auto costs = unit_cost(inputs).array();
    for (std::size_t k = 0; k < 8; ++k)
        CHECK(costs[k] == unit_cost(scalar[k]));
}

TEST_CASE("the derivation gives the number, its named parts, and the gradient that differences give") {
    auto& tape = Tape::current();
    tape.clear();
    std::array<Traced, 8> inputs;
    for (std::size_t i = 0; i < 8; ++i)
        inputs[i] = Traced{base[i], tape.push_input(base[i], static_cast<std::int32_t>(i))};
    const Traced cost = unit_cost(inputs);
    CHECK(cost.value == unit_cost(base));

    std::vector<std::string> names;
    for (const auto& call : tape.calls())
        names.emplace_back(call.formula->id);
    CHECK(std::find(names.begin(), names.end(), "silicon.gross_dies") != names.end());
    CHECK(std::find(names.begin(), names.end(), "silicon.yield_negative_binomial") != names.end());
    CHECK(std::find(names.begin(), names.end(), "silicon.defect_density") != names.end());
    CHECK(std::find(names.begin(), names.end(), "silicon.good_die_cost") != names.end());

    const auto gradient = tape.gradient(cost.node, 8);
    for (std::size_t i = 0; i < 8; ++i) {
        auto up = base, down = base;
        const double step = 1e-5 * base[i];
        up[i] += step;
        down[i] -= step;
        // central differences: error of order step^2
        CHECK(gradient[i] == doctest::Approx((unit_cost(up) - unit_cost(down)) / (2.0 * step)).epsilon(1e-6));
    }
    tape.clear();
}
