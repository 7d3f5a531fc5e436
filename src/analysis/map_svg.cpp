// autarky: draws the map of make or buy.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/map.hpp"
#include "show/drawing.hpp"
#include "show/figure_text.hpp"

namespace autarky::analysis {
namespace {

constexpr double width = 880, height = 600, left_rim = 100, right_rim = 190, top_rim = 64, bottom_rim = 92;

/// Pixels of an axis.
struct Scale {
    const MapAxis& axis;
    double from, to;

    [[nodiscard]] double operator()(double x) const {
        const double low = axis.at.front(), high = axis.at.back();
        const double share = axis.is_log ? std::log(x / low) / std::log(high / low) : (x - low) / (high - low);
        return from + (to - from) * share;
    }
    /// Edges of the field around place i, half-way to its neighbours.
    [[nodiscard]] std::pair<double, double> edges(std::size_t i) const {
        const double here = (*this)(axis.at[i]);
        const double before = i > 0 ? 0.5 * (here + (*this)(axis.at[i - 1])) : here;
        const double after = i + 1 < axis.at.size() ? 0.5 * (here + (*this)(axis.at[i + 1])) : here;
        return {std::min(before, after), std::max(before, after)};
    }
};

/// Orange where buying is the better one, light at even, teal where making is: told apart without colour vision too.
std::string colour(double p) {
    constexpr double buy[] = {184, 86, 15}, even[] = {243, 240, 230}, make[] = {11, 122, 117};
    const double* end = p < 0.5 ? buy : make;
    const double share = std::fabs(p - 0.5) * 2.0;
    const auto mix = [&](int k) { return static_cast<int>(std::lround(even[k] + (end[k] - even[k]) * share)); };
    return fmt::format("#{:02x}{:02x}{:02x}", mix(0), mix(1), mix(2));
}

std::string axis_name(const MapAxis& axis) {
    return axis.is_factor ? fmt::format("{}, multiple of the scenario's", axis.path)
                          : fmt::format("{}{}", axis.path, axis.unit == "1" ? "" : ", " + axis.unit);
}

std::string fields(const MapAnswer& map, const Scale& x, const Scale& y) {
    std::string out;
    for (std::size_t j = 0; j < map.y.at.size(); ++j)
        for (std::size_t i = 0; i < map.x.at.size(); ++i) {
            const auto [left, right] = x.edges(i);
            const auto [top, bottom] = y.edges(j);
            out +=
                fmt::format("<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='{}'><title>{} {}: {:.0f} "
                            "%</title></rect>\n",
                            left, top, right - left + 0.3, bottom - top + 0.3, colour(map.p_make[j][i]),
                            show::figure(map.x.at[i], 3), show::figure(map.y.at[j], 3), 100.0 * map.p_make[j][i]);
        }
    return out;
}

std::string labels(const MapAnswer& map, const Scale& x, const Scale& y) {
    std::string out;
    const double bottom = height - bottom_rim;
    const std::size_t step_x = std::max<std::size_t>(1, map.x.at.size() / 7);
    for (std::size_t i = 0; i < map.x.at.size(); i += step_x)
        out += fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='middle'>{}</text>\n", x(map.x.at[i]), bottom + 20,
                           show::figure(map.x.at[i], 3));
    const std::size_t step_y = std::max<std::size_t>(1, map.y.at.size() / 7);
    for (std::size_t j = 0; j < map.y.at.size(); j += step_y)
        out += fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='end'>{}</text>\n", left_rim - 8,
                           y(map.y.at[j]) + 4, show::figure(map.y.at[j], 3));
    out += fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='middle'>{}</text>\n",
                       0.5 * (left_rim + width - right_rim), bottom + 44, axis_name(map.x));
    out += fmt::format("<text transform='translate(22 {:.1f}) rotate(-90)' text-anchor='middle'>{}</text>\n",
                       0.5 * (top_rim + bottom), axis_name(map.y));
    return out;
}

std::string mark(const Scale& x, const Scale& y, const std::optional<double>& at_x, const std::optional<double>& at_y,
                 const char* name) {
    if (!at_x || !at_y) return {};
    const double low_x = x.axis.at.front(), high_x = x.axis.at.back(), low_y = y.axis.at.front(),
                 high_y = y.axis.at.back();
    if (*at_x < low_x || *at_x > high_x || *at_y < low_y || *at_y > high_y) return {};
    const bool is_right = x(*at_x) > 0.75 * (width - right_rim);
    return fmt::format(
        "<circle cx='{0:.1f}' cy='{1:.1f}' r='6' fill='#ffffff' stroke='#111111' stroke-width='2'/>"
        "<text x='{2:.1f}' y='{3:.1f}' text-anchor='{4}' font-weight='bold' stroke='#ffffff' stroke-width='3' "
        "paint-order='stroke' style='fill:#111111'>{5}</text>\n",
        x(*at_x), y(*at_y), x(*at_x) + (is_right ? -11 : 11), y(*at_y) + 4, is_right ? "end" : "start", name);
}

std::string legend() {
    std::string out;
    const double x = width - right_rim + 24;
    double y = top_rim + 6;
    for (const double p : {1.0, 0.75, 0.5, 0.25, 0.0}) {
        out += fmt::format("<rect x='{}' y='{}' width='20' height='20' fill='{}' stroke='#888888' stroke-width='0.5'/>"
                           "<text x='{}' y='{}'>{:.0f} %{}</text>\n",
                           x, y, colour(p), x + 28, y + 15, 100.0 * p,
                           p == 1.0   ? " make pays"
                           : p == 0.0 ? " buy pays"
                                      : "");
        y += 24;
    }
    out += fmt::format(
        "<line x1='{}' y1='{}' x2='{}' y2='{}' stroke='#111111' stroke-width='2.5' class='line'/><text x='{}' "
        "y='{}'>even</text>\n",
        x, y + 12, x + 20, y + 12, x + 28, y + 17);
    return out;
}

} // namespace

std::string map_svg(const MapAnswer& map) {
    const Scale x{map.x, left_rim, width - right_rim};
    const Scale y{map.y, height - bottom_rim, top_rim};
    std::string out = show::drawing(width, height, "make or buy over two inputs");
    out +=
        fmt::format("<text x='{}' y='28' font-size='17' font-weight='bold'>Where making pays: probability that the own "
                    "chip is worth more</text>\n",
                    left_rim);
    out += fmt::format("<text class='quiet' x='{}' y='48'>{:.0f} to {:.0f} %; error up to {:.1f} points</text>\n",
                       left_rim, 100.0 * map.p_least, 100.0 * map.p_most, 100.0 * map.largest_error);
    out += fields(map, x, y);
    for (const auto& s : map.even)
        out +=
            fmt::format("<line x1='{:.1f}' y1='{:.1f}' x2='{:.1f}' y2='{:.1f}' stroke='#111111' stroke-width='2.5'/>\n",
                        x(s.from.x), y(s.from.y), x(s.to.x), y(s.to.y));
    out += labels(map, x, y);
    out += mark(x, y, map.x.essay, map.y.essay, "essay");
    out += mark(x, y, map.x.scenario, map.y.scenario, "scenario");
    out += legend();
    out += show::drawing_source(left_rim, height - 14,
                                show::about_run(map.scenario, map.variant, map.seed, map.samples, "samples a point"));
    return out + "</svg>\n";
}

} // namespace autarky::analysis
