// autarky: how every picture begins and ends: its colours in light and dark, and the line that says what it is of.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace autarky::show {

/// Opens an SVG on a page that is white, or dark where its reader prefers that. What is drawn takes its colours by class: `line`
/// and `faint` (strokes), `ink`, `quiet`, `ground` (fills), `make` and `buy` (fills; `makes` and `buys` as strokes). Letters are ink.
std::string drawing(double width, double height, std::string_view name, double letters = 13.0);

/// The title: what the picture finds.
std::string drawing_title(double x, double y, std::string_view title, double letters = 17.0);

/// Its foot: what it is of, as scenario, seed and samples or data; the program and its version are added.
std::string drawing_source(double x, double y, std::string_view of, double letters = 11.0);

/// "ai5 + article · seed 1 · 2000 futures".
std::string about_run(std::string_view scenario, std::string_view variant, std::uint64_t seed, std::uint64_t n,
                      std::string_view of_what);

} // namespace autarky::show
