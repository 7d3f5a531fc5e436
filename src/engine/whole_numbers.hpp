// autarky: how often a column is a whole number.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace autarky::engine {

/// Counts of the whole numbers 1 ... 255 among a column's values, each of which is the lower edge of a histogram's bucket, so
/// that a quantile of what is two chips in most futures is two, and not somewhere in the bucket that begins there.
class WholeNumbers {
public:
    static constexpr std::uint32_t largest = 255;
    using Counted = std::pair<std::uint32_t, std::uint64_t>;

    /// n numbers, padded with zeros to a multiple of 4.
    void add_block(const double* x, std::size_t n);
    void add(std::uint32_t number, std::uint64_t count);
    void add(const WholeNumbers& other);
    /// Ascending by number.
    [[nodiscard]] const std::vector<Counted>& counts() const { return counts_; }

    friend bool operator==(const WholeNumbers&, const WholeNumbers&) = default;

private:
    std::vector<Counted> counts_;
};

} // namespace autarky::engine
