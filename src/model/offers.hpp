// autarky: the merchants' offers to this buyer in one world, and which of them each programme takes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "market/quote.hpp"
#include "model/needs.hpp"

namespace autarky::model {

template <class R> using MemoryPrice = QuantityIn<"USD/GB", R>;

inline constexpr Formula device_cost_formula{"compute.device", "Compute of a device",
                                             "chips x price + DRAM beside them + porting a device", "Autarky"};

/// Offer of one merchant to this buyer.
template <class R> struct Offer {
    market::Quote<R> quote;
    MemoryPrice<R> memory{}; ///< of its kind
};

/// DRAM that a device buys beside chips of one kind; 0 where the chips bring theirs.
template <class R>
UnitCost<R> memory_beside(const MemoryPerUnit<R>& memory, const MemoryPrice<R>& price, bool in_package) {
    return in_package ? UnitCost<R>{} : UnitCost<R>(memory * price);
}

/// The buyer's other way, and how credible it is to merchants.
template <class R> struct Threat {
    UnitCost<R> planned{}; ///< compute of a reference device with own chips, one-off cost not yet spent included
    R credible{};
};

/// Offers as seen from one world. The reference device, on which prices turn, is the first programme's.
template <class R> class Offers {
public:
    void reset(const Scenario<R>& s, const Needs<R>& needs) {
        scenario_ = &s;
        needs_ = &needs;
        offers_.assign(s.merchant.size(), Offer<R>{});
        ported_.assign(s.merchant.size(), R(0.0));
        bought_.assign(s.merchant.size(), Chips<R>{});
        choice_.assign(needs.programmes.size(), std::vector<R>(s.merchant.size(), R(0.0)));
        device_.assign(needs.programmes.size(), UnitCost<R>{});
        cost_.assign(needs.programmes.size(), UnitCost<R>{});
    }

    /// Prices of quarter q. `volume` is the reference programme's of a year; `lost_share` of the merchants' market is gone.
    void open(std::size_t q, const MemoryPrice<R>& memory_price, const UnitRate<R>& volume, const R& lost_share,
              const Threat<R>& threat) {
        const auto& s = *scenario_;
        for (std::size_t m = 0; m < offers_.size(); ++m) {
            const auto& part = needs_->parts[m];
            offers_[m].quote =
                market::listed(s.merchant[m], part.list[q], part.cost[q],
                               market::ChipRate<R>(bought_[m] / quantity<R>(quarter_years, "year"_u)), lost_share);
            offers_[m].memory = memory_price * s.merchant[m].memory_premium;
        }
        if (needs_->programmes.empty() || offers_.empty()) return;
        for (std::size_t m = 0; m < offers_.size(); ++m)
            offers_[m].quote.price =
                market::pressed_price(offers_[m].quote, limit(q, m, volume), s.merchant[m].conduct);
        for (std::size_t m = 0; m < offers_.size(); ++m) {
            const ChipCost<R> outside = per_chip(q, m, threat.planned - beside(q, m, volume));
            offers_[m].quote.price =
                market::bargained_price(offers_[m].quote, outside, s.merchant[m].bargain, threat.credible);
        }
        for (std::size_t p = 0; p < choice_.size(); ++p)
            choose(q, p, volume);
    }

    /// Counts what was ordered in the quarter; the first whole chip ports the software. Returns the cost of porting.
    Money<R> close(const std::vector<Chips<R>>& ordered) {
        Money<R> cost{};
        for (std::size_t m = 0; m < offers_.size(); ++m) {
            const R first = select((ordered[m] >= Chips<R>(R(1.0))) & (ported_[m] < R(0.5)), R(1.0), R(0.0));
            cost += scenario_->merchant[m].porting_cost * first;
            ported_[m] += first;
            bought_[m] = ordered[m];
        }
        return cost;
    }

    [[nodiscard]] const std::vector<Offer<R>>& all() const { return offers_; }
    /// Price of a chip of merchant m.
    [[nodiscard]] const ChipCost<R>& price(std::size_t m) const { return offers_[m].quote.price; }
    /// 1 for the merchant that programme p orders from, else 0.
    [[nodiscard]] const R& chosen(std::size_t p, std::size_t m) const { return choice_[p][m]; }
    /// Bought compute of a device of programme p, and what it costs the merchant and the memory maker.
    [[nodiscard]] const UnitCost<R>& device(std::size_t p) const { return device_[p]; }
    [[nodiscard]] const UnitCost<R>& device_cost(std::size_t p) const { return cost_[p]; }
    /// Bought compute of another device, such as an outlet's, from merchant m.
    [[nodiscard]] UnitCost<R> device_from(std::size_t q, const typename Needs<R>::Device& device, std::size_t m) const {
        return UnitCost<R>(device.merchant[m][q] * price(m)) +
               memory_beside(device.memory[q], offers_[m].memory, scenario_->merchant[m].memory_in_package);
    }
    /// A figure of the chosen offer of the reference programme.
    template <class Figure> [[nodiscard]] auto of_chosen(Figure&& figure) const { return of_chosen(0, figure); }
    /// The same of another programme.
    template <class Figure> [[nodiscard]] auto of_chosen(std::size_t programme, Figure&& figure) const {
        auto sum = figure(std::size_t{0}) * choice_[programme][0];
        for (std::size_t m = 1; m < offers_.size(); ++m)
            sum = sum + figure(m) * choice_[programme][m];
        return sum;
    }

private:
    /// Years over which the port of a new part is spread when offers are compared.
    static constexpr double years_of_use = 4.0;

    /// What a reference device with merchant m costs beside its chips: DRAM, porting.
    [[nodiscard]] UnitCost<R> beside(std::size_t q, std::size_t m, const UnitRate<R>& volume) const {
        const auto& merchant = scenario_->merchant[m];
        const Units<R> devices = max(volume * quantity<R>(years_of_use, "year"_u), Units<R>(R(1.0)));
        const UnitCost<R> port = merchant.porting_cost * (R(1.0) - ported_[m]) / devices;
        return memory_beside(needs_->programmes[0].memory[q], offers_[m].memory, merchant.memory_in_package) + port;
    }
    [[nodiscard]] ChipCost<R> per_chip(std::size_t q, std::size_t m, const UnitCost<R>& device) const {
        return ChipCost<R>(device / needs_->programmes[0].merchant[m][q]);
    }
    /// Price at which the best rival at its floor would be as cheap to use; the own asked price without a rival.
    [[nodiscard]] ChipCost<R> limit(std::size_t q, std::size_t m, const UnitRate<R>& volume) const {
        ChipCost<R> best = offers_[m].quote.asked;
        const UnitCost<R> own = beside(q, m, volume);
        for (std::size_t rival = 0; rival < offers_.size(); ++rival) {
            if (rival == m || scenario_->merchant[rival].fallback_only) continue;
            const UnitCost<R> device =
                UnitCost<R>(needs_->programmes[0].merchant[rival][q] * offers_[rival].quote.floor) +
                beside(q, rival, volume);
            best = min(best, per_chip(q, m, UnitCost<R>(device - own)));
        }
        return best;
    }
    /// The cheapest to use for programme p; at a tie the earlier one.
    void choose(std::size_t q, std::size_t p, const UnitRate<R>& volume) {
        const auto& needs = needs_->programmes[p];
        const Units<R> devices = max(volume * quantity<R>(years_of_use, "year"_u), Units<R>(R(1.0)));
        UnitCost<R> best{};
        bool is_first = true;
        for (std::size_t m = 0; m < offers_.size(); ++m) {
            choice_[p][m] = R(0.0);
            if (scenario_->merchant[m].fallback_only) continue;
            const UnitCost<R> bare = device_from(q, needs, m);
            const UnitCost<R> port = scenario_->merchant[m].porting_cost * (R(1.0) - ported_[m]) / devices;
            const UnitCost<R> device =
                named(device_cost_formula, UnitCost<R>(bare + port), arg("chips", needs.merchant[m][q]),
                      arg("price", price(m)), arg("porting", port));
            const UnitCost<R> cost = UnitCost<R>(needs.merchant[m][q] * offers_[m].quote.cost) +
                                     (bare - UnitCost<R>(needs.merchant[m][q] * price(m)));
            const R wins = is_first ? R(1.0) : select(device < best, R(1.0), R(0.0));
            for (std::size_t before = 0; before < m; ++before)
                choice_[p][before] = choice_[p][before] * (R(1.0) - wins);
            choice_[p][m] = wins;
            best = is_first ? device : min(best, device);
            device_[p] = bare * wins + (is_first ? UnitCost<R>{} : device_[p] * (R(1.0) - wins));
            cost_[p] = cost * wins + (is_first ? UnitCost<R>{} : cost_[p] * (R(1.0) - wins));
            is_first = false;
        }
    }

    const Scenario<R>* scenario_ = nullptr;
    const Needs<R>* needs_ = nullptr;
    std::vector<Offer<R>> offers_;
    std::vector<R> ported_;
    std::vector<Chips<R>> bought_;
    std::vector<std::vector<R>> choice_; ///< [programme][merchant]
    std::vector<UnitCost<R>> device_, cost_;
};

} // namespace autarky::model
