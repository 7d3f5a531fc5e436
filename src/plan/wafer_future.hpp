// autarky: what a plan of wafers has to know of a future: need, capacity, prices, yields, terms, quarter by quarter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace autarky::plan {

/// Names and relations that all futures share.
struct WaferShape {
    struct Line { ///< a chip at a site
        std::size_t chip = 0, site = 0;
    };
    struct Contract {
        std::string name;
        std::vector<std::size_t> sites; ///< at which it may be fulfilled
        bool has_priority = true;
    };
    struct Path {
        std::string name;
        std::size_t site = 0;
        bool is_taken = false; ///< in the scenario
    };
    struct Need { ///< that a chip takes units of a back end
        std::size_t chip = 0, back_end = 0;
    };
    std::vector<std::string> quarters, chips, sites, outlets;
    std::vector<Line> lines;
    std::vector<Contract> contracts;
    std::vector<Path> paths;
    std::vector<std::string> back_ends{};
    std::vector<Need> needs{};
    bool buys_shortfall = true; ///< else a chip that is missing is a device that is not sold

    [[nodiscard]] bool covers(std::size_t contract, std::size_t site) const;
};
WaferShape wafer_shape(const Scenario<Uncertain>& scenario, std::vector<std::string> quarters);

/// One future, or, as lanes, eight: [row][quarter] or [row]. Thousand wafers, thousand chips, MUSD; so prices are MUSD a
/// thousand wafers, which is thousand USD a wafer. Money is that of its quarter; `discount` brings it to the decision.
template <class R> struct WaferFuture {
    using ByQuarter = std::vector<std::vector<R>>;

    std::vector<R> discount;                ///< [quarter]
    std::vector<R> instead;                 ///< [quarter]: what goes in place of a thousand own chips
    ByQuarter needed, may_start;            ///< by chip: chips, share of the quarter
    std::vector<R> share, least_share, lag; ///< by line: planned and least share of its chip, quarters to the chip
    ByQuarter per_wafer, variable;          ///< by line: chips a started wafer, cost of a chip beyond it
    ByQuarter price, capacity, firm, open;  ///< by site: of a wafer; wafers of the site, of others, asked by others
    ByQuarter minimum, maximum,
        prepaid; ///< by contract: money to take or settle, wafers reserved, prepayment less credits
    std::vector<R> price_factor, loss_share; ///< by contract
    std::vector<R> is_given;                 ///< by contract: 1 where it was signed before the decision
    ByQuarter path_capacity, path_capital;   ///< by path: wafers, own capital
    ByQuarter path_income;                   ///< by path: what rated orders bring for its wafers, over their cost
    std::vector<R> path_price;               ///< by path: of its wafers over the site's price
    ByQuarter back_end_capacity, back_end_reserved, back_end_firm,
        back_end_open;                   ///< by back end, in its units: of all, the buyer's, of others, asked by others
    std::vector<R> need_units, assembly; ///< by need: units a die; by line: of its lag, quarters behind the back ends
    ByQuarter passing;                   ///< by line: shipped chips a die that a back end takes
    ByQuarter outlet_gain, outlet_chips; ///< by outlet, then line: gain of a thousand chips, chips it takes

    /// Money by quarter, brought to the decision.
    [[nodiscard]] R discounted(const std::vector<R>& by_quarter) const {
        return std::inner_product(discount.begin(), discount.end(), by_quarter.begin(), R(0.0));
    }
    void resize(const WaferShape& shape);
    /// Forgets all quarters but the first ones.
    void keep_quarters(std::size_t n);
    /// The tables that have a figure each quarter.
    [[nodiscard]] std::array<ByQuarter*, 21> by_quarter() {
        return {&needed,
                &may_start,
                &per_wafer,
                &variable,
                &price,
                &capacity,
                &firm,
                &open,
                &minimum,
                &maximum,
                &prepaid,
                &path_capacity,
                &path_capital,
                &path_income,
                &outlet_gain,
                &outlet_chips,
                &back_end_capacity,
                &back_end_reserved,
                &back_end_firm,
                &back_end_open,
                &passing};
    }
    /// Every number in one fixed order.
    template <class Visit> void visit(Visit&& each) {
        const auto row = [&](std::vector<R>& values) {
            for (auto& value : values)
                each(value);
        };
        for (auto* one : {&discount, &instead, &share, &least_share, &lag, &price_factor, &loss_share, &is_given,
                          &path_price, &need_units, &assembly})
            row(*one);
        for (auto* table : by_quarter())
            for (auto& one : *table)
                row(one);
    }
};

template <class R> void WaferFuture<R>::keep_quarters(std::size_t n) {
    for (auto* one : {&discount, &instead})
        one->resize(n);
    for (auto* table : by_quarter())
        for (auto& row : *table)
            row.resize(n);
}

template <class R> void WaferFuture<R>::resize(const WaferShape& shape) {
    const std::size_t quarters = shape.quarters.size();
    const auto table = [&](ByQuarter& out, std::size_t rows) { out.assign(rows, std::vector<R>(quarters, R(0.0))); };
    for (auto* one : {&discount, &instead})
        one->assign(quarters, R(0.0));
    for (auto* one : {&needed, &may_start})
        table(*one, shape.chips.size());
    for (auto* one : {&share, &least_share, &lag, &assembly})
        one->assign(shape.lines.size(), R(0.0));
    for (auto* one : {&per_wafer, &variable, &passing})
        table(*one, shape.lines.size());
    for (auto* one : {&price, &capacity, &firm, &open})
        table(*one, shape.sites.size());
    for (auto* one : {&minimum, &maximum, &prepaid})
        table(*one, shape.contracts.size());
    for (auto* one : {&price_factor, &loss_share, &is_given})
        one->assign(shape.contracts.size(), R(0.0));
    for (auto* one : {&path_capacity, &path_capital, &path_income})
        table(*one, shape.paths.size());
    path_price.assign(shape.paths.size(), R(0.0));
    for (auto* one : {&back_end_capacity, &back_end_reserved, &back_end_firm, &back_end_open})
        table(*one, shape.back_ends.size());
    need_units.assign(shape.needs.size(), R(0.0));
    for (auto* one : {&outlet_gain, &outlet_chips})
        table(*one, shape.outlets.size() * shape.lines.size());
}

} // namespace autarky::plan
