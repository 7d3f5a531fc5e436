// autarky: the other car makers in a world: who goes in-house, and what that takes from merchants.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "market/adoption.hpp"
#include "model/outside_chip.hpp"

namespace autarky::model {

inline constexpr Formula maker_chip_formula{"adopters.chip_cost", "Unit cost of a maker's own chip",
                                            "good die on its process, at its volume + the rest", "Autarky"};
inline constexpr Formula maker_saving_formula{"adopters.saving", "What an own chip saves a maker, a vehicle",
                                              "merchant chips x list - own chips x unit cost", "definition"};

/// What both worlds know of the other car makers: their pace, their luck, and in the quarter their market and the cost of
/// their own chips. None of it depends on the buyer.
template <class R> struct MakerMarket {
    /// Attempts whose fate has a draw of its own; later ones share the last.
    static constexpr std::size_t n_attempts = 4;

    struct Maker {
        R step{}, lead_over_ramp{}; ///< of this sample: a quarter over the lead time; lead time over ramp time
        std::array<R, n_attempts> survives{}; ///< years at risk after which each attempt is stopped
        UnitRate<R> equipped{}, open{}; ///< vehicles with merchant-class compute; those of them not in-house anyway
        R in_house{};
        UnitCost<R> own{}; ///< own chips of a vehicle
    };
    std::vector<Maker> makers;
    std::vector<OutsideDesign<R>> designs;

    void reset(const Scenario<R>& s) {
        makers.resize(s.maker.size());
        designs.clear();
        for (std::size_t i = 0; i < makers.size(); ++i) {
            const auto& maker = s.maker[i];
            makers[i].step = quantity<R>(quarter_years, "year"_u) / maker.lead_time;
            makers[i].lead_over_ramp = maker.lead_time / maker.ramp_time;
            designs.emplace_back(s, maker.process, maker.die_area);
            constexpr double golden = 0.61803398874989485; // shifts one draw into others (Cranley and Patterson 1976)
            for (std::size_t k = 0; k < n_attempts; ++k) {
                const R shifted = maker.luck + R(golden * static_cast<double>(k));
                makers[i].survives[k] = time_to_event(maker.hazard, R(shifted - floor(shifted))).raw();
            }
        }
    }
    void open(const Scenario<R>& s, const Growths<R>& growths, double t) {
        for (std::size_t i = 0; i < makers.size(); ++i) {
            const auto& maker = s.maker[i];
            auto& out = makers[i];
            out.equipped = maker.volume.at(t) * maker.equipped.at(t);
            out.in_house = maker.in_house.at(t);
            out.open = out.equipped * (R(1.0) - out.in_house);
            // The case is made at the yield of the middle of a generation: half of its wafers have taught the line.
            const Chips<R> half = out.open * maker.generation_life * maker.own_chips * R(0.5);
            const Wafers<R> taught(ratio(half.raw(), designs[i].gross.raw(), R(0.0)));
            const DieCost<R> die = designs[i].good_die(s, growths, t, maker.wafer_premium, taught);
            const ChipCost<R> chip =
                named(maker_chip_formula, ChipCost<R>(quantity<R>(1.0, "die/chip"_u) * die + maker.chip_rest),
                      arg("good die", die), arg("the rest", maker.chip_rest));
            out.own = maker.own_chips * chip;
        }
    }
    /// Years at risk that the next attempt survives, after so many stops.
    [[nodiscard]] R survives(std::size_t i, const R& attempts) const {
        R out = makers[i].survives[n_attempts - 1];
        for (std::size_t k = n_attempts - 1; k-- > 0;)
            out = select(attempts < R(static_cast<double>(k) + 0.5), makers[i].survives[k], out);
        return out;
    }
};

/// Other car makers in one world.
template <class R> class Makers {
public:
    void reset(const Scenario<R>& s) {
        scenario_ = &s;
        programmes_.assign(s.maker.size(), market::Programme<R>{});
        share_.assign(s.maker.size(), R(0.0));
        by_maker_.assign(s.maker.size(), Units<R>{});
        vehicles_ = Units<R>{};
        lost_ = gone_ = market_ = Money<R>{};
    }

    /// One quarter: `list` is what makers pay for a reference chip, `proof` (0..1) how far the pioneer has shown in this
    /// world that it works.
    void advance(const MakerMarket<R>& market, const ChipCost<R>& list, const R& proof) {
        const auto quarter = quantity<R>(quarter_years, "year"_u);
        vehicles_ = Units<R>{};
        lost_ = gone_ = market_ = Money<R>{};
        for (std::size_t i = 0; i < programmes_.size(); ++i) {
            const auto& m = scenario_->maker[i];
            const auto& seen = market.makers[i];
            const UnitCost<R> worth = m.content * list;
            const UnitCost<R> saving = named(maker_saving_formula, UnitCost<R>(worth - seen.own),
                                             arg("merchant chips", worth), arg("own chips", seen.own));
            const R multiple = market::break_even_multiple(seen.open, m.generation_life, saving, m.nre);
            programmes_[i] = market::advance_programme(
                programmes_[i], multiple, market::hurdle_after(m.hurdle, m.benchmark_relief, proof),
                R(seen.step / market::lead_after(m.lead_relief, proof)), R(quarter_years),
                market.survives(i, programmes_[i].attempts), m.progress_lost);
            share_[i] = market::adopted_share(programmes_[i].progress, seen.lead_over_ramp, m.most);
            by_maker_[i] = seen.open * quarter * share_[i];
            const Money<R> sold = seen.equipped * quarter * worth;
            vehicles_ += by_maker_[i];
            lost_ += by_maker_[i] * worth;
            gone_ += sold * seen.in_house;
            market_ += sold;
        }
    }

    [[nodiscard]] const Units<R>& vehicles() const { return vehicles_; }
    /// Of a maker: vehicles with a new own chip in the quarter, and their share of those open to it.
    [[nodiscard]] const Units<R>& vehicles(std::size_t maker) const { return by_maker_[maker]; }
    [[nodiscard]] const R& share(std::size_t maker) const { return share_[maker]; }
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
    std::vector<market::Programme<R>> programmes_;
    std::vector<R> share_;
    std::vector<Units<R>> by_maker_;
    Units<R> vehicles_{};
    Money<R> lost_{}, gone_{}, market_{};
};

} // namespace autarky::model
