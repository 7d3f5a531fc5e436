// autarky: draws a wafer as SVG.
// SPDX-License-Identifier: Apache-2.0
#include "silicon/wafer_svg.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "core/real.hpp"
#include "show/drawing.hpp"

namespace autarky::silicon {
namespace {

constexpr double margin_mm = 6.0;
constexpr double caption_mm = 34.0;
// told apart on light and dark ground
constexpr const char *good_fill = "#8fb573", *bad_fill = "#e0b04c", *defect_fill = "#b8343f", *field_edge = "#4573b8";

/// Uniform on [0, 1) from a generator whose output the standard fixes.
double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11U) * 0x1p-53; }

/// Number of defects on one die: negative binomial by inversion.
int defects_on_die(std::mt19937_64& random, double mean, double clustering) {
    const double open = 1.0 + mean / clustering;
    const double step = mean / clustering / open;
    double weight = pow(open, -clustering);
    double left = uniform(random) - weight;
    int count = 0;
    while (left >= 0.0 && count < 1000) {
        weight *= (clustering + count) / (count + 1.0) * step;
        ++count;
        left -= weight;
    }
    return count;
}

class Drawing {
public:
    Drawing(const DieResult& result, std::uint64_t seed)
        : in_(result.input),
          result_(result),
          seed_(seed),
          random_(seed),
          centre_(in_.wafer.diameter_mm / 2.0 + margin_mm),
          rows_(die_rows(in_.die, in_.wafer, result.gross.optimised.offset)) {}

    std::string text() {
        const double size = 2.0 * centre_;
        svg_ = show::drawing(size, size + caption_mm, "dies on a wafer", 5.0);
        wafer();
        dies();
        fields();
        caption(size);
        put("</svg>\n");
        return std::move(svg_);
    }

private:
    template <class... A> void put(fmt::format_string<A...> format, A&&... arguments) {
        fmt::format_to(std::back_inserter(svg_), format, std::forward<A>(arguments)...);
    }
    [[nodiscard]] double x(double mm) const { return centre_ + mm; }
    [[nodiscard]] double y(double mm) const { return centre_ - mm; } // up is up

    void wafer() {
        const double radius = in_.wafer.diameter_mm / 2.0;
        put("<circle cx=\"{0:.3f}\" cy=\"{0:.3f}\" r=\"{1:.3f}\" class=\"ground line\" "
            "stroke-width=\"0.5\"/>\n",
            centre_, radius);
        put("<clipPath id=\"wafer\"><circle cx=\"{0:.3f}\" cy=\"{0:.3f}\" r=\"{1:.3f}\"/></clipPath>\n", centre_,
            radius);
        put("<circle cx=\"{0:.3f}\" cy=\"{0:.3f}\" r=\"{1:.3f}\" fill=\"none\" stroke=\"#bf616a\" stroke-width=\"0.4\" "
            "stroke-dasharray=\"2 1.5\"><title>edge exclusion {2:g} mm</title></circle>\n",
            centre_, in_.wafer.usable_radius_mm(), in_.wafer.edge_exclusion_mm);
        put("<path d=\"M {:.3f} {:.3f} l 1.5 -2 l 1.5 2 z\" class=\"ink\"><title>notch</title></path>\n", centre_ - 1.5,
            y(-radius));
        if (in_.wafer.notch_keepout_mm > 0.0) {
            const double half =
                std::sqrt(std::max(0.0, radius * radius - in_.wafer.lowest_mm() * in_.wafer.lowest_mm()));
            put("<line x1=\"{:.3f}\" y1=\"{:.3f}\" x2=\"{:.3f}\" y2=\"{:.3f}\" stroke=\"#bf616a\" "
                "stroke-width=\"0.4\"/>\n",
                x(-half), y(in_.wafer.lowest_mm()), x(half), y(in_.wafer.lowest_mm()));
        }
    }

    void dies() {
        const GridOffset& offset = result_.gross.optimised.offset;
        const double mean = result_.yields ? result_.yields->mean_faults : 0.0;
        std::string defects;
        for (const auto& row : rows_) {
            for (int column = row.first_column; column <= row.last_column; ++column) {
                const double left = offset.x_mm + column * in_.die.pitch_x_mm();
                const double bottom = offset.y_mm + row.row * in_.die.pitch_y_mm();
                const int count = mean > 0.0 ? defects_on_die(random_, mean, in_.clustering) : 0;
                good_ += count == 0 ? 1 : 0;
                put("<rect x=\"{:.3f}\" y=\"{:.3f}\" width=\"{:.3f}\" height=\"{:.3f}\" fill=\"{}\" stroke=\"#ffffff\" "
                    "stroke-width=\"0.1\"/>\n",
                    x(left), y(bottom + in_.die.height_mm), in_.die.width_mm, in_.die.height_mm,
                    count == 0 ? good_fill : bad_fill);
                for (int i = 0; i < count; ++i) {
                    const double dx = uniform(random_) * in_.die.width_mm;
                    const double dy = uniform(random_) * in_.die.height_mm;
                    fmt::format_to(std::back_inserter(defects),
                                   "<circle cx=\"{:.3f}\" cy=\"{:.3f}\" r=\"0.7\" fill=\"{}\"/>\n", x(left + dx),
                                   y(bottom + dy), defect_fill);
                }
            }
        }
        svg_ += defects;
    }

    void fields() {
        const FieldFit& fit = result_.field.fit;
        if (fit.dies() <= 1 || rows_.empty()) return;
        const FieldPhase phase = best_field_phase(rows_, fit);
        const auto first_of = [](int index, int start, int size) {
            const int shifted = index - start;
            return start + (shifted >= 0 ? shifted / size : -((-shifted + size - 1) / size)) * size;
        };
        const GridOffset& offset = result_.gross.optimised.offset;
        const double scribe = in_.die.scribe_mm;
        put("<g clip-path=\"url(#wafer)\">\n"); // what a field exposes beside the wafer is nothing
        for (std::size_t i = 0; i < rows_.size();) {
            const int bottom_row = first_of(rows_[i].row, phase.row, fit.rows);
            int first = rows_[i].first_column;
            int last = rows_[i].last_column;
            for (; i < rows_.size() && rows_[i].row < bottom_row + fit.rows; ++i) {
                first = std::min(first, rows_[i].first_column);
                last = std::max(last, rows_[i].last_column);
            }
            for (int column = first_of(first, phase.column, fit.columns); column <= last; column += fit.columns) {
                const double width = fit.columns * in_.die.pitch_x_mm() - scribe;
                const double height = fit.rows * in_.die.pitch_y_mm() - scribe;
                put("<rect x=\"{:.3f}\" y=\"{:.3f}\" width=\"{:.3f}\" height=\"{:.3f}\" fill=\"none\" "
                    "stroke=\"{}\" stroke-width=\"0.5\"/>\n",
                    x(offset.x_mm + column * in_.die.pitch_x_mm()),
                    y(offset.y_mm + bottom_row * in_.die.pitch_y_mm() + height), width, height, field_edge);
            }
        }
        put("</g>\n");
    }

    /// One entry of the legend, at x; what follows stands behind it.
    void entry(double& at, double top, std::string_view drawn, std::string_view name) {
        constexpr double letter = 2.7; // of 5 mm letters, roughly
        put("<g transform=\"translate({:.2f} {:.2f})\">{}<text x=\"7\" y=\"4\">{}</text></g>\n", at, top, drawn, name);
        at += 12.0 + letter * static_cast<double>(name.size());
    }
    static std::string square(const char* fill, const char* edge) {
        return fmt::format("<rect width=\"5\" height=\"4\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.6\"/>", fill,
                           edge);
    }

    void caption(double size) {
        const int dies = result_.gross.optimised.dies, of_field = result_.field.fit.dies();
        std::string finding =
            fmt::format("{:g} x {:g} mm: {} dies, {} shots of {}", in_.die.width_mm, in_.die.height_mm, dies,
                        result_.field.shots, of_field == 1 ? "one die" : fmt::format("{} dies", of_field));
        if (result_.yields)
            finding += fmt::format("; {:.1f} good ones expected, {} in this draw",
                                   dies * result_.yields->by_model.back(), good_);
        svg_ += show::drawing_title(margin_mm, size + 4.0, finding, 6.0);
        double at = margin_mm;
        entry(at, size + 11.0, square(good_fill, "none"), result_.yields ? "no defect" : "die");
        if (result_.yields) {
            entry(at, size + 11.0, square(bad_fill, "none"), "with a defect");
            entry(at, size + 11.0, fmt::format("<circle cx=\"2.5\" cy=\"2\" r=\"1\" fill=\"{}\"/>", defect_fill),
                  "defect");
        }
        if (of_field > 1) entry(at, size + 11.0, square("none", field_edge), "field of one shot");
        entry(at, size + 11.0,
              fmt::format("<path d=\"M0 2h5\" stroke=\"{}\" stroke-width=\"0.6\" stroke-dasharray=\"2 1.5\"/>",
                          defect_fill),
              "edge exclusion");
        svg_ += show::drawing_source(margin_mm, size + 28.0,
                                     result_.yields ? fmt::format("{:g} defects per cm^2, clustering {:g} · seed {}",
                                                                  *in_.density_per_cm2, in_.clustering, seed_)
                                                    : fmt::format("wafer of {:g} mm", in_.wafer.diameter_mm),
                                     4.2);
    }

    const DieInput& in_;
    const DieResult& result_;
    std::uint64_t seed_;
    std::mt19937_64 random_;
    double centre_;
    std::vector<RowSpan> rows_;
    std::string svg_;
    int good_ = 0;
};

} // namespace

std::string wafer_svg(const DieResult& result, std::uint64_t seed) { return Drawing(result, seed).text(); }

} // namespace autarky::silicon
