// autarky: tests of dies a lithography field and shots a wafer.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/fields.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "silicon/packing_scale.hpp"

using namespace autarky::silicon;

TEST_CASE("dies a field follow from dimensions, not from area") {
    CHECK(fit_field({20.0, 13.0, 0.1}, full_field).dies() == 2);
    CHECK(fit_field({20.0, 13.0, 0.1}, full_field).utilisation == doctest::Approx(0.6061).epsilon(0.00006));
    CHECK(fit_field({26.0, 16.5, 0.0}, full_field).dies() == 2);
    CHECK(fit_field({26.0, 16.5, 0.0}, full_field).utilisation == doctest::Approx(1.0).epsilon(1e-12));
    // 400 mm^2 as a square: one a field, 46.6 % of it used
    CHECK(fit_field({20.0, 20.0, 0.1}, full_field).dies() == 1);
    CHECK(fit_field({20.0, 20.0, 0.1}, full_field).utilisation == doctest::Approx(0.4662).epsilon(0.00006));
    // 814 mm^2 fits as 25.5 x 31.9, not as a square
    CHECK(fit_field({25.5, 31.9, 0.1}, full_field).dies() == 1);
    CHECK(fit_field({28.53, 28.53, 0.1}, full_field).dies() == 0);
    // SemiAnalysis die-yield-calculator-wp, issue 11: 8 x 10 mm, nine a field
    CHECK(fit_field({8.0, 10.0, 0.0}, full_field).dies() == 9);
    CHECK(fit_field({8.0, 10.0, 0.0}, full_field).utilisation == doctest::Approx(0.8392).epsilon(0.00006));
}

TEST_CASE("a die may lie across the field, and the report says so") {
    const FieldFit fit = fit_field({33.0, 26.0, 0.1}, full_field);
    CHECK(fit.dies() == 1);
    CHECK(fit.field_turned);
    CHECK_FALSE(fit_field({26.0, 33.0, 0.1}, full_field).field_turned);
    // 16 x 12: 1 x 2 upright, 2 x 2 turned
    CHECK(fit_field({16.0, 12.0, 0.1}, full_field).dies() == 4);
}

TEST_CASE("a die that fits no field says by how much") {
    const FieldFit square = fit_field({28.5, 28.5, 0.1}, full_field);
    CHECK(square.dies() == 0);
    CHECK(square.excess_width_mm + square.excess_height_mm == doctest::Approx(2.5));
    const FieldFit half = fit_field({25.5, 20.0, 0.1}, high_na_field);
    CHECK(half.dies() == 0);
    CHECK(half.excess_width_mm == 0.0);
    CHECK(half.excess_height_mm == doctest::Approx(3.5));
    CHECK(fit_field({26.0, 16.5, 0.1}, high_na_field).dies() == 1);
}

TEST_CASE("streets count between dies only, and the report says what would gain a die") {
    // two dies of 16.5 mm and a street of 0.1 mm need 33.1 mm
    CHECK(fit_field({26.0, 16.5, 0.1}, full_field).dies() == 1);
    const FieldGain gain = next_field_gain({26.0, 16.5, 0.1}, full_field);
    CHECK(gain.shrink_height_mm == doctest::Approx(0.05));
    CHECK(gain.dies == 2);
    CHECK(fit_field({26.0, 16.45, 0.1}, full_field).dies() == 2);
    CHECK(next_field_gain({20.0, 20.0, 0.1}, full_field).dies == 0);
}

namespace {

/// Shots counted the plain way: the set of fields that hold a die.
int shots_by_set(const std::vector<RowSpan>& rows, const FieldFit& fit) {
    const auto down = [](int a, int b) { return (a - ((a % b) + b) % b) / b; };
    int best = 1 << 30;
    for (int phase_row = 0; phase_row < fit.rows; ++phase_row) {
        for (int phase_column = 0; phase_column < fit.columns; ++phase_column) {
            std::set<std::pair<int, int>> fields;
            for (const auto& row : rows) {
                for (int column = row.first_column; column <= row.last_column; ++column)
                    fields.insert({down(row.row - phase_row, fit.rows), down(column - phase_column, fit.columns)});
            }
            best = std::min(best, static_cast<int>(fields.size()));
        }
    }
    return best;
}

} // namespace

TEST_CASE("shots equal a plain count of fields that hold a die, and cover all dies") {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> size(3.0, 26.0);
    for (int round = 0; round < 40; ++round) {
        const DieShape die{size(random), size(random), 0.1};
        const auto rows = die_rows(die, {}, optimised_packing(die, {}).offset);
        const FieldFit fit = fit_field(die, full_field);
        CHECK(fit.dies() > 0);
        const int count = shots(rows, fit);
        int dies = 0;
        for (const auto& row : rows)
            dies += row.dies();
        CHECK(count == shots_by_set(rows, fit));
        CHECK(count * fit.dies() >= dies);
    }
}

TEST_CASE("one die a field takes one shot a die") {
    const DieShape die{25.5, 31.92, 0.1};
    const Packing packing = optimised_packing(die, {});
    CHECK(shots(die_rows(die, {}, packing.offset), fit_field(die, full_field)) == packing.dies);
}

TEST_CASE("the scaled closed form is exact at the median and says what remains around it") {
    const PackingScale fixed = packing_scale({20, 20, 20}, {13, 13, 13}, 0.1, {});
    CHECK(fixed.dies_at_median == 228);
    CHECK(fixed.worst_residual < 1e-12);
    const PackingScale range = packing_scale({24.0, 26.0, 28.0}, {15.5, 16.5, 17.5}, 0.1, {});
    CHECK(range.dies_at_median == 132);
    CHECK(range.worst_residual > 0.0);
    CHECK(range.worst_residual < 0.05);
    using autarky::operator""_u;
    const auto mm = [](double x) { return autarky::quantity(x, "mm"_u); };
    CHECK(gross_dies_scaled(mm(26), mm(16.5), mm(300), mm(3), mm(0.1), range).raw() ==
          doctest::Approx(132.0).epsilon(1e-12));
    CHECK(packing_scale({400, 400, 400}, {400, 400, 400}, 0.1, {}).factor == 0.0);
}
