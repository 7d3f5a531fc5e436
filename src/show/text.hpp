// autarky: text for people: the page that it is written on, and words measured in its cells.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace autarky::show {

/// What text is written on.
struct Page {
    std::size_t width = 80; ///< cells of a line
    bool colour = false;    ///< shows ink
    bool wide = false;      ///< tables are written whole, wider than the page if need be
};

enum class Ink { bold, dim, red, green, yellow, cyan };

/// The text in that ink on a page with colour, else as it is.
std::string inked(const Page& page, Ink ink, std::string_view text);

/// Cells that UTF-8 text takes on a terminal, colours not counted; wide (CJK) characters take two.
std::size_t cells(std::string_view text);
/// Filled with blanks to so many cells, at the right or at the left.
std::string left(std::string_view text, std::size_t width);
std::string right(std::string_view text, std::size_t width);
/// Cut to so many cells, with an ellipsis for what is lost. The text must hold no colours.
std::string cut(std::string_view text, std::size_t width);
/// Broken between words into lines of at most `width` cells; the second and later lines are indented.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);
/// The same for text that begins behind `indent` cells of a line: all of its lines begin there.
std::string hanging(std::string_view text, std::size_t width, std::size_t indent);
/// Lines that are wider than the page are broken between words; all others, tables among them, stay as they are.
std::string fitted(std::string_view text, const Page& page);

} // namespace autarky::show
