// autarky: exact count of whole dies on a round wafer.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/packing.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace autarky::silicon {
namespace {

constexpr double slack_mm = 1e-9;
constexpr double exact_search_limit = 4e8; ///< row evaluations, about one second

/// The half chord of the usable circle at height |y|, or a negative number above it.
double half_chord(double radius, double y) {
    const double square = radius * radius - y * y;
    return square >= 0.0 ? std::sqrt(square) + slack_mm : -1.0;
}

/// Counts dies by row without allocating. Lengths divided by the horizontal pitch where marked.
class GridCounter {
public:
    GridCounter(const DieShape& die, const WaferShape& wafer)
        : width_(die.width_mm),
          height_(die.height_mm),
          pitch_x_(die.pitch_x_mm()),
          pitch_y_(die.pitch_y_mm()),
          radius_(wafer.usable_radius_mm()),
          bottom_(std::max(-radius_, wafer.lowest_mm()) - slack_mm) {}

    [[nodiscard]] int first_row(double offset_y) const {
        return static_cast<int>(std::ceil((bottom_ - offset_y) / pitch_y_));
    }
    [[nodiscard]] int last_row(double offset_y) const {
        return static_cast<int>(std::floor((radius_ + slack_mm - height_ - offset_y) / pitch_y_));
    }
    /// Half chord that a whole row must respect: that of its edge farther from the wafer's centre.
    [[nodiscard]] double row_half_chord(double offset_y, int row) const {
        const double y = offset_y + row * pitch_y_;
        return half_chord(radius_, std::max(std::abs(y), std::abs(y + height_)));
    }
    [[nodiscard]] int first_column(double chord, double offset_x) const {
        return static_cast<int>(std::ceil((-chord - offset_x) / pitch_x_));
    }
    [[nodiscard]] int last_column(double chord, double offset_x) const {
        return static_cast<int>(std::floor((chord - width_ - offset_x) / pitch_x_));
    }
    [[nodiscard]] int count(const GridOffset& at) const {
        const double inverse = 1.0 / pitch_x_;
        const double left = -at.x_mm * inverse;
        const double right = -(width_ + at.x_mm) * inverse;
        double total = 0.0;
        const int last = last_row(at.y_mm);
        for (int row = first_row(at.y_mm); row <= last; ++row) {
            const double y = at.y_mm + row * pitch_y_;
            const double far = std::max(std::abs(y), std::abs(y + height_));
            const double chord = (std::sqrt(std::max(0.0, radius_ * radius_ - far * far)) + slack_mm) * inverse;
            total += std::max(0.0, std::floor(chord + right) - std::ceil(left - chord) + 1.0);
        }
        return static_cast<int>(total);
    }

private:
    double width_, height_, pitch_x_, pitch_y_, radius_, bottom_;
};

/// Keeps the better of two packings; the earlier one at a tie.
void keep_better(Packing& best, const GridCounter& counter, const GridOffset& offset) {
    const int dies = counter.count(offset);
    if (dies > best.dies) {
        best.dies = dies;
        best.offset = offset;
    }
}

/// For one height of the grid the count changes only where a row's first or last die touches the circle: tries those.
void try_all_touching_x(Packing& best, const GridCounter& counter, const DieShape& die, double offset_y) {
    const int last = counter.last_row(offset_y);
    for (int row = counter.first_row(offset_y); row <= last; ++row) {
        const double chord = counter.row_half_chord(offset_y, row);
        if (chord < die.width_mm / 2.0) continue;
        keep_better(best, counter, {-chord, offset_y});
        keep_better(best, counter, {chord - die.width_mm, offset_y});
    }
}

/// A chord of the usable circle from a left corner to a right corner of the grid, `reach` apart.
struct Chord {
    double x = 0.0, y = 0.0;
    bool valid = false;
};

/// The left end of the chord with the given vector whose ends block every move downwards: the wafer's lowest point lies
/// between the directions to both ends.
Chord lowest_chord(double reach_x, double reach_y, double radius) {
    const double length = std::hypot(reach_x, reach_y);
    if (length > 2.0 * radius || length == 0.0) return {};
    const double depth = std::sqrt(std::max(0.0, radius * radius - length * length / 4.0));
    // The middle of the chord lies at `depth` from the centre, on the side that points down.
    const double middle_x = depth * reach_y / length;
    const double middle_y = -depth * reach_x / length;
    return {middle_x - reach_x / 2.0, middle_y - reach_y / 2.0, true};
}

/// Tries the grid positions at which a left corner and a right corner touch the circle together.
void try_all_chords(Packing& best, const GridCounter& counter, const DieShape& die, double radius) {
    const int columns = static_cast<int>(std::floor(2.0 * radius / die.pitch_x_mm())) + 1;
    const int rows = static_cast<int>(std::floor(2.0 * radius / die.pitch_y_mm())) + 1;
    // The wafer is symmetric left to right, so only chords that rise to the right (or lie level) are needed.
    for (int column = 0; column <= columns; ++column) {
        const double reach_x = column * die.pitch_x_mm() + die.width_mm;
        for (int row = 0; row <= rows; ++row) {
            // Which corners touch: both lower ones; the right die's upper one instead; the left die's upper one instead.
            for (const double corner : {0.0, die.height_mm, -die.height_mm}) {
                const double reach_y = row * die.pitch_y_mm() + corner;
                if (reach_y < 0.0) continue;
                const Chord left = lowest_chord(reach_x, reach_y, radius);
                if (!left.valid || left.x > 0.0 || left.x + reach_x < 0.0) continue;
                const double lower_left_y = corner < 0.0 ? left.y - die.height_mm : left.y;
                keep_better(best, counter, {left.x, lower_left_y});
            }
        }
    }
}

double search_size(const DieShape& die, double radius) {
    const double columns = 2.0 * radius / die.pitch_x_mm();
    const double rows = 2.0 * radius / die.pitch_y_mm();
    return 3.0 * columns * rows * rows;
}

} // namespace

GridOffset centred_offset(const DieShape& die, Centring centring) {
    switch (centring) {
    case Centring::die: return {-die.width_mm / 2.0, -die.height_mm / 2.0};
    case Centring::street: return {die.scribe_mm / 2.0, die.scribe_mm / 2.0};
    case Centring::corner: return {0.0, 0.0};
    }
    return {};
}

int dies_at(const DieShape& die, const WaferShape& wafer, const GridOffset& offset) {
    if (wafer.usable_radius_mm() <= 0.0) return 0;
    return GridCounter(die, wafer).count(offset);
}

Packing optimised_packing(const DieShape& die, const WaferShape& wafer) {
    Packing best;
    const double radius = wafer.usable_radius_mm();
    if (radius <= 0.0 || std::hypot(die.width_mm, die.height_mm) > 2.0 * radius + slack_mm) return best;
    const GridCounter counter(die, wafer);
    for (const auto centring : {Centring::die, Centring::street, Centring::corner})
        keep_better(best, counter, centred_offset(die, centring));
    try_all_touching_x(best, counter, die, wafer.lowest_mm());
    best.certified = search_size(die, radius) <= exact_search_limit;
    if (best.certified) {
        try_all_chords(best, counter, die, radius);
    } else {
        const double rows = 2.0 * radius / die.pitch_y_mm();
        const int steps = std::clamp(static_cast<int>(exact_search_limit / (2.0 * rows * rows)), 4, 64);
        for (int step = 0; step < steps; ++step)
            try_all_touching_x(best, counter, die, die.pitch_y_mm() * step / steps);
    }
    return best;
}

std::vector<RowSpan> die_rows(const DieShape& die, const WaferShape& wafer, const GridOffset& offset) {
    std::vector<RowSpan> result;
    if (wafer.usable_radius_mm() <= 0.0) return result;
    const GridCounter counter(die, wafer);
    const int last = counter.last_row(offset.y_mm);
    for (int row = counter.first_row(offset.y_mm); row <= last; ++row) {
        const double chord = counter.row_half_chord(offset.y_mm, row);
        const RowSpan span{row, counter.first_column(chord, offset.x_mm), counter.last_column(chord, offset.x_mm)};
        if (span.dies() > 0) result.push_back(span);
    }
    return result;
}

} // namespace autarky::silicon
