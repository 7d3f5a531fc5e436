// autarky: what the terminal can show: colour, width, and how wide a text is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace autarky::cli {

/// Colour and motion on the two streams. Colour is off where a stream is no terminal, when NO_COLOR is not empty, for
/// TERM=dumb and with --no-color; FORCE_COLOR (not empty, not 0) turns it on.
struct Terminal {
    bool colour_out = false, colour_err = false;
    bool progress = false;   ///< standard error is a terminal that can redraw a line
    std::size_t width = 100; ///< columns of standard output, at most 100
};

/// Looks at streams and environment once; `no_colour` is --no-color.
const Terminal& terminal();
void forbid_colour();

enum class Ink { bold, dim, red, green, yellow, cyan };

/// The text in that ink when standard output shows colour, else as it is.
std::string inked(Ink ink, std::string_view text);

/// Cells that UTF-8 text takes on a terminal, colours not counted; wide (CJK) characters take two.
std::size_t cells(std::string_view text);
/// Filled with blanks to so many cells, at the right or at the left.
std::string left(std::string_view text, std::size_t width);
std::string right(std::string_view text, std::size_t width);
/// Cut to so many cells, with an ellipsis for what is lost. The text must hold no colours.
std::string cut(std::string_view text, std::size_t width);
/// Broken between words into lines of at most `width` cells; the second and later lines are indented.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

} // namespace autarky::cli
