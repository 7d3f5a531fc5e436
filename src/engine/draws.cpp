// autarky: uniform draws as a pure function of seed, stream name, sample index and occurrence.
// SPDX-License-Identifier: Apache-2.0
#include "engine/draws.hpp"

#include "engine/philox.hpp"

namespace autarky::engine {
namespace {

constexpr std::uint32_t low_word(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
constexpr std::uint32_t high_word(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32U); }

/// (2 floor(w / 2^12) + 1) 2^-53 for w = high 2^32 + low: the 52 bits become the fraction of a number in [1, 2).
__m256d uniform_of(__m256i low, __m256i high) {
    const __m256i word =
        _mm256_or_si256(_mm256_slli_epi64(high, 32), _mm256_and_si256(low, _mm256_set1_epi64x(0xffffffff)));
    const __m256i one = _mm256_set1_epi64x(0x3ff0000000000000);
    const __m256d in_1_2 = _mm256_castsi256_pd(_mm256_or_si256(_mm256_srli_epi64(word, 12), one));
    return _mm256_add_pd(_mm256_sub_pd(in_1_2, _mm256_set1_pd(1.0)), _mm256_set1_pd(0x1p-53));
}

} // namespace

double uniform(std::uint64_t seed, StreamKey stream, std::uint64_t sample) {
    const std::uint64_t counter = 4 * (sample / 8) + sample % 4;
    const philox::Words r =
        philox::words({low_word(counter), stream.occurrence, low_word(stream.name), high_word(stream.name)},
                      {low_word(seed), high_word(seed)});
    const bool first_half = sample / 4 % 2 == 0;
    const std::uint64_t word = first_half ? (std::uint64_t{r[1]} << 32U | r[0]) : (std::uint64_t{r[3]} << 32U | r[2]);
    return static_cast<double>(2 * (word >> 12U) + 1) * 0x1p-53;
}

Lanes uniforms(std::uint64_t seed, StreamKey stream, std::uint64_t group) {
    const __m256i first = _mm256_set1_epi64x(static_cast<long long>(low_word(4 * group)));
    const philox::FourWords r = philox::four_words(
        {_mm256_add_epi64(first, _mm256_setr_epi64x(0, 1, 2, 3)), _mm256_set1_epi64x(stream.occurrence),
         _mm256_set1_epi64x(low_word(stream.name)), _mm256_set1_epi64x(high_word(stream.name))},
        {low_word(seed), high_word(seed)});
    return {uniform_of(r.r0, r.r1), uniform_of(r.r2, r.r3)};
}

} // namespace autarky::engine
