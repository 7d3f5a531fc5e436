// autarky: the quarters of a run, and what each chip generation is meant to do in them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "core/finance.hpp"
#include "foundry/lag.hpp"
#include "foundry/schedule.hpp"
#include "scenario/scenario.hpp"

namespace autarky::model {

/// Length of a quarter, in years.
inline constexpr double quarter_years = 0.25;
/// Quarters beyond the horizon that planners look into.
inline constexpr std::size_t lookahead = foundry::longest_lag + 1;

inline constexpr Formula generation_share_formula{"programme.share", "Share of devices meant for this generation",
                                                  "own ramp x (1 - ramp of each newer generation)", "Autarky"};

/// Dates of the quarters.
class Timeline {
public:
    explicit Timeline(const Horizon& horizon)
        : first_(horizon.start), n_(static_cast<std::size_t>(horizon.quarters())) {}

    [[nodiscard]] std::size_t size() const { return n_; }
    [[nodiscard]] double start(std::size_t q) const { return first_.start() + quarter_years * static_cast<double>(q); }
    [[nodiscard]] double middle(std::size_t q) const { return start(q) + 0.5 * quarter_years; }
    [[nodiscard]] double end(std::size_t q) const { return start(q + 1); }
    [[nodiscard]] Quarter quarter(std::size_t q) const { return first_ + static_cast<int>(q); }

private:
    Quarter first_;
    std::size_t n_;
};

/// Needs of the quarters until an order arrives, and in the quarter of its arrival.
template <class R> struct LeadNeeds {
    Chips<R> until{}, at_arrival{};
};
/// Weights of the quarters that an order of one lead time has to cover.
template <class R> class LeadWeights {
public:
    LeadWeights() = default;
    explicit LeadWeights(const Duration<R>& lead_time) {
        const R lead = lead_time.in("quarter"_u);
        for (std::size_t k = 0; k < lookahead; ++k) {
            const R offset(static_cast<double>(k));
            until_[k] = clamp(lead + R(1.0) - offset, R(0.0), R(1.0));
            at_arrival_[k] = max(R(1.0) - abs(lead - offset), R(0.0));
            if (some(until_[k] > R(0.0))) horizon_ = k + 1;
        }
    }
    /// Quarters, this one included, whose needs an order of today may have to cover.
    [[nodiscard]] std::size_t horizon() const { return horizon_; }
    [[nodiscard]] LeadNeeds<R> needs(const std::array<Chips<R>, lookahead>& needed_by) const {
        LeadNeeds<R> out;
        for (std::size_t k = 0; k < horizon_; ++k) {
            out.until += needed_by[k] * until_[k];
            out.at_arrival += needed_by[k] * at_arrival_[k];
        }
        return out;
    }

private:
    std::array<R, lookahead> until_{}, at_arrival_{};
    std::size_t horizon_ = 0;
};

/// One chip generation over the run: dates, and by quarter its planned share of devices and its share of starts.
template <class R> struct Generation {
    foundry::Schedule<R> schedule;
    std::vector<R> ramp;      ///< [quarter + lookahead], before newer generations take over
    std::vector<R> share;     ///< [quarter + lookahead], after they did
    std::vector<R> may_start; ///< [quarter], share of the quarter in which wafers may be started
    Duration<R> lead{};       ///< longest time from wafer start to tested chip
    LeadWeights<R> ahead;     ///< of its orders
    R later{};                ///< discount factor of the lead
};

/// Longest time from wafer start to tested chip among the lines of a chip.
template <class R> Duration<R> longest_lead(const Scenario<R>& s, std::size_t chip) {
    Duration<R> lead(R(0.0));
    for (const auto& a : s.allocation.rows) {
        if (static_cast<std::size_t>(a.chip.index) != chip) continue;
        const auto& process = s.process[s.site[a.site].process];
        lead = max(lead, process.cycle_time + s.chip[chip].assembly_time);
    }
    return lead;
}

/// Fills `generations` for one sample; storage is reused between samples.
template <class R> void plan_generations(const Scenario<R>& s, const Timeline& time, std::vector<Generation<R>>& out) {
    const std::size_t span = time.size() + lookahead;
    out.resize(s.chip.size());
    for (std::size_t g = 0; g < out.size(); ++g) {
        auto& generation = out[g];
        const auto& chip = s.chip[g];
        generation.lead = longest_lead(s, g);
        generation.ahead = LeadWeights<R>(generation.lead);
        generation.later = discount_factor(s.economy.discount_rate, generation.lead);
        generation.schedule = foundry::schedule(chip, generation.lead);
        generation.ramp.resize(span);
        generation.share.resize(span);
        generation.may_start.resize(time.size());
        for (std::size_t q = 0; q < span; ++q)
            generation.ramp[q] = foundry::ramp(generation.schedule, chip.ramp_time, time.middle(q));
        for (std::size_t q = 0; q < time.size(); ++q)
            generation.may_start[q] = foundry::production_share(generation.schedule, time.start(q), time.end(q));
    }
    for (std::size_t q = 0; q < span; ++q) {
        R left(1.0);
        for (std::size_t g = out.size(); g-- > 0;) {
            out[g].share[q] = named(generation_share_formula, R(out[g].ramp[q] * left), arg("ramp", out[g].ramp[q]),
                                    arg("left by newer ones", left));
            left = left * (R(1.0) - out[g].ramp[q]);
        }
    }
}

/// Share of devices meant to carry any own chip.
template <class R> R own_share(const std::vector<Generation<R>>& generations, std::size_t q) {
    R sum(0.0);
    for (const auto& generation : generations)
        sum += generation.share[q];
    return sum;
}

/// Weight of generation g in "the chip in use": its share among own chips; the first one before any is in use.
template <class R> R use_weight(const std::vector<Generation<R>>& generations, std::size_t g, std::size_t q) {
    return ratio(generations[g].share[q], own_share(generations, q), R(g == 0 ? 1.0 : 0.0));
}

} // namespace autarky::model
