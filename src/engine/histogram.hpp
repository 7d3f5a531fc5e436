// autarky: counts of values in logarithmic buckets that are keyed by the bits of a double.
// SPDX-License-Identifier: Apache-2.0
//
// A bucket holds the numbers that share sign, exponent and the leading 7 bits of the mantissa, so it is at most 1/128 of
// its smallest number wide. Counting needs no scale, adding histograms is adding integers, and memory grows with the
// number of powers of two that occur, not with the number of samples. Numbers below 2^-128 in size count as zero, those
// from 2^128 on share the last bucket.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace autarky::engine {

class Histogram {
public:
    static constexpr unsigned mantissa_bits = 7;
    static constexpr std::uint32_t n_keys = 1U << 16U; ///< 15 bits of size and the sign on top

    /// Counts x[k] - origin for k < n; `x` is padded with zeros to a multiple of 16, at most 256.
    void add_block(const double* x, std::size_t n, double origin);
    void add(std::uint32_t key, std::uint32_t count);
    void add(const Histogram& other);

    /// Buckets that hold something, with their keys, ascending by the numbers they hold.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> buckets() const;

    [[nodiscard]] static std::uint32_t key(double x);
    /// The numbers of a bucket lie between these, the smaller first.
    [[nodiscard]] static std::pair<double, double> edges(std::uint32_t key);

    friend bool operator==(const Histogram& a, const Histogram& b) { return a.buckets() == b.buckets(); }

private:
    static constexpr std::size_t page_size = std::size_t{1} << mantissa_bits; ///< buckets of one power of two
    static constexpr std::size_t n_pages = n_keys / page_size;

    [[nodiscard]] std::uint32_t& count(std::uint32_t key) {
        std::uint16_t& page = page_of_[key / page_size];
        if (page == 0) page = new_page();
        return counts_[(page - 1U) * page_size + key % page_size];
    }
    std::uint16_t new_page();
    void count_few(const std::uint16_t* keys, std::size_t n, std::uint16_t lowest, std::uint16_t highest);

    std::array<std::uint16_t, n_pages> page_of_{}; ///< 1 + place of the page in counts_, 0: nothing there yet
    std::vector<std::uint32_t> counts_;
};

} // namespace autarky::engine
