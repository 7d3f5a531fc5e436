// autarky: how much performance no paragraph catches, and on which area.
// SPDX-License-Identifier: Apache-2.0
#include "market/export/frontier.hpp"

#include <algorithm>
#include <set>

namespace autarky::market::licensing {
namespace {

/// Performances at which a clause in force begins or ends to look.
std::set<double> performance_limits(const RuleBook& book, double day) {
    std::set<double> out;
    for (const auto& clause : book.clauses) {
        const auto& rule = book.rules[static_cast<std::size_t>(clause.rule.index)];
        if (!rule.is_binding(day) || (clause.effect != Effect::control && clause.effect != Effect::exclusion)) continue;
        for (const double limit : {clause.tpp_from.in("TPP"_u), clause.tpp_below.in("TPP"_u)})
            if (limit > 0.0) out.insert(limit);
    }
    return out;
}

} // namespace

std::vector<Corner> corners(const RuleBook& book, const Commodity& item, const Delivery& delivery, double day) {
    constexpr double beyond = 1e-9, smallest_mm2 = 1e-3;
    std::vector<Corner> out;
    constexpr double any_tpp = 1e12;
    Commodity largest = item;
    largest.rates = {{"of one bit", 1.0, any_tpp / item.units}};
    largest.area_mm2 = smallest_mm2;
    if (judge(book, largest, delivery, day).controlled == Truth::no) return out;
    for (const double limit : performance_limits(book, day)) {
        Commodity chip = item;
        chip.rates = {{"of one bit", 1.0, limit * (1.0 - beyond) / item.units}};
        chip.area_mm2 = smallest_mm2;
        Corner corner{limit, 0.0};
        if (judge(book, chip, delivery, day).controlled != Truth::no) {
            const auto least = passing(book, chip, delivery, day).least_area_mm2;
            if (!least) continue; // no area helps
            corner.area_mm2 = *least / (1.0 - beyond);
        }
        // more performance on no more area makes the corner before it pointless
        while (!out.empty() && out.back().area_mm2 >= corner.area_mm2)
            out.pop_back();
        out.push_back(corner);
    }
    return out;
}

} // namespace autarky::market::licensing
