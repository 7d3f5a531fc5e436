// autarky: several designs in one reticle.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/reticle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace autarky::silicon {
namespace {

constexpr double slack_mm = 1e-9;

struct Piece {
    std::size_t design;
    double width, height;
};

/// Every die once, lying (wide) or standing (tall), the tallest first.
std::vector<Piece> pieces_of(const std::vector<ReticleDesign>& designs, bool lying) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < designs.size(); ++i) {
        const auto& d = designs[i];
        const double longer = std::max(d.width_mm, d.height_mm), shorter = std::min(d.width_mm, d.height_mm);
        for (int n = 0; n < d.copies; ++n)
            pieces.push_back(lying ? Piece{i, longer, shorter} : Piece{i, shorter, longer});
    }
    std::ranges::stable_sort(pieces, [](const Piece& a, const Piece& b) { return a.height > b.height; });
    return pieces;
}

struct Shelf {
    double y = 0.0, height = 0.0, used = 0.0;
};

/// First shelf with room, in a strip of that width; a piece too wide for the strip stands up if that helps.
ReticleLayout shelves(const std::vector<Piece>& pieces, double strip_mm, double scribe_mm) {
    ReticleLayout out;
    std::vector<Shelf> all;
    for (const auto& piece : pieces) {
        if (piece.width > strip_mm + slack_mm) return {};
        auto shelf = std::ranges::find_if(all, [&](const Shelf& s) {
            return piece.height <= s.height + slack_mm && s.used + scribe_mm + piece.width <= strip_mm + slack_mm;
        });
        if (shelf == all.end()) {
            const double y = all.empty() ? 0.0 : all.back().y + all.back().height + scribe_mm;
            shelf = all.insert(all.end(), Shelf{y, piece.height, -scribe_mm});
        }
        const double x = shelf->used + scribe_mm;
        out.places.push_back({piece.design, x, shelf->y, piece.width, piece.height});
        shelf->used = x + piece.width;
        out.width_mm = std::max(out.width_mm, shelf->used);
        out.height_mm = std::max(out.height_mm, shelf->y + shelf->height);
    }
    return out;
}

/// The layout of least area among strips of many widths.
void improve(ReticleLayout& best, const std::vector<Piece>& pieces, const FieldShape& field, double scribe_mm) {
    constexpr int steps = 200;
    for (int i = 1; i <= steps; ++i) {
        auto found = shelves(pieces, field.width_mm * i / steps, scribe_mm);
        if (found.places.empty() || found.height_mm > field.height_mm + slack_mm) continue;
        const bool is_first = best.places.empty();
        if (is_first || found.width_mm * found.height_mm < best.width_mm * best.height_mm - slack_mm)
            best = std::move(found);
    }
}

/// A field grid on a wafer.
class Fields {
public:
    Fields(const ReticleLayout& layout, const WaferShape& wafer, double scribe_mm)
        : layout_(layout),
          radius_(wafer.usable_radius_mm()),
          lowest_(wafer.lowest_mm()),
          pitch_x_(layout.width_mm + scribe_mm),
          pitch_y_(layout.height_mm + scribe_mm) {}

    /// Whole dies of each design with one field's corner at that share of a pitch from the centre.
    [[nodiscard]] std::vector<int> count(double share_x, double share_y, std::size_t designs) const {
        std::vector<int> dies(designs, 0);
        const int columns = reach(pitch_x_), rows = reach(pitch_y_);
        for (int row = -rows; row < rows; ++row)
            for (int column = -columns; column < columns; ++column)
                for (const auto& place : layout_.places)
                    if (is_whole((column + share_x) * pitch_x_ + place.x_mm, (row + share_y) * pitch_y_ + place.y_mm,
                                 place))
                        ++dies[place.design];
        return dies;
    }

private:
    [[nodiscard]] int reach(double pitch) const { return static_cast<int>(std::ceil(radius_ / pitch)) + 1; }
    [[nodiscard]] bool is_whole(double x, double y, const ReticlePlace& place) const {
        const double far_x = std::max(std::abs(x), std::abs(x + place.width_mm));
        const double far_y = std::max(std::abs(y), std::abs(y + place.height_mm));
        return std::hypot(far_x, far_y) <= radius_ + slack_mm && y >= lowest_ - slack_mm;
    }

    const ReticleLayout& layout_;
    double radius_, lowest_, pitch_x_, pitch_y_;
};

double whole_area(const std::vector<int>& dies, const std::vector<double>& area) {
    double sum = 0.0;
    for (std::size_t i = 0; i < dies.size(); ++i)
        sum += dies[i] * area[i];
    return sum;
}

} // namespace

ReticleLayout lay_out_reticle(const std::vector<ReticleDesign>& designs, const FieldShape& field, double scribe_mm) {
    ReticleLayout best;
    for (const bool lying : {false, true}) {
        const auto pieces = pieces_of(designs, lying);
        improve(best, pieces, field, scribe_mm);
        improve(best, pieces, {field.height_mm, field.width_mm}, scribe_mm);
    }
    return best;
}

std::vector<int> dies_of_each(const ReticleLayout& layout, std::size_t designs, const WaferShape& wafer,
                              double scribe_mm) {
    constexpr int raster = 24; // positions along each side of a field
    std::vector<double> area(designs, 0.0);
    for (const auto& place : layout.places)
        area[place.design] = place.width_mm * place.height_mm;
    const Fields fields(layout, wafer, scribe_mm);
    std::vector<int> best(designs, 0);
    for (int i = 0; i < raster; ++i)
        for (int k = 0; k < raster; ++k) {
            auto dies = fields.count(static_cast<double>(i) / raster, static_cast<double>(k) / raster, designs);
            if (whole_area(dies, area) > whole_area(best, area)) best = std::move(dies);
        }
    return best;
}

} // namespace autarky::silicon
