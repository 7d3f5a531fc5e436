// autarky: tests of harvesting and bins.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/harvest.hpp"

#include <array>
#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "silicon/yield.hpp"

using namespace autarky;
using namespace autarky::silicon;

namespace {

Area<double> mm2(double x) { return quantity(x, "mm^2"_u); }
DefectDensity<double> per_cm2(double x) { return quantity(x, "1/cm^2"_u); }

struct Die {
    double area, uncore_share;
    int units;
    [[nodiscard]] Area<double> uncore() const { return mm2(area * uncore_share); }
    [[nodiscard]] Area<double> unit() const { return mm2(area * (1.0 - uncore_share) / units); }
};

double harvested(const Die& die, int spares, double density, double alpha) {
    return yield_harvested(die.uncore(), die.unit(), per_cm2(density), alpha, OccupancyTable(die.units, 0, spares));
}
double harvested_poisson(const Die& die, int spares, double density) {
    return yield_harvested_poisson(die.uncore(), die.unit(), per_cm2(density), OccupancyTable(die.units, 0, spares));
}

constexpr Die h100{814.0, 0.40, 144}; // ships with 132 of 144 units
constexpr Die a100{826.0, 0.40, 128}; // ships with 108 of 128
constexpr Die half{429.0, 0.45, 16};

} // namespace

TEST_CASE("two units, one spare: what pencil and paper give") {
    // independent defects, 50 mm^2 a unit, no uncore, density 1: p = exp(-0.5); ship if at least one is good
    const double p = std::exp(-0.5);
    CHECK(harvested_poisson({100.0, 0.0, 2}, 1, 1.0) == doctest::Approx(1.0 - (1.0 - p) * (1.0 - p)).epsilon(1e-12));
    // clustered: 1 - 2 (1 + .5/a)^-a + (1 + 1/a)^-a bad for both
    const double a = 2.0;
    const double both_bad = 1.0 - 2.0 * std::pow(1.0 + 0.5 / a, -a) + std::pow(1.0 + 1.0 / a, -a);
    CHECK(harvested({100.0, 0.0, 2}, 1, 1.0, a) == doctest::Approx(1.0 - both_bad).epsilon(1e-12));
}

TEST_CASE("harvested yields agree with an exact sum in 120 digits") {
    // alternating sum over gamma-mixed binomials, mpmath with 120 digits
    struct Row {
        Die die;
        int spares;
        double density;
        std::array<double, 4> at_2_3_10_half;
    };
    const std::array rows{Row{h100, 12, .10, {.739588165828766, .734097473874553, .725850247969341, .778215739517228}},
                          Row{a100, 20, .09, {.757882503399506, .753120845323930, .746003798411163, .791877091951897}},
                          Row{half, 1, .20, {.653960435046963, .645404603198504, .632729692653606, .713962223410211}},
                          Row{half, 1, .40, {.440396759218685, .415918687678191, .375198151498458, .578225801943587}},
                          Row{half, 2, .40, {.496449265839024, .477703741386660, .448176047127780, .610648768120825}},
                          Row{half, 0, .20, {.489706132247100, .470194012243258, .439037510207942, .606785392472833}}};
    for (const auto& row : rows) {
        CAPTURE(row.die.area);
        const std::array<double, 4> alphas{2.0, 3.0, 10.0, 0.5};
        for (std::size_t i = 0; i < alphas.size(); ++i)
            CHECK(harvested(row.die, row.spares, row.density, alphas[i]) ==
                  doctest::Approx(row.at_2_3_10_half[i]).epsilon(1e-12));
    }
    CHECK(harvested_poisson(h100, 12, 0.10) == doctest::Approx(0.722094).epsilon(0.6e-6));
    CHECK(harvested_poisson(a100, 20, 0.09) == doctest::Approx(0.742777).epsilon(0.6e-6));
    CHECK(harvested_poisson(half, 1, 0.20) == doctest::Approx(0.627079).epsilon(0.6e-6));
    CHECK(harvested_poisson(half, 2, 0.40) == doctest::Approx(0.434220).epsilon(0.6e-6));
}

TEST_CASE("harvest with no spares equals the plain model") {
    for (const Die& die : {h100, a100, half, Die{100.0, 0.0, 1}, Die{50.0, 0.9, 64}}) {
        for (const double density : {0.0, 0.05, 0.3, 2.0}) {
            for (const double alpha : {0.5, 1.0, 3.0, 20.0})
                CHECK(harvested(die, 0, density, alpha) ==
                      doctest::Approx(yield_negative_binomial(mm2(die.area), per_cm2(density), alpha)).epsilon(1e-12));
            CHECK(harvested_poisson(die, 0, density) ==
                  doctest::Approx(yield_poisson(mm2(die.area), per_cm2(density))).epsilon(1e-12));
        }
    }
}

TEST_CASE("when every unit may be bad only the uncore area must be clean") {
    for (const Die& die : {h100, half, Die{100.0, 0.2, 1}, Die{400.0, 0.0, 4}}) {
        CHECK(harvested(die, die.units, 0.5, 3.0) ==
              doctest::Approx(yield_negative_binomial(die.uncore(), per_cm2(0.5), 3.0)).epsilon(1e-12));
        CHECK(harvested_poisson(die, die.units, 0.5) ==
              doctest::Approx(yield_poisson(die.uncore(), per_cm2(0.5))).epsilon(1e-12));
    }
}

TEST_CASE("every further spare helps, every defect hurts, and the result is a probability") {
    for (const double density : {0.05, 0.2, 1.0}) {
        for (int spares = 0; spares < 16; ++spares) {
            const double here = harvested(half, spares, density, 3.0);
            CHECK(here > 0.0);
            CHECK(here < 1.0);
            // far beyond the likely number of faults a further spare gains less than the last digit
            CHECK(harvested(half, spares + 1, density, 3.0) > here * (spares < 4 ? 1.0 : 1.0 - 1e-14));
            CHECK(harvested(half, spares, density * 1.2, 3.0) < here);
        }
    }
}

TEST_CASE("144 and 1024 units stay stable over five decades of density and clustering") {
    for (const int units : {144, 1024}) {
        const Die die{814.0, 0.4, units};
        for (double density = 1e-3; density < 50.0; density *= 3.0) {
            for (double alpha = 0.1; alpha < 1e4; alpha *= 5.0) {
                double before = 0.0;
                for (const int spares : {0, 1, 12, 72, units - 1, units}) {
                    const double here = harvested(die, spares, density, alpha);
                    CHECK(std::isfinite(here));
                    CHECK(here >= before * (1.0 - 1e-12));
                    CHECK(here <= 1.0);
                    before = here;
                }
            }
        }
    }
}

TEST_CASE("bins share out the harvested dies, and cost by value gives every bin the same margin") {
    const std::array<Bin<double>, 3> bins{Bin<double>{0, quantity(900.0, "USD/die"_u)},
                                          Bin<double>{4, quantity(700.0, "USD/die"_u)},
                                          Bin<double>{12, quantity(400.0, "USD/die"_u)}};
    const auto shares = bin_shares<double>(h100.uncore(), h100.unit(), h100.units, per_cm2(0.1), 3.0, bins);
    CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) ==
          doctest::Approx(harvested(h100, 12, 0.1, 3.0)).epsilon(1e-12));
    CHECK(shares[0] == doctest::Approx(yield_negative_binomial(mm2(814.0), per_cm2(0.1), 3.0)).epsilon(1e-12));

    const auto gross = quantity(66.0, "die/wafer"_u);
    const auto price = quantity(17000.0, "USD/wafer"_u);
    const auto value = wafer_value<double>(gross, shares, bins);
    double carried = 0.0;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const auto cost = bin_cost(price, bins[i].price, value);
        carried += cost.raw() * shares[i] * 66.0;
        CHECK(cost / bins[i].price == doctest::Approx(price / value).epsilon(1e-12));
    }
    CHECK(carried == doctest::Approx(17000.0).epsilon(1e-12));
}

TEST_CASE("a bin of many bad units is not lost because few faults cannot fill it") {
    // 100 to 144 of 144 units bad takes far more than 100 faults
    const double many = yield_harvested(mm2(0.0), mm2(1.0), per_cm2(300.0), 5.0, OccupancyTable(144, 100, 144));
    const double few = yield_harvested(mm2(0.0), mm2(1.0), per_cm2(300.0), 5.0, OccupancyTable(144, 0, 99));
    CHECK(many > 0.5);
    CHECK(many + few == doctest::Approx(1.0).epsilon(1e-12));
}

TEST_CASE("lanes and number agree on harvesting to the last bit, and the derivation has the right slope") {
    std::array<double, 8> densities{};
    for (std::size_t i = 0; i < 8; ++i)
        densities[i] = 0.0003 + 0.0004 * static_cast<double>(i);
    const OccupancyTable table(144, 0, 12);
    const auto lanes = yield_harvested(Area<Lanes>(Lanes(325.6)), Area<Lanes>(Lanes(3.39)),
                                       DefectDensity<Lanes>(Lanes::load(densities.data())), Lanes(3.0), table)
                           .array();
    for (std::size_t i = 0; i < 8; ++i)
        CHECK(lanes[i] == yield_harvested(mm2(325.6), mm2(3.39), DefectDensity<double>(densities[i]), 3.0, table));

    auto& tape = Tape::current();
    tape.clear();
    const Traced density{0.001, tape.push_input(0.001, 0)};
    const Traced yield = yield_harvested(Area<Traced>(Traced(325.6)), Area<Traced>(Traced(3.39)),
                                         DefectDensity<Traced>(density), Traced(3.0), table);
    const auto at = [&](double d) {
        return yield_harvested(mm2(325.6), mm2(3.39), DefectDensity<double>(d), 3.0, table);
    };
    // central difference, error of order step^2
    CHECK(tape.gradient(yield.node, 1)[0] == doctest::Approx((at(0.001001) - at(0.000999)) / 2e-6).epsilon(1e-6));
    tape.clear();
}
