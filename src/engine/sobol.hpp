// autarky: scrambled Sobol points as a pure function of seed, stream name, dimension and sample index.
// SPDX-License-Identifier: Apache-2.0
//
// The map, which another program may follow to get the same points. Sample i is point p = floor(i / 8) of scrambling
// r = i mod 8, so that every 8 n samples in a row from a multiple of 8 n (n a power of two) hold 8 nets of n points, and a
// longer run only adds points. The point is the exclusive or of the direction numbers of the bits of p (natural order; Joe and
// Kuo 2008, with their starting values). Its 32 bits are scrambled as Owen does it, each bit flipped or not by a hash of the
// bits above it: reversed, hashed by `scrambled` with a key, reversed again (Laine and Karras 2011; constants of Burley 2020,
// "Practical hash-based Owen scrambling", as improved by Vegdahl). The key is word r mod 4 of Philox4x32-10 with
//     key     = (low, high) word of the seed,   counter = (2^32 - 1 - floor(r / 4), occurrence, low, high word of the name's hash)
// a counter that no run of random draws reaches. u = (2 x + 1) 2^-33: exact, symmetric about 1/2, never 0 or 1.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/draws.hpp"

namespace autarky::engine {

/// Independent scramblings that take turns; the scatter of their means is the error of a run, known to 1 in sqrt(2 (8 - 1)), 27 %,
/// of itself: 95 % of the runs have the truth within 2.365 of it. More of them tell it better and make it larger.
inline constexpr std::size_t n_scramblings = 8;

/// Which of them a sample is a point of.
constexpr std::size_t scrambling_of(std::uint64_t sample) { return sample % n_scramblings; }

/// Streams that have a dimension of their own; beyond them draws are random.
[[nodiscard]] std::size_t sobol_dimensions();

/// One coordinate of the points.
class SobolStream {
public:
    /// `dimension` < sobol_dimensions().
    SobolStream(std::uint64_t seed, StreamKey stream, std::size_t dimension);

    /// Coordinate of one sample, in [2^-33, 1 - 2^-33].
    [[nodiscard]] double at(std::uint64_t sample) const;
    /// Those of the samples first ... first + to.size() - 1; both are multiples of n_scramblings.
    void fill(std::uint64_t first, std::span<double> to) const;

private:
    /// Bits of the point in reversed order, before scrambling.
    [[nodiscard]] std::uint32_t point(std::uint64_t index) const;

    std::array<std::uint32_t, 32> directions_; ///< bits in reversed order
    std::array<std::uint32_t, n_scramblings> keys_;
};

} // namespace autarky::engine
