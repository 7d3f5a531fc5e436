// autarky: text from anywhere made safe to show: what would steer a terminal is shown and not obeyed.
// SPDX-License-Identifier: Apache-2.0
//
// Titles, names of files, sources and values of a foreign scenario, words of the command line and bytes of foreign tables
// all end up in messages and tables. Control characters, marks that turn the direction of text and bytes that are no UTF-8
// are replaced, each by one character, so widths and columns stay right.
#pragma once

#include <string>
#include <string_view>

namespace autarky {

/// Code points that a terminal obeys or that hide what stands there, in UTF-8 beyond ASCII: C1 controls, marks of direction,
/// separators of lines and paragraphs, tags, invisible marks, and the two that no XML may hold.
[[nodiscard]] bool steers(char32_t code_point);

/// One line: line feeds are shown as well.
[[nodiscard]] std::string visible(std::string_view text);

enum class Colours { none, ours };
/// Lines: line feeds stay. With `Colours::ours`, the escape sequences by which this program colours stay too.
[[nodiscard]] std::string visible_lines(std::string_view text, Colours colours = Colours::none);

/// A code point as JSON escapes it: \\u009b.
[[nodiscard]] std::string json_escape(char32_t code_point);
/// Text in JSON, with what would steer a terminal written as \u....: the same data.
[[nodiscard]] std::string visible_json(std::string_view json);

} // namespace autarky
