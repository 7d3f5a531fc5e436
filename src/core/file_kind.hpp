// autarky: what a file is that should be text in UTF-8 and is none.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace autarky {

/// By its first bytes, in words and with what to do; null: it may be text.
inline const char* other_than_text(std::string_view bytes) {
    if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos) return "the file is empty";
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "the file is UTF-16; save it as UTF-8";
    if (bytes.starts_with("\x1F\x8B")) return "the file is compressed by gzip; unpack it first";
    if (bytes.starts_with("PK\x03\x04"))
        return "the file is a zip archive or a workbook; unpack it, or save the sheet as CSV";
    return nullptr;
}

} // namespace autarky
