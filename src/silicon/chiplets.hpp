// autarky: products made of several dies, and one-time cost shared by all products that use a die or a module.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/formula.hpp"
#include "core/quantities.hpp"
#include "silicon/cost.hpp"
#include "silicon/package.hpp"

namespace autarky::silicon {

inline constexpr Formula shared_nre_formula{"silicon.shared_nre", "One-time cost carried by a part",
                                            "sum over designs of uses x one-time cost / uses by all products",
                                            "Feng and Ma, Chiplet Actuary, DAC 2022, section 3.3"};

/// One kind of die in a package.
template <class R> struct ChipletUse {
    R count{};
    Area<R> area{};
    DieCost<R> raw{};  ///< as cut from the wafer
    DieCost<R> good{}; ///< cost of a good (or known good) one
    CostPerArea<R> bump_price{};
};

/// Adds up the dies of one package. Bumps are paid for each die (not once a kind).
template <class R> DieSet<R> die_set(std::span<const ChipletUse<R>> uses) {
    DieSet<R> set{R(0.0), Area<R>(R(0.0)), ChipCost<R>(R(0.0)), ChipCost<R>(R(0.0))};
    for (const auto& use : uses) {
        set.count += use.count;
        set.area += use.area * use.count;
        set.raw += ChipCost<R>((use.raw.raw() + (use.area * use.bump_price).raw()) * use.count);
        set.defects += ChipCost<R>((use.good - use.raw).raw() * use.count);
    }
    return set;
}

/// How many times a product uses a design (a module, a die, a package).
struct DesignUse {
    std::size_t design = 0;
    double count = 1.0;
};

/// A product of a family: what it uses and how many are sold.
template <class R> struct FamilyProduct {
    std::vector<DesignUse> uses;
    Chips<R> volume{};
};

/// One-time cost that one part of each product carries, when every design's cost is spread over all its uses.
/// Domain: every design used has a positive volume. The products together carry exactly the sum of the designs' cost.
template <class R>
std::vector<ChipCost<R>> shared_nre(std::span<const Money<R>> designs, std::span<const FamilyProduct<R>> products) {
    std::vector<Chips<R>> used(designs.size(), Chips<R>(R(0.0)));
    for (const auto& product : products) {
        for (const auto& use : product.uses)
            used[use.design] += product.volume * R(use.count);
    }
    std::vector<ChipCost<R>> result;
    for (const auto& product : products) {
        ChipCost<R> carried(R(0.0));
        for (const auto& use : product.uses)
            carried += ratio(designs[use.design], used[use.design], R(0.0)) * R(use.count);
        result.push_back(named(shared_nre_formula, carried, arg("volume", product.volume)));
    }
    return result;
}

} // namespace autarky::silicon
