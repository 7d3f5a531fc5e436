// autarky: a quantile function tabulated against the normal score, one cubic a cell.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <vector>

#include "core/real.hpp"

namespace autarky::engine {

/// Value and slope of a quantile function at a normal score.
struct Knot {
    double value = 0.0, slope = 0.0;
};

/// Cubic Hermite interpolation in z between knots that are 1/16 apart; constant beyond +-8.25.
/// Invariant: cells_ has n_cells rows.
class QuantileTable {
public:
    static constexpr double reach = 8.25; ///< |Phi^-1(2^-53)| = 8.2095 is inside
    static constexpr double cells_per_unit = 16.0;
    static constexpr std::size_t n_cells = 264;

    /// Tabulates `quantile`; `error()` is measured against it between the knots.
    explicit QuantileTable(const std::function<Knot(double z)>& quantile);

    template <class R> [[nodiscard]] R operator()(const R& z) const {
        const R position = fma(clamp(z, -reach, reach), R(cells_per_unit), R(reach * cells_per_unit));
        const R cell = min(floor(position), R(static_cast<double>(n_cells - 1)));
        const std::array<R, 4> c = coefficients(cell);
        const R t = position - cell;
        return fma(fma(fma(c[3], t, c[2]), t, c[1]), t, c[0]);
    }

    /// Largest difference from the tabulated function that was found, as a share of its distance from the 5 % to the
    /// 95 % quantile.
    [[nodiscard]] double error() const { return error_; }

private:
    using Cell = std::array<double, 4>; ///< coefficients of 1, t, t^2, t^3 for t in [0, 1)

    [[nodiscard]] std::array<double, 4> coefficients(double cell) const {
        return cells_[static_cast<std::size_t>(cell)];
    }
    [[nodiscard]] std::array<Lanes, 4> coefficients(Lanes cell) const;

    std::vector<Cell> cells_;
    double error_ = 0.0;
};

} // namespace autarky::engine
