// autarky: which bytes are a character.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace autarky {

/// A character; `size` 0: the bytes are no UTF-8.
struct CodePoint {
    char32_t value = 0;
    std::size_t size = 0; ///< in bytes
};

/// The character at the start of a text (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF).
constexpr CodePoint first_code_point(std::string_view text) {
    const auto byte = [text](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
    const unsigned first = byte(0);
    if (first < 0x80U) return {first, text.empty() ? 0U : 1U};
    const std::size_t size = first >= 0xC2U && first < 0xE0U   ? 2
                             : first >= 0xE0U && first < 0xF0U ? 3
                             : first >= 0xF0U && first < 0xF5U ? 4
                                                               : 0;
    if (size == 0) return {};
    char32_t value = first & (0xFFU >> (size + 1));
    for (std::size_t k = 1; k < size; ++k) {
        if ((byte(k) & 0xC0U) != 0x80U) return {};
        value = value << 6U | (byte(k) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000}; // shorter forms exist below these
    const bool is_surrogate = value >= 0xD800 && value < 0xE000;
    return value < least[size] || value > 0x10FFFF || is_surrogate ? CodePoint{} : CodePoint{value, size};
}

/// First byte that is no UTF-8, or npos.
constexpr std::size_t first_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto size = first_code_point(text.substr(at)).size;
        if (size == 0) return at;
        at += size;
    }
    return std::string_view::npos;
}

} // namespace autarky
