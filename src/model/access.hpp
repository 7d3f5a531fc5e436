// autarky: which share of each region is open to the buyer's devices.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "foundry/disruption.hpp"
#include "market/export_control.hpp"
#include "model/timeline.hpp"

namespace autarky::model {

inline constexpr Formula open_formula{
    "market.open", "Open share of the market",
    "max((1 - closed)(1 - refused x share with own chips), reopened by a second stack)", "Autarky"};

/// The chip in use, as export rules see it: the newest generation weighs by its share.
template <class R> struct ExportFigures {
    Performance<R> tpp{};
    PerformanceDensity<R> density{};
    R refusal{}; ///< probability under the rule in force
    R refused{}; ///< 1 where this sample's draw refuses
};

template <class R>
ExportFigures<R> export_figures(const Scenario<R>& s, const std::vector<Generation<R>>& generations, std::size_t q,
                                double t) {
    ExportFigures<R> out;
    for (std::size_t g = 0; g < generations.size(); ++g) {
        const auto& chip = s.chip[g];
        const R weight = use_weight(generations, g, q);
        market::ControlledItem<R> item;
        item.tpp = market::total_processing_performance(chip.throughput, chip.precision);
        item.density = market::performance_density(item.tpp, Area<R>(chip.width * chip.height));
        item.io = chip.io_bandwidth;
        item.memory_bandwidth = chip.memory_bandwidth;
        item.data_centre = chip.data_centre;
        out.tpp += item.tpp * weight;
        out.density += item.density * weight;
        R refusal(0.0);
        R luck(1.0);
        R in_force_since(-1.0);
        for (const auto& rule : s.rule.rows) { // the latest rule in force counts, whatever the order in the file
            const auto newer = (rule.effective.year <= R(t)) & (rule.effective.year > in_force_since);
            refusal = select(newer, market::refusal_probability(rule, item), refusal);
            luck = select(newer, rule.luck, luck);
            in_force_since = select(newer, rule.effective.year, in_force_since);
        }
        out.refusal += refusal * weight;
        out.refused += select(luck < refusal, R(1.0), R(0.0)) * weight;
    }
    return out;
}

/// Openness of the regions in one world.
template <class R> class Access {
public:
    void reset(const Scenario<R>& s) {
        scenario_ = &s;
        open_.assign(s.region.size(), R(1.0));
        second_stack_.assign(s.region.size(), R(0.0));
        cost_ = Money<R>{};
    }

    /// `refused_own` is the share of devices that a refused licence hits (0 in the buy world).
    void advance(const std::vector<R>& event_loss, const R& refused_own) {
        cost_ = Money<R>{};
        for (std::size_t r = 0; r < open_.size(); ++r) {
            const auto& region = scenario_->region[r];
            R closed(0.0);
            for (std::size_t e = 0; e < scenario_->event.size(); ++e)
                if (scenario_->event[e].kind == foundry::EventKind::market_closed &&
                    scenario_->event[e].location == scenario_->region.names[r])
                    closed = max(closed, event_loss[e]);
            const R refused = region.export_controlled ? refused_own : R(0.0);
            const R plain = (R(1.0) - closed) * (R(1.0) - refused);
            R reopened(0.0);
            if (region.second_stack) {
                // A closed market starts the second design; its progress is kept once begun.
                const R step = select(plain < R(0.5), R(quarter_years) / region.second_stack_time.raw(), R(0.0));
                const R before = second_stack_[r];
                second_stack_[r] = min(before + step, R(1.0));
                cost_ += region.second_stack_cost * (second_stack_[r] - before);
                reopened = select(second_stack_[r] >= R(1.0), R(1.0), R(0.0));
            }
            open_[r] = named(open_formula, max(plain, reopened), arg("closed", closed), arg("refused", refused));
        }
    }

    [[nodiscard]] const R& open(std::size_t region) const { return open_[region]; }
    /// Spent on second stacks in the quarter.
    [[nodiscard]] const Money<R>& cost() const { return cost_; }

private:
    const Scenario<R>* scenario_ = nullptr;
    std::vector<R> open_, second_stack_;
    Money<R> cost_{};
};

} // namespace autarky::model
