// autarky: draws a world's deliveries with and without an event.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress_svg.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "show/drawing.hpp"
#include "show/figure_text.hpp"
#include "show/markup.hpp"
#include "show/text.hpp"

namespace autarky::analysis {
namespace {

constexpr double width = 880, height = 380, left_rim = 80, gap = 50, top_rim = 100, plot_height = 210;
constexpr double plot_width = (width - left_rim - gap - 20) / 2.0;

using Figure = double StressedQuarter::*;

/// Both worlds have the same scale.
double largest(const StressedCase& of) {
    double out = 1.0;
    for (const auto& q : of.quarters)
        out = std::max({out, q.make_before, q.make_after, q.buy_before, q.buy_after});
    return out;
}

std::string line(const StressedCase& of, Figure figure, double x, double most, const char* style) {
    std::string points;
    const double step = plot_width / std::max(1.0, static_cast<double>(of.quarters.size()) - 1.0);
    for (std::size_t q = 0; q < of.quarters.size(); ++q)
        points += fmt::format("{:.1f},{:.1f} ", x + step * static_cast<double>(q),
                              top_rim + plot_height * (1.0 - of.quarters[q].*figure / most));
    return fmt::format("<polyline points='{}' fill='none' {}/>\n", points, style);
}

/// Thin lines on the days on which something happens.
std::string marks(const StressedCase& of, const std::vector<std::string>& days, double x) {
    std::string out;
    const double step = plot_width / std::max(1.0, static_cast<double>(of.quarters.size()) - 1.0);
    for (std::size_t q = 0; q < of.quarters.size(); ++q)
        if (std::find(days.begin(), days.end(), of.quarters[q].quarter) != days.end())
            out += fmt::format("<line x1='{0:.1f}' y1='{1:.1f}' x2='{0:.1f}' y2='{2:.1f}' class='faint'/>\n",
                               x + step * static_cast<double>(q), top_rim, top_rim + plot_height);
    return out;
}

std::string world(const StressedCase& of, const char* name, Figure before, Figure after, double x, double most) {
    std::string out =
        fmt::format("<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='none' class='faint'/>"
                    "<text x='{:.1f}' y='{:.1f}' font-weight='bold'>{}</text>\n",
                    x, top_rim, plot_width, plot_height, x, top_rim - 8, name);
    out += line(of, before, x, most, "class='line' stroke-opacity='0.6' stroke-width='2' stroke-dasharray='5 3'");
    out += line(of, after, x, most, "class='buys' stroke-width='2.4'");
    if (of.quarters.empty()) return out;
    return out +
           fmt::format("<text x='{:.1f}' y='{:.1f}'>{}</text><text x='{:.1f}' y='{:.1f}' text-anchor='end'>{}</text>\n",
                       x, top_rim + plot_height + 18, of.quarters.front().quarter, x + plot_width,
                       top_rim + plot_height + 18, of.quarters.back().quarter);
}

} // namespace

std::string stress_svg(const StressedCase& of, const std::string& what, const std::string& about,
                       const std::vector<std::string>& days) {
    const double most = largest(of);
    std::string out = show::drawing(width, height, "devices delivered");
    out += show::drawing_title(20, 28, "Devices delivered a quarter: " + show::cut(what, 52));
    out +=
        "<text class='quiet' x='20' y='50'>dashed: without the event; solid: with it; thin: the day; means of the same "
        "futures</text>\n";
    for (const double x : {left_rim, left_rim + plot_width + gap})
        out += marks(of, days, x);
    out += world(of, "making", &StressedQuarter::make_before, &StressedQuarter::make_after, left_rim, most);
    out += world(of, "buying", &StressedQuarter::buy_before, &StressedQuarter::buy_after, left_rim + plot_width + gap,
                 most);
    for (const double share : {0.0, 0.5, 1.0})
        out += fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='end'>{}</text>\n", left_rim - 8,
                           top_rim + plot_height * (1.0 - share) + 4, show::figure(most * share));
    return out + show::drawing_source(20, height - 16, about) + "</svg>\n";
}

} // namespace autarky::analysis
