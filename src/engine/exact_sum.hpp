// autarky: exact sums of doubles: associative and commutative, so that threads and shards add up to the same bits.
// SPDX-License-Identifier: Apache-2.0
//
// A sum is one long fixed-point number of 68 cells of 32 bits, in units of 2^-1088; a value is added without rounding and
// the total is rounded once, when it is read. Blocks of values are first cut into slices of some 48 bits relative to the
// block's largest value, which are summed as integers eight at a time; only slice totals touch the long number.
// Idea of the long accumulator: Kulisch 1997; of the cuts: Rump, Ogita and Oishi 2008.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace autarky::engine {

/// Exact sum of finite doubles below 2^1000 in size; up to 2^62 of them.
class ExactSum {
public:
    static constexpr std::size_t n_cells = 68;
    static constexpr int lowest = -1088; ///< a cell k counts multiples of 2^(lowest + 32 k)
    using Cells = std::array<std::int64_t, n_cells>;

    /// Adds value * 2^exponent; lowest <= exponent, and the product stays below 2^1056.
    void add(std::int64_t value, int exponent);
    void add(double value);
    void add(const ExactSum& other);

    /// The sum, correctly rounded (to nearest, ties to even).
    [[nodiscard]] double value() const;
    /// The sum without rounding: doubles that do not overlap, largest first. Empty for zero.
    [[nodiscard]] std::vector<double> expansion() const;

    /// Cells with the carries resolved: all in [0, 2^32) but the last, which has the sign. Equal sums have equal cells.
    [[nodiscard]] Cells canonical() const;
    void set(const Cells& cells) { cells_ = cells; }

private:
    void resolve_carries();

    Cells cells_{};
    std::uint32_t n_added_ = 0; ///< since the carries were last resolved
};

/// Adds the values of a block and their squares. `x` is padded with zeros to `n_padded`, a multiple of 8 and at most 256;
/// `largest` is the largest |x|. The square of x is exact for 2^-480 < |x| < 2^500; below that it is x^2 rounded once.
void add_block(const double* x, std::size_t n_padded, double largest, ExactSum& sum, ExactSum& squares);

} // namespace autarky::engine
