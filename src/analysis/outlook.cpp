// autarky: fits values over what is seen of futures.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/outlook.hpp"

#include <algorithm>
#include <utility>

namespace autarky::analysis {

Outlook::Outlook(std::vector<double> seen) : seen_(std::move(seen)) {
    const auto [low, high] = std::minmax_element(seen_.begin(), seen_.end());
    const double span = *high - *low, least = *low;
    for (auto& x : seen_)
        x = span > 0.0 ? (x - least) / span : 0.0;
}

std::vector<bool> Outlook::looks_good(const std::vector<double>& value) const {
    std::vector<bool> out(value.size());
    for (const std::size_t half : {std::size_t{0}, std::size_t{1}}) {
        const auto fit = parabola(value, half);
        for (std::size_t i = 1 - half; i < value.size(); i += 2)
            out[i] = fit[0] + seen_[i] * (fit[1] + seen_[i] * fit[2]) > 0.0;
    }
    return out;
}

/// Least squares over futures half, half + 2, ...; a hair of ridge where they do not tell the terms apart.
std::array<double, 3> Outlook::parabola(const std::vector<double>& value, std::size_t half) const {
    std::array<std::array<double, 4>, 3> a{};
    for (std::size_t i = half; i < value.size(); i += 2) {
        const std::array<double, 3> term{1.0, seen_[i], seen_[i] * seen_[i]};
        for (std::size_t r = 0; r < 3; ++r) {
            for (std::size_t c = 0; c < 3; ++c)
                a[r][c] += term[r] * term[c];
            a[r][3] += term[r] * value[i];
        }
    }
    const double ridge = 1e-9 * (a[0][0] + 1.0);
    for (std::size_t r = 0; r < 3; ++r)
        a[r][r] += ridge;
    for (std::size_t p = 0; p < 3; ++p)
        for (std::size_t r = 0; r < 3; ++r) {
            if (r == p) continue;
            const double by = a[r][p] / a[p][p];
            for (std::size_t c = p; c < 4; ++c)
                a[r][c] -= by * a[p][c];
        }
    return {a[0][3] / a[0][0], a[1][3] / a[1][1], a[2][3] / a[2][2]};
}

} // namespace autarky::analysis
