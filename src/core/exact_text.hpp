// autarky: a number as text with all its bits, for hashes and comparisons.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace autarky {

/// "0x1.8p+0", as C's "%a" writes it in the C locale. fmt 9 takes the process's decimal sign for "{:a}": where a host program
/// has set a German locale, the same number would hash otherwise.
inline std::string exact_text(double x) {
    std::array<char, 32> buffer{};
    const auto written =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(x), std::chars_format::hex);
    const std::string digits(buffer.data(), written.ptr);
    return (std::signbit(x) ? "-" : "") + (std::isfinite(x) ? "0x" + digits : digits);
}

} // namespace autarky
