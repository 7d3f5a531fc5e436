// autarky: tests of the cost of a good die, of a tested part, and of one-time cost.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/cost.hpp"

#include <array>
#include <cmath>

#include <doctest/doctest.h>

#include "silicon/geometry.hpp"
#include "silicon/nre.hpp"
#include "silicon/on_process.hpp"
#include "silicon/yield.hpp"

using namespace autarky;
using namespace autarky::silicon;

namespace {

WaferPrice<double> usd_per_wafer(double x) { return quantity(x, "USD/wafer"_u); }
DiesPerWafer<double> per_wafer(double x) { return quantity(x, "die/wafer"_u); }
DieCost<double> usd_per_die(double x) { return quantity(x, "USD/die"_u); }
ChipCost<double> usd_per_chip(double x) { return quantity(x, "USD/chip"_u); }
Money<double> musd(double x) { return quantity(x, "MUSD"_u); }

} // namespace

TEST_CASE("a 3984 dollar wafer with 217 dies at 81.394 % gives the 22.56 dollar die of Tesla's HW3") {
    const auto cost = good_die_cost(usd_per_wafer(3984.0), per_wafer(217.0), 0.81394);
    CHECK(cost.in("USD/die"_u) == doctest::Approx(22.56).epsilon(0.005 / 22.0));
}

TEST_CASE("bare good-die cost of a 26 x 16.5 mm die on 20k and 30k wafers to the printed dollar") {
    struct Row {
        double density, at_20k, at_30k;
    };
    // 132 gross dies, clustering 3
    const std::array rows{Row{.1, 226, 339}, Row{.2, 322, 483}, Row{.3, 442, 663}, Row{.4, 589, 883},
                          Row{.5, 764, 1146}};
    for (const auto& row : rows) {
        const double yield = yield_negative_binomial(quantity(429.0, "mm^2"_u), quantity(row.density, "1/cm^2"_u), 3.0);
        CHECK(std::round(good_die_cost(usd_per_wafer(20000.0), per_wafer(132.0), yield).raw()) == row.at_20k);
        CHECK(std::round(good_die_cost(usd_per_wafer(30000.0), per_wafer(132.0), yield).raw()) == row.at_30k);
    }
}

TEST_CASE("cost of a good die rises with defect density and with area") {
    const auto cost = [](double side, double density) {
        const auto length = quantity(side, "mm"_u);
        const auto gross = gross_dies_closed_form(length, length, quantity(300.0, "mm"_u), quantity(3.0, "mm"_u),
                                                  quantity(0.1, "mm"_u));
        const double yield = yield_negative_binomial(length * length, quantity(density, "1/cm^2"_u), 3.0);
        return good_die_cost(usd_per_wafer(17000.0), gross, yield).raw();
    };
    for (double side = 3.0; side < 29.0; side += 1.3) {
        for (double density = 0.0; density < 0.8; density += 0.1) {
            CHECK(cost(side, density + 0.05) > cost(side, density));
            CHECK(cost(side + 0.5, density) > cost(side, density));
        }
    }
}

TEST_CASE("without good dies the cost is finite and absurd") {
    CHECK(good_die_cost(usd_per_wafer(20000.0), per_wafer(0.0), 0.5).raw() == cost_without_good_dies_usd);
}

TEST_CASE("Williams-Brown defect levels to the printed part per million") {
    CHECK(escape_share(0.50, 0.99) * 1e6 == doctest::Approx(6907.5).epsilon(0.05 / 6907.0));
    CHECK(escape_share(0.75, 0.98) * 1e6 == doctest::Approx(5737.1).epsilon(0.05 / 5737.0));
    CHECK(escape_share(0.50, 0.90) * 1e6 == doctest::Approx(66967.0).epsilon(0.5 / 66967.0));
    CHECK(escape_share(0.5, 1.0) == 0.0);
    CHECK(escape_share(0.5, 0.0) == doctest::Approx(0.5));
}

TEST_CASE("what passes is the good dies and the escapes") {
    for (const double yield : {0.2, 0.5, 0.9}) {
        for (const double coverage : {0.0, 0.5, 0.9, 1.0})
            CHECK(passing_share(yield, coverage) * (1.0 - escape_share(yield, coverage)) ==
                  doctest::Approx(yield).epsilon(1e-12));
    }
}

TEST_CASE("a perfect and free sort test leaves the bare cost of a good die") {
    const auto bare = good_die_cost(usd_per_wafer(17000.0), per_wafer(64.0), 0.42);
    const auto tested = known_good_die_cost(usd_per_wafer(17000.0), per_wafer(64.0), 0.42, usd_per_die(0.0), 1.0);
    CHECK(tested.raw() == doctest::Approx(bare.raw()).epsilon(1e-12));
}

TEST_CASE("a shipped part carries the parts that failed final test") {
    // (2 dies x 100 + 30 package + 40 memory + 10 test) / 0.8 + 20 memory on the board = 370
    const PartInputs<double> part{.known_good_die = usd_per_die(100.0),
                                  .dies_per_part = quantity(2.0, "die/chip"_u),
                                  .package = usd_per_chip(30.0),
                                  .memory_in_package = usd_per_chip(40.0),
                                  .memory_on_board = usd_per_chip(20.0),
                                  .final_test = usd_per_chip(10.0),
                                  .passing = 0.8};
    CHECK(part_cost(part).in("USD/chip"_u) == doctest::Approx(370.0).epsilon(1e-12));
}

TEST_CASE("twenty minutes on a 350 dollar tester cost 116.67 dollars") {
    const auto cost = final_test_cost(quantity(350.0, "USD/h"_u), quantity(1200.0, "s"_u));
    CHECK(cost.in("USD/chip"_u) == doctest::Approx(350.0 / 3.0).epsilon(1e-12));
    const auto sort = sort_test_cost(quantity(360.0, "USD/h"_u), quantity(50.0, "s"_u));
    CHECK(sort.in("USD/die"_u) == doctest::Approx(5.0).epsilon(1e-12));
}

TEST_CASE("a wafer price drifts by compound growth and a dear site adds its premium") {
    const auto price = wafer_price(usd_per_wafer(20000.0), 1.10, quantity(5.0, "%/year"_u), quantity(2.0, "year"_u));
    CHECK(price.raw() == doctest::Approx(20000.0 * 1.1 * 1.05 * 1.05).epsilon(1e-12));
    const auto masks = mask_replacement_per_wafer(musd(18.1), quantity(100'000.0, "wafer"_u));
    CHECK(masks.raw() == doctest::Approx(181.0).epsilon(1e-12));
}

TEST_CASE("one-time cost per chip at four volumes: 725 million over 0.5, 2, 10 and 100 million") {
    for (const auto& [volume, expected] : {std::pair{0.5, 1450.0}, {2.0, 362.5}, {10.0, 72.5}, {100.0, 7.25}})
        CHECK(nre_per_chip(musd(725.0), 1.0, quantity(volume, "Mchip"_u)).raw() ==
              doctest::Approx(expected).epsilon(1e-12));
}

TEST_CASE("activities add up; each re-spin takes a mask set and its work") {
    const DesignNre<double> design{musd(20.0), musd(60.0), musd(150.0), musd(90.0)};
    CHECK(design_nre(design).in("MUSD"_u) == doctest::Approx(320.0).epsilon(1e-12));
    const SourceNre<double> source{.physical = musd(40.0),
                                   .ip = musd(30.0),
                                   .eda = musd(5.0),
                                   .prototypes = musd(3.0),
                                   .mask_set = musd(20.0),
                                   .respins = 2.0,
                                   .respin_work = musd(7.0),
                                   .qualification = musd(10.0)};
    CHECK(source_nre(source).in("MUSD"_u) == doctest::Approx(40 + 30 + 5 + 3 + 60 + 14 + 10).epsilon(1e-12));
}

TEST_CASE("a discounted ramp counts later chips less, and without interest all the same") {
    const std::array<Chips<double>, 3> ramp{Chips<double>(1e6), Chips<double>(2e6), Chips<double>(4e6)};
    const auto year = quantity(1.0, "year"_u);
    CHECK(discounted_chips<double>(ramp, 0.0, year).raw() == doctest::Approx(7e6).epsilon(1e-12));
    const double expected = 1e6 / std::pow(1.1, 0.5) + 2e6 / std::pow(1.1, 1.5) + 4e6 / std::pow(1.1, 2.5);
    CHECK(discounted_chips<double>(ramp, 0.1, year).raw() == doctest::Approx(expected).epsilon(1e-12));
}

TEST_CASE("a process strings its own parameters together") {
    Process<double> process;
    process.wafer_price = usd_per_wafer(17000.0);
    process.price_drift = quantity(5.0, "%/year"_u);
    process.wafer_diameter = quantity(300.0, "mm"_u);
    process.edge_exclusion = quantity(3.0, "mm"_u);
    process.scribe = quantity(0.1, "mm"_u);
    process.defect_density_start = quantity(0.11, "1/cm^2"_u);
    process.defect_density_floor = quantity(0.06, "1/cm^2"_u);
    process.learning_rate = quantity(4.0 / 3.0, "1/year"_u);
    process.clustering = 3.0;
    process.line_yield = 0.95;
    process.parametric_yield = 0.98;
    process.mask_set = musd(18.1);
    process.mask_life = quantity(100.0, "kwafer"_u);
    CHECK(gross_dies(process, quantity(20.0, "mm"_u), quantity(13.0, "mm"_u)).raw() ==
          doctest::Approx(217.572).epsilon(0.0005 / 217.0));
    const auto density = defect_density(process, quantity(0.75, "year"_u), quantity(0.0, "wafer"_u));
    CHECK(density.in("1/cm^2"_u) == doctest::Approx(0.0784).epsilon(0.00006 / 0.07));
    const double expected = 0.95 * 0.98 * std::pow(1.0 + 2.6 * 0.67 * density.in("1/cm^2"_u) / 3.0, -3.0);
    CHECK(die_yield(process, quantity(260.0, "mm^2"_u), 0.67, density) == doctest::Approx(expected).epsilon(1e-12));
    CHECK(wafer_price(process, 1.1, quantity(1.0, "year"_u)).raw() ==
          doctest::Approx(17000.0 * 1.1 * 1.05 + 181.0).epsilon(1e-12));
}
