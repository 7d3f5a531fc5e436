// autarky: bins of an independent score, fine in its tails, by which the drivers of a result are told.
// SPDX-License-Identifier: Apache-2.0
//
// 64 equiprobable bins; the first and the last, where a skewed input has most of its variance, are cut further into bins
// that halve in probability every second one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace autarky::engine {

inline constexpr std::size_t n_score_bins = 64; ///< equiprobable ones
inline constexpr std::size_t n_tail_bins =
    24; ///< of each of the outer two; the last holds 2^-18 of all scores and less
inline constexpr std::size_t n_tails = 2;

/// The place of a score in its code: what `code_of` gives.
inline constexpr std::uint8_t first_tail_code = n_score_bins;

/// One of the 64.
constexpr std::size_t bin_of(std::uint8_t code) {
    if (code < first_tail_code) return code;
    return code < first_tail_code + n_tail_bins ? 0 : n_score_bins - 1;
}
constexpr bool is_tail(std::uint8_t code) { return code >= first_tail_code; }
/// From the lower tail's bin next to the middle on, then the upper one's alike.
constexpr std::size_t tail_bin_of(std::uint8_t code) { return static_cast<std::size_t>(code - first_tail_code); }

/// Codes of uniform draws in (0, 1), as many.
void write_codes(std::span<const double> u, std::uint8_t* codes);

} // namespace autarky::engine
