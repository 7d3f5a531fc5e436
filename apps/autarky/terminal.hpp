// autarky: what the terminal can show: colour, width, and how wide a text is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "show/text.hpp"

namespace autarky::cli {

/// Colour and motion on the two streams. Colour is off where a stream is no terminal, when NO_COLOR is not empty, for
/// TERM=dumb and with --no-color; FORCE_COLOR (not empty, not 0) turns it on.
struct Terminal {
    bool colour_out = false, colour_err = false;
    bool progress = false;   ///< standard error is a terminal that can redraw a line
    std::size_t width = 100; ///< columns of standard output; without a terminal those of COLUMNS, else 100
    bool wide = false;       ///< tables whole, for there is no terminal
};

/// Looks at streams and environment once; `no_colour` is --no-color.
const Terminal& terminal();
void forbid_colour();

/// Standard output as a page.
show::Page page();

using show::cells;
using show::cut;
using show::Ink;
using show::left;
using show::right;
using show::wrapped;

/// The text in that ink when standard output shows colour, else as it is.
std::string inked(Ink ink, std::string_view text);

} // namespace autarky::cli
