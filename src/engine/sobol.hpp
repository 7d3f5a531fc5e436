// autarky: scrambled Sobol points as a pure function of seed, stream name, dimension and sample index.
// SPDX-License-Identifier: Apache-2.0
//
// The map, which another program may follow to get the same points. Sample i is point p = floor(i / 8) of scrambling
// r = i mod 8, so that every 8 n samples in a row from a multiple of 8 n (n a power of two) hold 8 nets of n points, and a
// longer run only adds points. The point is the exclusive or of the direction numbers of the bits of p (natural order; Joe and
// Kuo 2008, with their starting values). Its 32 bits are scrambled as Owen does it, each bit flipped or not by a hash of the
// bits above it: reversed, hashed by `scrambled` with a key, reversed again (Laine and Karras 2011; constants of Burley 2020,
// "Practical hash-based Owen scrambling", as improved by Vegdahl). u = (2 x + 1) 2^-33: exact, symmetric about 1/2, never 0 or 1.
// Word w of a stream is word w mod 4 of Philox4x32-10 with
//     key     = (low, high) word of the seed,   counter = (2^32 - 1 - floor(w / 4), occurrence, low, high word of the name's hash)
// a counter that no run of random draws reaches. Word r is the key of scrambling r.
// A stream without a dimension of the table takes the first one in an order of its own: p is scrambled likewise as a number of
// 32 bits, with word 8 + r as the key, before its bits become a point. The first 2^k points are the same ones in another order
// (Burley's padding of dimensions), so each such stream is spread evenly, and independent of all others, by its name alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "engine/draws.hpp"

namespace autarky::engine {

/// Independent scramblings that take turns; the scatter of their means is the error of a run, known to 1 in sqrt(2 (8 - 1)), 27 %,
/// of itself: 95 % of the runs have the truth within 2.365 of it. More of them tell it better and make it larger.
inline constexpr std::size_t n_scramblings = 8;

/// Which of them a sample is a point of.
constexpr std::size_t scrambling_of(std::uint64_t sample) { return sample % n_scramblings; }

/// Dimensions of the table of Joe and Kuo.
[[nodiscard]] std::size_t sobol_dimensions();

/// One coordinate of the points.
class SobolStream {
public:
    /// `dimension` of the table, < sobol_dimensions(); none: the first one in an order of the stream's own.
    SobolStream(std::uint64_t seed, StreamKey stream, std::optional<std::size_t> dimension);

    /// Coordinate of one sample, in [2^-33, 1 - 2^-33].
    [[nodiscard]] double at(std::uint64_t sample) const;
    /// Those of the samples first ... first + to.size() - 1; both are multiples of n_scramblings.
    void fill(std::uint64_t first, std::span<double> to) const;

private:
    /// Bits of a point of the scrambling in reversed order, before scrambling.
    [[nodiscard]] std::uint32_t point(std::uint64_t index) const;
    [[nodiscard]] double scrambled_point(std::uint64_t index, std::size_t scrambling, std::uint32_t in_order) const;

    using Keys = std::array<std::uint32_t, n_scramblings>;

    std::array<std::uint32_t, 32> directions_; ///< bits in reversed order
    Keys keys_;
    std::optional<Keys> orders_; ///< of a stream without a dimension of the table
};

} // namespace autarky::engine
