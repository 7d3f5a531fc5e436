// autarky: the merchant side of a world: offers, supply, and the makers who go in-house.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/adoption.hpp"
#include "market/quote.hpp"
#include "model/growths.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

inline constexpr Formula best_offer_formula{"merchant.best_offer", "Best offer for the same work",
                                            "the lowest price; the second-best offer caps the first",
                                            "Bertrand competition between offers"};

/// Offers of one quarter to the buyer of this world, for the work of one reference merchant chip.
template <class R> struct Offer {
    ChipCost<R> price{}, cost{}, list{}, memory{};
    Chips<R> supply{};       ///< chips of reference work that the buyer can get in the quarter
    PowerPerUnit<R> power{}; ///< of one chip, per chip; same dimension as a device's
};

/// Merchants as seen from one world.
template <class R> class Merchants {
public:
    void reset(const Scenario<R>& s) { scenario_ = &s; }

    /// `bought` and `lost_share` are those of the last quarter; `credibility` is the share of devices with own chips, and
    /// own_cost the own chip's cost for the same work (bargaining happens in the make world only).
    Offer<R> offer(double t, const Growths<R>& growths, const Chips<R>& bought, const R& lost_share,
                   const R& credibility, const ChipCost<R>& own_cost, const std::vector<R>& event_loss) const {
        const market::ChipRate<R> volume = bought / quantity<R>(quarter_years, "year"_u);
        Offer<R> best;
        for (std::size_t m = 0; m < scenario_->merchant.size(); ++m) {
            const auto& merchant = scenario_->merchant[m];
            const auto q = market::quote(merchant, growths.merchant_price[m].factor, growths.merchant_cost[m].factor,
                                         volume, lost_share);
            const ChipCost<R> memory =
                ChipCost<R>((merchant.memory * scenario_->economy.memory_price.at(t) * merchant.memory_premium).raw()) /
                merchant.work;
            // The own cost holds its memory, the merchant's price does not.
            const ChipCost<R> price =
                market::bargained_price(q, ChipCost<R>(own_cost - memory), merchant.bargain, credibility);
            const auto cheaper = price + memory < best.price + best.memory;
            if (m == 0) {
                best = {price, q.cost, q.list, memory, Chips<R>{}, PowerPerUnit<R>(merchant.power.raw())};
            } else {
                best.price = select(cheaper, price, best.price);
                best.cost = select(cheaper, q.cost, best.cost);
                best.memory = select(cheaper, memory, best.memory);
            }
            best.supply += supply(merchant, t, event_loss);
        }
        best.price = named(best_offer_formula, best.price, arg("memory beside it", best.memory));
        return best;
    }

private:
    Chips<R> supply(const market::Merchant<R>& merchant, double t, const std::vector<R>& event_loss) const {
        R loss(0.0);
        for (std::size_t e = 0; e < scenario_->event.size(); ++e)
            if (scenario_->event[e].kind == foundry::EventKind::supply_loss &&
                scenario_->event[e].location == merchant.location)
                loss = max(loss, event_loss[e]);
        return merchant.supply.at(t) * quantity<R>(quarter_years, "year"_u) * (merchant.work * (R(1.0) - loss));
    }

    const Scenario<R>* scenario_ = nullptr;
};

/// What every world has in common about the other car makers: their pace, and their market in the quarter.
template <class R> struct MakerMarket {
    struct Maker {
        R step{}, lead_over_ramp{};     ///< of this sample: a quarter over the lead time; lead time over ramp time
        UnitRate<R> equipped{}, open{}; ///< vehicles with merchant-class compute; those of them not in-house anyway
        R in_house{};
    };
    std::vector<Maker> makers;

    void reset(const Scenario<R>& s) {
        makers.resize(s.maker.size());
        for (std::size_t i = 0; i < makers.size(); ++i) {
            makers[i].step = quantity<R>(quarter_years, "year"_u) / s.maker[i].lead_time;
            makers[i].lead_over_ramp = s.maker[i].lead_time / s.maker[i].ramp_time;
        }
    }
    void open(const Scenario<R>& s, double t) {
        for (std::size_t i = 0; i < makers.size(); ++i) {
            auto& out = makers[i];
            out.equipped = s.maker[i].volume.at(t) * s.maker[i].equipped.at(t);
            out.in_house = s.maker[i].in_house.at(t);
            out.open = out.equipped * (R(1.0) - out.in_house);
        }
    }
};

/// Other car makers in one world.
template <class R> class Makers {
public:
    void reset(const Scenario<R>& s) {
        scenario_ = &s;
        progress_.assign(s.maker.size(), R(0.0));
        vehicles_ = Units<R>{};
        lost_ = gone_ = market_ = Money<R>{};
    }

    /// One quarter: `list` is what makers pay for a reference chip, `memory` for what they add to it, `own_cost` the pioneer's cost for the same work,
    /// `proof` (0..1) how far the pioneer has shown that it works.
    void advance(const MakerMarket<R>& market, const ChipCost<R>& list, const ChipCost<R>& memory,
                 const ChipCost<R>& own_cost, const R& proof) {
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        vehicles_ = Units<R>{};
        lost_ = gone_ = market_ = Money<R>{};
        for (std::size_t i = 0; i < progress_.size(); ++i) {
            const auto& m = scenario_->maker[i];
            const auto& [step, lead_over_ramp, equipped, open, in_house] = market.makers[i];
            const UnitCost<R> saving = (list + memory - own_cost * m.cost_premium) * m.content;
            const R multiple = market::break_even_multiple(open, m.generation_life, saving, m.nre);
            progress_[i] = market::adoption_progress(progress_[i], multiple,
                                                     market::hurdle_after(m.hurdle, m.benchmark_relief, proof), step);
            const Units<R> adopted = open * quarter * market::adopted_share(progress_[i], lead_over_ramp);
            const auto worth = m.content * list;
            const Money<R> sold = equipped * quarter * worth;
            vehicles_ += adopted;
            lost_ += adopted * worth;
            gone_ += sold * in_house;
            market_ += sold;
        }
    }

    [[nodiscard]] const Units<R>& vehicles() const { return vehicles_; }
    [[nodiscard]] const Money<R>& revenue_lost() const { return lost_; }
    [[nodiscard]] const Money<R>& revenue_gone() const { return gone_; }
    /// What the makers' market is worth with and without in-house chips.
    [[nodiscard]] const Money<R>& market() const { return market_; }
    /// Share of the makers' market lost to in-house chips.
    [[nodiscard]] R lost_share() const { return ratio(lost_ + gone_, market_, R(0.0)); }

private:
    const Scenario<R>* scenario_ = nullptr;
    std::vector<R> progress_;
    Units<R> vehicles_{};
    Money<R> lost_{}, gone_{}, market_{};
};

} // namespace autarky::model
