// autarky: everything that grows or declines at a constant yearly rate, a step a quarter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/finance.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

inline constexpr Formula street_supply_formula{
    "grid.street_supply", "Supply and crews for upgrades over those of the first quarter",
    "(1 + growth)^years x (1 + response x (money / money in the first quarter - 1))", "Autarky"};

/// Growth factors of the current quarter. Powers are taken once a sample; a quarter costs one multiplication each.
template <class R> struct Growths {
    std::vector<GrowthPath<R>> wafer_price;   ///< by site, since the process's price date
    std::vector<GrowthPath<R>> process_price; ///< by process, since its price date
    std::vector<GrowthPath<R>> wage;          ///< by region, since the wage's date
    std::vector<GrowthPath<R>> upgrades;      ///< by grid, from the first quarter's start to this one's end
    std::vector<R> street_supply;             ///< by grid, of the current quarter
    std::vector<MoneyRate<R>> first_money;    ///< by grid, for the grid in the first quarter

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
        first_money.resize(s.grid.size());
        for (std::size_t i = 0; i < s.grid.size(); ++i) {
            upgrades[i].start(PerYear<R>(s.grid[i].upgrade_growth), quarter, quarter);
            first_money[i] = s.grid[i].investment.at(time.middle(0));
        }
    }

    /// Supply and crews of upgrades in quarter q over those of the first one: their own growth, and what money for the grid
    /// adds. By grid.
    void follow_investment(const Scenario<R>& s, const Timeline& time, std::size_t q) {
        street_supply.resize(s.grid.size());
        for (std::size_t i = 0; i < s.grid.size(); ++i) {
            const auto& g = s.grid[i];
            const R money = ratio(g.investment.at(time.middle(q)), first_money[i], R(1.0));
            street_supply[i] = named(
                street_supply_formula, R(upgrades[i].factor * (R(1.0) + g.investment_response * (money - R(1.0)))),
                arg("own growth", upgrades[i].factor), arg("money over the first quarter's", money));
        }
    }

    void advance() {
        for (auto* paths : {&wafer_price, &process_price, &wage, &upgrades})
            for (auto& path : *paths)
                path.advance();
    }
};

} // namespace autarky::model
