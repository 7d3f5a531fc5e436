// autarky: the quarterly loop: two worlds on the same draws, and their difference in value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <vector>

#include "model/cash.hpp"
#include "model/report.hpp"

namespace autarky::model {

inline constexpr Formula npv_formula{"npv.make_vs_buy", "Value of make against buy so far",
                                     "value before + discount factor x (cash make - cash buy)",
                                     "net present value, mid-quarter discounting"};
inline constexpr Formula tail_formula{"npv.with_tail", "Value with its tail beyond the horizon",
                                      "value + discount factor x last year's difference / (r - g)",
                                      "Gordon and Shapiro 1956"};
inline constexpr Formula full_cost_formula{"chip.full_cost", "Full cost of a chip",
                                           "unit cost + programme cost / discounted chips", "levelised cost"};
inline constexpr Formula break_even_volume_formula{"volume.break_even", "Break-even lifetime volume",
                                                   "programme cost / (merchant price - unit cost)", "Autarky"};

/// Simulates one sample (or eight, or a traced one). Storage is kept between runs. The scenario must outlive it.
template <class R> class Simulation {
public:
    explicit Simulation(const Scenario<R>& scenario) : scenario_(scenario), time_(scenario.horizon) {
        result_.quarters.resize(time_.size());
    }

    [[nodiscard]] const Timeline& timeline() const { return time_; }

    /// From now on only what the verdict needs is computed: cash and value. Every other result stays empty.
    void leave_out_reports() { reports_ = false; }

    const Trajectory<R>& run() {
        begin();
        for (std::size_t q = 0; q < time_.size(); ++q)
            quarter(q);
        if (reports_) close_reports();
        finish();
        return result_;
    }

private:
    void begin() {
        const auto& s = scenario_;
        plan_generations(s, time_, generations_);
        event_start_.resize(s.event.size());
        for (std::size_t e = 0; e < s.event.size(); ++e)
            event_start_[e] = foundry::event_start(s.event[e]);
        event_loss_.assign(s.event.size(), R(0.0));
        supply_.reset(s, time_, generations_);
        streets_.clear();
        for (const auto& grid : s.grid.rows)
            streets_.emplace_back(grid);
        make_.reset(s, time_, true, streets_);
        buy_.reset(s, time_, false, streets_);
        maker_market_.reset(s);
        discounted_chips_ = Chips<R>{};
        programme_ = Money<R>{};
        npv_ = before_the_horizon();
        last_year_.fill(Money<R>{});
        // Last quarter's unit cost, for the first one: that of the first quarter, before any wafer has taught anybody.
        growths_.start(s, time_);
        supply_.open_quarter(0, event_loss_, growths_);
        unit_cost_ = cost_in_use(0);
        value_paths();
    }

    /// Spending after the decision but before the first quarter, at the discount of the middle of that time.
    Money<R> before_the_horizon() {
        const R decision = scenario_.economy.decision_date.year;
        const R first(time_.start(0));
        const R middle = max(R(0.5) * (first + decision), decision);
        const R factor = discount_factor(scenario_.economy.discount_rate, Duration<R>(middle - decision));
        Money<R> spent{};
        for (std::size_t g = 0; g < generations_.size(); ++g)
            spent += one_off_spending(scenario_, g, generations_[g].schedule, decision, max(first, decision));
        programme_ += spent * factor;
        return -(spent * factor);
    }

    [[nodiscard]] ChipCost<R> cost_in_use(std::size_t q) const {
        ChipCost<R> sum{};
        for (std::size_t g = 0; g < generations_.size(); ++g)
            sum += supply_.unit_cost(g) / generations_[g].relative_work * use_weight(generations_, g, q);
        return sum;
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

    void quarter(std::size_t q) {
        for (std::size_t e = 0; e < event_loss_.size(); ++e)
            event_loss_[e] = foundry::event_loss(scenario_.event[e], event_start_[e], time_.start(q), time_.end(q));
        const R share = own_share(generations_, q);
        const auto figures = export_figures(scenario_, generations_, q, time_.middle(q));
        supply_.open_quarter(q, event_loss_, growths_);
        make_.open(q, growths_, event_loss_, share, figures.refused, unit_cost_);
        buy_.open(q, growths_, event_loss_, share, R(0.0), unit_cost_);
        make_.want(q, growths_);
        buy_.want(q, growths_);
        supply_.start(q, make_.planned_work(q));
        supply_.advance();
        make_.deliver(q, &supply_, generations_);
        buy_.deliver(q, nullptr, generations_);
        supply_.close_quarter(q);
        maker_market_.open(scenario_, time_.middle(q));
        make_.close(growths_, maker_market_, unit_cost_);
        buy_.close(growths_, maker_market_, unit_cost_);
        unit_cost_ = cost_in_use(q);
        value(q, result_.quarters[q]);
        if (reports_)
            Reporter<R>{scenario_, time_, generations_, supply_, make_, buy_, growths_, figures, paths_, unit_cost_}
                .fill(q, result_.quarters[q]);
        growths_.advance();
    }

    /// Cash of both worlds and the value so far.
    void value(std::size_t q, QuarterResults<R>& out) {
        const auto& s = scenario_;
        const R decision = s.economy.decision_date.year;
        const R start = max(R(time_.start(q)), min(decision, R(time_.end(q))));
        const R end(time_.end(q));
        const R counted = (end - start) / R(quarter_years); // share of the quarter after the decision
        Money<R> one_off{};
        Money<R> sustaining{};
        for (std::size_t g = 0; g < generations_.size(); ++g) {
            const auto& schedule = generations_[g].schedule;
            one_off += one_off_spending(s, g, schedule, start, end);
            sustaining += sustaining_spending(s.chip[g], schedule, time_.start(q), time_.end(q)) * counted;
        }
        const Money<R> programme = named(programme_spending_formula, Money<R>(one_off + sustaining),
                                         arg("one-off", one_off), arg("sustaining", sustaining));
        const Money<R> margin = device_margin(s, make_);
        const Money<R> chips = own_chip_spending(s, supply_);
        const Money<R> merchants = merchant_spending(s, make_);
        const Money<R> stacks = make_.access().cost();
        const Money<R> salvaged = salvage(s, supply_);
        const Money<R> paths = path_spending(s, start, end);
        const Money<R> running = margin - chips - merchants - make_.energy_cost() - stacks + salvaged;
        out.cash_make =
            named(make_cash_formula, Money<R>(running * counted - programme - paths), arg("device margin", margin),
                  arg("own chips", chips), arg("merchants", merchants), arg("energy", make_.energy_cost()),
                  arg("second stacks", stacks), arg("salvage", salvaged), arg("that counts", counted),
                  arg("programme", programme), arg("own paths", paths));
        const Money<R> margin_buy = device_margin(s, buy_);
        const Money<R> merchants_buy = merchant_spending(s, buy_);
        out.cash_buy = named(buy_cash_formula, Money<R>((margin_buy - merchants_buy - buy_.energy_cost()) * counted),
                             arg("device margin", margin_buy), arg("merchants", merchants_buy),
                             arg("energy", buy_.energy_cost()), arg("that counts", counted));
        const R factor =
            discount_factor(s.economy.discount_rate, Duration<R>(max(R(0.5) * (start + end) - decision, R(0.0))));
        const Money<R> difference = out.cash_make - out.cash_buy;
        npv_ = named(npv_formula, Money<R>(npv_ + difference * factor), arg("value before", npv_),
                     arg("cash make", out.cash_make), arg("cash buy", out.cash_buy), arg("discount factor", factor));
        out.npv = npv_;
        programme_ += programme * factor;
        for (std::size_t g = 0; g < generations_.size(); ++g)
            discounted_chips_ += supply_.arrived(g) * (generations_[g].relative_work * factor * counted);
        last_year_[q % last_year_.size()] = difference;
    }

    /// What only the whole horizon knows, quarter by quarter: levelised cost and break-even.
    void close_reports() {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        for (auto& out : result_.quarters) {
            const auto made = discounted_chips_ > Chips<R>(R(1.0));
            const ChipCost<R> levelised = programme_ / max(discounted_chips_, Chips<R>(R(1.0)));
            const ChipCost<R> full =
                named(full_cost_formula, ChipCost<R>(out.unit_cost + levelised), arg("unit cost", out.unit_cost),
                      arg("programme cost", programme_), arg("discounted chips", discounted_chips_));
            out.full_cost = select(made, full, ChipCost<R>(R(none)));
            const ChipCost<R> saving = out.merchant_price - out.unit_cost;
            const auto pays = saving > ChipCost<R>(R(0.0));
            const Chips<R> volume =
                named(break_even_volume_formula, Chips<R>(programme_ / select(pays, saving, ChipCost<R>(R(1.0)))),
                      arg("programme cost", programme_), arg("merchant price", out.merchant_price),
                      arg("unit cost", out.unit_cost));
            out.break_even = select(pays, volume, Chips<R>(R(none)));
        }
    }

    /// The value of the whole horizon, and the tail behind it.
    void finish() {
        const auto& s = scenario_;
        result_.npv = npv_;
        result_.programme_cost = programme_;
        Money<R> yearly{};
        for (const auto& difference : last_year_)
            yearly += difference;
        const R spread = max(s.economy.discount_rate.raw() - s.economy.terminal_growth.raw(), R(0.01));
        const R factor = discount_factor(s.economy.discount_rate,
                                         Duration<R>(R(time_.end(time_.size() - 1)) - s.economy.decision_date.year));
        result_.npv_with_tail =
            named(tail_formula, Money<R>(npv_ + yearly * (factor / spread)), arg("value", npv_),
                  arg("last year's difference", yearly), arg("discount factor", factor), arg("r - g", spread));
    }

    const Scenario<R>& scenario_;
    bool reports_ = true;
    Timeline time_;
    std::vector<Generation<R>> generations_;
    std::vector<R> event_start_, event_loss_;
    Growths<R> growths_;
    std::vector<foundry::PathValue<R>> paths_;
    std::vector<StreetPlan<R>> streets_; ///< by grid
    Supply<R> supply_;
    World<R> make_, buy_;
    MakerMarket<R> maker_market_;
    ChipCost<R> unit_cost_{};
    Money<R> npv_{}, programme_{};
    Chips<R> discounted_chips_{};
    std::array<Money<R>, 4> last_year_{};
    Trajectory<R> result_;
};

} // namespace autarky::model
