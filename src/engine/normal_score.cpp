// autarky: normal scores of a block of draws.
// SPDX-License-Identifier: Apache-2.0
#include "engine/normal_score.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>

namespace autarky::engine {
namespace {

using Places = std::array<std::uint8_t, Lanes::width>;

/// Row m lists the set bits of m, lowest first.
constexpr auto set_bits = [] {
    std::array<Places, 256> table{};
    for (unsigned mask = 0; mask < 256; ++mask) {
        std::size_t n = 0;
        for (unsigned bit = 0; bit < 8; ++bit)
            if ((mask >> bit & 1U) != 0) table[mask][n++] = static_cast<std::uint8_t>(bit);
    }
    return table;
}();

} // namespace

void normal_scores(std::span<const double> u, std::span<double> z) {
    assert(u.size() % Lanes::width == 0 && u.size() <= 256 && z.size() >= u.size());
    std::array<std::uint8_t, 256 + 2 * Lanes::width> tail; // places of the draws in a tail
    std::size_t n_tail = 0;
    for (std::size_t at = 0; at < u.size(); at += Lanes::width) {
        const Lanes draw = Lanes::load(&u[at]);
        detail::centre_score(draw).store(&z[at]);
        const unsigned outside = (!(abs(draw - Lanes(0.5)) <= Lanes(detail::centre_half_width))).bits();
        std::uint64_t places; // eight bytes at once; those beyond the count are overwritten later
        std::memcpy(&places, set_bits[outside].data(), sizeof places);
        places += at * 0x0101010101010101U;
        std::memcpy(&tail[n_tail], &places, sizeof places);
        n_tail += static_cast<std::size_t>(std::popcount(outside));
    }
    for (std::size_t at = 0; at < n_tail; at += Lanes::width) {
        std::array<double, Lanes::width> some{};
        some.fill(0.5);
        const std::size_t n = std::min(Lanes::width, n_tail - at);
        for (std::size_t k = 0; k < n; ++k)
            some[k] = u[tail[at + k]];
        detail::tail_score(Lanes::load(some.data())).store(some.data());
        for (std::size_t k = 0; k < n; ++k)
            z[tail[at + k]] = some[k];
    }
}

} // namespace autarky::engine
