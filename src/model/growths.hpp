// autarky: everything that grows or declines at a constant yearly rate, a step a quarter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/finance.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

/// Growth factors of the current quarter. Powers are taken once a sample; a quarter costs one multiplication each.
template <class R> struct Growths {
    std::vector<GrowthPath<R>> wafer_price;   ///< by site, since the process's price date
    std::vector<GrowthPath<R>> process_price; ///< by process, since its price date
    std::vector<GrowthPath<R>> wage;          ///< by region, since the wage's date
    std::vector<GrowthPath<R>> upgrades;      ///< by grid, from the first quarter's start to this one's end

    void start(const Scenario<R>& s, const Timeline& time) {
        const R first(time.middle(0));
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        wafer_price.resize(s.site.size());
        for (std::size_t i = 0; i < s.site.size(); ++i) {
            const auto& process = s.process[s.site[i].process];
            wafer_price[i].start(process.price_drift, Duration<R>(first - process.price_date.year), quarter);
        }
        process_price.resize(s.process.size());
        for (std::size_t i = 0; i < s.process.size(); ++i)
            process_price[i].start(s.process[i].price_drift, Duration<R>(first - s.process[i].price_date.year),
                                   quarter);
        wage.resize(s.region.size());
        for (std::size_t i = 0; i < s.region.size(); ++i)
            wage[i].start(s.region[i].wage_growth, Duration<R>(first - s.region[i].wage_date.year), quarter);
        upgrades.resize(s.grid.size());
        for (std::size_t i = 0; i < s.grid.size(); ++i)
            upgrades[i].start(PerYear<R>(s.grid[i].upgrade_growth), quarter, quarter);
    }

    void advance() {
        for (auto* paths : {&wafer_price, &process_price, &wage, &upgrades})
            for (auto& path : *paths)
                path.advance();
    }
};

} // namespace autarky::model
