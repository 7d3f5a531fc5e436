// autarky: how export rules classify a chip, and what of a market stays open.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formula.hpp"
#include "market/entities.hpp"

namespace autarky::market {

inline constexpr Formula tpp_formula{"export.tpp", "Total processing performance",
                                     "dense TOPS x bit length (TOPS counts 2 operations a multiply-accumulate)",
                                     "15 CFR 774 Supp. 1, ECCN 3A090, technical note 2 (88 FR 73458)"};
inline constexpr Formula density_formula{"export.pd", "Performance density", "TPP / applicable die area",
                                         "15 CFR 774 Supp. 1, ECCN 3A090, technical note 4 (88 FR 73458)"};
inline constexpr Formula refusal_formula{"export.refusal", "Probability that a licence is refused",
                                         "0 if not controlled, else by licence window", "rule in force"};

/// TPP. Shapes: dense peak at the bit length that gives the most.
template <class R> Performance<R> total_processing_performance(const Throughput<R>& dense, const DataSize<R>& bits) {
    const Performance<R> result = dense * bits;
    return named(tpp_formula, result, arg("dense throughput", dense), arg("bit length", bits));
}

/// Performance density over the logic area on non-planar nodes. Domain: area > 0.
template <class R> PerformanceDensity<R> performance_density(const Performance<R>& tpp, const Area<R>& area) {
    const PerformanceDensity<R> result = tpp / area;
    return named(density_formula, result, arg("TPP", tpp), arg("die area", area));
}

/// What the rules look at.
template <class R> struct ControlledItem {
    Performance<R> tpp{};
    PerformanceDensity<R> density{};
    DataRate<R> io{}, memory_bandwidth{};
    bool data_centre = false;
};

/// Whether a rule controls the item at all.
template <class R> Mask<R> controlled(const ExportRule<R>& rule, const ControlledItem<R>& item) {
    const auto by_tpp = item.tpp >= rule.tpp_limit;
    const auto density_test = rule.density_limit > PerformanceDensity<R>(R(0.0));
    const auto by_density = density_test & (item.tpp >= rule.density_floor) & (item.density >= rule.density_limit);
    const auto io_met = item.io >= rule.io_limit;
    const auto exempt = item.tpp < (item.data_centre ? Performance<R>(R(0.0)) : rule.exempt_below);
    return (by_tpp | by_density) & io_met & !exempt;
}

/// Probability that a product with this chip is refused under one rule.
template <class R> R refusal_probability(const ExportRule<R>& rule, const ControlledItem<R>& item) {
    const auto window = rule.licence_below > Performance<R>(R(0.0));
    const auto licensable = window & (item.tpp < rule.licence_below) & (item.memory_bandwidth < rule.licence_bandwidth);
    const R if_controlled = select(licensable, rule.refused_licensable, rule.refused_controlled);
    const R result = select(controlled(rule, item), if_controlled, R(0.0));
    return named(refusal_formula, result, arg("TPP", item.tpp), arg("performance density", item.density),
                 arg("refused if controlled", rule.refused_controlled),
                 arg("refused if licensable", rule.refused_licensable));
}

} // namespace autarky::market
