// autarky: measures, cuts and fills UTF-8 text in the cells of a terminal.
// SPDX-License-Identifier: Apache-2.0
#include "show/text.hpp"

#include <algorithm>

namespace autarky::show {
namespace {

/// Blocks of characters that take two cells: CJK, Hangul, kana, full-width forms.
bool is_wide(char32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

struct Glyph {
    std::size_t bytes;
    std::size_t cells;
};

/// The character at the start of a text that is not empty; an escape sequence counts as one of no cells.
Glyph first_glyph(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead == 0x1BU) {
        const auto end = text.find('m');
        return {end == std::string_view::npos ? text.size() : end + 1, 0};
    }
    std::size_t bytes = 1;
    char32_t code = lead;
    if (lead >= 0xF0U) {
        bytes = 4;
        code = lead & 0x07U;
    } else if (lead >= 0xE0U) {
        bytes = 3;
        code = lead & 0x0FU;
    } else if (lead >= 0xC0U) {
        bytes = 2;
        code = lead & 0x1FU;
    }
    bytes = std::min(bytes, text.size());
    for (std::size_t i = 1; i < bytes; ++i)
        code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
    return {bytes, is_wide(code) ? 2U : 1U};
}

} // namespace

std::string inked(const Page& page, Ink ink, std::string_view text) {
    if (!page.colour || text.empty()) return std::string(text);
    int code = 0;
    switch (ink) {
    case Ink::bold: code = 1; break;
    case Ink::dim: code = 2; break;
    case Ink::red: code = 31; break;
    case Ink::green: code = 32; break;
    case Ink::yellow: code = 33; break;
    case Ink::cyan: code = 36; break;
    }
    return std::string("\033[") + std::to_string(code) + "m" + std::string(text) + "\033[0m";
}

std::size_t cells(std::string_view text) {
    std::size_t sum = 0;
    while (!text.empty()) {
        const auto glyph = first_glyph(text);
        sum += glyph.cells;
        text.remove_prefix(glyph.bytes);
    }
    return sum;
}

std::string left(std::string_view text, std::size_t width) {
    const auto have = cells(text);
    return std::string(text) + std::string(width > have ? width - have : 0, ' ');
}

std::string right(std::string_view text, std::size_t width) {
    const auto have = cells(text);
    return std::string(width > have ? width - have : 0, ' ') + std::string(text);
}

std::string cut(std::string_view text, std::size_t width) {
    if (cells(text) <= width) return std::string(text);
    std::string out;
    std::size_t used = 0;
    while (!text.empty()) {
        const auto glyph = first_glyph(text);
        if (used + glyph.cells + 1 > width) break;
        out += text.substr(0, glyph.bytes);
        used += glyph.cells;
        text.remove_prefix(glyph.bytes);
    }
    return out + "…";
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    std::string out;
    std::size_t used = 0;
    while (!text.empty()) {
        auto end = std::min(text.find(' '), text.size());
        // A per cent sign stays with its number.
        if (text.substr(end).starts_with(" %")) end = std::min(text.find(' ', end + 1), text.size());
        const auto word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        const auto size = cells(word);
        if (used > 0 && used + 1 + size > width) {
            out += "\n" + std::string(indent, ' ');
            used = indent;
        } else if (used > 0) {
            out += ' ';
            ++used;
        }
        out += word;
        used += size;
    }
    return out;
}

std::string hanging(std::string_view text, std::size_t width, std::size_t indent) {
    constexpr std::size_t narrowest = 20;
    std::string body = wrapped(text, std::max(narrowest, width - std::min(indent, width)), 0);
    for (std::size_t at = 0; (at = body.find('\n', at)) != std::string::npos; at += indent)
        body.insert(++at, indent, ' ');
    return body;
}

std::string fitted(std::string_view text, const Page& page) {
    constexpr std::size_t further = 4; // the second and later lines stand in
    std::string out;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        const auto indent = std::min(line.find_first_not_of(' '), line.size());
        out += page.wide || cells(line) <= page.width
                   ? std::string(line)
                   : std::string(indent, ' ') + wrapped(line.substr(indent), page.width - indent, indent + further);
        if (end == std::string_view::npos) return out;
        out += '\n';
        text.remove_prefix(end + 1);
    }
    return out;
}

} // namespace autarky::show
