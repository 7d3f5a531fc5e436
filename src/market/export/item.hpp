// autarky: what export rules look at: an item's figures, any of which may be unknown.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "market/export/rows.hpp"
#include "market/export_control.hpp"

namespace autarky::market::licensing {

/// A figure as it was written, without the rounding of its conversion: one that is exactly at a limit must not miss it.
inline double as_written(double figure) {
    constexpr double steps = 1e9; // a unit; the finest limit of a rule has two decimals
    return std::round(figure * steps) / steps;
}

/// A dense peak rate; one multiply-accumulate counts as two operations.
struct Rate {
    std::string precision;
    double bits = 0.0; ///< the longer input of the multiplication
    double tops = 0.0;
};

/// A chip, or a memory stack. What is not there is unknown, never zero.
struct Commodity {
    std::string name, title, vendor;
    std::vector<Rate> rates; ///< of one processing unit
    std::optional<double> area_mm2, memory_gb_s, interconnect_gb_s, stack_gb_s_mm2;
    Marketed data_centre = Marketed::open;
    bool is_planar = false; ///< no logic die on a non-planar node: it has no applicable area and no density
    double units = 1.0;     ///< processing units that count as one item: TPP and area of all of them

    /// Total processing performance: the most over precisions of 2 x MAC rate x bit length, dense, over all units.
    /// Source: 15 CFR 774 Supplement 1, 3A090, technical note on TPP (88 FR 73458). None without a rate.
    [[nodiscard]] std::optional<double> tpp() const {
        if (rates.empty()) return std::nullopt;
        double most = 0.0;
        for (const auto& rate : rates)
            most = std::max(most, as_written(total_processing_performance(quantity(rate.tops, "TOPS"_u),
                                                                          quantity(rate.bits, "bit"_u))
                                                 .in("TPP"_u)));
        return most * units;
    }
    /// TPP/mm^2 over the logic dies on non-planar nodes. None when the area is not known, or when there is no such die.
    [[nodiscard]] std::optional<double> density() const {
        const auto performance = tpp();
        if (!performance || !area_mm2 || is_planar) return std::nullopt;
        return as_written(performance_density(quantity(*performance, "TPP"_u), quantity(*area_mm2 * units, "mm^2"_u))
                              .in("TPP/mm^2"_u));
    }
    /// The same item with its rates scaled so that the TPP is this. Domain: it has rates, not all zero.
    [[nodiscard]] Commodity with_tpp(double wanted) const {
        Commodity out = *this;
        const double factor = wanted / tpp().value_or(1.0);
        for (auto& rate : out.rates)
            rate.tops *= factor;
        return out;
    }
};

} // namespace autarky::market::licensing
