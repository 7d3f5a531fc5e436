// autarky: bins of an independent score, fine in its tails.
// SPDX-License-Identifier: Apache-2.0
#include "engine/score_bins.hpp"

#include <algorithm>
#include <cmath>

namespace autarky::engine {
namespace {

/// Steps of a factor of sqrt(2) from the inner edge of a tail to the draw; `share` is what lies further out, of the tail.
std::size_t steps_out(double share) {
    int exponent = 0;
    constexpr double root_half = 0.70710678118654752440;
    const double mantissa = std::frexp(share, &exponent); // [1/2, 1): no logarithm, so no rounding
    const auto steps = static_cast<std::size_t>(-2 * exponent + (mantissa < root_half ? 1 : 0));
    return std::min(steps, n_tail_bins - 1);
}

} // namespace

void write_codes(std::span<const double> u, std::uint8_t* codes) {
    for (std::size_t k = 0; k < u.size(); ++k)
        codes[k] = static_cast<std::uint8_t>(static_cast<int>(u[k] * double{n_score_bins}));
    for (std::size_t k = 0; k < u.size(); ++k) {
        if (codes[k] != 0 && codes[k] != n_score_bins - 1) continue;
        const bool is_upper = codes[k] != 0;
        const double share = (is_upper ? 1.0 - u[k] : u[k]) * double{n_score_bins};
        codes[k] = static_cast<std::uint8_t>(first_tail_code + (is_upper ? n_tail_bins : 0) +
                                             (share < 1.0 ? steps_out(share) : 0)); // 1 at the very edge
    }
}

} // namespace autarky::engine
