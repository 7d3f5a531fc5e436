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
inline constexpr Formula cash_formula{"cash.world", "Cash of the quarter in one world",
                                      "(recurring + once) x what tax leaves", "Autarky"};
inline constexpr Formula recurring_formula{
    "cash.recurring", "Recurring cash of the quarter",
    "(device margin - own chips - bought chips - DRAM - support - energy - fallback devices) x share that counts - "
    "sustaining",
    "Autarky"};
inline constexpr Formula once_formula{"cash.once", "Cash that does not recur",
                                      "(outlets + salvage + rated orders - market access - porting - contracts - "
                                      "streets) x share that counts - programme "
                                      "- own paths",
                                      "Autarky"};

/// One-off cost of a generation, up to its tape-out and from there to production.
template <class R> struct OneOff {
    Money<R> design{}, after{};

    /// What of it falls into [start, end] (decimal years).
    [[nodiscard]] Money<R> spent(const foundry::Schedule<R>& schedule, const R& start, const R& end) const {
        return foundry::spent_in(design, schedule.design_start, schedule.tapeout, schedule, start, end) +
               foundry::spent_in(after, schedule.tapeout, schedule.production, schedule, start, end);
    }
};

/// Design, layouts, masks, re-spins and qualification of generation g, at all its sites.
template <class R> OneOff<R> one_off(const Scenario<R>& s, std::size_t g) {
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
    return {chip.design_cost + silicon::design_nre(activities) + layouts,
            masks + chip.respin_cost * chip.respins + chip.qualification_cost * n_layouts};
}

/// Sustaining cost of a generation from its first chips on.
template <class R>
Money<R> sustaining_spending(const foundry::Chip<R>& chip, const foundry::Schedule<R>& schedule, double start,
                             double end) {
    const R serving = clamp(R(end) - schedule.first_chips, R(0.0), R(end - start));
    return select(schedule.cancelled, Money<R>{}, chip.sustaining_cost * Duration<R>(serving));
}

/// Margin of the devices delivered in the quarter, before compute.
template <class R> Money<R> device_margin(const World<R>& world) {
    Money<R> sum{};
    for (const auto& fleet : world.fleets())
        sum += fleet.sales.deployed * fleet.margin;
    return sum;
}

/// Support that merchants are paid while their chips are built in: in the proportion of their chips' devices.
template <class R> Money<R> support_spending(const Scenario<R>& s, const World<R>& world) {
    Money<R> sum{};
    for (std::size_t m = 0; m < s.merchant.size(); ++m)
        sum += s.merchant[m].support_cost * quantity<R>(quarter_years, "year"_u) * world.bought_share(m);
    return sum;
}

/// What the make world pays for own chips: wafers, masks, sort, assembly, final test, memory in the package.
template <class R> Money<R> own_chip_spending(const Scenario<R>& s, const Supply<R>& supply) {
    Money<R> sum{};
    for (const auto& site : supply.sites())
        sum += site.started * site.price;
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

/// What a world earns and pays in a quarter; every cost enters once.
template <class R> struct CashParts {
    Money<R> margin{}, own_chips{}, bought_chips{}, memory{}, support{}, energy{}, fallback{}, sustaining{};
    Money<R> streets{}; ///< the buyer's part of new transformers and of storage
    Money<R> outlets{}, salvage{}, access{}, porting{}, contracts{}, programme{}, paths{};
    Money<R> rated{}; ///< what the state's rated orders bring for wafers of the buyer's own paths
    R counted{};      ///< share of the quarter after the decision

    [[nodiscard]] Money<R> recurring() const {
        const Money<R> result =
            (margin - own_chips - bought_chips - memory - support - energy - fallback) * counted - sustaining;
        return named(recurring_formula, result, arg("device margin", margin), arg("own chips", own_chips),
                     arg("bought chips", bought_chips), arg("DRAM", memory), arg("support", support),
                     arg("energy", energy), arg("fallback devices", fallback), arg("sustaining", sustaining),
                     arg("that counts", counted));
    }
    [[nodiscard]] Money<R> once() const {
        const Money<R> result =
            (outlets + salvage + rated - access - porting - contracts - streets) * counted - programme - paths;
        return named(once_formula, result, arg("outlets", outlets), arg("salvage", salvage), arg("rated orders", rated),
                     arg("market access", access), arg("porting", porting), arg("contracts", contracts),
                     arg("programme", programme), arg("own paths", paths), arg("that counts", counted));
    }
};

/// What both worlds earn and pay in the same way.
template <class R> CashParts<R> cash_of_world(const Scenario<R>& s, const World<R>& world, const R& counted) {
    CashParts<R> out;
    out.counted = counted;
    out.margin = device_margin(world);
    out.bought_chips = world.paid_to_merchants();
    out.memory = world.memory();
    out.support = support_spending(s, world);
    out.energy = world.energy_cost();
    out.fallback = world.fallback();
    out.access = world.access().cost();
    out.porting = world.porting();
    for (const auto& street : world.streets())
        out.streets += street.bill();
    return out;
}

/// Own capital of the paths that are taken, spent evenly from decision to volume.
template <class R> Money<R> path_spending(const Scenario<R>& s, const R& start, const R& end) {
    Money<R> sum{};
    for (const auto& path : s.path.rows) {
        if (!path.taken) continue;
        const R share = overlap(path.decision.year, R(path.decision.year + path.lead_time.raw()), start, end) /
                        path.lead_time.raw();
        sum += foundry::path_capex(path) * (foundry::own_part(path) * share);
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
