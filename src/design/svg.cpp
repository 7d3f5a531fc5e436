// autarky: the Pareto front of an exploration as a picture.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "core/real.hpp"
#include "design/space.hpp"
#include "show/drawing.hpp"
#include "show/figure_text.hpp"

namespace autarky::design {
namespace {

constexpr double width = 880, height = 560, left_rim = 90, right_rim = 170, top_rim = 50, bottom_rim = 70;
constexpr std::array<std::string_view, 6> colours{"#4573b8", "#d0604a", "#4b9b6a", "#9b6fc0", "#c9a227", "#8a8f94"};

/// A logarithmic axis over the values, a little wider than they reach.
struct LogAxis {
    double low = 1.0, high = 10.0, from = 0.0, to = 1.0;

    [[nodiscard]] double operator()(double x) const { return from + (to - from) * log(x / low) / log(high / low); }
    /// 1, 2 and 5 of each decade within the axis.
    [[nodiscard]] std::vector<double> ticks() const {
        std::vector<double> out;
        for (double decade = pow(10.0, floor(log(low) / log(10.0))); decade <= high; decade *= 10.0)
            for (const double m : {1.0, 2.0, 5.0})
                if (m * decade >= low && m * decade <= high) out.push_back(m * decade);
        return out;
    }
};

LogAxis axis_over(const std::vector<DesignPoint>& front, std::size_t objective, double from, double to) {
    LogAxis axis{1.0, 10.0, from, to};
    if (front.empty()) return axis;
    const auto by = [objective](const DesignPoint& p) { return p.objectives[objective]; };
    axis.low = 0.9 * std::ranges::min(front, {}, by).objectives[objective];
    axis.high = 1.1 * std::ranges::max(front, {}, by).objectives[objective];
    return axis;
}

void add_axes(std::string& svg, const LogAxis& x, const LogAxis& y) {
    const double bottom = height - bottom_rim, right = width - right_rim;
    for (const double tick : x.ticks())
        svg += fmt::format("<line x1='{0:.1f}' y1='{1}' x2='{0:.1f}' y2='{2}' class='faint'/><text x='{0:.1f}' "
                           "y='{3}' text-anchor='middle'>{4:g}</text>\n",
                           x(tick), top_rim, bottom, bottom + 20, tick);
    for (const double tick : y.ticks())
        svg += fmt::format("<line x1='{1}' y1='{0:.1f}' x2='{2}' y2='{0:.1f}' class='faint'/><text x='{3}' "
                           "y='{4:.1f}' text-anchor='end'>{5:g}</text>\n",
                           y(tick), left_rim, right, left_rim - 8, y(tick) + 4, tick);
    svg += fmt::format("<text x='{}' y='{}' text-anchor='middle'>cost of die and package, USD</text>\n",
                       (left_rim + right) / 2, height - 20);
    svg += fmt::format("<text transform='translate(24 {}) rotate(-90)' text-anchor='middle'>latency of all workloads "
                       "in turn, ms</text>\n",
                       (top_rim + bottom) / 2);
}

void add_legend(std::string& svg, const Exploration& e) {
    double y = top_rim + 10;
    for (std::size_t i = 0; i < e.axes.nodes.size(); ++i, y += 22) {
        const bool is_there = std::ranges::any_of(
            e.front, [&](const DesignPoint& point) { return design_at(e.axes, point.index).node == i; });
        svg += fmt::format("<circle cx='{}' cy='{}' r='6' fill='{}'/><text x='{}' y='{}'>{} nm, {}{}</text>\n",
                           width - right_rim + 20, y, colours[i % colours.size()], width - right_rim + 32, y + 4,
                           e.axes.nodes[i].node_nm, e.axes.nodes[i].costing.process, is_there ? "" : ": none");
    }
    svg += fmt::format("<text class='quiet' x='{}' y='{}'>size: energy</text>\n", width - right_rim + 14, y + 8);
}

} // namespace

std::string front_svg(const Exploration& e) {
    const auto x = axis_over(e.front, 1, left_rim, width - right_rim);
    const auto y = axis_over(e.front, 2, height - bottom_rim, top_rim);
    const auto energy = axis_over(e.front, 3, 3.0, 10.0);
    const auto counted = [](std::size_t n) { return show::fixed(static_cast<double>(n), 0); };
    std::string svg = show::drawing(width, height, "designs on the Pareto front", 12.0);
    svg += show::drawing_title(left_rim, 28,
                               fmt::format("{} designs on the front, of {} feasible among {}", counted(e.front.size()),
                                           counted(e.feasible), counted(e.points)),
                               16.0);
    add_axes(svg, x, y);
    for (const auto& point : e.front) {
        const auto design = design_at(e.axes, point.index);
        svg += fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='{:.1f}' fill='{}' fill-opacity='0.7'><title>{} x {}x{} "
                           "{}, {:g} MiB, {} channels, {} nm: "
                           "{:.0f} mm2, {:.0f} USD, {:.2f} ms, {:.0f} mJ</title></circle>\n",
                           x(point.objectives[1]), y(point.objectives[2]), energy(point.objectives[3]),
                           colours[design.node % colours.size()], design.cores, design.side, design.side,
                           compute::dataflow_name(design.dataflow), design.buffer_mib, design.channels,
                           e.axes.nodes[design.node].node_nm, point.objectives[0], point.objectives[1],
                           point.objectives[2], point.objectives[3]);
    }
    add_legend(svg, e);
    svg += show::drawing_source(left_rim, height - 4, "no design is better in area, cost, latency and energy at once");
    return svg + "</svg>\n";
}

} // namespace autarky::design
