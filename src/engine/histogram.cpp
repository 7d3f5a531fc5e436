// autarky: counts of values in logarithmic buckets that are keyed by the bits of a double.
// SPDX-License-Identifier: Apache-2.0
#include "engine/histogram.hpp"

#include <immintrin.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>

namespace autarky::engine {
namespace {

constexpr int shift = 52 - static_cast<int>(Histogram::mantissa_bits);
constexpr std::int32_t key_of_smallest = (1023 - 128) << Histogram::mantissa_bits; ///< of 2^-128
constexpr std::int32_t largest_size = 0x7fff;
constexpr std::uint32_t sign_bit = 0x8000;

/// Sixteen keys, in no particular order.
__m256i sixteen_keys(const double* x, __m256d origin) {
    const auto top_bits = [&](std::size_t k) {
        const __m256d moved = _mm256_sub_pd(_mm256_loadu_pd(x + k), origin);
        return _mm256_castsi256_ps(_mm256_srli_epi64(_mm256_castpd_si256(moved), shift));
    };
    const auto eight_keys = [&](std::size_t k) {
        const __m256i bits = _mm256_castps_si256(_mm256_shuffle_ps(top_bits(k), top_bits(k + 4), 0x88));
        const __m256i size = _mm256_and_si256(bits, _mm256_set1_epi32(0x3ffff));
        const __m256i above = _mm256_sub_epi32(size, _mm256_set1_epi32(key_of_smallest));
        const __m256i clamped =
            _mm256_min_epi32(_mm256_max_epi32(above, _mm256_setzero_si256()), _mm256_set1_epi32(largest_size));
        const __m256i sign = _mm256_and_si256(_mm256_srli_epi32(bits, 3), _mm256_set1_epi32(sign_bit));
        return _mm256_or_si256(clamped, sign);
    };
    return _mm256_packus_epi32(eight_keys(0), eight_keys(8));
}

} // namespace

std::uint32_t Histogram::key(double x) {
    const auto bits = static_cast<std::int32_t>(std::bit_cast<std::uint64_t>(x) >> shift & 0x3ffffU);
    const auto size = static_cast<std::uint32_t>(std::clamp(bits - key_of_smallest, 0, largest_size));
    return size | (std::bit_cast<std::uint64_t>(x) >> 63U != 0 ? sign_bit : 0U);
}

std::pair<double, double> Histogram::edges(std::uint32_t key) {
    const std::uint32_t size = key & ~sign_bit;
    const auto edge = [](std::uint32_t of_size) {
        return std::bit_cast<double>(static_cast<std::uint64_t>(of_size + key_of_smallest) << shift);
    };
    const double near = size == 0 ? 0.0 : edge(size);
    const double far = size == largest_size ? std::numeric_limits<double>::infinity() : edge(size + 1);
    return (key & sign_bit) != 0 ? std::pair{-far, -near} : std::pair{near, far};
}

std::uint16_t Histogram::new_page() {
    counts_.resize(counts_.size() + page_size);
    return static_cast<std::uint16_t>(counts_.size() / page_size);
}

void Histogram::add(std::uint32_t key, std::uint32_t n) { count(key) += n; }

void Histogram::add(const Histogram& other) {
    for (std::uint32_t page = 0; page < n_pages; ++page) {
        if (other.page_of_[page] == 0) continue;
        for (std::uint32_t k = page * page_size; k < (page + 1) * page_size; ++k)
            count(k) += other.counts_[(other.page_of_[page] - 1U) * page_size + k % page_size];
    }
}

void Histogram::count_few(const std::uint16_t* keys, std::size_t n, std::uint16_t lowest, std::uint16_t highest) {
    for (std::uint32_t key = lowest; key <= highest; ++key) {
        const __m256i wanted = _mm256_set1_epi16(static_cast<short>(key));
        __m256i found = _mm256_setzero_si256(); // at most 16 in each of the 16 places
        for (std::size_t k = 0; k < n; k += 16)
            found = _mm256_sub_epi16(
                found, _mm256_cmpeq_epi16(_mm256_load_si256(reinterpret_cast<const __m256i*>(keys + k)), wanted));
        const __m256i sums = _mm256_sad_epu8(found, _mm256_setzero_si256());
        const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        const auto total = static_cast<std::uint32_t>(_mm_cvtsi128_si32(half) + _mm_extract_epi32(half, 2));
        if (total != 0) count(key) += total;
    }
}

void Histogram::add_block(const double* x, std::size_t n, double origin) {
    const std::size_t n_padded = (n + 15) / 16 * 16;
    assert(n_padded <= 256);
    if (n == 0) return;
    alignas(32) std::array<std::uint16_t, 256> keys;
    __m256i lowest = _mm256_set1_epi16(-1), highest = _mm256_setzero_si256();
    for (std::size_t k = 0; k < n_padded; k += 16) {
        const __m256i some = sixteen_keys(x + k, _mm256_set1_pd(origin));
        _mm256_store_si256(reinterpret_cast<__m256i*>(&keys[k]), some);
        lowest = _mm256_min_epu16(lowest, some);
        highest = _mm256_max_epu16(highest, some);
    }
    const __m128i low = _mm_min_epu16(_mm256_castsi256_si128(lowest), _mm256_extracti128_si256(lowest, 1));
    const __m128i high = _mm_max_epu16(_mm256_castsi256_si128(highest), _mm256_extracti128_si256(highest, 1));
    const auto first = static_cast<std::uint16_t>(_mm_cvtsi128_si32(_mm_minpos_epu16(low)));
    const auto last =
        static_cast<std::uint16_t>(~_mm_cvtsi128_si32(_mm_minpos_epu16(_mm_xor_si128(high, _mm_set1_epi16(-1)))));
    // Few different keys would wait for one another's counts to be stored; comparing is faster then.
    constexpr int few = 24;
    if (last - first < few)
        count_few(keys.data(), n_padded, first, last);
    else
        for (std::size_t k = 0; k < n_padded; ++k)
            ++count(keys[k]);
    if (n_padded != n) count(key(0.0 - origin)) -= static_cast<std::uint32_t>(n_padded - n);
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> Histogram::buckets() const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    const auto take_page = [&](std::uint32_t page, bool downwards) {
        if (page_of_[page] == 0) return;
        for (std::uint32_t k = 0; k < page_size; ++k) {
            const std::uint32_t place = downwards ? page_size - 1 - k : k;
            const std::uint32_t n = counts_[(page_of_[page] - 1U) * page_size + place];
            if (n != 0) out.emplace_back(page * page_size + place, n);
        }
    };
    for (std::uint32_t page = n_pages; page-- > n_pages / 2;)
        take_page(page, true);
    for (std::uint32_t page = 0; page < n_pages / 2; ++page)
        take_page(page, false);
    return out;
}

} // namespace autarky::engine
