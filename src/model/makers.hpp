// autarky: the other car makers in a world: who goes in-house, and what that takes from merchants.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "market/adoption.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

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

    /// One quarter: `list` is what makers pay for a reference chip, `memory` for the DRAM of a vehicle, `own_device` what the
    /// compute of a device costs the pioneer, `proof` (0..1) how far the pioneer has shown that it works.
    void advance(const MakerMarket<R>& market, const ChipCost<R>& list, const UnitCost<R>& memory,
                 const UnitCost<R>& own_device, const R& proof) {
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        vehicles_ = Units<R>{};
        lost_ = gone_ = market_ = Money<R>{};
        for (std::size_t i = 0; i < progress_.size(); ++i) {
            const auto& m = scenario_->maker[i];
            const auto& [step, lead_over_ramp, equipped, open, in_house] = market.makers[i];
            const UnitCost<R> saving = m.content * list + memory - own_device * m.cost_premium;
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
    /// Share of the merchants' market lost to in-house chips, the buyer's own purchases included: `buyer_lost` of what would be
    /// `buyer_market`.
    [[nodiscard]] R lost_share(const Money<R>& buyer_lost, const Money<R>& buyer_market) const {
        return ratio(lost_ + gone_ + buyer_lost, market_ + buyer_market, R(0.0));
    }

private:
    const Scenario<R>* scenario_ = nullptr;
    std::vector<R> progress_;
    Units<R> vehicles_{};
    Money<R> lost_{}, gone_{}, market_{};
};

} // namespace autarky::model
