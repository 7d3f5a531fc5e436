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
constexpr std::int32_t key_of_zero = ((1023 - 127) << Histogram::mantissa_bits) - 1; ///< 2^-127 has size 1
constexpr std::int32_t largest_size = Histogram::n_sizes - 1;
constexpr std::uint32_t sign_bit = Histogram::n_sizes;
constexpr std::size_t at_once = 16;

/// Sixteen keys, in no particular order.
__m256i sixteen_keys(const double* x, __m256d origin) {
    const auto top_bits = [&](std::size_t k) {
        const __m256d moved = _mm256_sub_pd(_mm256_loadu_pd(x + k), origin);
        return _mm256_castsi256_ps(_mm256_srli_epi64(_mm256_castpd_si256(moved), shift));
    };
    const auto eight_keys = [&](std::size_t k) {
        const __m256i bits = _mm256_castps_si256(_mm256_shuffle_ps(top_bits(k), top_bits(k + 4), 0x88));
        const __m256i size = _mm256_and_si256(bits, _mm256_set1_epi32(0x3ffff));
        const __m256i above = _mm256_sub_epi32(size, _mm256_set1_epi32(key_of_zero));
        const __m256i clamped =
            _mm256_min_epi32(_mm256_max_epi32(above, _mm256_setzero_si256()), _mm256_set1_epi32(largest_size));
        const __m256i sign = _mm256_and_si256(_mm256_srli_epi32(bits, 3), _mm256_set1_epi32(sign_bit));
        return _mm256_or_si256(clamped, sign);
    };
    return _mm256_packus_epi32(eight_keys(0), eight_keys(8));
}

__m256i spread(std::uint32_t x) { return _mm256_set1_epi16(static_cast<short>(x)); }

} // namespace

std::uint32_t Histogram::key(double x) {
    const auto bits = static_cast<std::int32_t>(std::bit_cast<std::uint64_t>(x) >> shift & 0x3ffffU);
    const auto size = static_cast<std::uint32_t>(std::clamp(bits - key_of_zero, 0, largest_size));
    return size | (size != 0 && std::bit_cast<std::uint64_t>(x) >> 63U != 0 ? sign_bit : 0U);
}

std::pair<double, double> Histogram::edges(std::uint32_t key) {
    const std::uint32_t size = key & ~sign_bit;
    const auto edge = [](std::uint32_t of_size) {
        return std::bit_cast<double>(static_cast<std::uint64_t>(of_size + key_of_zero) << shift);
    };
    if (size == 0) return {-edge(1), edge(1)};
    const double near = edge(size);
    const double far = size == largest_size ? std::numeric_limits<double>::infinity() : edge(size + 1);
    return (key & sign_bit) != 0 ? std::pair{-far, -near} : std::pair{near, far};
}

std::uint32_t Histogram::slot(std::uint32_t key) const {
    const std::uint32_t size = key & ~sign_bit;
    const bool negative = (key & sign_bit) != 0;
    return zero_slot(negative) + (size == 0 ? 0 : 1 + size - windows_[negative ? 1 : 0].first);
}

/// Makes a window hold the sizes low ... high, both above 0. Each thread has a histogram a column, so the memory is taken to
/// the byte and not by doubling.
void Histogram::widen(bool negative, std::uint32_t low, std::uint32_t high) {
    Window& window = windows_[negative ? 1 : 0];
    const auto page_of = [](std::uint32_t size) { return (size - 1) / page_size * page_size + 1; };
    const std::uint32_t first = page_of(low), end = std::min(page_of(high) + page_size, n_sizes);
    const std::uint32_t begin = zero_slot(negative) + 1;
    if (window.width() == 0) window = {first, first};
    const std::uint32_t in_front = window.first - std::min(window.first, first);
    const std::uint32_t behind = std::max(window.end, end) - window.end;
    counts_.reserve(counts_.size() + in_front + behind);
    counts_.insert(counts_.begin() + begin + window.width(), behind, 0);
    counts_.insert(counts_.begin() + begin, in_front, 0);
    window = {window.first - in_front, window.end + behind};
}

void Histogram::make_room(std::uint32_t key) {
    const std::uint32_t size = key & ~sign_bit;
    const bool negative = (key & sign_bit) != 0;
    const Window& window = windows_[negative ? 1 : 0];
    if (size != 0 && (size < window.first || size >= window.end)) widen(negative, size, size);
}

void Histogram::make_room(const double* x, std::size_t n, double origin) {
    std::array<std::pair<std::uint32_t, std::uint32_t>, 2> extremes{{{n_sizes, 0}, {n_sizes, 0}}};
    for (std::size_t k = 0; k < n; ++k) {
        const std::uint32_t at = key(x[k] - origin), size = at & ~sign_bit;
        auto& [low, high] = extremes[(at & sign_bit) != 0 ? 1 : 0];
        if (size != 0) low = std::min(low, size), high = std::max(high, size);
    }
    for (const bool negative : {false, true})
        if (const auto& [low, high] = extremes[negative ? 1 : 0]; high != 0) widen(negative, low, high);
}

void Histogram::add(std::uint32_t key, std::uint32_t n) {
    make_room(key);
    counts_[slot(key)] += n;
}

void Histogram::add(const Histogram& other) {
    for (const bool negative : {false, true}) {
        const Window& theirs = other.windows_[negative ? 1 : 0];
        const std::uint32_t sign = negative ? sign_bit : 0;
        counts_[0] += other.counts_[other.zero_slot(negative)];
        if (theirs.width() == 0) continue;
        widen(negative, theirs.first, theirs.end - 1);
        const std::uint32_t from = other.slot(theirs.first | sign), to = slot(theirs.first | sign);
        for (std::uint32_t k = 0; k < theirs.width(); ++k)
            counts_[to + k] += other.counts_[from + k];
    }
}

/// Finds the slots of the numbers, a whole number of times sixteen; false when one of them has no slot yet.
bool Histogram::find_slots(const double* x, std::size_t n, double origin, Slots& slots) const {
    const __m256i first = spread(windows_[0].first), first_negative = spread(windows_[1].first);
    const __m256i end = spread(windows_[0].end), end_negative = spread(windows_[1].end);
    const __m256i offset_negative = spread(zero_slot(true)), one = spread(1);
    __m256i outside = _mm256_setzero_si256();
    for (std::size_t k = 0; k < n; k += at_once) {
        const __m256i keys = sixteen_keys(x + k, _mm256_set1_pd(origin));
        const __m256i negative = _mm256_srai_epi16(keys, 15);
        const __m256i size = _mm256_and_si256(keys, spread(sign_bit - 1));
        const __m256i from = _mm256_blendv_epi8(first, first_negative, negative);
        const __m256i to = _mm256_blendv_epi8(end, end_negative, negative);
        const __m256i is_zero = _mm256_cmpeq_epi16(size, _mm256_setzero_si256());
        outside = _mm256_or_si256(outside, _mm256_andnot_si256(is_zero, _mm256_cmpgt_epi16(from, size)));
        outside = _mm256_or_si256(outside, _mm256_cmpgt_epi16(size, _mm256_sub_epi16(to, one)));
        // Zero stays below the window and saturates at its slot.
        const __m256i place = _mm256_subs_epu16(size, _mm256_sub_epi16(from, one));
        const __m256i found = _mm256_add_epi16(place, _mm256_and_si256(negative, offset_negative));
        _mm256_store_si256(reinterpret_cast<__m256i*>(&slots[k]), found);
    }
    return _mm256_testz_si256(outside, outside) != 0;
}

/// Counts slots that are all between lowest and highest by comparing with each.
void Histogram::count_few(const Slots& slots, std::size_t n, std::uint16_t lowest, std::uint16_t highest) {
    for (std::uint32_t slot = lowest; slot <= highest; ++slot) {
        const __m256i wanted = spread(slot);
        __m256i found = _mm256_setzero_si256(); // at most 16 in each of the 16 places
        for (std::size_t k = 0; k < n; k += at_once) {
            const __m256i some = _mm256_load_si256(reinterpret_cast<const __m256i*>(&slots[k]));
            found = _mm256_sub_epi16(found, _mm256_cmpeq_epi16(some, wanted));
        }
        const __m256i sums = _mm256_sad_epu8(found, _mm256_setzero_si256());
        const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        counts_[slot] += static_cast<std::uint32_t>(_mm_cvtsi128_si32(half) + _mm_extract_epi32(half, 2));
    }
}

void Histogram::add_block(const double* x, std::size_t n, double origin) {
    const std::size_t whole = n / at_once * at_once;
    alignas(32) Slots slots;
    assert(n <= slots.size());
    for (std::size_t k = whole; k < n; ++k)
        add(key(x[k] - origin), 1);
    if (whole == 0) return;
    if (!find_slots(x, whole, origin, slots)) {
        make_room(x, whole, origin);
        static_cast<void>(find_slots(x, whole, origin, slots));
    }
    __m256i lowest = spread(0xffff), highest = _mm256_setzero_si256();
    for (std::size_t k = 0; k < whole; k += at_once) {
        const __m256i some = _mm256_load_si256(reinterpret_cast<const __m256i*>(&slots[k]));
        lowest = _mm256_min_epu16(lowest, some);
        highest = _mm256_max_epu16(highest, some);
    }
    const __m128i low = _mm_min_epu16(_mm256_castsi256_si128(lowest), _mm256_extracti128_si256(lowest, 1));
    const __m128i high = _mm_max_epu16(_mm256_castsi256_si128(highest), _mm256_extracti128_si256(highest, 1));
    const auto first = static_cast<std::uint16_t>(_mm_cvtsi128_si32(_mm_minpos_epu16(low)));
    const auto last =
        static_cast<std::uint16_t>(~_mm_cvtsi128_si32(_mm_minpos_epu16(_mm_xor_si128(high, _mm_set1_epi16(-1)))));
    // Few different slots would wait for one another's counts to be stored; comparing is faster then.
    constexpr int few = 20;
    if (last - first < few) return count_few(slots, whole, first, last);
    std::uint32_t* const counts = counts_.data();
    for (std::size_t k = 0; k < whole; ++k)
        ++counts[slots[k]];
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> Histogram::buckets() const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    const Window &positive = windows_[0], &negative = windows_[1];
    for (std::uint32_t size = negative.end; size-- > negative.first;)
        if (const std::uint32_t n = counts_[slot(size | sign_bit)]; n != 0) out.emplace_back(size | sign_bit, n);
    if (const std::uint32_t zeros = counts_[zero_slot(false)] + counts_[zero_slot(true)]; zeros != 0)
        out.emplace_back(0, zeros);
    for (std::uint32_t size = positive.first; size < positive.end; ++size)
        if (const std::uint32_t n = counts_[slot(size)]; n != 0) out.emplace_back(size, n);
    return out;
}

} // namespace autarky::engine
