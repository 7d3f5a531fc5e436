// autarky: scrambled Sobol points as a pure function of seed, stream name, dimension and sample index.
// SPDX-License-Identifier: Apache-2.0
#include "engine/sobol.hpp"

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <bit>
#include <cassert>

#include "engine/philox.hpp"

namespace autarky::engine {
namespace {

using Table = boost::random::default_sobol_table;

constexpr std::uint32_t low_word(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
constexpr std::uint32_t high_word(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32U); }

constexpr std::uint32_t reversed(std::uint32_t x) {
    x = (x >> 1U & 0x55555555U) | (x & 0x55555555U) << 1U;
    x = (x >> 2U & 0x33333333U) | (x & 0x33333333U) << 2U;
    x = (x >> 4U & 0x0f0f0f0fU) | (x & 0x0f0f0f0fU) << 4U;
    x = (x >> 8U & 0x00ff00ffU) | (x & 0x00ff00ffU) << 8U;
    return x >> 16U | x << 16U;
}

/// A permutation in which a bit depends on those below it and on the key only: reversed, Owen's scrambling.
constexpr std::uint32_t scrambled(std::uint32_t x, std::uint32_t key) {
    x ^= x * 0x3d20adeaU;
    x += key;
    x *= (key >> 16U) | 1U;
    x ^= x * 0x05526c56U;
    x ^= x * 0x53a22864U;
    return x;
}

constexpr double uniform_of(std::uint32_t reversed_bits) {
    return (2.0 * static_cast<double>(reversed(reversed_bits)) + 1.0) * 0x1p-33;
}

/// Words first ... first + n_scramblings - 1 of a stream; `first` is a multiple of 4.
std::array<std::uint32_t, n_scramblings> words_of(std::uint64_t seed, StreamKey stream, std::uint32_t first) {
    std::array<std::uint32_t, n_scramblings> out{};
    for (std::uint32_t r = 0; r < n_scramblings; r += 4) {
        const auto words = philox::words(
            {0xffffffffU - (first + r) / 4, stream.occurrence, low_word(stream.name), high_word(stream.name)},
            {low_word(seed), high_word(seed)});
        std::copy(words.begin(), words.end(), &out[r]);
    }
    return out;
}

/// Direction numbers of a dimension, highest bit first in each word. Source: Joe and Kuo, SIAM J. Sci. Comput. 30 (2008),
/// equations 2 and 3, with a primitive polynomial and its starting values.
std::array<std::uint32_t, 32> direction_numbers(std::size_t dimension) {
    std::array<std::uint32_t, 32> v{};
    if (dimension == 0) { // van der Corput
        for (unsigned k = 0; k < 32; ++k)
            v[k] = 1U << (31U - k);
        return v;
    }
    const std::uint32_t polynomial = Table::polynomial(dimension - 1);
    const auto degree = static_cast<std::size_t>(std::bit_width(polynomial)) - 1;
    for (std::size_t k = 0; k < degree; ++k)
        v[k] = static_cast<std::uint32_t>(Table::minit(dimension - 1, k)) << (31U - k);
    for (std::size_t k = degree; k < 32; ++k) {
        v[k] = v[k - degree] ^ v[k - degree] >> degree;
        for (std::size_t j = 1; j < degree; ++j)
            if ((polynomial >> (degree - j) & 1U) != 0) v[k] ^= v[k - j];
    }
    return v;
}

} // namespace

std::size_t sobol_dimensions() { return Table::max_dimension; }

SobolStream::SobolStream(std::uint64_t seed, StreamKey stream, std::optional<std::size_t> dimension)
    : directions_(direction_numbers(dimension.value_or(0))), keys_(words_of(seed, stream, 0)) {
    for (std::uint32_t& v : directions_)
        v = reversed(v);
    if (!dimension) orders_ = words_of(seed, stream, n_scramblings);
}

std::uint32_t SobolStream::point(std::uint64_t index) const {
    std::uint32_t x = 0;
    for (; index != 0; index &= index - 1)
        x ^= directions_[static_cast<std::size_t>(std::countr_zero(index))];
    return x;
}

/// `in_order`: point(index), which all scramblings share but where the stream has an order of its own.
double SobolStream::scrambled_point(std::uint64_t index, std::size_t scrambling, std::uint32_t in_order) const {
    // Reversed bits of the first dimension's point are its index.
    const auto bits =
        orders_ ? reversed(scrambled(reversed(static_cast<std::uint32_t>(index)), (*orders_)[scrambling])) : in_order;
    return uniform_of(scrambled(bits, keys_[scrambling]));
}

double SobolStream::at(std::uint64_t sample) const {
    const std::uint64_t index = sample / n_scramblings;
    return scrambled_point(index, scrambling_of(sample), point(index));
}

void SobolStream::fill(std::uint64_t first, std::span<double> to) const {
    assert(first % n_scramblings == 0 && to.size() % n_scramblings == 0);
    for (std::size_t at = 0; at < to.size(); at += n_scramblings) {
        const std::uint64_t index = (first + at) / n_scramblings;
        const std::uint32_t x = point(index);
        for (std::size_t r = 0; r < n_scramblings; ++r)
            to[at + r] = scrambled_point(index, r, x);
    }
}

} // namespace autarky::engine
