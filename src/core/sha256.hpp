// autarky: the hash SHA-256, by which scenarios, states and results are told apart.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace autarky {

/// SHA-256 of the bytes, as 64 lower-case hexadecimal digits.
/// Source: FIPS 180-4, Secure Hash Standard (2015).
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

} // namespace autarky
