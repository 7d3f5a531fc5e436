// autarky: uniform draws as a pure function of seed, stream name, sample index and occurrence.
// SPDX-License-Identifier: Apache-2.0
//
// The map, which another program may follow to get the same draws. Sample i of a stream uses Philox4x32-10 with
//     key     = (low, high) word of the seed
//     counter = (c, occurrence, low, high word of the name's hash),   c = 4 floor(i / 8) + i mod 4
// and takes of the four words r0..r3 the pair (r0, r1) when floor(i / 4) is even, else (r2, r3). The pair's 64 bits
// w = r1 2^32 + r0 (or r3 2^32 + r2) become u = (2 floor(w / 2^12) + 1) 2^-53: exact, symmetric about 1/2, never 0 or 1.
// The name's hash is FNV-1a with 64 bits over its UTF-8 bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/lanes.hpp"

namespace autarky::engine {

/// Samples that one counter word can number.
inline constexpr std::uint64_t max_samples = std::uint64_t{1} << 32U;

/// FNV-1a, 64 bits. Source: Fowler, Noll, Vo; IETF draft-eastlake-fnv.
constexpr std::uint64_t name_hash(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

/// A stream of draws: its name's hash, and which of several streams of that name it is.
struct StreamKey {
    std::uint64_t name = 0;
    std::uint32_t occurrence = 0;
};

/// Uniform draw of one sample, in [2^-53, 1 - 2^-53].
[[nodiscard]] double uniform(std::uint64_t seed, StreamKey stream, std::uint64_t sample);

/// The same for the eight samples 8 group ... 8 group + 7.
[[nodiscard]] Lanes uniforms(std::uint64_t seed, StreamKey stream, std::uint64_t group);

} // namespace autarky::engine
