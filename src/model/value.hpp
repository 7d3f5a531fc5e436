// autarky: the value of make against buy: cash once, stocks and obligations at the horizon, the tail behind it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <limits>
#include <vector>

#include "model/cash.hpp"
#include "model/outlets.hpp"
#include "model/results.hpp"

namespace autarky::model {

inline constexpr Formula npv_formula{"npv.make_vs_buy", "Value of make against buy so far",
                                     "value before + discount factor x (cash make - cash buy)",
                                     "net present value, mid-quarter discounting"};
inline constexpr Formula at_horizon_formula{
    "npv.horizon", "Value with what is there at the horizon",
    "value + discount factor x (stocks and work in progress make - buy - open obligations make + buy)", "Autarky"};
inline constexpr Formula tail_formula{
    "npv.with_tail", "Value with its tail beyond the horizon",
    "value + v^T x sum over the last four quarters of f (1 + g)(1 + r)^(1 - (j - 1/2)/4) / (r - g)",
    "Gordon and Shapiro 1956, quarter by quarter"};

/// Decimal year in which quarter q begins to count: what lies before the decision does not.
template <class R> R counted_from(const Scenario<R>& s, const Timeline& time, std::size_t q) {
    return max(R(time.start(q)), min(s.economy.decision_date.year, R(time.end(q))));
}
/// Discounts the middle of what counts of quarter q to the decision.
template <class R> R quarter_factor(const Scenario<R>& s, const Timeline& time, std::size_t q) {
    const R middle = R(0.5) * (counted_from(s, time, q) + R(time.end(q)));
    return discount_factor(s.economy.discount_rate, Duration<R>(max(middle - s.economy.decision_date.year, R(0.0))));
}

/// Accumulates the value over the quarters of one sample.
template <class R> class Value {
public:
    void begin(const Scenario<R>& s, const Timeline& time, const std::vector<Generation<R>>& generations) {
        discounted_chips_ = Chips<R>{};
        programme_ = outlets_ = induced_ = cumulative_ = peak_ = Money<R>{};
        peak_date_ = R(time.start(0));
        recent_.fill(Money<R>{});
        one_off_.clear();
        for (std::size_t g = 0; g < generations.size(); ++g)
            one_off_.push_back(one_off(s, g));
        npv_ = before_the_horizon(s, time, generations);
        plan_volume(s, time);
        unspent_ = last_one_off_ = Money<R>{};
        for (std::size_t g = 0; g < generations.size(); ++g) {
            const Money<R> all = one_off_[g].spent(generations[g].schedule, R(0.0), R(9999.0));
            unspent_ += all - one_off_[g].spent(generations[g].schedule, R(0.0), R(time.start(0)));
            last_one_off_ = all;
        }
        settled_make_.assign(s.contract.size(), Money<R>{});
        settled_buy_ = Money<R>{};
    }

    /// One-off cost not yet spent at the start of quarter q, a device of the reference programme still planned.
    [[nodiscard]] UnitCost<R> unspent_a_device(std::size_t q, const R& scale) const {
        const Units<R> devices = q < planned_.size() ? planned_[q] * scale : Units<R>{};
        return UnitCost<R>(max(unspent_, Money<R>{}) / max(devices, Units<R>(R(1.0))));
    }

    /// What contracts cost beyond the wafers that are taken.
    void settle(const Scenario<R>& s, const Supply<R>& supply, const OutletUse<R>& outlets) {
        settled_buy_ = Money<R>{};
        for (std::size_t c = 0; c < s.contract.size(); ++c) {
            const auto& commitment = supply.contracts()[c];
            settled_make_[c] =
                commitment.settlement(Money<R>(supply.contracts().taken(c, supply.sites()) + outlets.taken[c]));
            settled_buy_ += commitment.settlement(Money<R>{}) * commitment.both_worlds;
        }
    }

    /// Cash of both worlds in quarter q and the value so far.
    void add(const Scenario<R>& s, const Timeline& time, std::size_t q, const Needs<R>& needs, const R& scale,
             const std::vector<Generation<R>>& generations, const Supply<R>& supply, const World<R>& make,
             const World<R>& buy, const OutletUse<R>& outlets, ValueResults<R>& out) {
        const R start = counted_from(s, time, q);
        const R end(time.end(q));
        const R counted = (end - start) / R(quarter_years); // share of the quarter after the decision
        const Money<R> one_off = programme_in(generations, start, end);
        unspent_ -= programme_in(generations, R(time.start(q)), end);
        Money<R> sustaining{};
        for (std::size_t g = 0; g < generations.size(); ++g)
            sustaining += sustaining_spending(s.chip[g], generations[g].schedule, time.start(q), time.end(q)) * counted;
        const Money<R> base = outlet_base(s, needs, buy.offers(), scale, q, time.middle(q));
        const R kept = R(1.0) - s.economy.tax_rate;

        CashParts<R> m = cash_of_world(s, make, counted);
        m.own_chips = own_chip_spending(s, supply);
        m.sustaining = sustaining;
        m.outlets = base + outlets.gain;
        m.salvage = salvage(s, supply);
        m.contracts = contracts_make(s, supply, outlets);
        m.programme = one_off;
        m.paths = path_spending(s, start, end);
        for (const auto& site : supply.sites())
            m.rated += site.rated_income;
        CashParts<R> b = cash_of_world(s, buy, counted);
        b.outlets = base;
        b.contracts = contracts_buy(s, supply);
        const Money<R> recurring_make = m.recurring();
        const Money<R> recurring_buy = b.recurring();
        out.cash_make = world_cash(recurring_make, m.once(), kept);
        out.cash_buy = world_cash(recurring_buy, b.once(), kept);

        const R factor = quarter_factor(s, time, q);
        const Money<R> difference = out.cash_make - out.cash_buy;
        npv_ = named(npv_formula, Money<R>(npv_ + difference * factor), arg("value before", npv_),
                     arg("cash make", out.cash_make), arg("cash buy", out.cash_buy), arg("discount factor", factor));
        out.npv = npv_;
        programme_ += (one_off + sustaining) * factor;
        outlets_ += (outlets.gain - outlet_wafers(s, supply, outlets)) * (counted * factor * kept);
        induced_ += induced(make, buy) * (counted * factor * kept);
        for (std::size_t g = 0; g < generations.size(); ++g)
            discounted_chips_ += supply.arrived(g) * (factor * counted);
        recent_[q % recent_.size()] = (recurring_make - recurring_buy) * kept;
        cumulative_ += difference;
        const auto deeper = cumulative_ < peak_;
        peak_date_ = select(deeper, R(time.middle(q)), peak_date_);
        peak_ = min(peak_, cumulative_);
    }

    /// The value of the whole horizon, and the tail behind it.
    void finish(const Scenario<R>& s, const Timeline& time, const std::vector<Generation<R>>& generations,
                const Supply<R>& supply, const World<R>& make, const World<R>& buy, RunResults<R>& out) const {
        const R horizon(time.end(time.size() - 1));
        const auto& rate = s.economy.discount_rate;
        const R factor = discount_factor(rate, Duration<R>(horizon - s.economy.decision_date.year));
        const R kept = R(1.0) - s.economy.tax_rate;
        Money<R> own = supply.work_in_progress();
        for (std::size_t g = 0; g < generations.size(); ++g)
            own += supply.stock(g) * supply.unit_cost(g);
        const Money<R> stocks = own + make.bought_stock() - buy.bought_stock();
        const Money<R> obligations = open_obligations(s, supply, horizon);
        out.npv =
            named(at_horizon_formula, Money<R>(npv_ + (stocks - obligations) * (factor * kept)), arg("value", npv_),
                  arg("stocks", stocks), arg("open obligations", obligations), arg("discount factor", factor));
        out.npv_with_tail = with_tail(s, time.size(), out.npv, factor, generations);
        out.without_outlets = out.npv - outlets_;
        out.induced = induced_;
        out.programme_cost = programme_;
        out.peak_need = -peak_;
        out.peak_date = Duration<R>(peak_date_);
    }

    [[nodiscard]] const std::vector<Money<R>>& settled_make() const { return settled_make_; }
    [[nodiscard]] const Money<R>& settled_buy() const { return settled_buy_; }
    [[nodiscard]] const Money<R>& programme() const { return programme_; }
    [[nodiscard]] const Chips<R>& discounted_chips() const { return discounted_chips_; }

private:
    /// Spending after the decision but before the first quarter, at the discount of the middle of that time.
    Money<R> before_the_horizon(const Scenario<R>& s, const Timeline& time,
                                const std::vector<Generation<R>>& generations) {
        const R decision = s.economy.decision_date.year;
        const R first(time.start(0));
        const R middle = max(R(0.5) * (first + decision), decision);
        const R factor = discount_factor(s.economy.discount_rate, Duration<R>(middle - decision));
        const Money<R> spent = programme_in(generations, decision, max(first, decision));
        programme_ += spent * factor;
        return -(spent * factor * (R(1.0) - s.economy.tax_rate));
    }
    Money<R> programme_in(const std::vector<Generation<R>>& generations, const R& start, const R& end) const {
        Money<R> sum{};
        for (std::size_t g = 0; g < generations.size(); ++g)
            sum += one_off_[g].spent(generations[g].schedule, start, end);
        return named(programme_spending_formula, sum);
    }
    /// Devices of the reference programme from each quarter to the end of the horizon.
    void plan_volume(const Scenario<R>& s, const Timeline& time) {
        planned_.assign(time.size(), Units<R>{});
        if (s.vehicle.size() == 0) return;
        Units<R> sum{};
        for (std::size_t q = time.size(); q-- > 0;) {
            sum += s.vehicle[std::size_t{0}].volume.at(time.middle(q)) * quantity<R>(quarter_years, "year"_u);
            planned_[q] = sum;
        }
    }

    static Money<R> world_cash(const Money<R>& recurring, const Money<R>& once, const R& kept) {
        return named(cash_formula, Money<R>((recurring + once) * kept), arg("recurring", recurring), arg("once", once),
                     arg("what tax leaves", kept));
    }
    /// The part of the wafers' price that outlets pay beyond what settling them would have cost.
    static Money<R> outlet_wafers(const Scenario<R>& s, const Supply<R>& supply, const OutletUse<R>& outlets) {
        Money<R> sum{};
        for (std::size_t c = 0; c < s.contract.size(); ++c)
            sum += outlets.taken[c] * (R(1.0) - supply.contracts()[c].loss_share);
        return sum;
    }
    Money<R> contracts_make(const Scenario<R>& s, const Supply<R>& supply, const OutletUse<R>& outlets) const {
        Money<R> sum{};
        for (std::size_t c = 0; c < s.contract.size(); ++c) {
            const auto& commitment = supply.contracts()[c];
            sum += settled_make_[c] + outlets.taken[c] + commitment.prepaid - commitment.credit;
        }
        return sum;
    }
    Money<R> contracts_buy(const Scenario<R>& s, const Supply<R>& supply) const {
        Money<R> sum = settled_buy_;
        for (std::size_t c = 0; c < s.contract.size(); ++c) {
            const auto& commitment = supply.contracts()[c];
            sum += (commitment.prepaid - commitment.credit) * commitment.both_worlds;
        }
        return sum;
    }
    /// Devices sold in one world only, at the margin after compute of the make world.
    static Money<R> induced(const World<R>& make, const World<R>& buy) {
        Money<R> sum{};
        for (std::size_t p = 0; p < make.fleets().size(); ++p) {
            const auto& fleet = make.fleets()[p];
            sum += (fleet.sales.deployed - buy.fleets()[p].sales.deployed) * (fleet.margin - make.compute()[p]);
        }
        return sum;
    }
    /// Contracts that run on: what settling the rest would cost the make world beyond the buy world.
    static Money<R> open_obligations(const Scenario<R>& s, const Supply<R>& supply, const R& horizon) {
        Money<R> sum{};
        for (std::size_t c = 0; c < s.contract.size(); ++c) {
            const auto& commitment = supply.contracts()[c];
            const R years = max(s.contract[c].ends.year - horizon, R(0.0));
            const Money<R> yearly = commitment.settlement(Money<R>{}) / R(quarter_years);
            sum += yearly * years * (R(1.0) - commitment.both_worlds);
        }
        return sum;
    }
    /// The last generation's one-off cost recurs at the cadence of the successors.
    Money<R> with_tail(const Scenario<R>& s, std::size_t n_quarters, const Money<R>& npv, const R& factor,
                       const std::vector<Generation<R>>& generations) const {
        const R g = s.economy.terminal_growth.raw();
        const R r = s.economy.discount_rate.raw();
        Money<R> renewal{};
        if (s.successor.size() > 0 && !generations.empty())
            renewal = last_one_off_ * (R(1.0) - s.economy.tax_rate) *
                      (quantity<R>(quarter_years, "year"_u) / s.successor[s.successor.size() - 1].cadence);
        // A horizon under a year repeats what it has.
        const std::size_t n = std::min(n_quarters, recent_.size());
        Money<R> sum{};
        for (std::size_t k = 0; k < recent_.size(); ++k) { // k = 0 the oldest of the last year
            const Money<R> flow = recent_[(n_quarters - n + k % n) % recent_.size()] - renewal;
            const double within = (static_cast<double>(k) + 0.5) / static_cast<double>(recent_.size());
            sum += flow * power_of(R(1.0) + r, R(1.0 - within));
        }
        const auto sound = r > g;
        const R spread = select(sound, r - g, R(1.0));
        const Money<R> tail = sum * ((R(1.0) + g) * factor / spread);
        const Money<R> result = named(tail_formula, Money<R>(npv + tail), arg("value", npv), arg("tail", tail),
                                      arg("discount factor", factor), arg("r - g", spread));
        // A growth at or above the rate has no sum: the sample is counted as failed.
        return select(sound, result, Money<R>(R(std::numeric_limits<double>::quiet_NaN())));
    }

    Money<R> npv_{}, programme_{}, outlets_{}, induced_{}, cumulative_{}, peak_{};
    Money<R> unspent_{}, last_one_off_{}, settled_buy_{};
    R peak_date_{};
    Chips<R> discounted_chips_{};
    std::vector<OneOff<R>> one_off_;     ///< by generation
    std::vector<Money<R>> settled_make_; ///< by contract
    std::vector<Units<R>> planned_;
    std::array<Money<R>, 4> recent_{};
};

} // namespace autarky::model
