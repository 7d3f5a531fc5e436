// autarky: free wafers: what is paid for anyway is started where an outlet pays more than its variable cost.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/offers.hpp"
#include "model/supply.hpp"

namespace autarky::model {

inline constexpr Formula outlet_gain_formula{
    "outlet.gain", "Gain of a system served with own chips",
    "(price - system - porting - own chips at variable cost - DRAM) - max(price - system - bought compute, 0)",
    "Autarky; a wafer that is settled anyway costs only what settling it would have saved"};

/// What outlets make of the wafers that contracts commit to and devices do not need.
template <class R> struct OutletUse {
    Wafers<R> wafers{};
    Units<R> systems{};
    Money<R> gain{};                ///< over the buy world's way, before the wafers' price beyond settling
    std::vector<Money<R>> taken;    ///< by contract: toward its minimum
    std::vector<Wafers<R>> by_site; ///< of the wafers
    std::vector<Wafers<R>> by_line; ///< of the wafers: a chip at a site
};

/// What a system of an outlet is worth in a quarter, whoever's chips are in it.
template <class R> struct OutletWorth {
    const market::Outlet<R>& outlet;
    UnitCost<R> worth, otherwise; ///< beside the system; of that, what the buy world's way leaves

    OutletWorth(const market::Outlet<R>& from, const typename Needs<R>::Device& need, const Offers<R>& offers,
                std::size_t q, double t)
        : outlet(from), worth(from.price.at(t) - from.system_cost) {
        const UnitCost<R> bought = offers.device_from(q, need, static_cast<std::size_t>(from.merchant.index));
        otherwise = max(worth - bought, UnitCost<R>{});
    }
    /// Gain of a system served with own chips of a line at their variable cost.
    [[nodiscard]] UnitCost<R> gain(const foundry::Chip<R>& chip, const Line<R>& line,
                                   const typename Needs<R>::Device& need, std::size_t q,
                                   const MemoryPrice<R>& memory_price) const {
        const UnitCost<R> own =
            UnitCost<R>(need.own[line.chip][q] * line.variable_cost) + outlet.porting +
            memory_beside(need.memory[q], MemoryPrice<R>(memory_price * chip.memory_premium), chip.memory_in_package);
        return named(outlet_gain_formula, UnitCost<R>(worth - own - otherwise), arg("worth beside the system", worth),
                     arg("own compute", own), arg("the other way", otherwise));
    }
};

/// Serves the outlets in one quarter, each best line first in the order of the file. Values are those of the quarter in
/// which the wafer starts, discounted over the lead time: nothing is started that does not pay.
template <class R>
void serve_outlets(const Scenario<R>& s, const Needs<R>& needs, const Offers<R>& offers, const Supply<R>& supply,
                   const std::vector<SiteCapacity<R>>& capacity, const std::vector<Generation<R>>& generations,
                   const MemoryPrice<R>& memory_price, const R& scale, std::size_t q, double t, OutletUse<R>& out) {
    out.wafers = Wafers<R>{};
    out.systems = Units<R>{};
    out.gain = Money<R>{};
    out.taken.assign(s.contract.size(), Money<R>{});
    out.by_site.assign(s.site.size(), Wafers<R>{});
    out.by_line.assign(supply.lines().size(), Wafers<R>{});
    for (std::size_t o = 0; o < s.outlet.size(); ++o) {
        const auto& outlet = s.outlet[o];
        const auto& need = needs.outlets[o];
        Units<R> left = outlet.demand.at(t) * quantity<R>(quarter_years, "year"_u) * scale;
        const OutletWorth<R> worth(outlet, need, offers, q, t);
        for (std::size_t c = 0; c < s.contract.size(); ++c) {
            const auto& commitment = supply.contracts()[c];
            for (std::size_t l = 0; l < supply.lines().size(); ++l) {
                const auto& line = supply.lines()[l];
                if (!covers(s.contract[c], line.site)) continue;
                const auto& chip = s.chip[line.chip];
                const auto& generation = generations[line.chip];
                const Money<R> unmet =
                    max(commitment.minimum - supply.contracts().taken(c, supply.sites()) - out.taken[c], Money<R>{});
                if (!some((unmet > Money<R>{}) & (generation.may_start[q] > R(0.0)))) continue; // nothing is free
                const auto chips = need.own[line.chip][q];
                const UnitCost<R> gain = worth.gain(chip, line, need, q, memory_price);
                const R& later = generation.later;
                const WaferPrice<R> price = supply.sites()[line.site].price;
                const auto per_wafer = line.chips_per_started_wafer();
                const WaferPrice<R> a_wafer =
                    WaferPrice<R>(gain * later * (per_wafer / chips)) - price * (R(1.0) - commitment.loss_share);
                const auto& requests = supply.sites()[line.site].requests;
                const Wafers<R> used = out.by_site[line.site];
                const Wafers<R> there =
                    requests.granted(capacity[line.site], requests.own + used + Wafers<R>(unmet / price)) -
                    requests.granted(capacity[line.site], requests.own + used);
                const Wafers<R> free = min(Wafers<R>(unmet / price), max(there, Wafers<R>{})) * generation.may_start[q];
                const Wafers<R> useful = Wafers<R>(left * chips / per_wafer);
                const Wafers<R> wafers = select(a_wafer > WaferPrice<R>{}, Wafers<R>(min(free, useful)), Wafers<R>{});
                const Units<R> systems = Units<R>(wafers * per_wafer / chips);
                left = max(left - systems, Units<R>{});
                out.wafers += wafers;
                out.systems += systems;
                out.gain += systems * gain * later;
                out.taken[c] += wafers * price;
                out.by_site[line.site] += wafers;
                out.by_line[l] += wafers;
            }
        }
    }
}

/// What the outlets are worth in either world without own chips.
template <class R>
Money<R> outlet_base(const Scenario<R>& s, const Needs<R>& needs, const Offers<R>& offers, const R& scale,
                     std::size_t q, double t) {
    Money<R> sum{};
    for (std::size_t o = 0; o < s.outlet.size(); ++o) {
        const auto& outlet = s.outlet[o];
        const UnitCost<R> bought =
            offers.device_from(q, needs.outlets[o], static_cast<std::size_t>(outlet.merchant.index));
        const UnitCost<R> worth = max(outlet.price.at(t) - outlet.system_cost - bought, UnitCost<R>{});
        sum += outlet.demand.at(t) * quantity<R>(quarter_years, "year"_u) * scale * worth;
    }
    return sum;
}

} // namespace autarky::model
