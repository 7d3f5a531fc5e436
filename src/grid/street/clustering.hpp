// autarky: how devices spread over streets: evenly, or where their buyers live.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <vector>

namespace autarky::grid {

/// Probabilities of 0..n devices behind a unit with room for n, when a share p of all places has one and the places of
/// one street resemble each other with intraclass correlation rho: the beta-binomial distribution.
/// Special cases: rho = 0 is the binomial; p = 0 and p = 1 are certain; rho = 1 is all or none.
inline std::vector<double> beta_binomial(int n, double p, double rho) {
    std::vector<double> out(static_cast<std::size_t>(n) + 1, 0.0);
    if (n == 0 || p <= 0.0) {
        out.front() = 1.0;
        return out;
    }
    if (p >= 1.0) {
        out.back() = 1.0;
        return out;
    }
    if (rho >= 1.0) {
        out.front() = 1.0 - p;
        out.back() = p;
        return out;
    }
    // Polya's urn: the n-th draw is a device with odds (p + k g) : (1 - p + (n - k) g), g = rho/(1 - rho).
    const double g = rho > 0.0 ? rho / (1.0 - rho) : 0.0;
    out.front() = 1.0;
    for (int drawn = 0; drawn < n; ++drawn) {
        const double total = 1.0 + g * drawn;
        for (int k = drawn + 1; k >= 0; --k) {
            const auto at = static_cast<std::size_t>(k);
            const double stays = k <= drawn ? out[at] * (1.0 - p + g * (drawn - k)) / total : 0.0;
            const double grows = k > 0 ? out[at - 1] * (p + g * (k - 1)) / total : 0.0;
            out[at] = stays + grows;
        }
    }
    return out;
}

/// The count at quantile u of beta_binomial(n, p, rho).
inline int beta_binomial_quantile(int n, double p, double rho, double u) {
    const std::vector<double> probabilities = beta_binomial(n, p, rho);
    double below = 0.0;
    for (int k = 0; k < n; ++k) {
        below += probabilities[static_cast<std::size_t>(k)];
        if (u < below) return k;
    }
    return n;
}

} // namespace autarky::grid
