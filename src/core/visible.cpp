// autarky: text from anywhere made safe to show.
// SPDX-License-Identifier: Apache-2.0
#include "core/visible.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "core/utf8.hpp"

namespace autarky {
namespace {

bool is_plain(char c) { return c >= ' ' && c <= '~'; }

/// Bytes at the start of a text that set a colour as terminal.cpp and Diagnostics do; 0: none.
std::size_t our_colour(std::string_view text) {
    for (const std::string_view code :
         {"\033[0m", "\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[33m", "\033[36m", "\033[1;31m", "\033[1;33m"})
        if (text.starts_with(code)) return code.size();
    return 0;
}

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

/// The picture of an ASCII control character: U+2400 and following. A tab is a blank.
void add_picture(std::string& out, unsigned char c) {
    if (c == '\t') {
        out += ' ';
        return;
    }
    out += "\xE2\x90";
    out += static_cast<char>(c == 0x7FU ? 0xA1U : 0x80U + c);
}

std::string shown(std::string_view text, bool keep_lines, Colours colours) {
    const auto needs_nothing = [&](char c) { return is_plain(c) || (keep_lines && c == '\n'); };
    if (std::all_of(text.begin(), text.end(), needs_nothing)) return std::string(text);
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        std::size_t taken = 1;
        const char c = text.front();
        if (needs_nothing(c)) {
            out += c;
        } else if (const auto colour = colours == Colours::ours ? our_colour(text) : 0; colour != 0) {
            out += text.substr(0, colour);
            taken = colour;
        } else if (const auto point = first_code_point(text); point.size == 1) {
            add_picture(out, static_cast<unsigned char>(c));
        } else if (point.size == 0 || steers(point.value)) {
            out += replacement;
            taken = std::max<std::size_t>(point.size, 1);
        } else {
            out += text.substr(0, point.size);
            taken = point.size;
        }
        text.remove_prefix(taken);
    }
    return out;
}

} // namespace

bool steers(char32_t c) {
    return (c >= 0x80 && c < 0xA0) || c == 0x061C || c == 0x200B || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || c == 0xFFFE || c == 0xFFFF || (c >= 0xE0000 && c < 0xE0080);
}

std::string visible(std::string_view text) { return shown(text, false, Colours::none); }

std::string visible_lines(std::string_view text, Colours colours) { return shown(text, true, colours); }

std::string json_escape(char32_t c) {
    const auto value = static_cast<std::uint32_t>(c);
    if (value < 0x10000U) return fmt::format("\\u{:04x}", value);
    const auto above = value - 0x10000U; // in the two halves that JSON writes it with
    return fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (above >> 10U), 0xDC00U + (above & 0x3FFU));
}

std::string visible_json(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    while (!json.empty()) {
        const auto point = first_code_point(json);
        const auto size = std::max<std::size_t>(point.size, 1);
        if (point.value == 0x7F || steers(point.value))
            out += json_escape(point.value);
        else
            out += json.substr(0, size);
        json.remove_prefix(size);
    }
    return out;
}

} // namespace autarky
