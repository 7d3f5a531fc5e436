// autarky: tests of the exact packing of dies on a wafer.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/packing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include <doctest/doctest.h>

using namespace autarky::silicon;

namespace {

/// A second, independent count: every die of the lattice, four corners each.
int corners_inside(const DieShape& die, const WaferShape& wafer, const GridOffset& at) {
    const double radius = wafer.usable_radius_mm();
    const int reach_x = static_cast<int>(wafer.diameter_mm / die.pitch_x_mm()) + 2;
    const int reach_y = static_cast<int>(wafer.diameter_mm / die.pitch_y_mm()) + 2;
    int count = 0;
    for (int i = -reach_x; i <= reach_x; ++i) {
        for (int j = -reach_y; j <= reach_y; ++j) {
            const double x0 = at.x_mm + i * die.pitch_x_mm();
            const double y0 = at.y_mm + j * die.pitch_y_mm();
            const double far_x = std::max(std::abs(x0), std::abs(x0 + die.width_mm));
            const double far_y = std::max(std::abs(y0), std::abs(y0 + die.height_mm));
            if (std::hypot(far_x, far_y) <= radius + 1e-9 && y0 >= wafer.lowest_mm() - 1e-9) ++count;
        }
    }
    return count;
}

/// Brute force without any geometry: every pair of corners of the lattice (all four kinds) laid on the circle, both
/// ways, and every corner on the notch line beside every corner on the circle; counted corner by corner.
int brute_force(const DieShape& die, const WaferShape& wafer) {
    const double radius = wafer.usable_radius_mm();
    const int columns = static_cast<int>(2.0 * radius / die.pitch_x_mm()) + 1;
    const int rows = static_cast<int>(2.0 * radius / die.pitch_y_mm()) + 1;
    int best = 0;
    const auto try_at = [&](double x, double y) { best = std::max(best, corners_inside(die, wafer, {x, y})); };
    for (const double ax : {0.0, die.width_mm}) {
        for (const double ay : {0.0, die.height_mm}) {
            for (const double bx : {0.0, die.width_mm}) {
                for (const double by : {0.0, die.height_mm}) {
                    for (int i = -columns; i <= columns; ++i) {
                        for (int j = -rows; j <= rows; ++j) {
                            const double dx = i * die.pitch_x_mm() + bx - ax;
                            const double dy = j * die.pitch_y_mm() + by - ay;
                            const double length = std::hypot(dx, dy);
                            if (length == 0.0 || length > 2.0 * radius) continue;
                            const double depth = std::sqrt(std::max(0.0, radius * radius - length * length / 4.0));
                            for (const double side : {depth, -depth})
                                try_at(-side * dy / length - dx / 2.0 - ax, side * dx / length - dy / 2.0 - ay);
                        }
                    }
                }
            }
        }
    }
    if (wafer.notch_keepout_mm > wafer.edge_exclusion_mm) {
        for (int j = 0; j <= rows; ++j) {
            for (const double ay : {0.0, die.height_mm}) {
                const double y = wafer.lowest_mm() + j * die.pitch_y_mm() + ay;
                if (std::abs(y) > radius) continue;
                const double chord = std::sqrt(radius * radius - y * y);
                try_at(-chord, wafer.lowest_mm());
                try_at(chord - die.width_mm, wafer.lowest_mm());
            }
        }
    }
    return best;
}

} // namespace

TEST_CASE("a wafer of four dies counts four") {
    // four 10 mm squares meet at the centre: corners at 10 sqrt 2 = 14.14
    CHECK(optimised_packing({10.0, 10.0, 0.0}, {28.3, 0.0, 0.0}).dies == 4);
    CHECK(optimised_packing({10.0, 10.0, 0.0}, {28.2, 0.0, 0.0}).dies == 2);
    CHECK(dies_at({10.0, 10.0, 0.0}, {28.3, 0.0, 0.0}, centred_offset({10.0, 10.0, 0.0}, Centring::street)) == 4);
    CHECK(dies_at({10.0, 10.0, 0.0}, {28.3, 0.0, 0.0}, centred_offset({10.0, 10.0, 0.0}, Centring::die)) == 1);
}

TEST_CASE("the optimum reaches or beats every published count") {
    struct Row {
        double width, height, scribe, edge, notch, diameter;
        int published, best;
    };
    // Silicon Edge results carried by the test suite of SemiAnalysis' die-yield-calculator-wp @48058e7; best: exact search
    const std::array rows{Row{9.2, 9.6, .1, 3, 5, 300, 697, 698}, Row{10, 10, .1, 3, 5, 300, 612, 616},
                          Row{12, 12, 0, 3, 5, 300, 432, 432}, Row{8, 16, 0, 3, 5, 300, 481, 482},
                          Row{2, 6, .08, 3, 5, 300, 5186, 5191}, Row{15, 15, 1, 5, 10, 300, 229, 229},
                          Row{67.7, 60.5, .08, 5, 10, 300, 10, 10}, Row{45, 45, .08, 5, 10, 200, 8, 8},
                          // no notch
                          Row{9.2, 9.6, .1, 3, 0, 300, 699, 699}, Row{2, 6, .08, 3, 0, 300, 5196, 5196},
                          Row{5, 5, .1, 3, 0, 300, 2507, 2507}, Row{7, 10.5, .1, 3, 0, 300, 843, 843},
                          // Tesla HW3: published 217 (China Times), which is exact for 5 mm edge and 0.2 mm streets
                          Row{20, 13, .2, 5, 0, 300, 217, 217}, Row{20, 13, .1, 3, 0, 300, 217, 228},
                          // half reticle, H100, 400 mm^2 square
                          Row{26, 16.5, 0, 3, 0, 300, 134, 134}, Row{26, 16.5, .1, 3, 0, 300, 132, 132},
                          Row{25.9, 16.4, .1, 3, 0, 300, 135, 135}, Row{25.5, 31.92, .1, 3, 0, 300, 66, 66},
                          Row{20, 20, .1, 3, 0, 300, 148, 148},
                          // CATCH's heuristic on a 299.8 mm circle with 0.13 mm streets: 637, 70, 148, 65, 139
                          Row{10, 10, .13, .1, 0, 300, 637, 637}, Row{28.284271, 28.284271, .13, .1, 0, 300, 70, 71},
                          Row{20, 20, .13, .1, 0, 300, 148, 150}, Row{26, 33, .13, .1, 0, 300, 65, 66},
                          Row{26, 16.5, .13, .1, 0, 300, 139, 139}};
    for (const auto& row : rows) {
        CAPTURE(row.width);
        CAPTURE(row.height);
        const Packing packing =
            optimised_packing({row.width, row.height, row.scribe}, {row.diameter, row.edge, row.notch});
        CHECK(packing.dies >= row.published);
        CHECK(packing.dies == row.best);
        CHECK(packing.certified);
    }
}

TEST_CASE("centred conventions reproduce the known counts") {
    const WaferShape wafer;
    const DieShape square{20.0, 20.0, 0.1};
    CHECK(dies_at(square, wafer, centred_offset(square, Centring::die)) == 137);
    const DieShape full{25.5, 31.92, 0.1};
    CHECK(dies_at(full, wafer, centred_offset(full, Centring::die)) == 63);
}

TEST_CASE("on random dies the optimum equals brute force and is at least every centred convention") {
    std::mt19937 random(20'260'401);
    std::uniform_real_distribution<double> size(18.0, 70.0), scribe(0.0, 1.0), edge(0.0, 6.0), unit(0.0, 1.0);
    for (int round = 0; round < 40; ++round) {
        const DieShape die{size(random), size(random), scribe(random)};
        const WaferShape wafer{unit(random) < 0.2 ? 200.0 : 300.0, edge(random), unit(random) < 0.4 ? 10.0 : 0.0};
        CAPTURE(die.width_mm);
        CAPTURE(die.height_mm);
        CAPTURE(die.scribe_mm);
        const Packing packing = optimised_packing(die, wafer);
        CHECK(packing.dies == brute_force(die, wafer));
        CHECK(packing.dies == corners_inside(die, wafer, packing.offset));
        int by_rows = 0;
        for (const auto& row : die_rows(die, wafer, packing.offset))
            by_rows += row.dies();
        CHECK(packing.dies == by_rows);
        for (const auto centring : {Centring::die, Centring::street, Centring::corner}) {
            const int centred = dies_at(die, wafer, centred_offset(die, centring));
            CHECK(centred <= packing.dies);
            CHECK(centred == corners_inside(die, wafer, centred_offset(die, centring)));
        }
    }
}

TEST_CASE("the optimum never grows when the die, the street, the edge or the notch grows") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> size(6.0, 40.0);
    for (int round = 0; round < 60; ++round) {
        const DieShape die{size(random), size(random), 0.1};
        const WaferShape wafer;
        const int here = optimised_packing(die, wafer).dies;
        CHECK(optimised_packing({die.width_mm * 1.02, die.height_mm, 0.1}, wafer).dies <= here);
        CHECK(optimised_packing({die.width_mm, die.height_mm * 1.02, 0.1}, wafer).dies <= here);
        CHECK(optimised_packing({die.width_mm, die.height_mm, 0.2}, wafer).dies <= here);
        CHECK(optimised_packing(die, {300.0, 4.0, 0.0}).dies <= here);
        CHECK(optimised_packing(die, {300.0, 3.0, 8.0}).dies <= here);
        // without a notch the wafer looks the same from the side
        CHECK(optimised_packing({die.height_mm, die.width_mm, 0.1}, wafer).dies == here);
    }
}

TEST_CASE("a die as large as the wafer, or larger, gives one die or none") {
    CHECK(optimised_packing({200.0, 200.0, 0.1}, {300.0, 3.0, 0.0}).dies == 1);
    CHECK(optimised_packing({210.0, 210.0, 0.1}, {300.0, 3.0, 0.0}).dies == 0);
    CHECK(optimised_packing({10.0, 10.0, 0.1}, {300.0, 150.0, 0.0}).dies == 0);
}

TEST_CASE("tiny dies are scanned and say so") {
    const Packing packing = optimised_packing({0.5, 0.5, 0.05}, {});
    CHECK_FALSE(packing.certified);
    CHECK(packing.dies >= dies_at({0.5, 0.5, 0.05}, {}, centred_offset({0.5, 0.5, 0.05}, Centring::die)));
}
