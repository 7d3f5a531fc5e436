// autarky: draws how the probability of making moves with each input.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <string>

#include "analysis/flip.hpp"
#include "show/drawing.hpp"
#include "show/figure_text.hpp"
#include "show/markup.hpp"
#include "show/text.hpp"

namespace autarky::analysis {
namespace {

constexpr double width = 920, left_rim = 300, right_rim = 230, top_rim = 70, row_height = 62, plot_height = 42,
                 bottom_rim = 68;

double x_of(double percentile) { return left_rim + (width - left_rim - right_rim) * percentile; }

/// The curve of one input over its percentiles, with the line at 50 %.
std::string curve(const FlipInput& input, double top) {
    const auto y_of = [&](double p) { return top + plot_height * (1.0 - p); };
    std::string out =
        fmt::format("<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='none' class='faint'/>"
                    "<line x1='{:.1f}' y1='{:.1f}' x2='{:.1f}' y2='{:.1f}' class='line' stroke-opacity='0.5' "
                    "stroke-dasharray='4 3'/>\n",
                    x_of(0.0), top, x_of(1.0) - x_of(0.0), plot_height, x_of(0.0), y_of(0.5), x_of(1.0), y_of(0.5));
    std::string points;
    for (const auto& point : input.points)
        if (std::isfinite(point.p_make))
            points += fmt::format("{:.1f},{:.1f} ", x_of(point.percentile), y_of(point.p_make));
    out += fmt::format("<polyline points='{}' fill='none' class='makes' stroke-width='2.2'/>\n", points);
    if (input.even)
        out += fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='5' class='page line' stroke-width='2'/>\n",
                           x_of(input.even->percentile), y_of(0.5));
    return out;
}

std::string number(const FlipInput& input, double value) {
    return input.is_date ? show::fixed(value, 2) : show::figure(value, 3);
}

std::string row(const FlipInput& input, double top) {
    const double middle = top + 0.5 * plot_height + 4;
    const std::string unit = input.unit == "1" || input.is_date ? "" : " " + input.unit;
    const auto said = input.even ? fmt::format("even at {}{}", number(input, input.even->value), unit)
                                 : std::string("no value turns it");
    const auto beyond = input.even ? fmt::format("{} beyond", show::share_text(input.even->beyond)) : std::string{};
    return curve(input, top) +
           fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='end'>{}</text>"
                       "<text x='{:.1f}' y='{:.1f}'>{}</text><text x='{:.1f}' y='{:.1f}'>{}</text>\n",
                       left_rim - 10, middle, show::escaped(show::cut(input.name, 44)), x_of(1.0) + 10, middle - 8,
                       show::escaped(said), x_of(1.0) + 10, middle + 10, beyond);
}

} // namespace

std::string flip_svg(const FlipAnswer& answer) {
    const double bottom = top_rim + row_height * static_cast<double>(answer.inputs.size());
    std::string out = show::drawing(width, bottom + bottom_rim, "what would turn the verdict");
    out += "<text x='20' y='28' font-size='17' font-weight='bold'>What would turn the verdict: probability that making "
           "pays, one input held</text>\n";
    out += fmt::format("<text class='quiet' x='20' y='50'>with all drawn {} make</text>\n",
                       show::share_text(answer.p_make));
    for (std::size_t k = 0; k < answer.inputs.size(); ++k)
        out += row(answer.inputs[k], top_rim + row_height * static_cast<double>(k));
    for (const double p : {0.0, 0.25, 0.5, 0.75, 1.0})
        out += fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='middle'>{:.0f} %</text>\n", x_of(p), bottom + 10.0,
                           100.0 * p);
    out +=
        fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='middle'>percentile of the input; each field spans 0 to "
                    "100 %, dashed at 50 %</text>\n",
                    x_of(0.5), bottom + 34.0);
    out += show::drawing_source(
        20, bottom + bottom_rim - 6,
        show::about_run(answer.scenario, answer.variant, answer.seed, answer.samples, "futures a value"));
    return out + "</svg>\n";
}

} // namespace autarky::analysis
