// autarky: text within SVG.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace autarky::show {

/// With the characters escaped that would end the text of an element.
inline std::string escaped(std::string_view text) {
    std::string out;
    for (const char one : text)
        out += one == '<' ? "&lt;" : one == '&' ? "&amp;" : std::string(1, one);
    return out;
}

} // namespace autarky::show
