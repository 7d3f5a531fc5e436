// autarky: the cash of a quarter in each world; every cost enters once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "foundry/expansion.hpp"
#include "model/world.hpp"
#include "silicon/nre.hpp"

namespace autarky::model {

inline constexpr Formula programme_spending_formula{"cash.programme", "Programme spending of the quarter",
                                                    "design, layouts, masks, re-spins, qualification, sustaining",
                                                    "Autarky"};
inline constexpr Formula make_cash_formula{
    "cash.make", "Cash of the quarter, make world",
    "(device margin - own chips - merchants - energy - second stacks + salvage) x share of the quarter that counts "
    "- programme - own paths",
    "Autarky"};
inline constexpr Formula buy_cash_formula{"cash.buy", "Cash of the quarter, buy world",
                                          "(device margin - merchants - energy) x share of the quarter that counts",
                                          "Autarky"};

/// One-off spending of a generation that falls into [start, end] (decimal years).
template <class R>
Money<R> one_off_spending(const Scenario<R>& s, std::size_t g, const foundry::Schedule<R>& schedule, const R& start,
                          const R& end) {
    const auto& chip = s.chip[g];
    Money<R> layouts{};
    Money<R> masks{};
    R n_layouts(0.0);
    for (const auto& a : s.allocation.rows) {
        if (static_cast<std::size_t>(a.chip.index) != g) continue;
        silicon::SourceNre<R> layout;
        layout.physical = a.layout_cost;
        layout.ip = a.ip_cost;
        layout.eda = a.eda_cost;
        layout.prototypes = a.prototype_cost;
        layouts += silicon::source_nre(layout);
        masks += s.process[s.site[a.site].process].mask_set * (R(1.0) + chip.respins);
        n_layouts += R(1.0);
    }
    const silicon::DesignNre<R> activities{chip.architecture_cost, chip.rtl_cost, chip.verification_cost,
                                           chip.software_cost};
    const Money<R> design = chip.design_cost + silicon::design_nre(activities) + layouts;
    const Money<R> after = masks + chip.respin_cost * chip.respins + chip.qualification_cost * n_layouts;
    return foundry::spent_in(design, schedule.design_start, schedule.tapeout, schedule, start, end) +
           foundry::spent_in(after, schedule.tapeout, schedule.production, schedule, start, end);
}

/// Sustaining cost of a generation from its first chips on.
template <class R>
Money<R> sustaining_spending(const foundry::Chip<R>& chip, const foundry::Schedule<R>& schedule, double start,
                             double end) {
    const R serving = clamp(R(end) - schedule.first_chips, R(0.0), R(end - start));
    return select(schedule.cancelled, Money<R>{}, chip.sustaining_cost * Duration<R>(serving));
}

/// Margin of the devices delivered in the quarter, before compute.
template <class R> Money<R> device_margin(const Scenario<R>& s, const World<R>& world) {
    Money<R> sum{};
    for (std::size_t i = 0; i < world.vehicles().size(); ++i)
        sum += Fleet<R>::sum(world.vehicles()[i].delivered) * s.vehicle[i].margin;
    for (std::size_t i = 0; i < world.robots().size(); ++i) {
        const auto& price = world.robot_prices()[i];
        sum += Fleet<R>::sum(world.robots()[i].delivered) * (price.price - price.bom);
    }
    return sum;
}

/// What a world pays the merchants: chips, the memory beside them, and support while it buys.
template <class R> Money<R> merchant_spending(const Scenario<R>& s, const World<R>& world) {
    const auto& offer = world.offer();
    const R buying = ratio(world.work().merchant, world.work().delivered, R(0.0));
    const Money<R> support = s.merchant[std::size_t{0}].support_cost * quantity<R>(quarter_years, "year"_u) * buying;
    return world.bought() * (offer.price + offer.memory) + support;
}

/// What the make world pays for own chips: wafers (or the unmet minimum), masks, sort, assembly, final test, memory.
template <class R> Money<R> own_chip_spending(const Scenario<R>& s, const Supply<R>& supply) {
    Money<R> sum{};
    for (const auto& site : supply.sites())
        sum += site.paid * site.price;
    for (const auto& line : supply.lines()) {
        const auto& process = s.process[s.site[line.site].process];
        sum += line.started * silicon::mask_replacement_per_wafer(process.mask_set, process.mask_life);
        sum += (line.good + line.bad + line.lesser) * line.sort_test;
        sum -= line.lesser * s.chip[line.chip].lesser_price;
        sum += Money<R>(line.assembled.raw() * line.assembly_cost.raw());
        const Chips<R> with_memory =
            s.chip[line.chip].memory_in_package ? Chips<R>(line.assembled.raw()) : line.shipped;
        sum += with_memory * line.memory_cost;
    }
    return sum;
}

/// Own capital of the paths that are taken, spent evenly from decision to volume.
template <class R> Money<R> path_spending(const Scenario<R>& s, const R& start, const R& end) {
    Money<R> sum{};
    for (const auto& path : s.path.rows) {
        if (!path.taken) continue;
        const R share = overlap(path.decision.year, R(path.decision.year + path.lead_time.raw()), start, end) /
                        path.lead_time.raw();
        sum += foundry::path_capex(path) * (path.own_share * (R(1.0) - path.grant_share) * share);
    }
    return sum;
}

/// Salvage of chips that are written off.
template <class R> Money<R> salvage(const Scenario<R>& s, const Supply<R>& supply) {
    Money<R> sum{};
    for (std::size_t g = 0; g < s.chip.size(); ++g)
        sum += supply.written_off(g) * supply.unit_cost(g) * s.chip[g].salvage;
    return sum;
}

} // namespace autarky::model
