// autarky: draws shares of the variance as bars.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "analysis/sense.hpp"
#include "show/figure_text.hpp"
#include "show/markup.hpp"
#include "show/text.hpp"

namespace autarky::analysis {
namespace {

constexpr double width = 880, left_rim = 330, right_rim = 60, top_rim = 96, row_height = 34, bar_height = 9,
                 bottom_rim = 56;

class Picture {
public:
    explicit Picture(const SenseAnswer& answer) : answer_(answer) {
        for (const auto& one : answer.drivers)
            most_ = std::max({most_, one.first.high(), one.total.high()});
        most_ = std::ceil(10.0 * std::min(most_, 2.0)) / 10.0;
    }
    [[nodiscard]] std::string drawn() const {
        const double bottom = top_rim + row_height * static_cast<double>(answer_.drivers.size());
        std::string out = head(bottom) + axis(bottom);
        for (std::size_t k = 0; k < answer_.drivers.size(); ++k)
            out += row(answer_.drivers[k], top_rim + row_height * static_cast<double>(k));
        return out + "</svg>\n";
    }

private:
    [[nodiscard]] double x_of(double share) const {
        return left_rim + (width - left_rim - right_rim) * std::clamp(share / most_, 0.0, 1.0);
    }
    [[nodiscard]] std::string head(double bottom) const {
        std::string out = fmt::format(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}' font-family='sans-serif' font-size='13'>\n"
            "<style>.page{{fill:#ffffff}}text{{fill:#222222}}@media(prefers-color-scheme:dark){{.page{{fill:#16181d}}"
            "text{{fill:#e6e6e6}}}}</style>\n<rect class='page' width='100%' height='100%'/>\n",
            width, bottom + bottom_rim);
        out += fmt::format("<text x='20' y='28' font-size='17' font-weight='bold'>What drives {}{}: shares of its "
                           "variance</text>\n",
                           show::escaped(answer_.metric), answer_.quarter ? " in " + *answer_.quarter : "");
        out += fmt::format("<text x='20' y='50'>{}{}, {} pairs of futures, seed {}</text>\n",
                           show::escaped(answer_.scenario),
                           answer_.variant.empty() ? "" : ", variant " + show::escaped(answer_.variant),
                           answer_.samples, answer_.seed);
        return out +
               fmt::format("<rect x='20' y='64' width='14' height='{0}' fill='#1b7837'/><text x='40' y='73'>alone "
                           "(first order)</text><rect x='170' y='64' width='14' height='{0}' fill='#d95f02'/>"
                           "<text x='190' y='73'>with all it does together with others (total); lines: 95 % "
                           "intervals</text>\n",
                           bar_height);
    }
    [[nodiscard]] std::string axis(double bottom) const {
        std::string out;
        constexpr int n_ticks = 5;
        for (int i = 0; i <= n_ticks; ++i) {
            const double share = most_ * i / n_ticks;
            out += fmt::format("<line x1='{0:.1f}' y1='{1}' x2='{0:.1f}' y2='{2:.1f}' stroke='#dddddd'/>"
                               "<text x='{0:.1f}' y='{3:.1f}' text-anchor='middle'>{4:.0f} %</text>\n",
                               x_of(share), top_rim - 6, bottom, bottom + 20, 100.0 * share);
        }
        return out;
    }
    [[nodiscard]] std::string bar(const VarianceShare& share, double top, const char* colour) const {
        if (!std::isfinite(share.value)) return {};
        const double middle = top + 0.5 * bar_height;
        return fmt::format(
            "<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{}' fill='{}'/>"
            "<line x1='{:.1f}' y1='{:.1f}' x2='{:.1f}' y2='{:.1f}' stroke='#555555' stroke-width='1.6'/>\n",
            x_of(0.0), top, x_of(share.value) - x_of(0.0), bar_height, colour, x_of(share.low()), middle,
            x_of(share.high()), middle);
    }
    [[nodiscard]] std::string row(const SensedDriver& one, double top) const {
        return fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='end'>{}</text>\n", left_rim - 10,
                           top + bar_height + 5, show::escaped(show::cut(one.name, 46))) +
               bar(one.first, top, "#1b7837") + bar(one.total, top + bar_height + 2, "#d95f02");
    }

    const SenseAnswer& answer_;
    double most_ = 0.1;
};

} // namespace

std::string sense_svg(const SenseAnswer& answer) { return Picture(answer).drawn(); }

} // namespace autarky::analysis
