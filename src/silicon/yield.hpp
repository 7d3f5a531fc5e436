// autarky: share of good dies under each published yield model, and the defect density behind a reported yield.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "core/power.hpp"
#include "core/quantities.hpp"

namespace autarky::silicon {

inline constexpr Formula mean_faults_formula{"silicon.mean_faults", "Mean faults per die", "x = A D", "definition"};
inline constexpr Formula critical_area_formula{"silicon.critical_area", "Critical area",
                                               "k_logic A_logic + k_memory A_memory",
                                               "Stapper, IBM J. Res. Dev. 28(4) 1984"};
inline constexpr Formula poisson_formula{"silicon.yield_poisson", "Yield, Poisson", "exp(-x)",
                                         "Stapper, Armstrong and Saji, Proc. IEEE 71(4) 1983"};
inline constexpr Formula murphy_formula{"silicon.yield_murphy", "Yield, Murphy", "((1 - exp(-x)) / x)^2",
                                        "Murphy, Proc. IEEE 52(12) 1964"};
inline constexpr Formula rectangular_formula{"silicon.yield_rectangular", "Yield, rectangular", "(1 - exp(-2x)) / (2x)",
                                             "Murphy, Proc. IEEE 52(12) 1964"};
inline constexpr Formula moore_formula{"silicon.yield_moore", "Yield, Moore", "exp(-sqrt x)",
                                       "Moore, Electronics, 1970"};
inline constexpr Formula seeds_formula{"silicon.yield_seeds", "Yield, Seeds", "1 / (1 + x)",
                                       "Seeds, IEEE Int. Conv. Rec. 1967"};
inline constexpr Formula bose_einstein_formula{"silicon.yield_bose_einstein", "Yield, Bose-Einstein",
                                               "(1 + A D_layer)^-n", "Price, Proc. IEEE 58(8) 1970"};
inline constexpr Formula negative_binomial_formula{"silicon.yield_negative_binomial", "Yield, negative binomial",
                                                   "(1 + x / alpha)^-alpha", "Stapper, IBM J. Res. Dev. 20(3) 1976"};
inline constexpr Formula compound_yield_formula{"silicon.yield", "Yield", "Y_line Y_systematic Y_parametric Y_random",
                                                "definition"};
inline constexpr Formula density_poisson_formula{"silicon.density_from_yield_poisson",
                                                 "Defect density behind a yield, Poisson", "-ln(Y) / A",
                                                 "inverse of exp(-A D)"};
inline constexpr Formula density_negative_binomial_formula{
    "silicon.density_from_yield_negative_binomial", "Defect density behind a yield, negative binomial",
    "alpha (Y^(-1/alpha) - 1) / A", "inverse of (1 + A D / alpha)^-alpha"};

/// Mean faults per die. Units: any area and density; the product has none. Domain: both >= 0.
template <class R> R mean_faults(const Area<R>& area, const DefectDensity<R>& density) {
    const R x = area * density;
    return named(mean_faults_formula, x, arg("area", area), arg("defect density", density));
}

/// Area in which a defect of the counted size kills the die: each part of the die times its share.
/// Shares: logic 0.6 to 0.7 at 12 to 3 nm, repairable memory arrays a few percent. Domain: shares within [0, 1].
template <class R>
Area<R> critical_area(const Area<R>& logic, const R& logic_share, const Area<R>& memory, const R& memory_share) {
    const Area<R> result = logic * logic_share + memory * memory_share;
    return named(critical_area_formula, result, arg("logic area", logic), arg("logic share", logic_share),
                 arg("memory area", memory), arg("memory share", memory_share));
}

/// Defects fall independently. The lowest yield of all models at the same mean.
/// Domain of every model below: area >= 0, density >= 0; result in (0, 1], 1 at zero faults.
template <class R> R yield_poisson(const Area<R>& area, const DefectDensity<R>& density) {
    const R x = mean_faults(area, density);
    const R result = exp(-x);
    return named(poisson_formula, result, arg("mean faults", x));
}

namespace detail {
/// (1 - exp(-x)) / x, also at and near zero, where the difference would cancel. Error below 1e-13 relative.
template <class R> R decay_mean(const R& x) {
    const auto small = x < R(1e-3);
    const R safe = select(small, R(1.0), x);
    const R series = R(1.0) - x * (R(0.5) - x * (R(1.0 / 6.0) - x * R(1.0 / 24.0)));
    return select(small, series, (R(1.0) - exp(-safe)) / safe);
}
} // namespace detail

/// Density varies between wafers and dies with a triangular distribution of the given mean.
template <class R> R yield_murphy(const Area<R>& area, const DefectDensity<R>& density) {
    const R x = mean_faults(area, density);
    const R mean = detail::decay_mean(x);
    const R result = mean * mean;
    return named(murphy_formula, result, arg("mean faults", x));
}

/// Density is uniform between 0 and twice its mean.
template <class R> R yield_rectangular(const Area<R>& area, const DefectDensity<R>& density) {
    const R x = mean_faults(area, density);
    const R result = detail::decay_mean(R(2.0) * x);
    return named(rectangular_formula, result, arg("mean faults", x));
}

/// Moore's empirical rule for very large dies of his time; its slope at zero faults is infinite.
template <class R> R yield_moore(const Area<R>& area, const DefectDensity<R>& density) {
    const R x = mean_faults(area, density);
    const R result = exp(-sqrt(x));
    return named(moore_formula, result, arg("mean faults", x));
}

/// Density is exponentially distributed; equals the negative binomial at clustering 1.
template <class R> R yield_seeds(const Area<R>& area, const DefectDensity<R>& density) {
    const R x = mean_faults(area, density);
    const R result = R(1.0) / (R(1.0) + x);
    return named(seeds_formula, result, arg("mean faults", x));
}

/// One Seeds factor a critical layer. The density is *per layer*, not the density of the whole process.
/// Domain: layers > 0.
template <class R>
R yield_bose_einstein(const Area<R>& area, const DefectDensity<R>& density_per_layer, const R& layers) {
    const R x = mean_faults(area, density_per_layer);
    const R result = pow(R(1.0) + x, -layers);
    return named(bose_einstein_formula, result, arg("mean faults per layer", x), arg("critical layers", layers));
}

/// Defects cluster: the density of a die is gamma distributed with shape `clustering` (alpha). The default of Autarky.
/// Domain: clustering > 0. Limits: infinity gives Poisson, 1 gives Seeds. Falls with area and density, and with clustering
/// at a given density.
template <class R>
R yield_negative_binomial(const Area<R>& area, const DefectDensity<R>& density, const R& clustering) {
    const R x = mean_faults(area, density);
    const R result = power_of(R(1.0) + x / clustering, -clustering);
    return named(negative_binomial_formula, result, arg("mean faults", x), arg("clustering", clustering));
}

/// What arrives of what was started: whole wafers lost in line, systematic and parametric losses, random defects.
/// Domain: each within [0, 1].
template <class R> R compound_yield(const R& line, const R& systematic, const R& parametric, const R& random) {
    const R result = line * systematic * parametric * random;
    return named(compound_yield_formula, result, arg("line yield", line), arg("systematic yield", systematic),
                 arg("parametric yield", parametric), arg("random yield", random));
}

/// Defect density at which Poisson gives the reported yield of a die of this area: a yield means nothing without one.
/// Domain: yield in (0, 1], area > 0.
template <class R> DefectDensity<R> density_from_yield_poisson(const R& yield, const Area<R>& area) {
    const DefectDensity<R> result = -log(yield) / area;
    return named(density_poisson_formula, result, arg("yield", yield), arg("area", area));
}

/// The same for the negative binomial. Domain: yield in (0, 1], area > 0, clustering > 0.
template <class R>
DefectDensity<R> density_from_yield_negative_binomial(const R& yield, const Area<R>& area, const R& clustering) {
    const DefectDensity<R> result = clustering * (pow(yield, R(-1.0) / clustering) - R(1.0)) / area;
    return named(density_negative_binomial_formula, result, arg("yield", yield), arg("area", area),
                 arg("clustering", clustering));
}

} // namespace autarky::silicon
