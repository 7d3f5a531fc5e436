// autarky: draws shares of the variance as bars.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "analysis/sense.hpp"
#include "show/drawing.hpp"
#include "show/figure_text.hpp"
#include "show/markup.hpp"
#include "show/text.hpp"

namespace autarky::analysis {
namespace {

constexpr double width = 880, left_rim = 330, right_rim = 60, top_rim = 96, row_height = 34, bar_height = 9,
                 bottom_rim = 56;

constexpr const char *of_alone = "#4573b8", *of_total = "#d98a3d";
constexpr std::size_t most_effects = 40; // rows of a screening that a page holds

/// A bar with its interval.
struct Bar {
    double value = 0.0, low = 0.0, high = 0.0;
    const char* colour = of_alone;
};
struct Row {
    std::string name;
    std::vector<Bar> bars;
};

Bar bar_of(const VarianceShare& share, const char* colour) {
    return {100.0 * share.value, 100.0 * share.low(), 100.0 * share.high(), colour};
}

/// Shares in percent, or the effects of the strongest drivers where there are no shares.
std::vector<Row> rows_of(const SenseAnswer& answer) {
    std::vector<Row> out;
    for (const auto& one : answer.drivers)
        out.push_back({one.name, {bar_of(one.first, of_alone), bar_of(one.total, of_total)}});
    if (!out.empty()) return out;
    for (std::size_t k = 0; k < std::min(most_effects, answer.screened.size()); ++k) {
        const auto& one = answer.screened[k];
        const VarianceShare effect{one.effect, one.error}; // for its interval
        out.push_back({one.name, {{effect.value, effect.low(), effect.high(), of_alone}}});
    }
    return out;
}

class Picture {
public:
    explicit Picture(const SenseAnswer& answer)
        : answer_(answer), has_shares_(!answer.drivers.empty()), rows_(rows_of(answer)) {
        double most = 0.0;
        for (const auto& row : rows_)
            for (const auto& bar : row.bars)
                if (std::isfinite(bar.high)) most = std::max(most, bar.high);
        if (has_shares_) most = std::min(most, 200.0); // beyond that it is noise, in percent
        step_ = step_of(most);
        most_ = step_ * std::max(std::ceil(most / step_), 1.0);
    }
    [[nodiscard]] std::string drawn() const {
        const double bottom = top_rim + row_height * static_cast<double>(rows_.size());
        std::string out = head(bottom);
        if (!rows_.empty()) out += key() + axis(bottom);
        for (std::size_t k = 0; k < rows_.size(); ++k)
            out += row(rows_[k], top_rim + row_height * static_cast<double>(k));
        const auto pairs = has_shares_ ? answer_.samples : answer_.screening;
        out += show::drawing_source(
            20, bottom + bottom_rim - 4,
            show::about_run(answer_.scenario, answer_.variant, answer_.seed, pairs, "pairs of futures"));
        return out + "</svg>\n";
    }

private:
    /// Of about five ticks: 1, 2 or 5 and noughts.
    static double step_of(double most) {
        if (!(most > 0.0)) return 1.0;
        const double rough = most / 5.0, ten = std::pow(10.0, std::floor(std::log10(rough)));
        for (const double of_ten : {1.0, 2.0, 5.0})
            if (rough <= of_ten * ten) return of_ten * ten;
        return 10.0 * ten;
    }
    [[nodiscard]] double x_of(double value) const {
        return left_rim + (width - left_rim - right_rim) * std::clamp(value / most_, 0.0, 1.0);
    }
    [[nodiscard]] std::string title() const {
        const auto result = show::escaped(answer_.metric) + (answer_.quarter ? " in " + *answer_.quarter : "");
        if (has_shares_) return fmt::format("What drives {}: shares of its variance", result);
        return fmt::format("What drives {}: effects of the drivers", result);
    }
    [[nodiscard]] std::string head(double bottom) const {
        std::string out = show::drawing(width, bottom + bottom_rim, "drivers");
        out += fmt::format("<text x='20' y='28' font-size='17' font-weight='bold'>{}</text>\n", title());
        return out + (answer_.is_stopped ? "<text class='quiet' x='20' y='50'>it was stopped</text>\n" : "");
    }
    [[nodiscard]] std::string key() const {
        if (has_shares_)
            return fmt::format("<rect x='20' y='64' width='14' height='{0}' fill='{1}'/><text x='40' y='73'>alone "
                               "(first order)</text><rect x='170' y='64' width='14' height='{0}' fill='{2}'/>"
                               "<text x='190' y='73'>with all it does together with others (total); lines: 95 % "
                               "intervals</text>\n",
                               bar_height, of_alone, of_total);
        const auto left_out = answer_.screened.size() - rows_.size();
        return fmt::format("<rect x='20' y='64' width='14' height='{}' fill='{}'/><text x='40' y='73'>mean absolute "
                           "change{} when it alone is drawn anew, for a step of one standard deviation; lines: "
                           "95 % intervals{}</text>\n",
                           bar_height, of_alone, answer_.unit == "1" ? "" : ", " + show::escaped(answer_.unit),
                           left_out > 0 ? fmt::format("; {} more have less", left_out) : "");
    }
    [[nodiscard]] std::string axis(double bottom) const {
        std::string out;
        for (int i = 0; i * step_ <= most_ * (1.0 + 1e-9); ++i)
            out += fmt::format("<line x1='{0:.1f}' y1='{1}' x2='{0:.1f}' y2='{2:.1f}' class='faint'/>"
                               "<text x='{0:.1f}' y='{3:.1f}' text-anchor='middle'>{4:g}{5}</text>\n",
                               x_of(i * step_), top_rim - 6, bottom, bottom + 20, i * step_, has_shares_ ? " %" : "");
        return out;
    }
    [[nodiscard]] std::string drawn(const Bar& bar, double top) const {
        if (!std::isfinite(bar.value)) return {};
        const double middle = top + 0.5 * bar_height;
        return fmt::format("<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{}' fill='{}'/>"
                           "<line x1='{:.1f}' y1='{:.1f}' x2='{:.1f}' y2='{:.1f}' class='line' stroke-width='1.6'/>\n",
                           x_of(0.0), top, x_of(bar.value) - x_of(0.0), bar_height, bar.colour, x_of(bar.low), middle,
                           x_of(bar.high), middle);
    }
    [[nodiscard]] std::string row(const Row& one, double top) const {
        std::string out = fmt::format("<text x='{:.1f}' y='{:.1f}' text-anchor='end'>{}</text>\n", left_rim - 10,
                                      top + bar_height + 5, show::escaped(show::cut(one.name, 46)));
        if (one.bars.size() == 1) top += 0.5 * (bar_height + 2); // beside the middle of the name
        for (const auto& bar : one.bars) {
            out += drawn(bar, top);
            top += bar_height + 2;
        }
        return out;
    }

    const SenseAnswer& answer_;
    bool has_shares_;
    std::vector<Row> rows_;
    double step_ = 1.0, most_ = 1.0; ///< of the axis
};

} // namespace

std::string sense_svg(const SenseAnswer& answer) { return Picture(answer).drawn(); }

} // namespace autarky::analysis
