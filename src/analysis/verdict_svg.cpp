// autarky: draws the verdict: equally likely futures as dots, by the value of making.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/summary.hpp"
#include "show/drawing.hpp"
#include "show/figure_text.hpp"
#include "show/markup.hpp"

namespace autarky::analysis {
namespace {

constexpr double width = 880, height = 420, rim = 40, top = 120, base = 340;

/// A step of 1, 2 or 5 times a power of ten that gives some six ticks.
double tick_step(double span) {
    const double rough = span / 6.0;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double step : {1.0, 2.0, 5.0})
        if (step * power >= rough) return step * power;
    return 10.0 * power;
}

/// The axis of the value, zero among it.
struct Axis {
    double low, high;
    explicit Axis(const std::vector<double>& dots)
        : low(std::min(0.0, dots.front())), high(std::max(0.0, dots.back())) {
        if (!(low < high)) high = low + 1.0;
    }
    double operator()(double usd) const { return rim + (width - 2.0 * rim) * (usd - low) / (high - low); }
};

/// Dots in columns; zero is the edge of one, so that no loss stands among the gains. As large as the highest column lets them.
std::string dots_svg(const std::vector<double>& dots, const Axis& x) {
    constexpr double largest = 22.0, smallest = 3.0;
    double size = largest;
    std::map<int, int> rows;
    const auto column_of = [&](double usd) { return static_cast<int>(std::floor((x(usd) - x(0.0)) / size)); };
    for (;; size *= 0.9) {
        rows.clear();
        int most = 0;
        for (const double usd : dots)
            most = std::max(most, ++rows[column_of(usd)]);
        if (most * size <= base - top || size < smallest) break;
    }
    rows.clear();
    std::string out;
    for (const double usd : dots) {
        const int column = column_of(usd);
        out += fmt::format("<circle cx='{:.1f}' cy='{:.1f}' r='{:.1f}' class='{}'><title>{}</title></circle>\n",
                           x(0.0) + (column + 0.5) * size, base - (rows[column]++ + 0.5) * size, 0.44 * size,
                           usd < 0.0 ? "buy" : "make", show::signed_money(usd));
    }
    return out;
}

std::string axis_svg(const Axis& x) {
    std::string out =
        fmt::format("<line class='line' x1='{}' x2='{}' y1='{}' y2='{}'/>\n", rim, width - rim, base + 1, base + 1);
    const double step = tick_step(x.high - x.low);
    for (double tick = std::ceil(x.low / step) * step; tick <= x.high; tick += step) {
        const bool is_zero = std::fabs(tick) < 0.5 * step;
        out += fmt::format("<line class='line' x1='{0:.1f}' x2='{0:.1f}' y1='{1}' y2='{2}'/><text x='{0:.1f}' y='{3}' "
                           "text-anchor='middle'>{4}</text>\n",
                           x(tick), is_zero ? top - 10 : base + 1, base + 7, base + 23,
                           is_zero ? "0" : show::signed_money(tick, 2));
    }
    return out;
}

std::string line(double y, int size, bool is_bold, const std::string& text) {
    return fmt::format("<text x='{}' y='{}' font-size='{}'{}>{}</text>\n", rim, y, size,
                       is_bold ? " font-weight='bold'" : "", show::escaped(text));
}

} // namespace

std::string verdict_svg(const Summary& summary) {
    const auto& frame = summary.frame;
    const auto& dots = summary.verdict.npv_dots;
    std::string out = show::drawing(width, height, "make or buy");
    out += line(32, 17, true, sentence(summary.verdict));
    if (dots.empty()) return out + "</svg>\n";
    out +=
        line(54, 13, false,
             fmt::format(
                 "Net present value of make against buy to the end of the horizon, USD; each dot is {} of the futures",
                 show::share_text(1.0 / static_cast<double>(dots.size()))));
    out +=
        fmt::format("<circle cx='{0}' cy='76' r='6' class='buy'/><text x='{1}' y='80'>buying is worth more</text>"
                    "<circle cx='{2}' cy='76' r='6' class='make'/><text x='{3}' y='80'>making is worth more</text>\n",
                    rim + 6, rim + 18, rim + 190, rim + 202);
    const Axis x(dots);
    out += dots_svg(dots, x) + axis_svg(x);
    out += show::drawing_source(
        rim, height - 14,
        show::about_run(frame.scenario, frame.variant, summary.result.seed, summary.result.done,
                        summary.result.sampling == engine::Sampling::random ? "samples (random)" : "samples") +
            " · " + summary.result.hash.substr(0, 12));
    return out + "</svg>\n";
}

} // namespace autarky::analysis
