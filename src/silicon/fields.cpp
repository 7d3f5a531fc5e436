// autarky: dies a lithography field and shots a wafer.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/fields.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace autarky::silicon {
namespace {

constexpr double slack = 1e-9;

int how_many(double room, double size, double scribe) {
    return static_cast<int>(std::floor((room + scribe) / (size + scribe) + slack));
}

int floor_divide(int a, int b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

/// How much a size must shrink for one more of it to fit a room; 0 if that takes more than a tenth of it.
double shrink_for_one_more(double room, double size, double scribe) {
    const double needed = (room + scribe) / (how_many(room, size, scribe) + 1) - scribe;
    return size - needed <= 0.1 * size ? size - needed : 0.0;
}

/// Shots when a field begins at die column `phase_column` and row `phase_row`. The dies of a field row lie side by side
/// without a gap, because the wafer is convex.
int shots_at(std::span<const RowSpan> rows, const FieldFit& fit, int phase_column, int phase_row) {
    int total = 0;
    for (std::size_t i = 0; i < rows.size();) {
        const int band = floor_divide(rows[i].row - phase_row, fit.rows);
        int first = rows[i].first_column;
        int last = rows[i].last_column;
        for (; i < rows.size() && floor_divide(rows[i].row - phase_row, fit.rows) == band; ++i) {
            first = std::min(first, rows[i].first_column);
            last = std::max(last, rows[i].last_column);
        }
        total += floor_divide(last - phase_column, fit.columns) - floor_divide(first - phase_column, fit.columns) + 1;
    }
    return total;
}

} // namespace

FieldFit fit_field(const DieShape& die, const FieldShape& field) {
    FieldFit best;
    double least_excess = 0.0;
    for (const bool turned : {false, true}) {
        const double room_x = turned ? field.height_mm : field.width_mm;
        const double room_y = turned ? field.width_mm : field.height_mm;
        FieldFit fit;
        fit.field_turned = turned;
        fit.columns = how_many(room_x, die.width_mm, die.scribe_mm);
        fit.rows = how_many(room_y, die.height_mm, die.scribe_mm);
        fit.utilisation = fit.dies() * die.width_mm * die.height_mm / field.area_mm2();
        if (fit.dies() == 0) {
            fit.columns = fit.rows = 0;
            fit.excess_width_mm = std::max(0.0, die.width_mm - room_x);
            fit.excess_height_mm = std::max(0.0, die.height_mm - room_y);
        }
        const double excess = fit.excess_width_mm + fit.excess_height_mm;
        const bool better = fit.dies() > best.dies() || (best.dies() == 0 && fit.dies() == 0 && excess < least_excess);
        if (!turned || better) {
            best = fit;
            least_excess = excess;
        }
    }
    return best;
}

FieldGain next_field_gain(const DieShape& die, const FieldShape& field) {
    FieldGain gain;
    const FieldFit now = fit_field(die, field);
    if (now.dies() == 0) return gain;
    const double room_x = now.field_turned ? field.height_mm : field.width_mm;
    const double room_y = now.field_turned ? field.width_mm : field.height_mm;
    gain.shrink_width_mm = shrink_for_one_more(room_x, die.width_mm, die.scribe_mm);
    gain.shrink_height_mm = shrink_for_one_more(room_y, die.height_mm, die.scribe_mm);
    const bool narrower =
        gain.shrink_width_mm > 0.0 && (gain.shrink_height_mm <= 0.0 || gain.shrink_width_mm <= gain.shrink_height_mm);
    if (narrower)
        gain.dies = (now.columns + 1) * now.rows;
    else if (gain.shrink_height_mm > 0.0)
        gain.dies = now.columns * (now.rows + 1);
    return gain;
}

FieldPhase best_field_phase(std::span<const RowSpan> rows, const FieldFit& fit) {
    FieldPhase best;
    constexpr int most = 32;
    const int row_step = (fit.rows + most - 1) / most;
    const int column_step = (fit.columns + most - 1) / most;
    for (int row = 0; row < fit.rows; row += row_step) {
        for (int column = 0; column < fit.columns; column += column_step) {
            const int count = shots_at(rows, fit, column, row);
            if (best.shots == 0 || count < best.shots) best = {column, row, count};
        }
    }
    return best;
}

int shots(std::span<const RowSpan> rows, const FieldFit& fit) { return best_field_phase(rows, fit).shots; }

} // namespace autarky::silicon
