// autarky: a short list of figures, a line each: what it is called, the figure, what it means.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "show/figure_text.hpp"
#include "show/text.hpp"

namespace autarky::answers {

/// Lines of one list; figures stand below each other, words wrap behind them.
class FigureLines {
public:
    explicit FigureLines(const show::Page& page) : page_(page) {}

    void add(std::string_view name, const std::string& figure, std::string_view words = {}) {
        constexpr std::size_t name_width = 16, figure_width = 12, before_words = 2 + name_width + figure_width + 2;
        text_ += "  " + show::left(name, name_width) + show::right(figure, figure_width);
        if (!words.empty()) text_ += "  " + show::hanging(words, page_.width, before_words);
        text_ += "\n";
    }
    /// Six significant digits: closed forms are exact.
    void add(std::string_view name, double figure, std::string_view words = {}) {
        add(name, show::figure(figure, 6), words);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    const show::Page& page_;
    std::string text_;
};

/// A bound to three digits, rounded (std::ceil, std::floor) to the side on which it holds.
std::string bound_text(double bound, double (*round)(double));

/// What to do where prices are what is too large.
inline constexpr std::string_view smaller_prices = "state all prices in a larger unit, such as millions";
/// Refuses an answer that is not finite: inputs, each possible alone, that are too far apart for a double.
void refuse_overflow(bool is_finite, std::string_view field, std::string_view hint);

} // namespace autarky::answers
