// autarky: ledger of unused silicon: what a customer buys of a die, by how much of it works.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "compute/chip/area.hpp"

namespace autarky::compute {

inline constexpr Formula never_used_formula{"compute.never_used", "Area that no use case exercises", "A [u_peak = 0]",
                                            "definition"};
inline constexpr Formula over_provisioned_formula{"compute.over_provisioned", "Area beyond the largest use",
                                                  "A (1 - u_peak) [u_peak > 0]", "definition"};
inline constexpr Formula duty_idle_formula{"compute.duty_idle", "Area that waits", "A (u_peak - u_mean)", "definition"};
inline constexpr Formula useful_formula{"compute.useful", "Area at work, mean over time", "A u_mean", "definition"};
inline constexpr Formula cost_of_dark_formula{"compute.cost_of_dark", "Cost of the area never used", "C(A) - C(A - N)",
                                              "definition"};
inline constexpr Formula generality_cost_formula{"compute.generality_cost",
                                                 "Cost of what others use and this customer does not",
                                                 "C(A - N all) - C(A - N)", "definition"};
inline constexpr Formula power_dark_formula{"compute.power_dark", "Share of the area that power keeps dark",
                                            "max(0, 1 - limit / full power)",
                                            "Esmaeilzadeh et al., ISCA 2011; Taylor, DAC 2012"};

/// How a use case exercises one role: share of its instances or lanes, and share of time in which they work.
template <class R> struct Use {
    R capacity{0.0}; ///< 0..1
    R activity{0.0}; ///< 0..1
};
template <class R> using UseByRole = std::array<Use<R>, n_roles>;

/// One way in which a customer uses the chip; `time` is its share of the chip's life, all cases together at most 1.
template <class R> struct UseCase {
    std::string name;
    R time{1.0};
    UseByRole<R> use{};
};

/// Largest and mean use of a role over the use cases: u_peak = max c [a > 0], u_mean = sum of w a c.
template <class R> struct Exercise {
    R peak{0.0}, mean{0.0};
};

template <class R> Exercise<R> exercise(const std::vector<UseCase<R>>& cases, Role role) {
    Exercise<R> result;
    for (const auto& use_case : cases) {
        const auto& use = use_case.use[static_cast<std::size_t>(role)];
        result.peak = max(result.peak, select(use.activity > R(0.0), use.capacity, R(0.0)));
        result.mean = result.mean + use_case.time * use.activity * use.capacity;
    }
    // a mean above the peak would need time weights that sum to more than 1
    result.mean = min(result.mean, result.peak);
    return result;
}

/// Exact parts of an area: they sum to it.
template <class R> struct Parts {
    Area<R> never_used{}, over_provisioned{}, duty_idle{}, useful{};
    [[nodiscard]] Area<R> total() const { return never_used + over_provisioned + duty_idle + useful; }
    void add(const Parts& other) {
        never_used += other.never_used;
        over_provisioned += other.over_provisioned;
        duty_idle += other.duty_idle;
        useful += other.useful;
    }
};

/// Domain: 0 <= mean <= peak <= 1. `useful` is area x mean use, never what the others leave.
template <class R> Parts<R> parts_of(const Area<R>& area, const Exercise<R>& u) {
    const auto used = u.peak > R(0.0);
    Parts<R> parts;
    parts.never_used =
        named(never_used_formula, select(used, Area<R>{}, area), arg("area", area), arg("peak use", u.peak));
    parts.over_provisioned = named(over_provisioned_formula, select(used, area * (R(1.0) - u.peak), Area<R>{}),
                                   arg("area", area), arg("peak use", u.peak));
    parts.duty_idle = named(duty_idle_formula, area * (u.peak - u.mean), arg("area", area), arg("peak use", u.peak),
                            arg("mean use", u.mean));
    parts.useful = named(useful_formula, area * u.mean, arg("area", area), arg("mean use", u.mean));
    return parts;
}

template <class R> struct LedgerRow {
    std::string block;
    Role role = Role::other;
    Reason reason = Reason::none;
    Area<R> area{};
    Exercise<R> use{};
    Parts<R> parts{};
};

template <class R> struct Ledger {
    std::vector<LedgerRow<R>> rows;
    Area<R> area{};
    Parts<R> total{};
    std::array<Area<R>, reason_names.size()> never_used_by_reason{};
    Area<R> redundant_useful{}; ///< of `useful`, what repeats the work of another copy for safety

    /// Share of the die that the customer never uses: the generality tax in the strict sense.
    [[nodiscard]] R never_used_share() const { return ratio(total.never_used, area, R(0.0)); }
    [[nodiscard]] R idle_share() const { return R(1.0) - ratio(total.useful, area, R(0.0)); }
};

/// The ledger of one customer. Spare parts of a block become rows of their own: nobody can use them, and the reason is
/// harvest. `copies` is the number of times that the work is done for safety.
template <class R>
Ledger<R> ledger(const std::vector<BlockArea<R>>& blocks, const std::vector<UseCase<R>>& cases,
                 const R& copies = R(1.0)) {
    Ledger<R> result;
    const auto append = [&result](LedgerRow<R> row) {
        row.parts = parts_of(row.area, row.use);
        result.area += row.area;
        result.total.add(row.parts);
        result.never_used_by_reason[static_cast<std::size_t>(row.reason)] += row.parts.never_used;
        result.rows.push_back(std::move(row));
    };
    for (const auto& block : blocks) {
        append({block.name, block.role, block.reason, block.area * block.exposed, exercise(cases, block.role), {}});
        append({block.name + " (spare)", block.role, Reason::harvest, block.area * (R(1.0) - block.exposed), {}, {}});
    }
    result.redundant_useful = result.total.useful * (R(1.0) - R(1.0) / copies);
    return result;
}

/// What several customers of one chip leave unused: all of them (bloat), and each beyond that (its generality tax).
template <class R> struct Shared {
    Area<R> never_used_by_all{};
    std::vector<Area<R>> never_used, generality_tax;
};
template <class R> Shared<R> shared_ledger(const std::vector<Ledger<R>>& customers) {
    Shared<R> result;
    if (customers.empty()) return result;
    for (std::size_t row = 0; row < customers.front().rows.size(); ++row) {
        Area<R> least = customers.front().rows[row].parts.never_used;
        for (const auto& customer : customers)
            least = min(least, customer.rows[row].parts.never_used);
        result.never_used_by_all += least;
    }
    for (const auto& customer : customers) {
        result.never_used.push_back(customer.total.never_used);
        result.generality_tax.push_back(customer.total.never_used - result.never_used_by_all);
    }
    return result;
}

/// What the dark area costs. `cost` maps a die area to a cost with yield in it, so the result exceeds the dark share of
/// C(A): a smaller die also yields better. C is handed in; nothing is known here of wafers.
template <class R, class Cost> auto cost_of_dark(const Area<R>& area, const Area<R>& never_used, const Cost& cost) {
    const auto whole = cost(area);
    const auto without = cost(area - never_used);
    const auto result = whole - without;
    return named(cost_of_dark_formula, result, arg("cost of the die", whole), arg("cost without", without));
}

/// What a customer's generality tax costs: dark area of its own beyond what no customer uses.
template <class R, class Cost>
auto generality_cost(const Area<R>& area, const Area<R>& used_by_none, const Area<R>& never_used, const Cost& cost) {
    const auto lean = cost(area - used_by_none);
    const auto own = cost(area - never_used);
    const auto result = lean - own;
    return named(generality_cost_formula, result, arg("cost of what anybody uses", lean),
                 arg("cost of what this one uses", own));
}

/// Share of the area that cannot switch at full speed within a power limit; another notion than the ledger's.
template <class R> R power_dark_share(const Power<R>& limit, const Power<R>& full_power) {
    const R result = max(R(0.0), R(1.0) - ratio(limit, full_power, R(1.0)));
    return named(power_dark_formula, result, arg("limit", limit), arg("full power", full_power));
}

} // namespace autarky::compute
