// autarky: which share of each region is open to the buyer's devices: bans, refused licences, and what replaces a chip.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "foundry/disruption.hpp"
#include "market/export_control.hpp"
#include "model/event_places.hpp"
#include "model/needs.hpp"

namespace autarky::model {

inline constexpr Formula open_formula{"market.open", "Open share of the market",
                                      "(1 - banned (1 - curable x stack)) x (1 - (refused - replaced))", "Autarky"};
inline constexpr Formula refused_formula{"market.refused", "Whether a licence is refused",
                                         "frac(rule's draw + product's draw) < probability under the rule in force",
                                         "a draw of its own for each rule and product (Cranley and Patterson 1976)"};

/// What the rule in force on a day says of one product.
template <class R> struct Licence {
    Performance<R> tpp{};
    PerformanceDensity<R> density{};
    R refusal{}; ///< probability under the rule in force
    R refused{}; ///< 1 where this sample's draw refuses
};

/// Under the latest rule in force, whatever the order in the file. `luck` is the product's own draw.
template <class R>
Licence<R> licence_of(const Scenario<R>& s, const market::ControlledItem<R>& item, const R& luck, double t) {
    Licence<R> out;
    out.tpp = item.tpp;
    out.density = item.density;
    R rule_luck(1.0);
    R in_force_since(-1.0);
    for (const auto& rule : s.rule.rows) {
        const auto newer = (rule.effective.year <= R(t)) & (rule.effective.year > in_force_since);
        out.refusal = select(newer, market::refusal_probability(rule, item), out.refusal);
        rule_luck = select(newer, rule.luck, rule_luck);
        in_force_since = select(newer, rule.effective.year, in_force_since);
    }
    const R both = rule_luck + luck;
    const R draw = both - floor(both);
    out.refused = named(refused_formula, select(draw < out.refusal, R(1.0), R(0.0)), arg("draw", draw),
                        arg("probability", out.refusal));
    return out;
}

/// Licences of every product of a quarter: own generations, then merchants' parts. Both worlds share them.
template <class R> struct Licences {
    std::vector<Licence<R>> products;

    void open(const Scenario<R>& s, const Needs<R>& needs, std::size_t q, double t) {
        products.resize(s.chip.size() + s.merchant.size());
        for (std::size_t g = 0; g < s.chip.size(); ++g) {
            const auto& chip = s.chip[g];
            market::ControlledItem<R> item;
            item.tpp = market::total_processing_performance(chip.throughput, chip.precision);
            item.density = market::performance_density(item.tpp, Area<R>(chip.width * chip.height));
            item.io = chip.io_bandwidth;
            item.memory_bandwidth = chip.memory_bandwidth;
            item.data_centre = chip.data_centre;
            products[g] = licence_of(s, item, chip.export_luck, t);
        }
        for (std::size_t m = 0; m < s.merchant.size(); ++m) {
            const auto& part = s.merchant[m];
            const auto& gives = needs.parts[m].gives[q];
            market::ControlledItem<R> item;
            item.tpp = market::total_processing_performance(gives.throughput, part.precision);
            item.density = PerformanceDensity<R>(ratio(item.tpp, part.die_area, R(0.0)).raw());
            item.io = part.io_bandwidth;
            item.memory_bandwidth = gives.bandwidth;
            item.data_centre = part.data_centre;
            products[s.chip.size() + m] = licence_of(s, item, part.export_luck, t);
        }
    }
};

/// Openness of the regions in one world.
template <class R> class Access {
public:
    void reset(const Scenario<R>& s, const EventPlaces& places) {
        scenario_ = &s;
        places_ = &places;
        open_.assign(s.region.size(), R(1.0));
        stack_.assign(s.region.size(), R(0.0));
        replaced_.assign(s.fallback.size(), R(0.0));
        ready_ = chosen_ = replaced_;
        cost_ = Money<R>{};
    }

    /// `mix` is the share of each product in the devices of the last quarter; `device_margin` the margin of a device that a
    /// fallback's extra cost may not exceed (else leaving is cheaper).
    void advance(const std::vector<R>& event_loss, const Licences<R>& licences, const std::vector<R>& mix,
                 const UnitCost<R>& device_margin) {
        cost_ = Money<R>{};
        for (std::size_t r = 0; r < open_.size(); ++r) {
            const R banned = ban(r, event_loss);
            Refused refused;
            if (scenario_->region[r].export_controlled)
                for (std::size_t k = 0; k < mix.size(); ++k) {
                    const R share = mix[k] * licences.products[k].refused;
                    refused.all += share;
                    if (k < scenario_->chip.size()) refused.own += share;
                }
            const R replaced = replace(r, refused, licences, device_margin);
            open_[r] =
                named(open_formula, R((R(1.0) - banned) * (R(1.0) - (refused.all - replaced))),
                      arg("banned and not cured", banned), arg("refused", refused.all), arg("replaced", replaced));
        }
    }

    [[nodiscard]] const R& open(std::size_t region) const { return open_[region]; }
    /// Of the devices sold in its region, the share that carries fallback f.
    [[nodiscard]] const R& replaced(std::size_t f) const { return replaced_[f]; }
    /// Spent on local stacks and second designs in the quarter.
    [[nodiscard]] const Money<R>& cost() const { return cost_; }

private:
    static constexpr double notable = 1e-9; ///< a smaller share of refused devices is what rounding leaves of a stock

    /// Share of the market that is banned and not cured. A ban starts the local stack; its progress is kept once begun.
    R ban(std::size_t r, const std::vector<R>& event_loss) {
        const auto& region = scenario_->region[r];
        R banned(0.0);
        R left(0.0);
        const R before = stack_[r];
        for (const auto e : places_->region[r]) {
            banned = max(banned, event_loss[e]);
            left = max(left, event_loss[e] * (R(1.0) - scenario_->event[e].curable * before));
        }
        if (region.second_stack) {
            const R step = select(banned > R(0.0), R(quarter_years) / region.second_stack_time.raw(), R(0.0));
            stack_[r] = min(before + step, R(1.0));
            cost_ += region.second_stack_cost * (stack_[r] - before);
        }
        return left;
    }

    /// Shares of a region's devices whose chip is refused.
    struct Refused {
        R all{0.0}, own{0.0};
    };
    /// Share of the region's devices in which the cheapest fallback replaces a refused chip; it is built from the first
    /// refusal on. A second design of the buyer's replaces own chips only.
    R replace(std::size_t r, const Refused& refused, const Licences<R>& licences, const UnitCost<R>& device_margin) {
        choose(r, refused, licences);
        R best(0.0);
        for (std::size_t f = 0; f < scenario_->fallback.size(); ++f) {
            if (static_cast<std::size_t>(scenario_->fallback[f].region.index) != r) continue;
            const R& share = share_of(f, refused);
            const R pays = select(scenario_->fallback[f].device_cost <= device_margin, chosen_[f], R(0.0));
            const R replaced = share * build(f, share, pays) * pays * (R(1.0) - refused_part(f, licences));
            replaced_[f] = ratio(replaced, R(1.0) - refused.all + replaced, R(0.0));
            best += replaced;
        }
        return best;
    }
    [[nodiscard]] const R& share_of(std::size_t f, const Refused& refused) const {
        return scenario_->fallback[f].merchant.index >= 0 ? refused.all : refused.own;
    }
    /// Marks the cheapest fallback of a region. A part that the same rule refuses, or a design where no own chip is refused,
    /// comes last.
    void choose(std::size_t r, const Refused& refused, const Licences<R>& licences) {
        Money<R> least{};
        bool is_first = true;
        for (std::size_t f = 0; f < scenario_->fallback.size(); ++f) {
            if (static_cast<std::size_t>(scenario_->fallback[f].region.index) != r) continue;
            const R useless = max(refused_part(f, licences), select(share_of(f, refused) > R(notable), R(0.0), R(1.0)));
            const Money<R> cost = total_cost(f) + quantity<R>(1e9, "MUSD"_u) * useless;
            const R wins = is_first ? R(1.0) : select(cost < least, R(1.0), R(0.0));
            for (std::size_t other = 0; other < f; ++other)
                if (scenario_->fallback[other].region.index == scenario_->fallback[f].region.index)
                    chosen_[other] = chosen_[other] * (R(1.0) - wins);
            chosen_[f] = wins;
            least = is_first ? cost : min(least, cost);
            is_first = false;
        }
    }
    /// One-off cost and the extra cost of a million devices: what orders the fallbacks of a region.
    [[nodiscard]] Money<R> total_cost(std::size_t f) const {
        const auto& fallback = scenario_->fallback[f];
        return fallback.design_cost + fallback.device_cost * quantity<R>(1e6, "unit"_u);
    }
    R build(std::size_t f, const R& refused, const R& pays) {
        const auto& fallback = scenario_->fallback[f];
        const auto begun = (refused > R(notable)) & (pays > R(0.5));
        const R before = ready_[f];
        ready_[f] = min(before + select(begun, R(quarter_years) / fallback.time.raw(), R(0.0)), R(1.0));
        cost_ += fallback.design_cost * (ready_[f] - before);
        return ready_[f];
    }
    /// A merchant's part must pass the same rule on the same day; a design of the buyer's own is cut down until it does.
    [[nodiscard]] R refused_part(std::size_t f, const Licences<R>& licences) const {
        const int merchant = scenario_->fallback[f].merchant.index;
        if (merchant < 0) return R(0.0);
        return licences.products[scenario_->chip.size() + static_cast<std::size_t>(merchant)].refused;
    }

    const Scenario<R>* scenario_ = nullptr;
    const EventPlaces* places_ = nullptr;
    std::vector<R> open_, stack_;
    std::vector<R> ready_, replaced_, chosen_; ///< by fallback
    Money<R> cost_{};
};

} // namespace autarky::model
