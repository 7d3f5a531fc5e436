// autarky: which of a list of names a word is, written in capitals or not.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace autarky {

/// Letters A to Z and a to z are the same; all others as they are.
constexpr bool same_word(std::string_view a, std::string_view b) {
    constexpr auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// Row of the name that the word is ("Q4_K", "FP16"): as it is written, else the only one that differs by capitals.
constexpr std::optional<std::size_t> row_of_word(std::string_view word, std::span<const std::string_view> names) {
    if (const auto at = std::ranges::find(names, word); at != names.end())
        return static_cast<std::size_t>(at - names.begin());
    const auto same = [word](std::string_view name) { return same_word(word, name); };
    const auto at = std::ranges::find_if(names, same);
    if (at == names.end() || std::any_of(at + 1, names.end(), same)) return std::nullopt;
    return static_cast<std::size_t>(at - names.begin());
}

} // namespace autarky
