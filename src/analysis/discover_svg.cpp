// autarky: draws the way to a box, and where the boxes stand.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "analysis/discover.hpp"
#include "show/drawing.hpp"
#include "show/figure_text.hpp"
#include "show/markup.hpp"

namespace autarky::analysis {
namespace {

constexpr double width = 720, height = 520, left_rim = 80, right_rim = 40, top_rim = 80, bottom_rim = 70;

double x_of(double coverage) { return left_rim + (width - left_rim - right_rim) * coverage; }
double y_of(double density) { return height - bottom_rim - (height - top_rim - bottom_rim) * density; }

std::string axes() {
    std::string out;
    for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0})
        out += fmt::format("<line x1='{0:.1f}' y1='{1:.1f}' x2='{0:.1f}' y2='{2:.1f}' class='faint'/>"
                           "<line x1='{3:.1f}' y1='{4:.1f}' x2='{5:.1f}' y2='{4:.1f}' class='faint'/>"
                           "<text x='{0:.1f}' y='{6:.1f}' text-anchor='middle'>{8:.0f} %</text>"
                           "<text x='{7:.1f}' y='{9:.1f}' text-anchor='end'>{8:.0f} %</text>\n",
                           x_of(share), y_of(0.0), y_of(1.0), x_of(0.0), y_of(share), x_of(1.0), y_of(0.0) + 20,
                           x_of(0.0) - 8, 100.0 * share, y_of(share) + 4);
    return out +
           fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='middle'>coverage: share of all such futures in the box"
                       "</text><text x='24' y='{:.1f}' text-anchor='middle' transform='rotate(-90 24 {:.1f})'>density: "
                       "share of the box's futures</text>\n",
                       x_of(0.5), height - 22, y_of(0.5), y_of(0.5));
}

} // namespace

std::string discover_svg(const DiscoverAnswer& answer) {
    std::string out = show::drawing(width, height, "boxes");
    out += fmt::format("<text x='20' y='28' font-size='17' font-weight='bold'>Where {}: the way to the first box"
                       "</text>\n",
                       answer.looks_for);
    out += fmt::format("<text class='quiet' x='20' y='50'>in {} of all futures; numbers: boxes, judged on fresh futures"
                       "</text>\n",
                       show::share_text(answer.base_rate));
    out += axes();
    std::string points;
    for (const auto& step : answer.trajectory)
        points += fmt::format("{:.1f},{:.1f} ", x_of(step.coverage), y_of(step.density));
    out += fmt::format("<polyline points='{}' fill='none' stroke='#7d5ba6' stroke-width='2'/>\n", points);
    for (std::size_t k = 0; k < answer.boxes.size(); ++k) {
        const auto& fresh = answer.boxes[k].fresh;
        out += fmt::format("<circle cx='{0:.1f}' cy='{1:.1f}' r='10' class='buy'/><text x='{0:.1f}' y='{2:.1f}' "
                           "text-anchor='middle' style='fill:#ffffff'>{3}</text>\n",
                           x_of(fresh.coverage), y_of(fresh.density), y_of(fresh.density) + 5, k + 1);
    }
    out += show::drawing_source(
        20, height - 4, show::about_run(answer.scenario, answer.variant, answer.seed, answer.samples, "futures"));
    return out + "</svg>\n";
}

} // namespace autarky::analysis
