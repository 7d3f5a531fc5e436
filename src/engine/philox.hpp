// autarky: the counter-based generator Philox4x32-10, one counter or four at a time.
// SPDX-License-Identifier: Apache-2.0
//
// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#pragma once

#include <immintrin.h>

#include <array>
#include <cstdint>

namespace autarky::engine {

namespace philox {
inline constexpr std::uint32_t multiplier_0 = 0xD2511F53, multiplier_2 = 0xCD9E8D57;
inline constexpr std::uint32_t key_step_0 = 0x9E3779B9, key_step_1 = 0xBB67AE85; // golden ratio, sqrt(3) - 1
inline constexpr int rounds = 10;

using Words = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

/// The four pseudo-random words that belong to a counter under a key.
constexpr Words words(Words counter, Key key) {
    for (int round = 0; round < rounds; ++round) {
        const std::uint64_t product_0 = std::uint64_t{multiplier_0} * counter[0];
        const std::uint64_t product_2 = std::uint64_t{multiplier_2} * counter[2];
        counter = {
            static_cast<std::uint32_t>(product_2 >> 32U) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product_2),
            static_cast<std::uint32_t>(product_0 >> 32U) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product_0)};
        key = {key[0] + key_step_0, key[1] + key_step_1};
    }
    return counter;
}

/// The words of four counters, one in the low half of each 64-bit lane; the high halves are of no meaning.
struct FourWords {
    __m256i r0, r1, r2, r3;
};

/// words() of four counters at once.
inline FourWords four_words(FourWords counter, Key key) {
    const __m256i factor_0 = _mm256_set1_epi64x(multiplier_0);
    const __m256i factor_2 = _mm256_set1_epi64x(multiplier_2);
    for (int round = 0; round < rounds; ++round) {
        const __m256i key_0 = _mm256_set1_epi64x(key[0]);
        const __m256i key_1 = _mm256_set1_epi64x(key[1]);
        const __m256i product_0 = _mm256_mul_epu32(factor_0, counter.r0);
        const __m256i product_2 = _mm256_mul_epu32(factor_2, counter.r2);
        counter = {_mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product_2, 32), counter.r1), key_0), product_2,
                   _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product_0, 32), counter.r3), key_1), product_0};
        key = {key[0] + key_step_0, key[1] + key_step_1};
    }
    return counter;
}
} // namespace philox

} // namespace autarky::engine
