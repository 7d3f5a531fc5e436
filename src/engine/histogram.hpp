// autarky: counts of values in logarithmic buckets that are keyed by the bits of a double.
// SPDX-License-Identifier: Apache-2.0
//
// A bucket holds the numbers that share sign, exponent and the leading 7 bits of the mantissa, so it is at most 1/128 of
// its smallest number wide. Counting needs no scale, adding histograms is adding integers, and memory grows with the
// powers of two between the smallest and the largest number, not with the number of samples. Numbers below 2^-127 in size
// count as zero, those from almost 2^129 on share the last bucket.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace autarky::engine {

/// Invariant: counts_ holds a slot for zero, then the positive window, another slot for zero, then the negative window; a
/// window is the buckets of some neighbouring powers of two.
class Histogram {
public:
    static constexpr unsigned mantissa_bits = 7;
    static constexpr std::uint32_t n_sizes = 1U << 15U;
    static constexpr std::uint32_t n_keys = 2 * n_sizes; ///< 15 bits of size and the sign on top; size 0 is zero

    Histogram() : counts_(2) {}

    /// Counts x[k] - origin for k < n <= 256.
    void add_block(const double* x, std::size_t n, double origin);
    void add(std::uint32_t key, std::uint32_t count);
    void add(const Histogram& other);

    /// Asks for the counts to come into the nearest cache.
    void prefetch() const {
        constexpr std::size_t a_line = 64 / sizeof(std::uint32_t), most = 128 * a_line;
        for (std::size_t k = 0; k < counts_.size() && k < most; k += a_line)
            __builtin_prefetch(counts_.data() + k);
    }

    /// Buckets that hold something, with their keys, ascending by the numbers they hold.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> buckets() const;

    [[nodiscard]] static std::uint32_t key(double x);
    /// The numbers of a bucket lie between these, the smaller first.
    [[nodiscard]] static std::pair<double, double> edges(std::uint32_t key);

    friend bool operator==(const Histogram& a, const Histogram& b) { return a.buckets() == b.buckets(); }

private:
    static constexpr std::uint32_t page_size = 1U << mantissa_bits; ///< buckets of one power of two

    /// Sizes first ... end - 1 of one sign, whole powers of two; empty when equal.
    struct Window {
        std::uint32_t first = 1, end = 1;
        [[nodiscard]] std::uint32_t width() const { return end - first; }
    };
    using Slots = std::array<std::uint16_t, 256>;

    [[nodiscard]] bool find_slots(const double* x, std::size_t n, double origin, Slots& slots) const;
    [[nodiscard]] std::uint32_t zero_slot(bool negative) const { return negative ? 1 + windows_[0].width() : 0; }
    [[nodiscard]] std::uint32_t slot(std::uint32_t key) const;
    void widen(bool negative, std::uint32_t low, std::uint32_t high);
    void make_room(std::uint32_t key);
    void make_room(const double* x, std::size_t n, double origin);
    void count_few(const Slots& slots, std::size_t n, std::uint16_t lowest, std::uint16_t highest);

    std::array<Window, 2> windows_; ///< positive, negative
    std::vector<std::uint32_t> counts_;
};

} // namespace autarky::engine
