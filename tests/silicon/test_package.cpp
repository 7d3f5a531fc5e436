// autarky: tests of packages, step-by-step assembly and shared one-time cost.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/package.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "core/diagnostics.hpp"
#include "silicon/assembly.hpp"
#include "silicon/chiplets.hpp"
#include "silicon/package_study.hpp"

using namespace autarky;
using namespace autarky::silicon;

namespace {

ChipCost<double> usd(double x) { return quantity(x, "USD/chip"_u); }

DieSet<double> two_dies() { return {2.0, quantity(400.0, "mm^2"_u), usd(100.0), usd(20.0)}; }

OrganicSubstrate<double> organic() { return {4.0, quantity(0.005, "USD/mm^2"_u), 1.5, 0.99}; }

Carrier<double> interposer() {
    return {.area_ratio = 1.1,
            .wafer_price = quantity(1937.0, "USD/wafer"_u),
            .wafer_diameter = quantity(300.0, "mm"_u),
            .edge_exclusion = quantity(5.0, "mm"_u),
            .scribe = quantity(0.2, "mm"_u),
            .density = quantity(0.06, "1/cm^2"_u),
            .clustering = 6.0,
            .bump_price = quantity(0.005, "USD/mm^2"_u),
            .bond_yield = 0.95};
}

} // namespace

TEST_CASE("two dies on an organic substrate: what pencil and paper give") {
    // substrate 400 x 4 x 0.005 x 1.5 = 12; loss 1/0.99^2 - 1
    const auto cost = organic_package(two_dies(), organic());
    const double loss = 1.0 / (0.99 * 0.99) - 1.0;
    CHECK(cost.raw_package.raw() == doctest::Approx(12.0).epsilon(1e-12));
    CHECK(cost.package_scrap.raw() == doctest::Approx(12.0 * loss).epsilon(1e-12));
    CHECK(cost.die_scrap.raw() == doctest::Approx(120.0 * loss).epsilon(1e-12));
    CHECK(cost.total.raw() == doctest::Approx(132.0 / (0.99 * 0.99)).epsilon(1e-12));
}

TEST_CASE("a perfect assembly scraps nothing, and a worse one costs more") {
    auto substrate = organic();
    substrate.attach_yield = 1.0;
    CHECK(organic_package(two_dies(), substrate).total.raw() == doctest::Approx(132.0).epsilon(1e-12));
    auto carrier = interposer();
    carrier.bond_yield = 1.0;
    carrier.density = quantity(0.0, "1/cm^2"_u);
    const auto perfect = carrier_package(two_dies(), carrier, substrate, AssemblyOrder::dies_last);
    CHECK(perfect.package_scrap.raw() == doctest::Approx(0.0));
    CHECK(perfect.die_scrap.raw() == doctest::Approx(0.0));
    for (const double worse : {0.99, 0.9, 0.5}) {
        carrier.bond_yield = worse;
        CHECK(carrier_package(two_dies(), carrier, substrate, AssemblyOrder::dies_last).total > perfect.total);
    }
}

TEST_CASE("building the carrier on the dies loses more of them than bonding them to a good carrier") {
    const auto last = carrier_package(two_dies(), interposer(), organic(), AssemblyOrder::dies_last);
    const auto first = carrier_package(two_dies(), interposer(), organic(), AssemblyOrder::dies_first);
    CHECK(first.die_scrap > last.die_scrap);
    CHECK(first.raw_package.raw() == last.raw_package.raw());
}

TEST_CASE("bridges: failed embedding spares the dies, failed bonding does not") {
    const Bridges<double> bridges{2.0, usd(10.0), 0.98, 0.97};
    const auto cost = bridge_package(two_dies(), bridges, organic());
    const double bonded = 0.97 * 0.97;
    CHECK(cost.raw_package.raw() == doctest::Approx(32.0).epsilon(1e-12));
    CHECK(cost.die_scrap.raw() == doctest::Approx(120.0 * (1.0 / bonded - 1.0)).epsilon(1e-12));
    CHECK(cost.package_scrap.raw() == doctest::Approx(32.0 * (1.0 / (0.98 * 0.98 * bonded) - 1.0)).epsilon(1e-12));
}

TEST_CASE("step by step with perfect tests: each step divides by its yield") {
    // C1 = (50 + 10 + 1) / 0.9; C2 = (C1 + 20 + 2) / 0.8
    const std::array<AssemblyStep<double>, 2> steps{
        AssemblyStep<double>{.material = usd(10.0), .yield = 0.9, .test = usd(1.0), .coverage = 1.0},
        AssemblyStep<double>{
            .material = usd(15.0), .process = usd(5.0), .yield = 0.8, .test = usd(2.0), .coverage = 1.0}};
    const auto done = assemble<double>({usd(50.0), 1.0}, steps);
    CHECK(done.cost.raw() == doctest::Approx((61.0 / 0.9 + 22.0) / 0.8).epsilon(1e-12));
    CHECK(done.good == doctest::Approx(1.0).epsilon(1e-12));
}

TEST_CASE("without tests nothing is scrapped and bad parts travel on") {
    const std::array<AssemblyStep<double>, 1> steps{AssemblyStep<double>{.material = usd(10.0), .yield = 0.9}};
    const auto done = assemble<double>({usd(50.0), 0.95}, steps);
    CHECK(done.cost.raw() == doctest::Approx(60.0).epsilon(1e-12));
    CHECK(done.good == doctest::Approx(0.855).epsilon(1e-12));
}

TEST_CASE("a step that reproduces CATCH's self test: yield 0.75 and 0.5 at coverage 0.96") {
    for (const auto& [yield, pass, quality] : {std::tuple{0.75, 0.76, 0.986842}, {0.5, 0.52, 0.961538}}) {
        const std::array<AssemblyStep<double>, 1> steps{AssemblyStep<double>{.yield = yield, .coverage = 0.96}};
        const auto done = assemble<double>({usd(1.0), 1.0}, steps);
        CHECK(done.cost.raw() == doctest::Approx(1.0 / pass).epsilon(1e-12));
        CHECK(done.good == doctest::Approx(quality).epsilon(0.6e-6));
    }
}

TEST_CASE("scrap that can be sold lowers the cost") {
    const std::array<AssemblyStep<double>, 1> steps{
        AssemblyStep<double>{.yield = 0.8, .coverage = 1.0, .scrap_value = usd(10.0)}};
    CHECK(assemble<double>({usd(100.0), 1.0}, steps).cost.raw() == doctest::Approx((100.0 - 2.0) / 0.8).epsilon(1e-12));
}

TEST_CASE("bumps are paid for each die, whether listed once or four times") {
    const ChipletUse<double> four{4.0, quantity(220.0, "mm^2"_u), quantity(50.0, "USD/die"_u),
                                  quantity(60.0, "USD/die"_u), quantity(0.01, "USD/mm^2"_u)};
    auto one = four;
    one.count = 1.0;
    const auto together = die_set<double>(std::array{four});
    const auto apart = die_set<double>(std::array{one, one, one, one});
    CHECK(together.raw.raw() == doctest::Approx(4.0 * (50.0 + 2.2)).epsilon(1e-12));
    CHECK(apart.raw.raw() == doctest::Approx(together.raw.raw()).epsilon(1e-12));
    CHECK(apart.defects.raw() == doctest::Approx(40.0).epsilon(1e-12));
    CHECK(apart.count == 4.0);
}

TEST_CASE("a die used by three products spreads its one-time cost over all of them, and nothing is lost") {
    const std::array<Money<double>, 3> designs{quantity(100.0, "MUSD"_u), quantity(10.0, "MUSD"_u),
                                               quantity(20.0, "MUSD"_u)};
    // design 0: the compute die, one, two and four a product; 1 and 2: packages
    const std::vector<FamilyProduct<double>> products{{{{0, 1.0}, {1, 1.0}}, quantity(1.0, "Mchip"_u)},
                                                      {{{0, 2.0}, {1, 1.0}}, quantity(0.5, "Mchip"_u)},
                                                      {{{0, 4.0}, {2, 1.0}}, quantity(0.25, "Mchip"_u)}};
    const auto carried = shared_nre<double>(designs, products);
    // 3 million compute dies carry 33.33 USD each
    CHECK(carried[0].raw() == doctest::Approx(100.0 / 3.0 + 10.0 / 1.5).epsilon(1e-12));
    CHECK(carried[2].raw() == doctest::Approx(400.0 / 3.0 + 80.0).epsilon(1e-12));
    double total = 0.0;
    for (std::size_t i = 0; i < products.size(); ++i)
        total += carried[i].raw() * products[i].volume.raw();
    CHECK(total == doctest::Approx(130e6).epsilon(1e-12));
}

TEST_CASE("package: one of no die is refused") {
    Diagnostics found;
    check(PackageInput{}, found);
    REQUIRE(found.has_errors());
    CHECK(found.items().front().code == "E0506");
}
