// autarky: the quarterly loop: two worlds on the same draws, and their difference in value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/report/reporter.hpp"
#include "model/value.hpp"

namespace autarky::model {

/// Simulates one sample (or eight, or a traced one). Storage is kept between runs. The scenario must outlive it.
template <class R> class Simulation {
public:
    explicit Simulation(const Scenario<R>& scenario)
        : scenario_(scenario), time_(scenario.horizon), event_places_(scenario) {
        result_.quarters.resize(time_.size());
    }

    [[nodiscard]] const Timeline& timeline() const { return time_; }

    /// From now on only what the verdict needs is computed: cash and value. Every other result stays empty.
    void leave_out_reports() { reports_ = false; }
    /// From now on all demand and what other parts allow is multiplied by `scale` (> 0): for break-even volumes.
    void scale_demand(double scale) { scale_ = R(scale); }

    const Trajectory<R>& run() {
        begin();
        for (std::size_t q = 0; q < time_.size(); ++q)
            quarter(q);
        value_.finish(scenario_, time_, generations_, supply_, make_, buy_, result_);
        if (reports_) close_reports(value_, result_);
        return result_;
    }

private:
    void begin() {
        const auto& s = scenario_;
        plan_generations(s, time_, generations_);
        needs_.plan(s, time_);
        plans_.read(s, time_);
        event_start_.resize(s.event.size());
        for (std::size_t e = 0; e < s.event.size(); ++e)
            event_start_[e] = foundry::event_start(s.event[e]);
        event_loss_.assign(s.event.size(), R(0.0));
        capacity_.assign(s.site.size(), SiteCapacity<R>{});
        supply_.reset(s, time_, generations_);
        streets_.clear();
        for (const auto& grid : s.grid.rows)
            streets_.emplace_back(grid);
        make_.reset(s, needs_, plans_, event_places_, true, scale_, streets_);
        buy_.reset(s, needs_, plans_, event_places_, false, scale_, streets_);
        maker_market_.reset(s);
        growths_.start(s, time_);
        labour_.reset(s, event_places_);
        value_.begin(s, time_, generations_);
        // Last quarter's unit cost, for the first one: that of the first quarter, before any wafer has taught anybody.
        see(0);
        supply_.open_quarter(0, capacity_, growths_, now_.memory_price);
        remember_costs(0);
        value_paths();
    }

    /// What both worlds know of the quarter.
    void see(std::size_t q) {
        const auto& s = scenario_;
        now_.q = q;
        now_.start = time_.start(q);
        now_.middle = time_.middle(q);
        now_.end = time_.end(q);
        R parts_left(1.0);
        R memory_multiple(1.0);
        for (std::size_t e = 0; e < event_loss_.size(); ++e) {
            const auto& event = s.event[e];
            event_loss_[e] = foundry::event_loss(event, event_start_[e], now_.start, now_.end);
            const R lasts = foundry::event_share(event, event_start_[e], now_.start, now_.end);
            parts_left = min(parts_left, R(1.0) - event.parts_loss * lasts);
            memory_multiple = max(memory_multiple, R(1.0) + (event.memory_multiple - R(1.0)) * lasts);
        }
        for (std::size_t i = 0; i < capacity_.size(); ++i)
            capacity_[i].open_quarter(s, i, time_, q, worst_loss(event_places_.site[i], event_loss_),
                                      worst_loss(event_places_.rated[i], event_loss_));
        back_ends_.open_quarter(s, time_, q, event_places_, event_loss_);
        licences_.open(s, needs_, q, now_.middle);
        labour_.open(now_.middle, growths_, event_loss_);
        growths_.follow_investment(s, time_, q);
        now_.event_loss = &event_loss_;
        now_.growths = &growths_;
        now_.licences = &licences_;
        now_.capacity = &capacity_;
        now_.labour = &labour_;
        now_.parts_left = parts_left;
        now_.memory_price = s.economy.memory_price.at(now_.middle) * memory_multiple;
    }

    void remember_costs(std::size_t q) {
        unit_cost_.resize(generations_.size());
        weight_.resize(generations_.size());
        for (std::size_t g = 0; g < generations_.size(); ++g) {
            unit_cost_[g] = supply_.unit_cost(g);
            weight_[g] = use_weight(generations_, g, q);
        }
    }

    /// What each path is worth at its decision, at the first quarter's wafer price.
    void value_paths() {
        paths_.resize(scenario_.path.size());
        for (std::size_t i = 0; i < paths_.size(); ++i) {
            const auto site = static_cast<std::size_t>(scenario_.path[i].site.index);
            paths_[i] = foundry::path_value(scenario_.path[i], supply_.sites()[site].market_price,
                                            scenario_.site[site].cash_cost_share, scenario_.economy.discount_rate);
        }
    }

    /// The own chip as merchants reckon with it: last quarter's cost, and what of the programme is not spent yet. In the buy
    /// world it is credible from its announcement until prices agreed before the decision run out.
    Threat<R> threat(std::size_t q, bool make) const {
        const auto& s = scenario_;
        Threat<R> out;
        if (needs_.programmes.empty() || generations_.empty()) return out;
        UnitCost<R> planned{};
        for (std::size_t g = 0; g < generations_.size(); ++g)
            planned += (UnitCost<R>(needs_.programmes[0].own[g][q] * unit_cost_[g]) +
                        memory_beside(needs_.programmes[0].memory[q],
                                      MemoryPrice<R>(now_.memory_price * s.chip[g].memory_premium),
                                      s.chip[g].memory_in_package)) *
                       use_weight(generations_, g, q);
        out.planned = planned + value_.unspent_a_device(q, scale_);
        const R t(time_.start(q));
        const R known = make ? R(1e4) : s.economy.decision_date.year + s.buyer.agreement.raw();
        out.credible = select((s.buyer.announced.year <= t) & (t < known), R(1.0), R(0.0));
        return out;
    }

    void quarter(std::size_t q) {
        see(q);
        supply_.open_quarter(q, capacity_, growths_, now_.memory_price);
        const R share = own_share(generations_, q);
        buy_.open(now_, R(0.0), threat(q, false));
        make_.open(now_, share, threat(q, true));
        for (std::size_t g = 0; g < generations_.size(); ++g)
            weight_[g] = use_weight(generations_, g, q);
        buy_.price(now_, unit_cost_, weight_);
        make_.price(now_, unit_cost_, weight_);
        bought_.resize(needs_.programmes.size());
        for (std::size_t p = 0; p < bought_.size(); ++p)
            bought_[p] = buy_.offers().device(p);
        make_.want(now_, bought_);
        buy_.want(now_, bought_);
        supply_.start(q, make_.needed_own(q, generations_));
        supply_.advance(back_ends_);
        make_.deliver(now_, &supply_, generations_);
        supply_.serve_state();
        buy_.deliver(now_, nullptr, generations_);
        serve_outlets(scenario_, needs_, buy_.offers(), supply_, capacity_, generations_, now_.memory_price, scale_, q,
                      now_.middle, outlets_);
        value_.settle(scenario_, supply_, outlets_);
        supply_.close_quarter(q, value_.settled_make(), outlets_.by_site);
        maker_market_.open(scenario_, growths_, time_.middle(q));
        const Money<R> buyers_market = buy_.worth_of_bought();
        make_.close(now_, maker_market_, buyers_market);
        buy_.close(now_, maker_market_, buyers_market);
        remember_costs(q);
        value_.add(scenario_, time_, q, needs_, scale_, generations_, supply_, make_, buy_, outlets_,
                   result_.quarters[q]);
        if (reports_)
            fill_reports<R>({scenario_, time_, now_, generations_, needs_, supply_, make_, buy_, outlets_, value_,
                             paths_, unit_cost_, back_ends_},
                            result_.quarters[q]);
        growths_.advance();
    }

    const Scenario<R>& scenario_;
    bool reports_ = true;
    R scale_ = R(1.0);
    Timeline time_;
    EventPlaces event_places_;
    std::vector<Generation<R>> generations_;
    Needs<R> needs_;
    Plans<R> plans_;
    std::vector<R> event_start_, event_loss_;
    QuarterView<R> now_;
    Licences<R> licences_;
    std::vector<SiteCapacity<R>> capacity_;
    BackEnds<R> back_ends_;
    Growths<R> growths_;
    LabourMarket<R> labour_;
    std::vector<foundry::PathValue<R>> paths_;
    std::vector<StreetPlan<R>> streets_; ///< by grid
    Supply<R> supply_;
    World<R> make_, buy_;
    OutletUse<R> outlets_;
    MakerMarket<R> maker_market_;
    std::vector<ChipCost<R>> unit_cost_; ///< by generation, of the last quarter
    std::vector<R> weight_;              ///< of each generation in use
    std::vector<UnitCost<R>> bought_;    ///< bought compute of a device, by programme (buy world)
    Value<R> value_;
    Trajectory<R> result_;
};

} // namespace autarky::model
