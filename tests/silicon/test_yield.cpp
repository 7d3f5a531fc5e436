// autarky: tests of the yield models and their inverses.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/yield.hpp"

#include <array>
#include <cmath>
#include <functional>

#include <doctest/doctest.h>

using namespace autarky;
using namespace autarky::silicon;

namespace {

Area<double> mm2(double x) { return quantity(x, "mm^2"_u); }
DefectDensity<double> per_cm2(double x) { return quantity(x, "1/cm^2"_u); }

using Model = std::function<double(double, double)>;
const std::array<std::pair<const char*, Model>, 8> models{{
    {"poisson", [](double a, double d) { return yield_poisson(mm2(a), per_cm2(d)); }},
    {"murphy", [](double a, double d) { return yield_murphy(mm2(a), per_cm2(d)); }},
    {"rectangular", [](double a, double d) { return yield_rectangular(mm2(a), per_cm2(d)); }},
    {"moore", [](double a, double d) { return yield_moore(mm2(a), per_cm2(d)); }},
    {"seeds", [](double a, double d) { return yield_seeds(mm2(a), per_cm2(d)); }},
    {"bose-einstein", [](double a, double d) { return yield_bose_einstein(mm2(a), per_cm2(d), 10.0); }},
    {"negative binomial 2", [](double a, double d) { return yield_negative_binomial(mm2(a), per_cm2(d), 2.0); }},
    {"negative binomial 10", [](double a, double d) { return yield_negative_binomial(mm2(a), per_cm2(d), 10.0); }},
}};

} // namespace

TEST_CASE("yield of a 400 mm^2 die at 0.1 per cm^2 is what pencil and paper give") {
    // x = 0.4
    CHECK(yield_poisson(mm2(400.0), per_cm2(0.1)) == doctest::Approx(std::exp(-0.4)).epsilon(1e-12));
    CHECK(yield_murphy(mm2(400.0), per_cm2(0.1)) ==
          doctest::Approx(std::pow((1.0 - std::exp(-0.4)) / 0.4, 2.0)).epsilon(1e-12));
    CHECK(yield_rectangular(mm2(400.0), per_cm2(0.1)) == doctest::Approx((1.0 - std::exp(-0.8)) / 0.8).epsilon(1e-12));
    CHECK(yield_moore(mm2(400.0), per_cm2(0.1)) == doctest::Approx(std::exp(-std::sqrt(0.4))).epsilon(1e-12));
    CHECK(yield_seeds(mm2(400.0), per_cm2(0.1)) == doctest::Approx(1.0 / 1.4).epsilon(1e-12));
    CHECK(yield_negative_binomial(mm2(400.0), per_cm2(0.1), 3.0) ==
          doctest::Approx(std::pow(1.0 + 0.4 / 3.0, -3.0)).epsilon(1e-12));
}

TEST_CASE("the yield table of six models and eight dies to its six printed digits") {
    struct Row {
        double area, density, poisson, murphy, seeds, nb2, nb3, nb10;
    };
    // Derived from the closed forms; the last two rows are press cases (Panther Lake on 18A; a 10 % yield rumour).
    const std::array rows{Row{100, .1, .904837, .905592, .909091, .907029, .906314, .905287},
                          Row{400, .1, .670320, .679305, .714286, .694444, .686953, .675564},
                          Row{400, .2, .449329, .473810, .555556, .510204, .492054, .463193},
                          Row{400, .4, .201897, .248816, .384615, .308642, .277390, .226684},
                          Row{814, .1, .443082, .468094, .551268, .505140, .486656, .457232},
                          Row{814, .2, .196322, .243700, .380518, .303896, .272385, .221284},
                          Row{115, .4, .631284, .642494, .684932, .660982, .651832, .637798},
                          Row{576, .4, .099859, .152636, .302663, .215931, .180948, .125758}};
    const auto close = [](double expected) { return doctest::Approx(expected).epsilon(0.6e-6 / expected); };
    for (const auto& row : rows) {
        const auto area = mm2(row.area);
        const auto density = per_cm2(row.density);
        CAPTURE(row.area);
        CHECK(yield_poisson(area, density) == close(row.poisson));
        CHECK(yield_murphy(area, density) == close(row.murphy));
        CHECK(yield_seeds(area, density) == close(row.seeds));
        CHECK(yield_negative_binomial(area, density, 2.0) == close(row.nb2));
        CHECK(yield_negative_binomial(area, density, 3.0) == close(row.nb3));
        CHECK(yield_negative_binomial(area, density, 10.0) == close(row.nb10));
    }
}

TEST_CASE("Bose-Einstein reproduces Google's chiplet cost model test: 378.14 mm^2, 2 layers, 0.1 per layer") {
    CHECK(yield_bose_einstein(mm2(378.14), per_cm2(0.1), 2.0) == doctest::Approx(0.526518122185442).epsilon(1e-12));
}

TEST_CASE("every yield lies in (0, 1], is 1 without defects, and falls with area and with density") {
    for (const auto& [name, yield] : models) {
        CAPTURE(name);
        CHECK(yield(400.0, 0.0) == 1.0);
        for (double area = 1.0; area < 2000.0; area *= 1.7) {
            for (double density = 1e-6; density < 5.0; density *= 3.0) {
                const double here = yield(area, density);
                CHECK(here > 0.0);
                CHECK(here <= 1.0);
                CHECK(yield(area * 1.1, density) < here);
                CHECK(yield(area, density * 1.1) < here);
            }
        }
    }
}

TEST_CASE("Murphy and the rectangular model are smooth through the switch to their series") {
    // The series takes over at x = 1e-3; both sides agree with exact values to 1e-12.
    for (const double x : {1e-12, 1e-9, 1e-6, 9.99e-4, 1e-3, 1.001e-3, 1e-2}) {
        const double exact = -std::expm1(-x) / x;
        CHECK(yield_murphy(mm2(100.0), per_cm2(x)) == doctest::Approx(exact * exact).epsilon(1e-12));
        CHECK(yield_rectangular(mm2(50.0), per_cm2(x)) == doctest::Approx(exact).epsilon(1e-12));
    }
}

TEST_CASE("the negative binomial tends to Poisson without clustering and equals Seeds at one") {
    for (const double x : {0.01, 0.3, 1.0, 4.0}) {
        const auto density = per_cm2(x);
        // at clustering a the log of the yield differs by x^2 / 2a: 8e-6 here
        CHECK(yield_negative_binomial(mm2(100.0), density, 1e6) ==
              doctest::Approx(yield_poisson(mm2(100.0), density)).epsilon(1e-5));
        CHECK(yield_negative_binomial(mm2(100.0), density, 1.0) ==
              doctest::Approx(yield_seeds(mm2(100.0), density)).epsilon(1e-12));
    }
}

TEST_CASE("a reported yield and a die area give back the defect density, under each model") {
    for (const double area : {50.0, 115.0, 400.0, 814.0}) {
        for (const double density : {0.02, 0.1, 0.45, 1.5}) {
            const double poisson = yield_poisson(mm2(area), per_cm2(density));
            CHECK(density_from_yield_poisson(poisson, mm2(area)).in("1/cm^2"_u) ==
                  doctest::Approx(density).epsilon(1e-9));
            for (const double alpha : {0.5, 2.0, 3.0, 10.0}) {
                const double clustered = yield_negative_binomial(mm2(area), per_cm2(density), alpha);
                CHECK(density_from_yield_negative_binomial(clustered, mm2(area), alpha).in("1/cm^2"_u) ==
                      doctest::Approx(density).epsilon(1e-9));
            }
        }
    }
    // The essay's "75-80 % at 400 mm^2" needs 0.0719 to 0.0558 (Poisson), 0.0755 to 0.0579 (clustering 3).
    CHECK(density_from_yield_poisson(0.75, mm2(400.0)).in("1/cm^2"_u) ==
          doctest::Approx(0.0719).epsilon(0.00006 / 0.07));
    CHECK(density_from_yield_negative_binomial(0.80, mm2(400.0), 3.0).in("1/cm^2"_u) ==
          doctest::Approx(0.0579).epsilon(0.00006 / 0.06));
    // A rumour of 70 % on a 120 mm^2 phone chip is 32.7 % at 429 mm^2.
    const auto density = density_from_yield_negative_binomial(0.70, mm2(120.0), 3.0);
    CHECK(yield_negative_binomial(mm2(429.0), density, 3.0) == doctest::Approx(0.327).epsilon(0.0006 / 0.33));
}

TEST_CASE("only the critical share of a die catches defects") {
    const auto whole = critical_area(mm2(300.0), 0.67, mm2(100.0), 0.05);
    CHECK(whole.in("mm^2"_u) == doctest::Approx(206.0).epsilon(1e-12));
    // CATCH, 5 nm: 0.5 per cm^2, critical share 0.67, clustering 2, 100 mm^2
    CHECK(yield_negative_binomial(mm2(67.0), per_cm2(0.5), 2.0) == doctest::Approx(0.73364544).epsilon(1e-8));
}

TEST_CASE("line, systematic, parametric and random yield multiply") {
    CHECK(compound_yield(0.94, 0.98, 0.95, 0.5) == doctest::Approx(0.94 * 0.98 * 0.95 * 0.5).epsilon(1e-15));
}
